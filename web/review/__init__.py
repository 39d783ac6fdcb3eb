"""For a contractor: reading the scored profile, adding a judgement beside it, having the diagnostic adopted.

Knows who may see a campaign's results, which campaigns are compared, and the order of the pages.
Ignores how a figure is computed and drawn: it asks scoring and restitution.
Beside views, forms and pages: ``sheet_saving``, ``theme_jobs``.
"""

from web.review.blueprint import blueprint
from web.review.views import (
    adoption,
    comments,
    desk,
    disclosure,
    editions,
    evidence,
    history,
    judgements,
    skill,
    themes,
)

__all__ = [
    "adoption",
    "blueprint",
    "comments",
    "desk",
    "disclosure",
    "editions",
    "evidence",
    "history",
    "judgements",
    "skill",
    "themes",
]
