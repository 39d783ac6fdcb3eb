"""The room of a session on its own phones: ``phones`` (joining, answering, large print) and ``leading`` (opening the
room, revealing, moderating).

Knows that a phone holds only the address of its page, as respondents do.
Ignores what the answers to the campaign are: what a slide says comes from the window of whoever leads.
"""

from web.audience import leading, phones

__all__ = ["leading", "phones"]
