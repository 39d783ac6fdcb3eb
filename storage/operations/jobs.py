"""Jobs: work requested by pages and done outside of requests, by any process.

A job has a key that covers everything its result depends on, so the same request is done once, whoever makes it. The
process that works on a job holds a claim, and every change of the job is a compare-and-set on it: a job whose holder
has stopped sending heartbeats is taken over by another process, and later writes of the first one change nothing. Times
are the database's clock, the only one common to several machines. Results are files beside the database.
"""

import secrets
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Literal

import orjson

from storage.core.database import writing
from storage.core.engine import Database
from storage.core.rows import single_value, single_values
from storage.core.timestamps import parse_timestamp, to_text
from storage.operations import job_results
from storage.operations.job_notes import note_in, stored_note

State = Literal["queued", "running", "done", "failed"]

MOST_ATTEMPTS: Final = 3
STALE_AFTER: Final = timedelta(seconds=60)
"""Without a sign of life for that long, whoever held the job is taken to be gone."""

PATIENCE_AFTER_FAILURE: Final = timedelta(minutes=5)
"""What has failed is not made again at once, however many ask."""

KEPT: Final = timedelta(days=7)

_COLUMNS: Final = """id, kind, key, parameters, state, done, total, note, claim, attempts, file, sha256,
    created_at, started_at, heartbeat_at, finished_at"""


@dataclass(frozen=True, slots=True)
class Demand:
    """A request for work. ``key`` covers all that the result depends on; ``parameters`` are what it needs.

    ``campaign`` is the id of the campaign with which the job is deleted, ``owner`` that of the account that asks; it
    begins at ``not_before`` at the earliest.
    """

    kind: str
    key: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    campaign: int | None = None
    owner: int | None = None
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A job and its state; ``note`` is a message on its progress, or on why it failed."""

    id: int
    kind: str
    key: str
    parameters: Mapping[str, Any]
    state: State
    done: int
    total: int
    note: str
    claim: str | None
    attempts: int
    file: str | None
    sha256: str | None
    created_at: datetime | None
    started_at: datetime | None
    heartbeat_at: datetime | None
    finished_at: datetime | None

    @property
    def pending(self) -> bool:
        """Whether the result is still to come."""
        return self.state in ("queued", "running")


def ask(db: Database, demand: Demand) -> Job:
    """Return the job of that demand; queued if it is new, failed some time ago, or has lost its result."""
    found = find_job(db, demand.kind, demand.key)
    if found and found.state != "failed" and not _is_lost(db, found):
        return found
    with writing(db) as conn:
        return _new(conn, demand) or _asked_again(conn, db, demand)


def _new(conn: sqlite3.Connection, demand: Demand) -> Job | None:
    """Queue the job; None if it is there already."""
    sql = f"""INSERT INTO jobs (kind, key, parameters, campaign_id, owner_id, created_at, not_before)
        SELECT ?, ?, ?, ?, ?, at, max(at, ?) FROM (SELECT strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now') AS at) WHERE TRUE
        ON CONFLICT (kind, key) DO NOTHING RETURNING {_COLUMNS}"""  # noqa: S608  # ours
    parameters = orjson.dumps(dict(demand.parameters)).decode()
    about = (demand.campaign, demand.owner, to_text(demand.not_before) if demand.not_before else "")
    row = conn.execute(sql, (demand.kind, demand.key, parameters, *about)).fetchone()
    return _job(row) if row else None


def _asked_again(conn: sqlite3.Connection, db: Database, demand: Demand) -> Job:
    """Queue again a job that failed some time ago or whose result is missing; return it as it is now."""
    at, job = _now(conn), _found(conn, demand.kind, demand.key)
    rested = job.finished_at is None or job.finished_at <= at - PATIENCE_AFTER_FAILURE
    if not (_is_lost(db, job) or (job.state == "failed" and rested)):
        return job
    _queue(conn, "id = ?", (job.id,), at)
    return _found(conn, demand.kind, demand.key)


def _is_lost(db: Database, job: Job) -> bool:
    """Return whether its result is missing: deleted, or not part of a restored database."""
    return job.state == "done" and (job.file is None or not job_results.exists(db, job.file))


def _queue(conn: sqlite3.Connection, which: str, values: tuple[object, ...], at: datetime) -> int:
    sql = f"""UPDATE jobs SET state = 'queued', claim = NULL, done = 0, total = 0, note = '', attempts = 0, file = NULL,
        sha256 = NULL, started_at = NULL, heartbeat_at = NULL, finished_at = NULL, not_before = ?
        WHERE {which}"""  # noqa: S608  # conditions of ours
    return conn.execute(sql, (to_text(at), *values)).rowcount


def former_job(db: Database, kind: str, subject: str) -> Job | None:
    """Return the last finished job, with a result, whose key begins with that subject; None if there is none."""
    about = "kind = ? AND substr(key, 1, ?) = ? AND state = 'done' AND file > '' ORDER BY finished_at DESC LIMIT 1"
    return _one(db.conn, about, (kind, len(subject), subject))


def find_job(db: Database, kind: str, key: str) -> Job | None:
    """Return the job of that kind and key, if there is one."""
    return _one(db.conn, "kind = ? AND key = ?", (kind, key))


def _found(conn: sqlite3.Connection, kind: str, key: str) -> Job:
    job = _one(conn, "kind = ? AND key = ?", (kind, key))
    if job is None:
        raise LookupError(key)
    return job


def before(db: Database, job: Job) -> int:
    """Return how many jobs are queued before that one."""
    sql = "SELECT count(*) FROM jobs WHERE state = 'running' OR (state = 'queued' AND id < ? AND not_before <= ?)"
    return int(single_value(db.conn.execute(sql, (job.id, to_text(_now(db.conn)))))) if job.state == "queued" else 0


def claim(db: Database, holder: str) -> Job | None:
    """Take the next job, queued or abandoned; None when there is nothing to do. One begun too often fails instead."""
    if not is_waiting(db):
        return None
    with writing(db) as conn:
        at, token = _now(conn), f"{holder}:{secrets.token_hex(8)}"
        _give_up(conn, at)
        conn.execute(
            f"""UPDATE jobs SET state = 'running', claim = ?, attempts = attempts + 1, done = 0, total = 0, note = '',
                started_at = ?, heartbeat_at = ?
                WHERE id = (SELECT id FROM jobs WHERE {_CLAIMABLE} ORDER BY id LIMIT 1)""",  # noqa: S608  # ours
            (token, to_text(at), to_text(at), *_moments(at)),
        )
        return _one(conn, "claim = ?", (token,))


_CLAIMABLE: Final = "((state = 'queued' AND not_before <= ?) OR (state = 'running' AND heartbeat_at < ?))"


def _moments(at: datetime) -> tuple[str, str]:
    return to_text(at), to_text(at - STALE_AFTER)


def is_waiting(db: Database) -> bool:
    """Return whether a job could be claimed now."""
    found = db.conn.execute(f"SELECT 1 FROM jobs WHERE {_CLAIMABLE} LIMIT 1", _moments(_now(db.conn)))  # noqa: S608  # ours
    return found.fetchone() is not None


def _give_up(conn: sqlite3.Connection, at: datetime) -> None:
    conn.execute(
        f"""UPDATE jobs SET state = 'failed', claim = NULL, note = '', finished_at = ?
            WHERE attempts >= ? AND {_CLAIMABLE}""",  # noqa: S608  # ours
        (to_text(at), MOST_ATTEMPTS, *_moments(at)),
    )


def beat(db: Database, job: Job) -> bool:
    """Record a heartbeat of the holder. Returns False when another process holds the job."""
    return _changed(db, job, "heartbeat_at = ?", lambda at: (to_text(at),))


def tell(db: Database, job: Job, done: int, total: int, note: str) -> bool:
    """Record the progress of the work. Returns False when another process holds the job."""
    progress = "done = ?, total = ?, note = ?, heartbeat_at = ?"
    return _changed(db, job, progress, lambda at: (done, total, stored_note(note), to_text(at)))


def finish(db: Database, job: Job, content: bytes | None = None) -> bool:
    """End the job with its result; None when it is stored elsewhere. The file is complete before the job refers to it.

    Returns False, and stores nothing, when another process has taken the job over.
    """
    name, digest = (None, None) if content is None else job_results.write(db, content)
    ended = "state = 'done', claim = NULL, file = ?, sha256 = ?, finished_at = ?, note = ''"
    mine = _changed(db, job, ended, lambda at: (name, digest, to_text(at)))
    if name and not mine:
        job_results.erase(db, name)
    return mine


def fail(db: Database, job: Job, why: str) -> bool:
    """End the job without a result. Returns False when another process holds the job."""
    ended = "state = 'failed', claim = NULL, note = ?, finished_at = ?"
    return _changed(db, job, ended, lambda at: (stored_note(why), to_text(at)))


def give_back(db: Database, job: Job, *, is_to_blame: bool) -> bool:
    """Queue the job again: its holder ended without finishing it. Returns False when another process holds it.

    ``is_to_blame`` says whether the holder died of the job, which then counts as an attempt, or was only stopped.
    """
    queued = "state = 'queued', claim = NULL, heartbeat_at = NULL, attempts = attempts - ?, not_before = ?"
    return _changed(db, job, queued, lambda at: (0 if is_to_blame else 1, to_text(at)))


def _changed(db: Database, job: Job, values: str, given: Any) -> bool:
    with writing(db) as conn:
        done = conn.execute(
            f"UPDATE jobs SET {values} WHERE id = ? AND claim = ? AND state = 'running'",  # noqa: S608  # ours
            (*given(_now(conn)), job.id, job.claim),
        )
    return done.rowcount == 1


def take_back(db: Database, machine: str) -> int:
    """Queue again the jobs held by processes of that machine, none of which runs any more; return their number."""
    sql = """UPDATE jobs SET state = 'queued', claim = NULL, heartbeat_at = NULL
        WHERE state = 'running' AND substr(claim, 1, ?) = ?"""
    with writing(db) as conn:
        return conn.execute(sql, (len(machine) + 1, f"{machine}:")).rowcount


def held_by(db: Database, holder: str) -> Job | None:
    """Return the job that this holder works on."""
    return _one(db.conn, "state = 'running' AND substr(claim, 1, ?) = ?", (len(holder) + 1, f"{holder}:"))


def result(db: Database, job: Job) -> bytes | None:
    """Return the result of a finished job; None if it is not a file or the file is missing."""
    return job_results.read(db, job.file, job.sha256) if job.state == "done" and job.file else None


def jobs_of(db: Database) -> list[Job]:
    """Return every job, the newest first."""
    return [_job(row) for row in db.conn.execute(f"SELECT {_COLUMNS} FROM jobs ORDER BY id DESC")]  # noqa: S608  # ours


def retry_failed(db: Database) -> int:
    """Queue again every failed job and return their number."""
    with writing(db) as conn:
        return _queue(conn, "state = 'failed'", (), _now(conn))


def clear_ended(db: Database, kept: timedelta = timedelta()) -> int:
    """Delete the jobs that ended longer ago than ``kept``, and their results; return their number."""
    with writing(db) as conn:
        limit = to_text(_now(conn) - kept)
        gone = conn.execute("DELETE FROM jobs WHERE finished_at <= ?", (limit,)).rowcount
    named = single_values(db.conn.execute("SELECT file FROM jobs WHERE file IS NOT NULL"))
    job_results.sweep(db, set(named))
    return gone


def erase_jobs(db: Database, campaign: int | None = None) -> None:
    """Delete the jobs of that campaign (an id), or all jobs, and their results. Running work is discarded."""
    which, values = ("1", ()) if campaign is None else ("campaign_id = ?", (campaign,))
    with writing(db) as conn:
        gone = single_values(conn.execute(f"DELETE FROM jobs WHERE {which} RETURNING file", values))  # noqa: S608  # ours
    for name in filter(None, gone):
        job_results.erase(db, name)


def _now(conn: sqlite3.Connection) -> datetime:
    """Return the current time by the clock of the database."""
    (text,) = conn.execute("SELECT strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now')").fetchone()
    return datetime.fromisoformat(text)


def _one(conn: sqlite3.Connection, which: str, values: tuple[object, ...]) -> Job | None:
    row = conn.execute(f"SELECT {_COLUMNS} FROM jobs WHERE {which}", values).fetchone()  # noqa: S608  # ours
    return _job(row) if row else None


def _job(row: tuple[Any, ...]) -> Job:
    number, kind, key, parameters, state, done, total, note, held, attempts, file, digest, *moments = row
    return Job(
        *(number, kind, key, orjson.loads(parameters), state, done, total, note_in(note), held, attempts, file, digest),
        *(parse_timestamp(moment) for moment in moments),
    )
