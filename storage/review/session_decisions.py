"""The decisions noted at the end of a session, stored with the campaign."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from grille.messages import message as _
from grille.typed import too_long, typed_line
from storage.accounts.accounts import Account
from storage.campaigns.campaigns import Campaign
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.timestamps import now, to_text

LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision in one sentence: who typed it, and when."""

    id: int
    text: str
    author: str
    noted_at: datetime


def decisions_of(db: Database, campaign: Campaign) -> list[Decision]:
    """Return the decisions of a campaign's session that were not removed, in the order of typing."""
    rows = db.conn.execute(
        """SELECT decisions.id, text, accounts.name, noted_at FROM decisions JOIN accounts ON accounts.id = author_id
            WHERE campaign_id = ? AND removed_at IS NULL ORDER BY decisions.id""",
        (campaign.id,),
    ).fetchall()
    return [Decision(id_, text, author, datetime.fromisoformat(at)) for id_, text, author, at in rows]


def note_decision(db: Database, campaign: Campaign, text: str, author: Account) -> Decision:
    """Add a decision. Idempotent: the same sentence again (a double click) changes nothing.

    Raises ``CampaignError`` when the text is empty or too long.
    """
    sentence = typed_line(text)
    if not sentence:
        raise CampaignError([_("Écrivez d’abord ce que vous décidez.")])
    if problem := too_long(sentence, LONGEST):
        raise CampaignError([problem])
    with writing(db) as conn:
        same = [one for one in decisions_of(db, campaign) if one.text == sentence]
        if not same:
            conn.execute(
                "INSERT INTO decisions (campaign_id, text, author_id, noted_at) VALUES (?, ?, ?, ?)",
                (campaign.id, sentence, author.id, to_text(now())),
            )
        return (same or decisions_of(db, campaign))[-1]


def remove_decision(db: Database, campaign: Campaign, id_: int) -> None:
    """Remove a decision of that campaign from the list; its row stays, with the time of the removal."""
    with writing(db) as conn:
        conn.execute(
            "UPDATE decisions SET removed_at = ? WHERE id = ? AND campaign_id = ? AND removed_at IS NULL",
            (to_text(now()), id_, campaign.id),
        )
