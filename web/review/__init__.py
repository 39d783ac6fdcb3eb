"""A contractor's way: read the scored profile, add a judgement beside it, and have the diagnostic adopted.

Knows who may see a campaign's results, which waves are read together, and the order of the pages.
Ignores how a figure is computed and drawn: it asks scoring and restitution.
"""

from web.review import (
    adoption,
    comparing,
    desk,
    diagnostics,
    evidence,
    history,
    judgement,
    moderation,
    residents,
    skill,
    views,
)
from web.review.blueprint import blueprint

__all__ = [
    "adoption",
    "blueprint",
    "comparing",
    "desk",
    "diagnostics",
    "evidence",
    "history",
    "judgement",
    "moderation",
    "residents",
    "skill",
    "views",
]
