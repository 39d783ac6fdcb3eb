"""Rows of open data for files with typed columns: numbers, texts, flags, and nothing where a figure is hidden."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from restitution.documents.open_data.columns import Column, Kind
from restitution.documents.open_data.tables import Row, Value

TYPES: Final[dict[Kind, type]] = {
    "text": str,
    "count": int,
    "level": float,
    "figure": float,
    "share": float,
    "flag": bool,
}
"""The type of the values of each kind of column."""


@dataclass
class PlainRows:
    """The rows of one table, and every column that one of them has."""

    columns: dict[str, Column] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    def add(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """Add rows; what is not counted because it is too few (« <k ») is told as nothing.

        >>> rows = PlainRows()
        >>> rows.add([Column("n", "count", "Réponses", "Combien")], [{"n": "<5"}, {"n": 12}])
        >>> rows.rows
        [{'n': None}, {'n': 12}]
        """
        self.columns |= {column.name: column for column in columns}
        counts = {column.name for column in columns if column.kind == "count"}
        self.rows += [{name: _plain(value, name in counts) for name, value in row.items()} for row in rows]


def _plain(value: Value, is_count: bool) -> Value:
    return None if is_count and isinstance(value, str) else value
