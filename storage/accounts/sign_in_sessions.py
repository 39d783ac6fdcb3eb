"""Sign-in sessions: each is a secret given to one browser, and can be listed and revoked.

A session ends at a fixed time, or after ``IDLE`` without use. When an account has more than ``MOST``, the one unused
for the longest time ends.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.accounts.accounts import Account, account_by_id
from storage.core.database import writing
from storage.core.database_errors import DatabaseUnavailable
from storage.core.engine import Database
from storage.core.timestamps import now, to_text
from storage.core.tokens import fingerprint, new_secret

IDLE = timedelta(hours=12)
MOST = 10
# The use of a session is recorded at most once per period, so that not every page writes to the database.
_NOTED_EVERY = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class SignInSession:
    """One browser in which an account is signed in; ``last_seen_on`` is a day (``2026-03-31``)."""

    id: int
    account_id: int
    created_at: datetime
    expires_at: datetime
    last_seen_at: datetime

    @property
    def last_seen_on(self) -> str:
        """The day on which it was last used."""
        return self.last_seen_at.date().isoformat()


def start_session(db: Database, account: Account, lasts: timedelta) -> str:
    """Start a session that lasts that long and return its token, of which only the hash is stored.

    Also deletes expired sessions.
    """
    token, start = new_secret(), now()
    with writing(db) as conn:
        conn.execute(
            "DELETE FROM sessions WHERE expires_at <= ? OR coalesce(last_seen_at, created_at) <= ?", _limits(start)
        )
        conn.execute(
            """INSERT INTO sessions (account_id, token_sha256, created_at, expires_at, last_seen_on, last_seen_at)
                VALUES (?, ?, ?, ?, ?, ?)""",
            (
                *(account.id, fingerprint(token), to_text(start), to_text(start + lasts)),
                *(start.date().isoformat(), to_text(start)),
            ),
        )
        conn.execute(
            """DELETE FROM sessions WHERE account_id = ? AND id NOT IN (SELECT id FROM sessions WHERE account_id = ?
                ORDER BY coalesce(last_seen_at, created_at) DESC, id DESC LIMIT ?)""",
            (account.id, account.id, MOST),
        )
    return token


_SESSION = """SELECT id, account_id, created_at, expires_at, coalesce(last_seen_at, created_at) AS seen FROM sessions
    WHERE expires_at > ? AND seen > ?"""


def _limits(moment: datetime) -> tuple[str, str]:
    return to_text(moment), to_text(moment - IDLE)


def find_sign_in_session(db: Database, token: str) -> tuple[SignInSession, Account] | None:
    """Return the session of that token and its account; None if it has ended or the account is disabled."""
    moment = now()
    row = db.conn.execute(f"{_SESSION} AND token_sha256 = ?", (*_limits(moment), fingerprint(token))).fetchone()
    if row is None:
        return None
    _number, account_id, *_moments = row
    account, session = account_by_id(db, account_id), _session(*row)
    if account is None or account.disabled:
        return None
    if not timedelta(0) <= moment - session.last_seen_at < _NOTED_EVERY:
        _note(db, session, moment)
    return session, account


def _note(db: Database, session: SignInSession, moment: datetime) -> None:
    """Record that the session is in use; skipped when the database is busy, so that no reader waits for it."""
    with suppress(DatabaseUnavailable), writing(db, patience=0) as conn:
        conn.execute(
            "UPDATE sessions SET last_seen_on = ?, last_seen_at = ? WHERE id = ?",
            (moment.date().isoformat(), to_text(moment), session.id),
        )


def sign_in_sessions_of(db: Database, account: Account) -> list[SignInSession]:
    """Return the sessions of an account, latest first."""
    rows = db.conn.execute(f"{_SESSION} AND account_id = ? ORDER BY id DESC", (*_limits(now()), account.id))
    return [_session(*row) for row in rows]


def revoke_session(db: Database, account: Account, session_id: int) -> None:
    """End that session if it belongs to this account; otherwise do nothing."""
    with writing(db) as conn:
        conn.execute("DELETE FROM sessions WHERE id = ? AND account_id = ?", (session_id, account.id))


def revoke_others(db: Database, account: Account, session_id: int) -> None:
    """Sign out every browser of this account but that one."""
    with writing(db) as conn:
        conn.execute("DELETE FROM sessions WHERE id <> ? AND account_id = ?", (session_id, account.id))


def _session(id_: int, account_id: int, *moments: str) -> SignInSession:
    return SignInSession(id_, account_id, *map(datetime.fromisoformat, moments))
