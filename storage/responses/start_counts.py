"""The largest number of responses begun from one network within minutes, as a hint of abuse for the pilot.

No address is stored, not even a hash: the addresses counted for limits are forgotten within hours, in another file.
"""

from dataclasses import dataclass
from typing import Final

from storage.campaigns.campaigns import Campaign
from storage.core.database import writing
from storage.core.engine import Database

FEWEST: Final = 5
"""Fewer responses that begin together, in a family or an office, say nothing."""


@dataclass(frozen=True, slots=True)
class Starts:
    """The largest number of responses begun from one network within minutes; whether some had to wait."""

    together: int = 0
    held: bool = False


def starts_of(db: Database, campaign: Campaign) -> Starts:
    """Return the counts stored for that campaign."""
    row = db.conn.execute("SELECT together, held FROM starts WHERE campaign_id = ?", (campaign.id,)).fetchone()
    together, held = row or (0, 0)
    return Starts(together, bool(held))


def note_starts(db: Database, campaign: Campaign, together: int, *, held: bool = False) -> None:
    """Store the largest number so far, in steps of five, and whether a response ever had to wait."""
    known = starts_of(db, campaign)
    if together < max(FEWEST, known.together + FEWEST) and not (held and not known.held):
        return
    with writing(db) as conn:
        conn.execute(
            """INSERT INTO starts (campaign_id, together, held) VALUES (?, ?, ?) ON CONFLICT (campaign_id)
                DO UPDATE SET together = max(together, excluded.together), held = max(held, excluded.held)""",
            (campaign.id, together, int(held)),
        )
