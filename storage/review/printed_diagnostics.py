"""The report of an adopted diagnostic, printed once before the adoption; the same file is served ever after."""

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import orjson

from storage.core.engine import Database

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed report: the PDF, and the ids of the campaigns it shows (those told, then those compared)."""

    content: bytes
    shows: tuple[tuple[int, ...], ...]


def keep_printed(conn: "sqlite3.Connection", snapshot_id: int, printed: Printed) -> None:
    """Store the report of a diagnostic, in the transaction that adopts it."""
    conn.execute(
        "INSERT INTO printed_diagnostics (snapshot_id, shows, sha256, content) VALUES (?, ?, ?, ?)",
        (snapshot_id, orjson.dumps(printed.shows).decode(), sha256(printed.content).hexdigest(), printed.content),
    )


def printed_diagnostic(db: Database, snapshot_id: int) -> Printed | None:
    """Return the report printed at the adoption of this version; None if there is none or it is damaged."""
    sql = "SELECT shows, sha256, content FROM printed_diagnostics WHERE snapshot_id = ?"
    row = db.conn.execute(sql, (snapshot_id,)).fetchone()
    if row is None:
        return None
    shows, digest, content = row
    if sha256(content).hexdigest() != digest:
        return None
    return Printed(content, tuple(tuple(ids) for ids in orjson.loads(shows)))


def printed_is_damaged(db: Database, snapshot_id: int) -> bool:
    """Return whether a report was printed with that version but the stored one is damaged or missing."""
    sql = "SELECT 1 FROM printed_diagnostics WHERE snapshot_id = ?"
    was_printed = db.conn.execute(sql, (snapshot_id,)).fetchone() is not None
    return was_printed and printed_diagnostic(db, snapshot_id) is None
