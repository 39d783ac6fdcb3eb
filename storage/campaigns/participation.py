"""How many people answered, as far as it may be said: exactly while they answer, never a few of them afterwards.

Whatever shows a number of answers by college asks here. ``campaigns.participation`` counts for the rules.
"""

from collections.abc import Mapping

from storage.campaigns.campaigns import Campaign, participation
from storage.core.engine import Database


def shown_participation(db: Database, campaign: Campaign) -> dict[str, int | None]:
    """How many people of each college answered; once closed, ``None`` for a college of fewer than k."""
    counts = participation(db, campaign)
    if campaign.status != "closed":
        return dict(counts)
    return {code: count if count >= campaign.k else None for code, count in counts.items()}


def shown_total(counts: Mapping[str, int | None]) -> int | None:
    """All of them; ``None`` when a college is hidden, for the others could be subtracted.

    >>> shown_total({"elus": 7, "agents": 0}), shown_total({"elus": 7, "agents": None})
    (7, None)
    """
    known = [count for count in counts.values() if count is not None]
    return sum(known) if len(known) == len(counts) else None
