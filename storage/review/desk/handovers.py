"""Who follows a review: a member of the team hands it over to another with a note, or takes it over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.permissions import EVERYWHERE, RIGHTS, Action
from grille.messages import message as _
from grille.typed import too_long, typed_text
from storage.accounts.accounts import Account
from storage.campaigns.campaigns import Campaign
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.pages import as_json
from storage.core.timestamps import now, to_text

LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True)
class Handover:
    """A review handed over: by whom, to whom, with which note, when. ``taken`` tells that both are one account."""

    by: str
    to: str
    note: str
    at: datetime
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Colleague:
    """An account that may review a campaign."""

    id: int
    name: str


def colleagues(db: Database, campaign: Campaign) -> list[Colleague]:
    """Return the accounts that may review a campaign, by name; disabled ones are left out.

    On a trial, they are those of the territory that tries.
    """
    roles = RIGHTS[Action.REVIEW_RESULTS]
    sql = """SELECT DISTINCT accounts.id, accounts.name FROM accounts JOIN grants ON grants.account_id = accounts.id
        WHERE accounts.disabled_at IS NULL AND grants.role IN (SELECT value FROM json_each(?))
        AND (grants.territory_id = ? OR grants.territory_id IS NULL AND grants.role IN (SELECT value FROM json_each(?)))
        ORDER BY accounts.name, accounts.id"""
    place = campaign.territory.trial_of or campaign.territory.id
    values = (as_json(sorted(roles)), place, as_json(sorted(roles & EVERYWHERE)))
    return [Colleague(*row) for row in db.conn.execute(sql, values)]


def hand_over(
    db: Database, campaign: Campaign, author: Account, to: int, note: str = "", at: datetime | None = None
) -> Handover:
    """Make an account follow the review, with a note. Raises ``CampaignError`` when it may not review it."""
    with writing(db) as conn:
        names = {one.id: one.name for one in colleagues(db, campaign)}
        clean, moment = typed_text(note).strip(), at or now()
        refusal = "" if to in names else _("Cette personne ne fait pas partie de l’équipe de ce territoire.")
        if problems := [one for one in (refusal, too_long(clean, LONGEST_NOTE)) if one]:
            raise CampaignError(problems)
        conn.execute(
            "INSERT INTO review_handovers (campaign_id, from_id, to_id, note, handed_at) VALUES (?, ?, ?, ?, ?)",
            (campaign.id, author.id, to, clean, to_text(moment)),
        )
        return Handover(author.name, names[to], clean, moment, author.id == to)


def handovers(db: Database, campaign: Campaign) -> list[Handover]:
    """Return every time that the review was handed over, oldest first: the last one says who follows it."""
    sql = """SELECT givers.name, takers.name, note, handed_at, from_id = to_id FROM review_handovers
        JOIN accounts AS givers ON givers.id = from_id JOIN accounts AS takers ON takers.id = to_id
        WHERE campaign_id = ? ORDER BY review_handovers.id"""
    rows = db.conn.execute(sql, (campaign.id,)).fetchall()
    return [Handover(by, to, note, datetime.fromisoformat(at), bool(taken)) for by, to, note, at, taken in rows]
