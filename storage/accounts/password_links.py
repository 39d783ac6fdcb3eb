"""Links to choose a password: single-use, of limited duration, stored only as their SHA-256.

An invitation is for an account that has no password yet, a reset for one whose password is lost.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from accounts.tokens import draw, fingerprint
from storage.accounts.accounts import Account, account_by_id, set_password
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.pages import as_json
from storage.core.rows import single_value
from storage.core.timestamps import now, to_text

Kind = Literal["invitation", "reset"]

LASTS: dict[Kind, timedelta] = {"invitation": timedelta(days=7), "reset": timedelta(hours=1)}


class LinkSpent(ValueError):
    """The link was used, has expired or never existed; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation not accepted yet, and its expiry."""

    account_id: int
    expires_at: datetime


def make_account_link(db: Database, account: Account, kind: Kind) -> str:
    """Create a link and return its secret, known only now. Earlier links of the account stop working."""
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
    """Return the account of a valid link. Does not use the link: mail software opens links by itself."""
    sql = "SELECT account_id FROM account_links WHERE token_sha256 = ? AND kind = ? AND expires_at > ?"
    number = single_value(db.conn.execute(sql, (fingerprint(secret), kind, to_text(now()))))
    account = None if number is None else account_by_id(db, number)
    return None if account is None or account.disabled else account


def choose_password(db: Database, secret: str, kind: Kind, password_hash: str) -> Account:
    """Use a link to set the password of its account, as ``set_password`` does. Raises ``LinkSpent``."""
    with writing(db):
        account = account_of_link(db, secret, kind)
        if account is None:
            raise LinkSpent
        set_password(db, account, password_hash)
        return account_by_id(db, account.id) or account


def withdraw_links(db: Database, account: Account) -> None:
    """Delete the links of an account."""
    with writing(db) as conn:
        conn.execute("DELETE FROM account_links WHERE account_id = ?", (account.id,))


def invitations(db: Database, accounts: Iterable[int]) -> dict[int, Invited]:
    """Return the invitations of these accounts not accepted yet, expired or not, by the number of the account."""
    sql = """SELECT account_id, expires_at FROM account_links
        WHERE kind = 'invitation' AND account_id IN (SELECT value FROM json_each(?))"""
    rows = db.conn.execute(sql, (as_json(accounts),))
    return {number: Invited(number, datetime.fromisoformat(expires_at)) for number, expires_at in rows}
