"""For a pilot: preparing, opening, following and closing a campaign, and its share links.

Knows the campaigns of the territories on which someone has a role, and how many people have answered.
Ignores what was answered, until the results may be seen.

Besides views, pages and forms: the values that the form of a campaign has at first, what a campaign hands out, and the
smallest changes that its numbers can show.
"""

from web.campaigns import trials
from web.campaigns.blueprint import blueprint
from web.campaigns.views import (
    amendments,
    cancellation,
    closing,
    imports,
    index,
    invitations,
    outside_forms,
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
    "amendments",
    "blueprint",
    "cancellation",
    "closing",
    "imports",
    "index",
    "invitations",
    "outside_forms",
    "paper",
    "participation",
    "preview",
    "raw_answers",
    "settings",
    "share_links",
    "sizes",
    "territory",
    "trials",
]
