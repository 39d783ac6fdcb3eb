"""Requests of other software that must not act twice: known by the key of idempotency that it draws.

The first of them acts, and what it answered is kept for a day, sealed: sent again, the same request gets that answer.
Of the key, and of what was sent, only hashes are stored.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from storage.accounts.api_keys import ApiKey
from storage.core.database import writing
from storage.core.encryption import DecryptionFailed, decrypt, encrypt
from storage.core.engine import Database
from storage.core.timestamps import now, to_text

KEPT: Final = timedelta(days=1)
ABANDONED: Final = timedelta(minutes=2)
"""After that long without an answer, whoever was acting is taken to be gone."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A request: the hash of its idempotency key, and that of what it asks (method, address and content)."""

    api_key: ApiKey
    key: str
    content: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an earlier request with that key: whether it asked the same, and what it was answered.

    ``code`` is None while it has not ended; ``text`` too when the secret of the installation has changed since.
    """

    same: bool
    code: int | None
    text: str | None


def claim_request(db: Database, sent: Sent) -> Known | None:
    """Return what is known of that request; None the first time: the caller must act, then settle or release it."""
    moment = now()
    with writing(db) as conn:
        conn.execute("DELETE FROM idempotent_requests WHERE sent_at <= ?", (to_text(moment - KEPT),))
        conn.execute(
            "DELETE FROM idempotent_requests WHERE code IS NULL AND sent_at <= ?", (to_text(moment - ABANDONED),)
        )
        cursor = conn.execute(
            """INSERT OR IGNORE INTO idempotent_requests (api_key_id, key_sha256, content_sha256, sent_at)
                VALUES (?, ?, ?, ?)""",
            (sent.api_key.id, sent.key, sent.content, to_text(moment)),
        )
        return None if cursor.rowcount else _known(db, sent)


def _known(db: Database, sent: Sent) -> Known:
    sql = "SELECT content_sha256, code, answer FROM idempotent_requests WHERE api_key_id = ? AND key_sha256 = ?"
    content, code, answer = db.conn.execute(sql, (sent.api_key.id, sent.key)).fetchone()
    return Known(content == sent.content, code, answer)


def opened(known: Known, sent: Sent, secret: str) -> str | None:
    """Return the text of an earlier answer; None when the secret of the installation has changed since."""
    try:
        return decrypt(known.text or "", secret, _about(sent))
    except DecryptionFailed:
        return None


def settle_request(db: Database, sent: Sent, code: int, text: str, secret: str) -> None:
    """Keep what a request was answered. Called in the transaction of what it did: both are kept, or neither."""
    with writing(db) as conn:
        conn.execute(
            "UPDATE idempotent_requests SET code = ?, answer = ? WHERE api_key_id = ? AND key_sha256 = ?",
            (code, encrypt(text, secret, _about(sent)), sent.api_key.id, sent.key),
        )


def release_request(db: Database, sent: Sent) -> None:
    """Forget a request that did nothing, so that it can be sent again."""
    with writing(db) as conn:
        conn.execute(
            "DELETE FROM idempotent_requests WHERE api_key_id = ? AND key_sha256 = ? AND code IS NULL",
            (sent.api_key.id, sent.key),
        )


def _about(sent: Sent) -> str:
    return f"answer {sent.api_key.id} {sent.key}"
