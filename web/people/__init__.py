"""The accounts, looked after by the programme: who may come in, with which roles, where.

Knows how somebody is invited, given a role, kept out. Ignores how passwords are chosen: it asks the account's room.
"""

from web.people.views import blueprint

__all__ = ["blueprint"]
