"""An SQLite file made of plain tables, for Datasette or any program that reads SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from storage.core.engine import Database

Cell = str | int | float | bool | None


class SqliteFile:
    """Tables being written. The same tables in the same order give the same bytes."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, table: str, columns: Mapping[str, type], key: Sequence[str], rows: Iterable[dict[str, Cell]]) -> None:
        """Add rows to a table, made if need be; a row of the same key is replaced.

        ``columns`` gives the type of each column: ``str``, ``int``, ``float`` or ``bool``. Those that are not there yet
        are added at the end.
        """
        there = self._db.table(table)
        if not there.exists():
            there.create(dict(columns), pk=tuple(key), strict=True)
        known = there.columns_dict
        for name in (name for name in columns if name not in known):
            there.add_column(name, columns[name])
        there.insert_all(rows, pk=tuple(key), replace=True)

    def content(self) -> bytes:
        """Return the file as it is now."""
        return bytes(self._db.conn.serialize())


@contextmanager
def in_memory() -> Iterator[SqliteFile]:
    """Make a file in memory, to be read with ``content``."""
    with closing(Database(memory=True, strict=True)) as db:
        yield SqliteFile(db)


@contextmanager
def written_to(path: Path) -> Iterator[SqliteFile]:
    """Write a new file at that path, whole once the block ends. Raises ``OSError``."""
    try:
        with closing(Database(path, strict=True)) as db, db.conn:
            yield SqliteFile(db)
    except sqlite3.Error as error:
        raise OSError(str(error)) from error
