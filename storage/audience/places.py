"""Where a session is, for its windows on several computers: the slide shown, a black screen, the years and colleges."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from storage.campaigns.campaigns import Campaign
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.timestamps import now

UNDER_WAY: Final = timedelta(hours=3)
"""How long after the last gesture computers are linked still."""

LONGEST_QUERY: Final = 1000
MOST_SLIDES: Final = 999


@dataclass(frozen=True, slots=True)
class Place:
    """Where a session is: the slide from 0, whether the screen is black, the query of the address.

    ``moved_at`` is when somebody last moved it, in milliseconds since 1970; ``version`` grows each time.
    """

    at: int
    black: bool
    query: str
    moved_at: int
    version: int


def place_of(db: Database, campaign: Campaign) -> Place | None:
    """Return where the session is; None when its computers are not linked."""
    sql = "SELECT slide, black, query, moved_at, version FROM session_places WHERE campaign_id = ? AND moved_at > ?"
    since = milliseconds_now() - int(UNDER_WAY.total_seconds() * 1000)
    found = db.conn.execute(sql, (campaign.id, since)).fetchone()
    if found is None:
        return None
    slide, black, *others = found
    return Place(slide, bool(black), *others)


def move_session(db: Database, campaign: Campaign, at: int, query: str, *, black: bool, ago: int) -> None:
    """Note a gesture made ``ago`` milliseconds before now, unless somebody has made a later one. The last one wins."""
    values = {
        "campaign": campaign.id,
        "at": min(max(at, 0), MOST_SLIDES),
        "black": int(black),
        "query": query[:LONGEST_QUERY],
        "moved": milliseconds_now() - max(ago, 0),
    }
    with writing(db) as conn:
        conn.execute(
            """INSERT INTO session_places (campaign_id, slide, black, query, moved_at)
                VALUES (:campaign, :at, :black, :query, :moved)
                ON CONFLICT (campaign_id) DO UPDATE SET slide = :at, black = :black, query = :query,
                moved_at = :moved, version = version + 1 WHERE moved_at <= :moved""",
            values,
        )


def leave_session(db: Database, campaign: Campaign) -> None:
    """Forget where the session is: its computers go on alone. Idempotent."""
    with writing(db) as conn:
        conn.execute("DELETE FROM session_places WHERE campaign_id = ?", (campaign.id,))


def milliseconds_now() -> int:
    """Return the time, in milliseconds since 1970."""
    return int(now().timestamp() * 1000)
