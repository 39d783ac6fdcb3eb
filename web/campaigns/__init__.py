"""A pilot's way: prepare, open, follow and close a campaign, and every way into it.

Knows the campaigns of the territories on which someone has a role, and how many people have answered.
Ignores what was answered, until results can be seen by those who may.
"""

from web.campaigns.blueprint import blueprint
from web.campaigns.views import (
    closing,
    imports,
    index,
    invitations,
    paper,
    participation,
    preview,
    raw_answers,
    settings,
    share_links,
    sizes,
    territory,
)

__all__ = [
    "blueprint",
    "closing",
    "imports",
    "index",
    "invitations",
    "paper",
    "participation",
    "preview",
    "raw_answers",
    "settings",
    "share_links",
    "sizes",
    "territory",
]
