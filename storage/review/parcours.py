"""A territory's parcours: its actions, the skills that each aims at, and its rating of each year.

An action is saved over the version that its author has read (optimistic locking): ``ActionChanged`` gives the version
that somebody else saved meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, get_args

from grille.messages import message as _
from grille.typed import too_long, typed_line
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.timestamps import now, parse_day, to_text
from storage.review.sheets import normalised_text

if TYPE_CHECKING:
    import sqlite3

    from storage.accounts.accounts import Account
    from storage.campaigns.territories import Territory

Kind = Literal["formation", "changement", "projet"]
Support = Literal["", "cifre", "vta", "service-civique"]
Status = Literal["prevue", "en-cours", "terminee", "abandonnee"]

LONGEST_TITLE, LONGEST_TEXT = 120, 2000


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """The content of an action. ``campaign_id`` is the campaign expected to show its effect, without dates."""

    kind: Kind
    title: str
    skills: tuple[str, ...]
    purpose: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    campaign_id: int | None = None
    provider: str = ""
    support: Support = ""
    status: Status = "prevue"


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """An action as stored."""

    id: int
    territory_id: int
    version: int
    plan: ActionPlan


@dataclass(frozen=True, slots=True)
class Rating:
    """The rating of an action for one year: relevance of the method and transfer of skills, 1 (low) to 4 (high)."""

    action_id: int
    year: int
    relevance: int
    transfer: int
    words: str = ""


class ActionChanged(Exception):
    """Someone saved another version since this one was read: ``current``. Nothing was written."""

    def __init__(self, current: PlannedAction) -> None:
        self.current = current
        super().__init__(_("Une autre version de cette action a été enregistrée entre-temps."))


def _too_long(plan: ActionPlan) -> tuple[str, ...]:
    return (
        too_long(plan.title, LONGEST_TITLE, _("Le titre")),
        too_long(plan.purpose, LONGEST_TEXT),
        too_long(plan.provider, LONGEST_TEXT, _("Le nom du prestataire")),
    )


def problems_of(plan: ActionPlan) -> list[str]:
    """Return the problems of an action, as French sentences."""
    backwards = bool(plan.starts_on and plan.ends_on and plan.ends_on < plan.starts_on)
    checks = [
        (not plan.title.strip(), _("L’action n’a pas de titre : donnez-lui-en un.")),
        *((bool(said), said) for said in _too_long(plan)),
        (not plan.skills, _("L’action ne vise aucun savoir-faire : choisissez-en au moins un.")),
        (backwards, _("L’action se termine avant de commencer : vérifiez ses dates.")),
        (
            not (plan.starts_on or plan.ends_on or plan.campaign_id),
            _("L’action n’a ni date ni vague : donnez au moins l’une ou l’autre."),
        ),
    ]
    choices = ((plan.kind, Kind), (plan.support, Support), (plan.status, Status))
    unknown = [
        _("« %(value)s » n’est pas un choix possible.", value=value)
        for value, allowed in choices
        if value not in get_args(allowed)
    ]
    return [sentence for wrong, sentence in checks if wrong] + unknown


_ACTION = """SELECT id, territory_id, version, kind, title, purpose, starts_on, ends_on, wave_id, provider, support,
    status FROM actions WHERE removed_at IS NULL"""


def actions_of(db: Database, territory: "Territory") -> list[PlannedAction]:
    """Return the actions of a territory by start date; those without dates come last."""
    rows = db.conn.execute(
        f"{_ACTION} AND territory_id = ? ORDER BY starts_on IS NULL, starts_on, ends_on, id", (territory.id,)
    ).fetchall()
    numbers = [number for number, *_others in rows]
    skills = _skills_of(db, numbers)
    return [_action(row, skills[number]) for number, row in zip(numbers, rows, strict=True)]


def find_action(db: Database, territory: "Territory", id_: int) -> PlannedAction | None:
    """Return the action of that id in that territory, if there is one."""
    row = db.conn.execute(f"{_ACTION} AND territory_id = ? AND id = ?", (territory.id, id_)).fetchone()
    return _action(row, _skills_of(db, [id_])[id_]) if row else None


def add_action(
    db: Database, territory: "Territory", plan: ActionPlan, author: "Account | None" = None
) -> PlannedAction:
    """Add an action to a parcours. Raises ``CampaignError`` with every problem at once, and then nothing is written."""
    plan = _checked(plan)
    with writing(db) as conn:
        cursor = conn.execute(
            """INSERT INTO actions (territory_id, kind, title, purpose, starts_on, ends_on, wave_id, provider, support,
                status, author_id, saved_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (territory.id, *_values(plan), author and author.id, to_text(now())),
        )
        id_ = int(cursor.lastrowid or 0)
        _aim(conn, id_, plan.skills)
    return PlannedAction(id_, territory.id, 1, plan)


def save_action(
    db: Database, action: PlannedAction, plan: ActionPlan, author: "Account", *, expected: int
) -> PlannedAction:
    """Replace the content of an action over version ``expected``. Idempotent.

    Raises ``CampaignError`` with every problem, or ``ActionChanged`` when another version was saved meanwhile.
    """
    plan = _checked(plan)
    with writing(db) as conn:
        row = conn.execute(f"{_ACTION} AND id = ?", (action.id,)).fetchone()
        current = _action(row, _skills_of(db, [action.id])[action.id]) if row else action
        if row and current.plan == plan:
            return current
        if not row or current.version != expected:
            raise ActionChanged(current)
        conn.execute(
            """UPDATE actions SET kind = ?, title = ?, purpose = ?, starts_on = ?, ends_on = ?, wave_id = ?,
                provider = ?, support = ?, status = ?, version = version + 1, author_id = ?, saved_at = ?
                WHERE id = ?""",
            (*_values(plan), author.id, to_text(now()), action.id),
        )
        conn.execute("DELETE FROM action_skills WHERE action_id = ?", (action.id,))
        _aim(conn, action.id, plan.skills)
    return PlannedAction(action.id, action.territory_id, expected + 1, plan)


def remove_action(db: Database, action: PlannedAction) -> None:
    """Remove an action from the parcours; ``restore_action`` puts it back."""
    _remove(db, action.id, to_text(now()))


def restore_action(db: Database, territory: "Territory", id_: int) -> bool:
    """Put a removed action of that territory back; return whether there was one."""
    sql = "SELECT 1 FROM actions WHERE id = ? AND territory_id = ? AND removed_at IS NOT NULL"
    found = db.conn.execute(sql, (id_, territory.id)).fetchone() is not None
    if found:
        _remove(db, id_, None)
    return found


def _remove(db: Database, id_: int, at: str | None) -> None:
    with writing(db) as conn:
        conn.execute("UPDATE actions SET removed_at = ? WHERE id = ?", (at, id_))


def rate_action(db: Database, rating: Rating, author: "Account | None" = None) -> None:
    """Store the rating of an action for a year, in place of an earlier one of that year."""
    with writing(db) as conn:
        conn.execute(
            """INSERT INTO action_ratings (action_id, year, relevance, transfer, words, author_id, saved_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (action_id, year) DO UPDATE SET relevance = excluded.relevance,
                transfer = excluded.transfer, words = excluded.words, author_id = excluded.author_id,
                saved_at = excluded.saved_at""",
            (
                *(rating.action_id, rating.year, rating.relevance, rating.transfer, normalised_text(rating.words)),
                *(author and author.id, to_text(now())),
            ),
        )


def ratings_of(db: Database, territory: "Territory") -> dict[int, list[Rating]]:
    """Return the ratings of a territory's actions by action id, earliest year first."""
    sql = """SELECT action_id, year, relevance, transfer, words FROM action_ratings
        JOIN actions ON actions.id = action_id WHERE territory_id = ? ORDER BY year"""
    found: dict[int, list[Rating]] = {}
    for rating in (Rating(*row) for row in db.conn.execute(sql, (territory.id,))):
        found.setdefault(rating.action_id, []).append(rating)
    return found


def _checked(plan: ActionPlan) -> ActionPlan:
    plan = replace(
        plan, title=typed_line(plan.title), purpose=normalised_text(plan.purpose), provider=typed_line(plan.provider)
    )
    if problems := problems_of(plan):
        raise CampaignError(problems)
    return plan


def _values(plan: ActionPlan) -> tuple[Any, ...]:
    starts, ends = (day and day.isoformat() for day in (plan.starts_on, plan.ends_on))
    return plan.kind, plan.title, plan.purpose, starts, ends, plan.campaign_id, plan.provider, plan.support, plan.status


def _aim(conn: "sqlite3.Connection", action_id: int, skills: tuple[str, ...]) -> None:
    conn.executemany(
        "INSERT INTO action_skills (action_id, position, skill) VALUES (?, ?, ?)",
        [(action_id, position, skill) for position, skill in enumerate(dict.fromkeys(skills))],
    )


def _skills_of(db: Database, ids: list[int]) -> Mapping[int, tuple[str, ...]]:
    marks = ", ".join("?" * len(ids))
    sql = f"SELECT action_id, skill FROM action_skills WHERE action_id IN ({marks}) ORDER BY action_id, position"  # noqa: S608  # marks only
    found: dict[int, tuple[str, ...]] = dict.fromkeys(ids, ())
    for id_, skill in db.conn.execute(sql, ids):
        found[id_] = (*found[id_], skill)
    return found


def _action(row: tuple[Any, ...], skills: tuple[str, ...]) -> PlannedAction:
    id_, territory_id, version, kind, title, purpose, starts_on, ends_on, campaign_id, provider, support, status = row
    plan = ActionPlan(
        kind=kind,
        title=title,
        skills=skills,
        purpose=purpose,
        starts_on=parse_day(starts_on),
        ends_on=parse_day(ends_on),
        campaign_id=campaign_id,
        provider=provider,
        support=support,
        status=status,
    )
    return PlannedAction(id_, territory_id, version, plan)
