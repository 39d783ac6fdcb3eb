"""SQLite files of plain tables."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.data_files.sqlite_file import in_memory, written_to

COLUMNS = {"family": str, "n": int, "score": float, "published": bool}
ROWS = [
    {"family": "A", "n": None, "score": 1.5, "published": True},
    {"family": "É", "n": 3, "score": None, "published": False},
]


def made() -> bytes:
    with in_memory() as file:
        file.add("families", COLUMNS, ["family"], ROWS)
        return file.content()


def test_values_types_and_keys_are_those_given(tmp_path: Path) -> None:
    (tmp_path / "data.sqlite").write_bytes(made())
    with closing(sqlite3.connect(tmp_path / "data.sqlite")) as db:
        assert db.execute("SELECT * FROM families ORDER BY family").fetchall() == [
            ("A", None, 1.5, 1),
            ("É", 3, None, 0),
        ]
        columns = db.execute("SELECT name, type, pk FROM pragma_table_info('families')").fetchall()
        assert columns == [
            ("family", "TEXT", 1),
            ("n", "INTEGER", 0),
            ("score", "REAL", 0),
            ("published", "INTEGER", 0),
        ]
        with pytest.raises(sqlite3.IntegrityError):
            db.execute("INSERT INTO families (family) VALUES ('A')")


def test_the_same_tables_give_the_same_bytes() -> None:
    assert made() == made()


def test_columns_that_come_later_are_added_and_a_row_of_the_same_key_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "data.sqlite"
    with written_to(path) as file:
        file.add("families", COLUMNS, ["family"], ROWS)
        file.add("families", {"family": str, "level_5": int}, ["family"], [{"family": "A", "level_5": 7}])
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT level_5 FROM families ORDER BY family").fetchall() == [(7,), (None,)]


def test_where_nothing_can_be_written_it_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="unable to open"), written_to(tmp_path / "nowhere" / "data.sqlite"):
        pass
