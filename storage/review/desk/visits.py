"""When each member of a team was last at the desk of a review, to tell what changed since.

A visit lasts as long as its author comes back within the hour. Only the end of the last two visits is stored.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from storage.accounts.accounts import Account
from storage.campaigns.campaigns import Campaign
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.timestamps import now, parse_timestamp, to_text

A_VISIT: Final = timedelta(hours=1)
AGAIN: Final = timedelta(minutes=10)
"""A visit that goes on is written down no more often than that."""


def last_visit(db: Database, campaign: Campaign, account: Account, at: datetime | None = None) -> datetime | None:
    """Note a visit and return when the one before ended; None if there was none."""
    moment = at or now()
    sql = "SELECT seen_at, before_at FROM review_visits WHERE campaign_id = ? AND account_id = ?"
    noted = db.conn.execute(sql, (campaign.id, account.id)).fetchone() or (None, None)
    seen, before = map(parse_timestamp, noted)
    if seen is not None and moment - seen < A_VISIT:
        if moment - seen >= AGAIN:
            _note(db, campaign, account, moment, before)
        return before
    _note(db, campaign, account, moment, seen)
    return seen


def _note(db: Database, campaign: Campaign, account: Account, seen: datetime, before: datetime | None) -> None:
    with writing(db) as conn:
        conn.execute(
            """INSERT INTO review_visits (campaign_id, account_id, seen_at, before_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (campaign_id, account_id) DO UPDATE SET
                seen_at = excluded.seen_at, before_at = excluded.before_at""",
            (campaign.id, account.id, to_text(seen), before and to_text(before)),
        )
