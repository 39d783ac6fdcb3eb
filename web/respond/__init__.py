"""A respondent's way: welcome, college, one page per family, review, submission, own profile.

Knows that the address of a page is all that a respondent holds: no cookie, no account.
Ignores how answers are merged and kept, and everything about collective results.
"""

from web.respond import answering, arrival, ending, export, freedom, offline, turn
from web.respond.blueprint import blueprint

__all__ = ["answering", "arrival", "blueprint", "ending", "export", "freedom", "offline", "turn"]
