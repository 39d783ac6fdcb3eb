"""What a parcours was, what was adjusted, and why: each change of an action keeps what it was before."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import orjson

from grille.messages import message as _
from grille.typed import too_long
from storage.core.engine import Database
from storage.core.timestamps import now, parse_day, parse_timestamp, to_text
from storage.review.parcours.details import details_of, with_details
from storage.review.parcours.plans import LONGEST_TEXT, ActionPlan
from storage.review.sheets import normalised_text

if TYPE_CHECKING:
    import sqlite3

    from storage.campaigns.territories import Territory


@dataclass(frozen=True, slots=True)
class PlanChange:
    """A change of an action: when, what it was ``before`` (without the name of its pilot), and why."""

    action_id: int
    changed_at: datetime
    before: ActionPlan
    reason: str


def reason_problem(before: ActionPlan, after: ActionPlan, reason: str) -> str:
    """Return what is wrong with the reason of a change, as a French sentence; empty when it is right.

    What an action had promised, once it has begun, changes for a reason: its dates, skills, levels aimed at and hoped
    value, or that it waits or is given up.
    """
    if before.status != "prevue" and _promised(before) != _promised(after) and not reason.strip():
        return _("Cette action a commencé : dites pourquoi ce qui était prévu change.")
    return too_long(reason, LONGEST_TEXT, _("Cette raison"))


def _promised(plan: ActionPlan) -> tuple[Any, ...]:
    stopped = plan.status if plan.status in ("en-pause", "abandonnee") else ""
    return (
        *(sorted(plan.skills), plan.targets, plan.starts_on, plan.ends_on, plan.campaign_id),
        *(plan.indicator.name, plan.indicator.target, stopped),
    )


def keep_change(conn: "sqlite3.Connection", action_id: int, version: int, before: ActionPlan, reason: str) -> None:
    """Keep what an action was in that version, before it changes, and why it does."""
    conn.execute(
        "INSERT INTO action_changes (action_id, version, before, reason, changed_at) VALUES (?, ?, ?, ?, ?)",
        (action_id, version, _document(before), normalised_text(reason), to_text(now())),
    )


def changes_of(db: Database, territory: "Territory") -> dict[int, list[PlanChange]]:
    """Return the changes of a territory's actions by action id, earliest first."""
    sql = """SELECT action_id, changed_at, before, action_changes.reason FROM action_changes
        JOIN actions ON actions.id = action_id WHERE territory_id = ? AND removed_at IS NULL
        ORDER BY action_id, action_changes.version"""
    found: dict[int, list[PlanChange]] = {}
    for action_id, changed, before, reason in db.conn.execute(sql, (territory.id,)).fetchall():
        at, plan = parse_timestamp(changed), _plan(before)
        if at and plan:  # a damaged line says nothing, and hides no other
            found.setdefault(action_id, []).append(PlanChange(action_id, at, plan, reason))
    return found


def created_days(db: Database, territory: "Territory") -> dict[int, date]:
    """Return the day on which each action entered the parcours; those entered before days were kept are left out."""
    sql = "SELECT id, created_on FROM actions WHERE territory_id = ? AND created_on IS NOT NULL"
    return {id_: day for id_, text in db.conn.execute(sql, (territory.id,)).fetchall() if (day := parse_day(text))}


def _document(plan: ActionPlan) -> str:
    document = {
        **{name: getattr(plan, name) for name in ("kind", "title", "skills", "purpose", "provider", "status")},
        "starts_on": plan.starts_on,
        "ends_on": plan.ends_on,
        "campaign_id": plan.campaign_id,
        "details": details_of(plan),
    }
    return orjson.dumps(document).decode()


def _plan(document: str) -> ActionPlan | None:
    try:
        found = orjson.loads(document)
        details = found.pop("details")
        days = {name: parse_day(found.pop(name)) for name in ("starts_on", "ends_on")}
        return with_details(ActionPlan(**{**found, **days, "skills": tuple(found["skills"])}), details)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
