"""What is remembered of a campaign that was cancelled: enough to tell whoever still comes, and nothing of the answers.

Each link, response, code and workshop of it leaves a mark: the SHA-256 of what it was known by. Whoever comes with one
is told that the campaign was cancelled; the mark opens nothing, and goes away a year later.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from storage.campaigns.campaigns import Campaign
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.timestamps import now, to_text
from storage.core.tokens import fingerprint


@dataclass(frozen=True, slots=True)
class CancelledCampaign:
    """A campaign that was cancelled, as it is told to whoever still comes."""

    name: str
    year: int
    territory: str


def remember_cancelled(db: Database, campaign: Campaign, known: Iterable[str]) -> None:
    """Keep that the campaign was cancelled, and a mark of what its links, responses and codes were ``known`` by."""
    with writing(db) as conn:
        conn.execute(
            "INSERT INTO cancelled_campaigns (id, territory_id, name, year, cancelled_at) VALUES (?, ?, ?, ?, ?)",
            (
                campaign.id,
                campaign.territory.trial_of or campaign.territory.id,
                campaign.name,
                campaign.year,
                to_text(now()),
            ),
        )
        conn.executemany(
            "INSERT OR IGNORE INTO cancelled_marks (mark, campaign_id) VALUES (?, ?)",
            [(_mark(one), campaign.id) for one in known],
        )


def cancelled_campaign(db: Database, known: str) -> CancelledCampaign | None:
    """Return the cancelled campaign that had a link, a response or a code known by this text; None if none had.

    That text is what the database kept of it: the hash of a token or of a key, the HMAC of a code, a workshop's code.
    """
    row = db.conn.execute(
        """SELECT cancelled_campaigns.name, year, territories.name FROM cancelled_marks
            JOIN cancelled_campaigns ON cancelled_campaigns.id = campaign_id
            JOIN territories ON territories.id = territory_id WHERE mark = ?""",
        (_mark(known),),
    ).fetchone()
    return row and CancelledCampaign(*row)


def _mark(known: str) -> str:
    return fingerprint(f"cancelled\0{known}")
