"""Marks of imported respondents, keyed by campaign, so that a later table does not count a person twice.

A mark is an HMAC of the respondent's identifier in the table. It only shows that the same identifier comes again, and
does not lead to a response. Marks and key are erased when the campaign closes.
"""

import hmac
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

from storage.core.engine import Database
from storage.core.rows import single_value
from storage.core.tokens import new_secret, storable

if TYPE_CHECKING:
    import sqlite3


def known_marks(db: Database, campaign_id: int, respondents: Iterable[str]) -> set[str]:
    """Return which of these respondents were already imported in this campaign; blank identifiers are ignored."""
    key = _key(db.conn, campaign_id)
    if key is None:
        return set()
    sql = "SELECT mark FROM imported_respondents WHERE campaign_id = ?"
    marks = {mark for (mark,) in db.conn.execute(sql, (campaign_id,))}
    return {one for one in respondents if one and _mark(key, one) in marks}


def keep_marks(conn: "sqlite3.Connection", campaign_id: int, sha256: str, respondents: Iterable[str]) -> None:
    """Store the marks of the respondents of a table; the campaign's key is created with the first of them."""
    named = [one for one in respondents if one]
    if not named:
        return
    if (key := _key(conn, campaign_id)) is None:
        key = new_secret()
        conn.execute("INSERT INTO import_keys (campaign_id, key) VALUES (?, ?)", (campaign_id, key))
    conn.executemany(
        "INSERT OR IGNORE INTO imported_respondents (campaign_id, mark, sha256) VALUES (?, ?, ?)",
        [(campaign_id, _mark(key, one), sha256) for one in named],
    )


def forget_marks(conn: "sqlite3.Connection", campaign_id: int) -> None:
    """Erase the marks of a campaign, their key, and the record of which response came from which table."""
    for table in ("imported_respondents", "import_keys", "imported_responses"):
        conn.execute(f"DELETE FROM {table} WHERE campaign_id = ?", (campaign_id,))  # noqa: S608  # three names of ours


def _key(conn: "sqlite3.Connection", campaign_id: int) -> str | None:
    key: str | None = single_value(conn.execute("SELECT key FROM import_keys WHERE campaign_id = ?", (campaign_id,)))
    return key


def _mark(key: str, respondent: str) -> str:
    text = unicodedata.normalize("NFC", storable(respondent))
    return hmac.digest(key.encode(), text.encode(), "sha256").hex()
