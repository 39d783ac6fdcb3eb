"""For the participants of a workshop: the code, the college, one skill after another with the group.

Knows that a participant holds only the address of their page, as every respondent does.
Ignores what the others answer: distributions are projected, not sent to phones.
"""

from web.workshops.participant import views
from web.workshops.participant.blueprint import blueprint

__all__ = ["blueprint", "views"]
