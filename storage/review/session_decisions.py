"""The decisions of a session: noted in front of the room, then followed until somebody says how they ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, get_args

from grille.messages import message as _
from grille.typed import too_long, typed_line
from storage.accounts.accounts import Account
from storage.campaigns.campaigns import Campaign
from storage.campaigns.territories import Territory
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.timestamps import now, parse_day, to_text

LONGEST: Final = 300
LONGEST_OFFICE: Final = 80

State = Literal["", "begun", "done", "not-done"]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What becomes of a decision: who takes it on, by when, from which skill, and how far it is.

    ``office`` is a service or a function, public with the decision; ``person`` is a name, for the team alone.
    """

    office: str = ""
    person: str = ""
    due_on: date | None = None
    skill: str = ""
    state: State = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision in one sentence: who typed it, when, and what becomes of it.

    Only the team sees it until it is ``published``; ``action_id`` is the action of the parcours made of it.
    """

    id: int
    text: str
    author: str
    noted_at: datetime
    follow_up: FollowUp = FollowUp()
    action_id: int | None = None
    published: bool = False


_DECISIONS = """SELECT campaign_id, decisions.id, text, accounts.name, noted_at, office, person, due_on, skill, state,
    action_id, team_only FROM decisions JOIN accounts ON accounts.id = author_id
    WHERE removed_at IS NULL AND campaign_id IN"""


def decisions_of(db: Database, campaign: Campaign, *, published: bool = False) -> list[Decision]:
    """Return the decisions of a campaign's session that were not removed, in the order of typing.

    ``published`` leaves out those that only the team sees.
    """
    return decisions_by_campaign(db, [campaign], published=published)[campaign.id]


def decisions_by_campaign(
    db: Database, campaigns: Sequence[Campaign], *, published: bool = False
) -> dict[int, list[Decision]]:
    """Return the same for several campaigns in one reading, by their ids."""
    only = " AND NOT team_only" if published else ""
    marks = ", ".join("?" * len(campaigns))
    sql = f"{_DECISIONS} ({marks}){only} ORDER BY decisions.id"
    found: dict[int, list[Decision]] = {one.id: [] for one in campaigns}
    for campaign_id, *row in db.conn.execute(sql, [one.id for one in campaigns]).fetchall():
        found[campaign_id].append(_decision(*row))
    return found


def find_decision(db: Database, campaign: Campaign, id_: int) -> Decision | None:
    """Return the decision of that number of that campaign, if there is one."""
    return next((one for one in decisions_of(db, campaign) if one.id == id_), None)


def _decision(id_: int, text: str, author: str, noted: str, *rest: object) -> Decision:
    office, person, due, skill, state, action, team_only = rest
    follow_up = FollowUp(str(office), str(person), parse_day(due), str(skill), state)  # type: ignore[arg-type]
    at = datetime.fromisoformat(noted)
    return Decision(id_, text, author, at, follow_up, action, not team_only)  # type: ignore[arg-type]


def note_decision(db: Database, campaign: Campaign, text: str, author: Account) -> Decision:
    """Add a decision, which only the team sees. Idempotent: the same sentence again (a double click) changes nothing.

    Raises ``CampaignError`` when the text is empty or too long.
    """
    sentence = typed_line(text)
    if problems := _problems_of_sentence(sentence):
        raise CampaignError(problems)
    with writing(db) as conn:
        same = [one for one in decisions_of(db, campaign) if one.text == sentence]
        if not same:
            conn.execute(
                "INSERT INTO decisions (campaign_id, text, author_id, noted_at, team_only) VALUES (?, ?, ?, ?, TRUE)",
                (campaign.id, sentence, author.id, to_text(now())),
            )
        return (same or decisions_of(db, campaign))[-1]


def _problems_of_sentence(sentence: str) -> list[str]:
    if not sentence:
        return [_("Écrivez d’abord ce que vous décidez.")]
    return [problem] if (problem := too_long(sentence, LONGEST)) else []


def follow_decision(db: Database, campaign: Campaign, id_: int, text: str, follow_up: FollowUp) -> None:
    """Replace the sentence of a decision and what becomes of it. Idempotent.

    Raises ``CampaignError`` with every problem at once.
    """
    sentence, office, person = typed_line(text), typed_line(follow_up.office), typed_line(follow_up.person)
    problems = [*_problems_of_sentence(sentence)]
    problems += [said for said in (too_long(office, LONGEST_OFFICE), too_long(person, LONGEST_OFFICE)) if said]
    if follow_up.skill and follow_up.skill not in {skill.code for skill in campaign.grid.skills}:
        problems.append(_("Choisissez un savoir-faire de la liste."))
    if follow_up.state not in get_args(State):
        problems.append(_("Choisissez où en est cette décision, dans la liste."))
    if problems:
        raise CampaignError(problems)
    due = follow_up.due_on.isoformat() if follow_up.due_on else None
    with writing(db) as conn:
        conn.execute(
            """UPDATE decisions SET text = ?, office = ?, person = ?, due_on = ?, skill = ?, state = ?
                WHERE id = ? AND campaign_id = ? AND removed_at IS NULL""",
            (sentence, office, person, due, follow_up.skill, follow_up.state, id_, campaign.id),
        )


def publish_decision(db: Database, campaign: Campaign, id_: int, *, public: bool) -> None:
    """Show a decision to everybody who sees the results, or to the team alone again. Idempotent."""
    with writing(db) as conn:
        conn.execute(
            "UPDATE decisions SET team_only = ? WHERE id = ? AND campaign_id = ? AND removed_at IS NULL",
            (not public, id_, campaign.id),
        )


def decisions_behind(db: Database, territory: Territory, *, published: bool) -> dict[int, str]:
    """Return the decision that each action of that territory came from, by the number of the action.

    ``published`` leaves out those that only the team sees.
    """
    only = " AND NOT team_only" if published else ""
    sql = f"""SELECT action_id, text FROM decisions JOIN campaigns ON campaigns.id = campaign_id
        WHERE territory_id = ? AND action_id IS NOT NULL AND decisions.removed_at IS NULL{only}"""  # noqa: S608  # ours
    return dict(db.conn.execute(sql, (territory.id,)).fetchall())


def link_decision(db: Database, campaign: Campaign, id_: int, action_id: int) -> None:
    """Note which action of the parcours was made of a decision."""
    with writing(db) as conn:
        conn.execute(
            "UPDATE decisions SET action_id = ? WHERE id = ? AND campaign_id = ?", (action_id, id_, campaign.id)
        )


def remove_decision(db: Database, campaign: Campaign, id_: int) -> None:
    """Remove a decision of that campaign from the list; its row stays, with the time of the removal."""
    with writing(db) as conn:
        conn.execute(
            "UPDATE decisions SET removed_at = ? WHERE id = ? AND campaign_id = ? AND removed_at IS NULL",
            (to_text(now()), id_, campaign.id),
        )
