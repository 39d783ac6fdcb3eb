"""Where other software listens: an address, the events that it wants, and the secret that signs what it gets.

Secrets are sealed with that of the installation. For a day after a change both sign, so that nothing is refused
while the receiver takes the new one.
"""

import base64
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import orjson

from grille.messages import message as _
from storage.accounts.accounts import Account
from storage.core.database import writing
from storage.core.encryption import DecryptionFailed, decrypt, encrypt
from storage.core.engine import Database
from storage.core.rows import single_value
from storage.core.timestamps import now, parse_timestamp, to_text

PREFIX: Final = "whsec_"
MOST: Final = 5
"""Addresses of one account."""

BOTH_SIGN: Final = timedelta(days=1)


class TooManyWebhooks(ValueError):
    """The account has as many addresses as it may have."""

    def __init__(self) -> None:
        super().__init__(_("Vous avez déjà %(most)s adresses : retirez celles qui ne servent plus.", most=MOST))


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address of an account, with the events that it wants."""

    id: int
    account_id: int
    address: str
    events: frozenset[str]
    created_at: datetime
    sealed: str
    former: str | None
    renewed_at: datetime | None


_WEBHOOK: Final = """SELECT id, account_id, address, events, created_at, sealed_secret, former_secret, renewed_at
    FROM webhooks"""


def add_webhook(
    db: Database, account: Account, address: str, events: Iterable[str], secret: str
) -> tuple[Webhook, str]:
    """Add an address to an account; return it, with the secret that signs, to be shown once.

    ``secret`` is that of the installation. Raises ``TooManyWebhooks``.
    """
    drawn, wanted = _drawn(), orjson.dumps(sorted(events)).decode()
    with writing(db) as conn:
        if single_value(conn.execute("SELECT count(*) FROM webhooks WHERE account_id = ?", (account.id,))) >= MOST:
            raise TooManyWebhooks
        cursor = conn.execute(
            "INSERT INTO webhooks (account_id, address, events, created_at, sealed_secret) VALUES (?, ?, ?, ?, ?)",
            (account.id, address, wanted, to_text(now()), encrypt(drawn, secret, _ABOUT)),
        )
        made = find_webhook(db, account, int(cursor.lastrowid or 0))
    assert made is not None  # noqa: S101  # just written
    return made, drawn


_ABOUT: Final = "webhook"


def _drawn() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(24)).decode()


def webhooks_of(db: Database, account: Account) -> list[Webhook]:
    """Return the addresses of an account, oldest first."""
    rows = db.conn.execute(f"{_WEBHOOK} WHERE account_id = ? ORDER BY id", (account.id,))
    return [_webhook(*row) for row in rows]


def find_webhook(db: Database, account: Account, number: int) -> Webhook | None:
    """Return that address of that account, if there is one."""
    row = db.conn.execute(f"{_WEBHOOK} WHERE id = ? AND account_id = ?", (number, account.id)).fetchone()
    return _webhook(*row) if row else None


def webhook_by_id(db: Database, number: int) -> Webhook | None:
    """Return the address of that number, if there is one."""
    row = db.conn.execute(f"{_WEBHOOK} WHERE id = ?", (number,)).fetchone()
    return _webhook(*row) if row else None


def all_webhooks(db: Database) -> list[Webhook]:
    """Return every address."""
    return [_webhook(*row) for row in db.conn.execute(f"{_WEBHOOK} ORDER BY id").fetchall()]


def renew_secret(db: Database, webhook: Webhook, secret: str) -> str:
    """Draw another secret and return it; the former one signs too for a day."""
    drawn = _drawn()
    with writing(db) as conn:
        conn.execute(
            "UPDATE webhooks SET former_secret = sealed_secret, sealed_secret = ?, renewed_at = ? WHERE id = ?",
            (encrypt(drawn, secret, _ABOUT), to_text(now()), webhook.id),
        )
    return drawn


def remove_webhook(db: Database, webhook: Webhook) -> None:
    """Remove an address, with what was or was to be sent to it."""
    with writing(db) as conn:
        conn.execute("DELETE FROM webhooks WHERE id = ?", (webhook.id,))


def signing_keys(webhook: Webhook, secret: str) -> list[bytes]:
    """Return the keys that sign at this moment, the newest first; none when the installation's secret has changed."""
    sealed = [webhook.sealed]
    if webhook.former and webhook.renewed_at and now() - webhook.renewed_at < BOTH_SIGN:
        sealed.append(webhook.former)
    try:
        return [base64.b64decode(decrypt(one, secret, _ABOUT).removeprefix(PREFIX)) for one in sealed]
    except DecryptionFailed:
        return []


def _webhook(
    id_: int, account_id: int, address: str, events: str, created: str, sealed: str, *renewal: str | None
) -> Webhook:
    former, renewed = renewal
    wanted, made = frozenset(orjson.loads(events)), datetime.fromisoformat(created)
    return Webhook(id_, account_id, address, wanted, made, sealed, former, parse_timestamp(renewed))
