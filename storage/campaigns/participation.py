"""Participation as it may be shown: exact while the campaign is open, hidden below k people afterwards.

Everything that shows a number of answers by college must use this module; ``campaigns.participation`` gives the exact
numbers to the rules.
"""

from collections.abc import Mapping

from storage.campaigns.campaigns import Campaign, participation
from storage.core.engine import Database


def shown_participation(db: Database, campaign: Campaign) -> dict[str, int | None]:
    """Return the number of respondents of each college; None for fewer than k once the campaign is closed."""
    counts = participation(db, campaign)
    if campaign.status != "closed":
        return dict(counts)
    return {code: count if count >= campaign.k else None for code, count in counts.items()}


def shown_total(counts: Mapping[str, int | None]) -> int | None:
    """Return the sum; None if a college is hidden, since the total would reveal its number.

    >>> shown_total({"elus": 7, "agents": 0}), shown_total({"elus": 7, "agents": None})
    (7, None)
    """
    known = [count for count in counts.values() if count is not None]
    return sum(known) if len(known) == len(counts) else None
