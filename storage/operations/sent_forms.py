"""Forms that act once: sent again (a double click, F5), they lead where they led the first time.

A form carries a mark drawn with its page; a SHA-256 of the mark and the content identifies it. What a page shows after
the action (the messages sent, a link) is stored encrypted, for the hour in which it may be shown again.
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
    """Whether that form is sent for the first time: the caller then acts, and settles or releases the form."""
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
    """Record that the action is done: the same form leads there from now on."""
    with writing(db) as conn:
        conn.execute("UPDATE sent_forms SET led_to = ? WHERE key_sha256 = ?", (address, key))


def release_form(db: Database, key: str) -> None:
    """Release a form whose action was not done: it may be sent again."""
    with writing(db) as conn:
        conn.execute("DELETE FROM sent_forms WHERE key_sha256 = ? AND led_to IS NULL", (key,))


def where_it_led(db: Database, key: str) -> str | None:
    """Return the address to which that form led; None while its action is being done."""
    led_to = single_value(db.conn.execute("SELECT led_to FROM sent_forms WHERE key_sha256 = ?", (key,)))
    return str(led_to) if led_to else None


def keep_outcome(db: Database, account: Account, outcome: object, secret: str) -> str:
    """Store, for its author alone, the outcome that a page will show; return the reference for its address."""
    reference = new_secret()
    seal = encrypt(orjson.dumps(outcome).decode(), secret, f"outcome {account.id} {reference}")
    with writing(db) as conn:
        conn.execute(
            "INSERT INTO sent_forms (key_sha256, account_id, sent_at, outcome) VALUES (?, ?, ?, ?)",
            (fingerprint(reference), account.id, to_text(now()), seal),
        )
    return reference


def outcome_of(db: Database, account: Account, reference: str, secret: str) -> Any:
    """Return the outcome stored under that reference for that account, within the hour."""
    sql = "SELECT outcome FROM sent_forms WHERE key_sha256 = ? AND account_id = ? AND sent_at > ?"
    seal = single_value(db.conn.execute(sql, (fingerprint(reference), account.id, to_text(now() - KEPT))))
    try:
        return orjson.loads(decrypt(seal, secret, f"outcome {account.id} {reference}")) if seal else None
    except DecryptionFailed:
        return None
