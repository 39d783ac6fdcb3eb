"""The report of an adopted diagnostic, printed once, before the adoption: what is handed on later is that very file."""

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import orjson

from storage.core.engine import Database

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed report: a PDF, and the campaigns that it shows, by their ids (those told, then those compared)."""

    content: bytes
    shows: tuple[tuple[int, ...], ...]


def keep_printed(conn: "sqlite3.Connection", snapshot_id: int, printed: Printed) -> None:
    """Keep the report of a diagnostic, in the transaction that adopts it."""
    conn.execute(
        "INSERT INTO printed_diagnostics (snapshot_id, shows, sha256, content) VALUES (?, ?, ?, ?)",
        (snapshot_id, orjson.dumps(printed.shows).decode(), sha256(printed.content).hexdigest(), printed.content),
    )


def printed_diagnostic(db: Database, snapshot_id: int) -> Printed | None:
    """The report that was printed when this version was adopted; ``None`` when there is none, or it was damaged."""
    sql = "SELECT shows, sha256, content FROM printed_diagnostics WHERE snapshot_id = ?"
    row = db.conn.execute(sql, (snapshot_id,)).fetchone()
    if row is None:
        return None
    shows, digest, content = row
    if sha256(content).hexdigest() != digest:
        return None
    return Printed(content, tuple(tuple(ids) for ids in orjson.loads(shows)))


def printed_is_damaged(db: Database, snapshot_id: int) -> bool:
    """Whether a report was printed with that version, and is not the one kept any more."""
    sql = "SELECT 1 FROM printed_diagnostics WHERE snapshot_id = ?"
    was_printed = db.conn.execute(sql, (snapshot_id,)).fetchone() is not None
    return was_printed and printed_diagnostic(db, snapshot_id) is None
