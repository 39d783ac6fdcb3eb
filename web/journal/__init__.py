"""The audit log, for the programme: who did or saw what, when, looked through by topic, person, place and day.

Knows how a line is said in French. Ignores how lines are sealed: it asks storage.
"""

from web.journal.views import blueprint

__all__ = ["blueprint"]
