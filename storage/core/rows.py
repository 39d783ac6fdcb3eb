"""Results of one column. Where there are several columns, the caller unpacks them by name."""

import sqlite3
from typing import Any


def single_value(found: sqlite3.Cursor, default: Any = None) -> Any:
    """Return the value of the only column of the first row; ``default`` when there is no row."""
    row = found.fetchone()
    if row is None:
        return default
    (value,) = row
    return value


def single_values(found: sqlite3.Cursor) -> list[Any]:
    """Return the values of the only column, row by row."""
    return [value for (value,) in found]
