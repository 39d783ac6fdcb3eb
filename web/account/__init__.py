"""Signing in, signing out, choosing a password, one's own account.

Knows how a session begins and ends, and what someone is to which territory.
Ignores how a password is hashed and what a role allows: it asks accounts.
"""

from web.account import federation, links, own, second_step, signing
from web.account.blueprint import blueprint

__all__ = ["blueprint", "federation", "links", "own", "second_step", "signing"]
