"""The actions of a territory, as they are stored.

An action is saved over the version that its author has read (optimistic locking): ``ActionChanged`` gives the version
that somebody else saved meanwhile.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grille.messages import message as _
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.timestamps import now, paris_day, parse_day, to_text
from storage.review.parcours.changes import keep_change, reason_problem
from storage.review.parcours.details import details_of, with_details
from storage.review.parcours.plans import ActionPlan, cleaned, problems_of

if TYPE_CHECKING:
    import sqlite3

    from storage.accounts.accounts import Account
    from storage.campaigns.territories import Territory


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """An action as stored."""

    id: int
    territory_id: int
    version: int
    plan: ActionPlan


class ActionChanged(Exception):
    """Someone saved another version since this one was read: ``current``. Nothing was written."""

    def __init__(self, current: PlannedAction) -> None:
        self.current = current
        super().__init__(_("Une autre version de cette action a été enregistrée entre-temps."))


_ACTION = """SELECT id, territory_id, version, kind, title, purpose, starts_on, ends_on, wave_id, provider, pilot,
    details, status, paused FROM actions WHERE removed_at IS NULL"""


def actions_of(db: Database, territory: "Territory") -> list[PlannedAction]:
    """Return the actions of a territory by start date; those without dates come last."""
    rows = db.conn.execute(
        f"{_ACTION} AND territory_id = ? ORDER BY starts_on IS NULL, starts_on, ends_on, id", (territory.id,)
    ).fetchall()
    numbers = [number for number, *_others in rows]
    skills = _skills_of(db, numbers)
    return [_action(row, skills[number]) for number, row in zip(numbers, rows, strict=True)]


def running_actions(db: Database) -> Iterator[PlannedAction]:
    """Yield the actions of every territory that are neither over nor paused, without their skills."""
    sql = f"{_ACTION} AND status NOT IN ('terminee', 'abandonnee') AND NOT paused ORDER BY territory_id, id"
    for row in db.conn.execute(sql):
        yield _action(row, ())


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
            """INSERT INTO actions (territory_id, kind, title, purpose, starts_on, ends_on, wave_id, provider, pilot,
                details, status, paused, author_id, saved_at, created_on)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (territory.id, *_values(plan), author and author.id, to_text(now()), paris_day(now()).isoformat()),
        )
        id_ = int(cursor.lastrowid or 0)
        _aim(conn, id_, plan.skills)
    return PlannedAction(id_, territory.id, 1, plan)


def save_action(
    db: Database, action: PlannedAction, plan: ActionPlan, author: "Account", *, expected: int, reason: str = ""
) -> PlannedAction:
    """Replace the content of an action over version ``expected``, and keep what it was, with the reason. Idempotent.

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
        if problem := reason_problem(current.plan, plan, reason):
            raise CampaignError([problem])
        keep_change(conn, action.id, current.version, current.plan, reason)
        conn.execute(
            """UPDATE actions SET kind = ?, title = ?, purpose = ?, starts_on = ?, ends_on = ?, wave_id = ?,
                provider = ?, pilot = ?, details = ?, status = ?, paused = ?, version = version + 1, author_id = ?,
                saved_at = ?
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


def _checked(plan: ActionPlan) -> ActionPlan:
    plan = cleaned(plan)
    if problems := problems_of(plan):
        raise CampaignError(problems)
    return plan


def _values(plan: ActionPlan) -> tuple[Any, ...]:
    """Return the columns of a plan. The table knew no pause: a paused action is one under way, with a mark."""
    starts, ends = (day and day.isoformat() for day in (plan.starts_on, plan.ends_on))
    paused = plan.status == "en-pause"
    return (
        *(plan.kind, plan.title, plan.purpose, starts, ends, plan.campaign_id, plan.provider, plan.pilot),
        *(details_of(plan), "en-cours" if paused else plan.status, paused),
    )


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
    id_, territory_id, version, kind, title, purpose, starts_on, ends_on, campaign_id, provider, *more = row
    pilot, details, status, paused = more
    plan = ActionPlan(
        kind=kind,
        title=title,
        skills=skills,
        purpose=purpose,
        starts_on=parse_day(starts_on),
        ends_on=parse_day(ends_on),
        campaign_id=campaign_id,
        provider=provider,
        status="en-pause" if paused else status,
        pilot=pilot,
    )
    return PlannedAction(id_, territory_id, version, with_details(plan, details))
