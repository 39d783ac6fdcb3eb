"""Links by which people choose their password: once, for a while, kept only as their SHA-256.

An invitation is for an account that has no password yet, a reset for one whose password is lost.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from accounts.tokens import draw, fingerprint
from storage.accounts.accounts import Account, account_by_id, set_password
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.timestamps import now, to_text

Kind = Literal["invitation", "reset"]

LASTS: dict[Kind, timedelta] = {"invitation": timedelta(days=7), "reset": timedelta(hours=1)}


class LinkSpent(ValueError):
    """The link has served, has expired, or never was; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that nobody has accepted, and the moment after which it is worth nothing."""

    account_id: int
    expires_at: datetime


def make_account_link(db: Database, account: Account, kind: Kind) -> str:
    """A new link's secret, to be given once. Those given before to the same account are worth nothing any more."""
    token = draw(now(), LASTS[kind])
    with writing(db) as conn:
        conn.execute("DELETE FROM account_links WHERE account_id = ?", (account.id,))
        conn.execute(
            """INSERT INTO account_links (account_id, kind, token_sha256, created_at, expires_at)
                VALUES (?, ?, ?, ?, ?)""",
            (account.id, kind, token.fingerprint, to_text(now()), to_text(token.expires_at)),
        )
    return token.secret


def account_of_link(db: Database, secret: str, kind: Kind) -> Account | None:
    """Whose link that is, while it can be used. Looking does not use it: mail software opens links by itself."""
    sql = "SELECT account_id FROM account_links WHERE token_sha256 = ? AND kind = ? AND expires_at > ?"
    row = db.conn.execute(sql, (fingerprint(secret), kind, to_text(now()))).fetchone()
    account = account_by_id(db, row[0]) if row else None
    return None if account is None or account.disabled else account


def choose_password(db: Database, secret: str, kind: Kind, password_hash: str) -> Account:
    """Use a link: the account has that password from now on, as ``set_password`` says. Raises ``LinkSpent``."""
    with writing(db):
        account = account_of_link(db, secret, kind)
        if account is None:
            raise LinkSpent
        set_password(db, account, password_hash)
        return account_by_id(db, account.id) or account


def withdraw_links(db: Database, account: Account) -> None:
    """Make the links of an account worth nothing."""
    with writing(db) as conn:
        conn.execute("DELETE FROM account_links WHERE account_id = ?", (account.id,))


def invitations(db: Database) -> dict[int, Invited]:
    """The invitations not accepted yet, expired or not, by the number of their account."""
    sql = "SELECT account_id, expires_at FROM account_links WHERE kind = 'invitation'"
    return {row[0]: Invited(row[0], datetime.fromisoformat(row[1])) for row in db.conn.execute(sql)}
