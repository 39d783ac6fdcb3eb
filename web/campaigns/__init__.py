"""A pilot's way: prepare, open, follow and close a campaign, and every way into it.

Knows the campaigns of the territories on which someone has a role, and how many people have answered.
Ignores what was answered, until results can be seen by those who may.
"""

from web.campaigns import (
    closing,
    following,
    importing,
    invitations,
    listing,
    paper,
    places,
    preview,
    raw,
    setup,
    sizes,
    ways,
)
from web.campaigns.blueprint import blueprint

__all__ = [
    "blueprint",
    "closing",
    "following",
    "importing",
    "invitations",
    "listing",
    "paper",
    "places",
    "preview",
    "raw",
    "setup",
    "sizes",
    "ways",
]
