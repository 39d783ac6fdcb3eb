"""Erasing a trial: its campaigns, whatever their state, its parcours, and the fictional territory itself."""

from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from accounts.audit_events import AuditEvent
from storage.campaigns.campaigns import campaigns_of
from storage.campaigns.territories import Territory, outdated_trials
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.timestamps import now, paris_day
from storage.operations.audit_log import about, record
from storage.operations.cancellation import Erased, erase_campaign, prove_erased

if TYPE_CHECKING:
    import sqlite3


_ACTIONS = "SELECT id FROM actions WHERE territory_id = :territory"
_ROWS = (
    ("action_skills", f"action_id IN ({_ACTIONS})"),
    ("action_ratings", f"action_id IN ({_ACTIONS})"),
    ("actions", "territory_id = :territory"),
    ("territories", "id = :territory AND trial_of IS NOT NULL"),
)


def erase_trial(db: Database, trial: Territory, by: int | None = None) -> Erased:
    """Erase everything of a trial and log it; ``by`` is the id of an account, None when its time is over.

    Raises ``ValueError`` for a territory that is no trial. Call ``prove_erased`` once the transaction is over.
    """
    if trial.trial_of is None:
        raise ValueError(trial.slug)
    with writing(db) as conn:
        erased = [erase_campaign(db, one) for one in campaigns_of(db, trial)]
        _erase_rows(conn, trial)
        record(db, AuditEvent.TRIAL_ERASED, by, about(trial))
    return Erased(
        sum(one.answers for one in erased),
        tuple(chain.from_iterable(one.traces for one in erased)),
        tuple(chain.from_iterable(one.files for one in erased)),
    )


def _erase_rows(conn: "sqlite3.Connection", trial: Territory) -> None:
    conn.execute("PRAGMA defer_foreign_keys = ON")
    for table, which in _ROWS:
        conn.execute(f"DELETE FROM {table} WHERE {which}", {"territory": trial.id})  # noqa: S608  # names of ours


def erase_outdated_trials(db: Database, day: date | None = None) -> tuple[str, ...]:
    """Erase the trials whose last day has passed, and return what remains of them, as French sentences."""
    problems: list[str] = []
    for trial in outdated_trials(db, day or paris_day(now())):
        problems += prove_erased(db, trial, erase_trial(db, trial))
    return tuple(problems)
