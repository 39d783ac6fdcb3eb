"""The grids frozen by campaigns, each stored once under the hash of its text."""

import hashlib
from typing import TYPE_CHECKING

from grille.grid import Grid
from storage.core.damage import UNREADABLE
from storage.core.engine import Database
from storage.core.rows import single_value

if TYPE_CHECKING:
    import sqlite3

# Its key is the hash of its text, so an entry cannot go stale, whatever the database.
_parsed: dict[str, Grid] = {}


def freeze(db: Database, grid: Grid) -> int:
    """Return the row id of this grid's text, which is inserted if no campaign has used it yet."""
    return freeze_on(db.conn, grid)


def freeze_on(conn: "sqlite3.Connection", grid: Grid) -> int:
    """Do the same as ``freeze`` inside a transaction of that connection."""
    document = grid.to_json()
    sha256 = hashlib.sha256(document.encode()).hexdigest()
    conn.execute(
        "INSERT INTO grids (grid, version, sha256, document) VALUES (?, ?, ?, ?) ON CONFLICT (sha256) DO NOTHING",
        (grid.id, grid.version, sha256, document),
    )
    return int(single_value(conn.execute("SELECT id FROM grids WHERE sha256 = ?", (sha256,))))


def frozen(db: Database, sha256: str) -> Grid:
    """Return the grid of that hash, parsed once per process; ``UNREADABLE`` when its text is damaged."""
    grid = _parsed.get(sha256)
    if grid is None:
        try:
            grid = _parsed[sha256] = read_grid(db, sha256)
        except ValueError:
            return UNREADABLE
    return grid


def read_grid(db: Database, sha256: str) -> Grid:
    """Return the grid of that hash, parsed from its text.

    Raises ``ValueError`` when the text or the hash is damaged.
    """
    document = single_value(db.conn.execute("SELECT CAST(document AS BLOB) FROM grids WHERE sha256 = ?", (sha256,)))
    if document is None:
        raise ValueError(sha256)
    return Grid.model_validate_json(document)
