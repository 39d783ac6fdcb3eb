"""Accounts, what they were granted, and their sessions, each of which can be listed and revoked.

Passwords arrive hashed, rights are judged elsewhere: here they are only kept. A session is a secret given to a browser.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from storage.campaigns import Territory
from storage.database import writing
from storage.engine import Database
from storage.moments import now, text_of, today
from storage.tokens import fingerprint, new_secret, storable


class EmailTaken(ValueError):
    """Another account has that address."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role, on one territory or (``territory_id`` None) everywhere."""

    role: str
    territory_id: int | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """Someone who signs in."""

    id: int
    email: str
    name: str
    password_hash: str | None
    disabled: bool
    grants: tuple[Grant, ...]


@dataclass(frozen=True, slots=True)
class Session:
    """One browser in which an account is signed in; ``last_seen_on`` is a day (``2026-03-31``)."""

    id: int
    account_id: int
    created_at: datetime
    expires_at: datetime
    last_seen_on: str


def create_account(db: Database, email: str, name: str, password_hash: str | None = None) -> Account:
    """Add an account; without a password hash, nobody can sign in to it yet. Raises ``EmailTaken``."""
    email = normal_email(email)
    with writing(db) as conn:
        if account_by_email(db, email):
            raise EmailTaken(f"Un compte existe déjà pour {email}.")
        cursor = conn.execute(
            "INSERT INTO accounts (email, name, password_hash, created_at) VALUES (?, ?, ?, ?)",
            (email, name, password_hash, text_of(now())),
        )
        return Account(int(cursor.lastrowid or 0), email, name, password_hash, disabled=False, grants=())


def normal_email(email: str) -> str:
    """The address as it is stored and compared.

    >>> normal_email("  Demo@Grille.example ")
    'demo@grille.example'
    """
    return storable(email.strip().lower())


_ACCOUNT = "SELECT id, email, name, password_hash, disabled_at IS NOT NULL FROM accounts"


def account_by_email(db: Database, email: str) -> Account | None:
    """The account of that address, in any case, if there is one."""
    return _account(db, db.conn.execute(f"{_ACCOUNT} WHERE email = ?", (normal_email(email),)).fetchone())


def account_by_id(db: Database, id_: int) -> Account | None:
    """The account of that number, if there is one."""
    return _account(db, db.conn.execute(f"{_ACCOUNT} WHERE id = ?", (id_,)).fetchone())


def all_accounts(db: Database) -> list[Account]:
    """Every account, by name."""
    rows = db.conn.execute(f"{_ACCOUNT} ORDER BY name, id").fetchall()
    return [account for row in rows if (account := _account(db, row))]


def _account(db: Database, row: tuple[Any, ...] | None) -> Account | None:
    if row is None:
        return None
    id_, email, name, password_hash, disabled = row
    grants = db.conn.execute("SELECT role, territory_id FROM grants WHERE account_id = ? ORDER BY id", (id_,))
    return Account(id_, email, name, password_hash, bool(disabled), tuple(Grant(*grant) for grant in grants))


def set_password(db: Database, account: Account, password_hash: str) -> None:
    """Replace the password, and sign the account out everywhere: whoever knew the old one is out."""
    with writing(db) as conn:
        conn.execute("UPDATE accounts SET password_hash = ? WHERE id = ?", (password_hash, account.id))
        conn.execute("DELETE FROM sessions WHERE account_id = ?", (account.id,))


def disable_account(db: Database, account: Account) -> None:
    """Sign the account out everywhere and let it in no more; what it did keeps its author."""
    with writing(db) as conn:
        conn.execute(
            "UPDATE accounts SET disabled_at = coalesce(disabled_at, ?) WHERE id = ?", (text_of(now()), account.id)
        )
        conn.execute("DELETE FROM sessions WHERE account_id = ?", (account.id,))


def grant(db: Database, account: Account, role: str, territory: Territory | None = None) -> None:
    """Give a role, on a territory or everywhere. Twice is as once."""
    with writing(db) as conn:
        conn.execute(
            """INSERT INTO grants (account_id, role, territory_id, granted_at) VALUES (?, ?, ?, ?)
                ON CONFLICT DO NOTHING""",
            (account.id, role, territory.id if territory else None, text_of(now())),
        )


def revoke(db: Database, account: Account, role: str, territory: Territory | None = None) -> None:
    """Take a role back. A role not held changes nothing."""
    with writing(db) as conn:
        conn.execute(
            "DELETE FROM grants WHERE account_id = ? AND role = ? AND coalesce(territory_id, 0) = ?",
            (account.id, role, territory.id if territory else 0),
        )


def start_session(db: Database, account: Account, lasts: timedelta) -> str:
    """Sign in: the token to give to the browser, of which only the hash is kept. Expired sessions go away meanwhile."""
    token, start = new_secret(), now()
    with writing(db) as conn:
        conn.execute("DELETE FROM sessions WHERE expires_at <= ?", (text_of(start),))
        conn.execute(
            """INSERT INTO sessions (account_id, token_sha256, created_at, expires_at, last_seen_on)
                VALUES (?, ?, ?, ?, ?)""",
            (account.id, fingerprint(token), text_of(start), text_of(start + lasts), today()),
        )
    return token


_SESSION = "SELECT id, account_id, created_at, expires_at, last_seen_on FROM sessions"


def find_session(db: Database, token: str) -> tuple[Session, Account] | None:
    """The session of that token with its account, unless it was revoked, has expired, or the account is disabled."""
    sql = f"{_SESSION} WHERE token_sha256 = ? AND expires_at > ?"
    row = db.conn.execute(sql, (fingerprint(token), text_of(now()))).fetchone()
    account = row and account_by_id(db, row[1])
    if account is None or account.disabled:
        return None
    session = _session(*row)
    if session.last_seen_on != today():
        _seen(db, session)
    return session, account


def _seen(db: Database, session: Session) -> None:
    with writing(db) as conn:
        conn.execute("UPDATE sessions SET last_seen_on = ? WHERE id = ?", (today(), session.id))


def sessions_of(db: Database, account: Account) -> list[Session]:
    """Where an account is signed in, latest first."""
    sql = f"{_SESSION} WHERE account_id = ? AND expires_at > ? ORDER BY id DESC"
    return [_session(*row) for row in db.conn.execute(sql, (account.id, text_of(now())))]


def revoke_session(db: Database, account: Account, session_id: int) -> None:
    """Sign out one browser of this account; another account's session is left alone."""
    with writing(db) as conn:
        conn.execute("DELETE FROM sessions WHERE id = ? AND account_id = ?", (session_id, account.id))


def _session(id_: int, account_id: int, created_at: str, expires_at: str, last_seen_on: str) -> Session:
    return Session(
        id_, account_id, datetime.fromisoformat(created_at), datetime.fromisoformat(expires_at), last_seen_on
    )
