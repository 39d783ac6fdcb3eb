"""For the facilitator of a workshop: opening it, the projected page, the consensus of the group.

Knows how many phones have joined and answered, and the distributions that were revealed.
Ignores what a phone, or a college, has answered.
"""

from web.workshops.facilitator import views
from web.workshops.facilitator.blueprint import blueprint

__all__ = ["blueprint", "views"]
