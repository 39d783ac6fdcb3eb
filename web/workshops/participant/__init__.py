"""The pages of a workshop's participants: the code, the college, one skill after another at the group's pace.

Knows that the address of a page is all that a participant holds, as everywhere respondents are.
Ignores what the others answer: the distribution is for the screen that everyone looks at.
"""

from web.workshops.participant import views
from web.workshops.participant.blueprint import blueprint

__all__ = ["blueprint", "views"]
