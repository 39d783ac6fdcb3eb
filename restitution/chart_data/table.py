"""The table that goes with a figure: the same numbers as text, one row per family, with column headers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from restitution.chart_data.radar import Axis, Point, Radar
from restitution.text.language import gettext as _


@dataclass(frozen=True)
class TwinCell:
    """A text cell: its main text, and a note in smaller letters."""

    text: str
    note: str = ""
    kind: str = "number"


@dataclass(frozen=True)
class Row:
    """A family and its cells, one per column."""

    axis: Axis
    cells: tuple[TwinCell, ...]


@dataclass(frozen=True)
class TwinTable:
    """Rows of text under named columns; the first column names the families.

    ``note`` explains what could look like a mistake in the figures; empty if nothing does.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""


def point_cell(point: Point, note: str = "") -> TwinCell:
    """Return a score with its note, or why there is none.

    >>> point_cell(Point(2.25)).text, point_cell(Point(None, "moins de 5 réponses")).kind
    ('2,3', 'hidden')
    """
    return TwinCell(point.missing, kind="hidden") if point.value is None else TwinCell(point.text, note)


def radar_table(radar: Radar, verdicts: Mapping[str, TwinCell] | None = None, since: str = "") -> TwinTable:
    """Return the radar's figures, oldest campaign first, the newest with its level's name, then the verdicts."""
    columns = [_("Famille"), *(series.label for series in reversed(radar.series))]
    rows = (Row(axis, _cells(radar, position, verdicts or {})) for position, axis in enumerate(radar.axes))
    return TwinTable(tuple([*columns, since] if verdicts else columns), tuple(rows))


def _cells(radar: Radar, position: int, verdicts: Mapping[str, TwinCell]) -> tuple[TwinCell, ...]:
    newest, *earlier = (series.points[position] for series in radar.series)
    scores = [*map(point_cell, reversed(earlier)), point_cell(newest, newest.word(radar.levels))]
    code = radar.axes[position].code
    return (*scores, verdicts.get(code, TwinCell("–", kind="hidden"))) if verdicts else tuple(scores)
