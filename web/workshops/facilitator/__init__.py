"""Whoever leads a workshop: opening it, the page that is projected, what the group agrees on.

Knows how many phones have joined and answered, and what was revealed for all to see.
Ignores what a phone, or a college, has answered.
"""

from web.workshops.facilitator import views
from web.workshops.facilitator.blueprint import blueprint

__all__ = ["blueprint", "views"]
