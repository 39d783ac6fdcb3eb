"""The weekly digest of the programme: who asked for it, and for which week each of them has it."""

from datetime import datetime

from storage.accounts.accounts import Account
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.rows import single_value, single_values
from storage.core.timestamps import now, paris_day, to_text
from storage.operations.jobs import Demand

KIND = "digest"


def digest_demand(at: datetime) -> Demand:
    """Return the job that sends the digest of the week of that moment, in Paris; asked for again, it is the same.

    >>> from datetime import UTC
    >>> digest_demand(datetime(2026, 12, 6, 23, 30, tzinfo=UTC)).parameters
    {'week': '2026-W50'}
    """
    year, number, _day = paris_day(at).isocalendar()
    week = f"{year}-W{number:02}"
    return Demand(KIND, week, {"week": week})


def wants_digest(db: Database, account: Account) -> bool:
    """Return whether the owner of that account asked for the digest."""
    return single_value(db.conn.execute("SELECT 1 FROM digests WHERE account_id = ?", (account.id,))) is not None


def ask_digest(db: Database, account: Account) -> None:
    """Note that the owner of that account wants the digest. Idempotent."""
    with writing(db) as conn:
        sql = "INSERT INTO digests (account_id, asked_at) VALUES (?, ?) ON CONFLICT DO NOTHING"
        conn.execute(sql, (account.id, to_text(now())))


def stop_digest(db: Database, account: Account) -> None:
    """Note that the owner of that account no longer wants the digest. Idempotent."""
    with writing(db) as conn:
        conn.execute("DELETE FROM digests WHERE account_id = ?", (account.id,))


def without_digest(db: Database, week: str) -> list[int]:
    """Return the ids of the accounts that wait for the digest of that week (``2026-W49``), the oldest wish first."""
    sql = "SELECT account_id FROM digests WHERE sent_week <> ? ORDER BY asked_at, account_id"
    return single_values(db.conn.execute(sql, (week,)))


def take_digest(db: Database, account: int, week: str) -> bool:
    """Note that the digest of that week goes to that account; False if it had it: nobody receives it twice."""
    with writing(db) as conn:
        sql = "UPDATE digests SET sent_week = ? WHERE account_id = ? AND sent_week <> ?"
        return conn.execute(sql, (week, account, week)).rowcount == 1


def give_digest_back(db: Database, account: int) -> None:
    """Note that the digest could not be sent to that account: the next try sends it."""
    with writing(db) as conn:
        conn.execute("UPDATE digests SET sent_week = '' WHERE account_id = ?", (account,))
