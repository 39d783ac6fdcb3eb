"""Forms that act once: sent again (double click, reload), they lead to the same page without acting again.

A form carries a random mark; a SHA-256 of the mark and the content identifies it. What a page shows after the action
(messages, a link) is stored encrypted for an hour, in which it can be shown again.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

import orjson

from storage.accounts.accounts import Account
from storage.core.database import writing
from storage.core.encryption import DecryptionFailed, decrypt, encrypt
from storage.core.engine import Database
from storage.core.rows import single_value
from storage.core.timestamps import now, to_text
from storage.core.tokens import fingerprint, new_secret

KEPT: Final = timedelta(hours=1)
_PATIENCE: Final = timedelta(minutes=2)
"""After this delay an action that has not ended counts as lost: its process was stopped."""


def form_key(account: Account, address: str, fields: list[tuple[str, str]]) -> str:
    """Return the key of a sent form: the SHA-256 of its account, its page and its content."""
    return sha256(orjson.dumps([account.id, address, sorted(fields)])).hexdigest()


def claim_form(db: Database, account: Account, key: str, at: datetime | None = None) -> bool:
    """Return whether the form is sent for the first time: the caller must act, then settle or release it."""
    moment = at or now()
    with writing(db) as conn:
        conn.execute("DELETE FROM sent_forms WHERE sent_at <= ?", (to_text(moment - KEPT),))
        conn.execute(
            "DELETE FROM sent_forms WHERE key_sha256 = ? AND led_to IS NULL AND sent_at <= ?",
            (key, to_text(moment - _PATIENCE)),
        )
        cursor = conn.execute(
            "INSERT OR IGNORE INTO sent_forms (key_sha256, account_id, sent_at) VALUES (?, ?, ?)",
            (key, account.id, to_text(moment)),
        )
        return bool(cursor.rowcount)


def settle_form(db: Database, key: str, address: str) -> None:
    """Record that the action is done, and the address to which the same form leads from now on."""
    with writing(db) as conn:
        conn.execute("UPDATE sent_forms SET led_to = ? WHERE key_sha256 = ?", (address, key))


def release_form(db: Database, key: str) -> None:
    """Record that the action was not done, so that the form can be sent again."""
    with writing(db) as conn:
        conn.execute("DELETE FROM sent_forms WHERE key_sha256 = ? AND led_to IS NULL", (key,))


def where_it_led(db: Database, key: str) -> str | None:
    """Return the address to which that form led; None while the action is running."""
    led_to = single_value(db.conn.execute("SELECT led_to FROM sent_forms WHERE key_sha256 = ?", (key,)))
    return str(led_to) if led_to else None


def keep_outcome(db: Database, account: Account, outcome: object, secret: str) -> str:
    """Store what a page will show its author after the action; return the reference for its address."""
    reference = new_secret()
    seal = encrypt(orjson.dumps(outcome).decode(), secret, f"outcome {account.id} {reference}")
    with writing(db) as conn:
        conn.execute(
            "INSERT INTO sent_forms (key_sha256, account_id, sent_at, outcome) VALUES (?, ?, ?, ?)",
            (fingerprint(reference), account.id, to_text(now()), seal),
        )
    return reference


def outcome_of(db: Database, account: Account, reference: str, secret: str) -> Any:
    """Return what was stored under that reference for that account; None after an hour."""
    sql = "SELECT outcome FROM sent_forms WHERE key_sha256 = ? AND account_id = ? AND sent_at > ?"
    seal = single_value(db.conn.execute(sql, (fingerprint(reference), account.id, to_text(now() - KEPT))))
    try:
        return orjson.loads(decrypt(seal, secret, f"outcome {account.id} {reference}")) if seal else None
    except DecryptionFailed:
        return None
