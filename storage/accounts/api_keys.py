"""Keys of the API: each is a secret that an account gave to other software, with a name, scopes and an end.

Of a key, only the hash is stored, and the day of its last use.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import orjson

from accounts.scopes import Scope
from accounts.tokens import draw
from grille.messages import message as _
from grille.typed import typed_line
from storage.accounts.accounts import Account, account_by_id
from storage.core.database import writing
from storage.core.database_errors import DatabaseUnavailable
from storage.core.engine import Database
from storage.core.rows import single_value
from storage.core.timestamps import now, paris_day, to_text
from storage.core.tokens import fingerprint

PREFIX: Final = "grille_"
"""What begins every key, so that one left in a file is recognised for what it is."""

MOST: Final = 20
"""Keys of one account."""


class TooManyKeys(ValueError):
    """The account has as many keys as it may have."""

    def __init__(self) -> None:
        super().__init__(_("Vous avez déjà %(most)s clés : révoquez celles qui ne servent plus.", most=MOST))


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key, without its secret; ``last_used_on`` is None until it is used."""

    id: int
    account_id: int
    name: str
    scopes: frozenset[str]
    created_at: datetime
    expires_at: datetime
    last_used_on: date | None

    @property
    def expired(self) -> bool:
        """Whether its end has passed."""
        return self.expires_at <= now()


_KEY: Final = "SELECT id, account_id, name, scopes, created_at, expires_at, last_used_on FROM api_keys"


def make_key(db: Database, account: Account, name: str, scopes: Iterable[Scope], lasts: timedelta) -> tuple[int, str]:
    """Add a key to an account; return its number, and its secret, which nobody can read again.

    Raises ``TooManyKeys``.
    """
    moment = now()
    drawn = draw(moment, lasts)
    secret = f"{PREFIX}{drawn.secret}"
    with writing(db) as conn:
        if single_value(conn.execute("SELECT count(*) FROM api_keys WHERE account_id = ?", (account.id,))) >= MOST:
            raise TooManyKeys
        cursor = conn.execute(
            """INSERT INTO api_keys (account_id, name, token_sha256, scopes, created_at, expires_at)
                VALUES (?, ?, ?, ?, ?, ?)""",
            (
                *(account.id, typed_line(name), fingerprint(secret), orjson.dumps(sorted(set(scopes))).decode()),
                *(to_text(moment), to_text(drawn.expires_at)),
            ),
        )
        return int(cursor.lastrowid or 0), secret


def find_key(db: Database, secret: str) -> tuple[ApiKey, Account] | None:
    """Return the key of that secret and its account; None if there is none. Notes the day of its use.

    The caller judges whether it has expired, and whether the account is disabled.
    """
    row = db.conn.execute(f"{_KEY} WHERE token_sha256 = ?", (fingerprint(secret),)).fetchone()
    if row is None:
        return None
    key = _key(*row)
    account = account_by_id(db, key.account_id)
    if account is None:
        return None
    if key.last_used_on != paris_day(now()) and not key.expired:
        _note(db, key)
    return key, account


def _note(db: Database, key: ApiKey) -> None:
    """Record the day; skipped when the database is busy, so that no reader waits for it."""
    with suppress(DatabaseUnavailable), writing(db, patience=0) as conn:
        conn.execute("UPDATE api_keys SET last_used_on = ? WHERE id = ?", (paris_day(now()).isoformat(), key.id))


def keys_of(db: Database, account: Account) -> list[ApiKey]:
    """Return the keys of an account, latest first, those that have expired included."""
    return [_key(*row) for row in db.conn.execute(f"{_KEY} WHERE account_id = ? ORDER BY id DESC", (account.id,))]


def revoke_key(db: Database, account: Account, number: int) -> bool:
    """Revoke that key if it belongs to this account; return whether it did. It opens nothing from then on."""
    with writing(db) as conn:
        cursor = conn.execute("DELETE FROM api_keys WHERE id = ? AND account_id = ?", (number, account.id))
        return bool(cursor.rowcount)


def _key(id_: int, account_id: int, name: str, scopes: str, created: str, expires: str, used: str | None) -> ApiKey:
    made, ends = datetime.fromisoformat(created), datetime.fromisoformat(expires)
    last = date.fromisoformat(used) if used else None
    return ApiKey(id_, account_id, name, frozenset(orjson.loads(scopes)), made, ends, last)
