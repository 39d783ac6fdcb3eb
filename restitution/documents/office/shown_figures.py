"""Figures of a workbook, rounded as pages show them, so that they add up; CSV and JSON files have the exact ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from grille import Grid
from restitution.documents.open_data.tables import DataTable, Row, Value

_SUREST: Final = Decimal("0.999")


def shown(table: DataTable, grid: Grid, compared: bool) -> DataTable:
    """Return the table with its figures rounded as on pages (method § 10).

    ``compared`` tells that the workbook shows a change: all scores then have one more decimal.
    """
    from scoring.display import decimals

    places = decimals(len(grid.levels))
    rule = _RULES.get(table.name)
    if rule is None:
        return table
    return replace(
        table,
        rows=tuple(
            row | _plain(rule(row, grid, places, places + compared)) | _level(row, grid, places + compared)
            for row in table.rows
        ),
    )


def _level(row: Row, grid: Grid, places: int) -> Row:
    """Return the level read from a score as it is shown, never from another rounding of it."""
    from scoring.display import level_words

    value = _number(row.get("score", row.get("mean")))
    return {} if value is None or "level_label" not in row else {"level_label": level_words(grid, value, places)}


def _confidence(row: Row) -> Shown:
    """Return a confidence with one decimal in per cent, never rounded up to certainty."""
    shown = _rounded(row, ("confidence",), 3)["confidence"]
    return {"confidence": None if shown is None else min(shown, _SUREST)}


Shown = Mapping[str, Decimal | None]


def _plain(figures: Shown) -> Row:
    return {name: None if figure is None else float(figure) for name, figure in figures.items()}


def _rounded(row: Row, names: tuple[str, ...], places: int) -> Shown:
    from scoring.display import half_up

    return {name: None if (value := _number(row.get(name))) is None else half_up(value, places) for name in names}


def _number(value: Value) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _interval(row: Row, places: int, grid: Grid | None = None) -> Shown:
    from scoring.display import interval_shown

    low, high = _number(row.get("low")), _number(row.get("high"))
    if low is None or high is None:
        return {"low": None, "high": None}
    return dict(zip(("low", "high"), interval_shown(low, high, places, grid), strict=True))


def _skill(row: Row, _grid: Grid, places: int, score_places: int) -> Shown:
    return {**_rounded(row, ("mean",), score_places), **_rounded(row, ("sd", "ad", "rwg"), places + 1)}


def _family(row: Row, grid: Grid, places: int, score_places: int) -> Shown:
    absent = _rounded(row, ("absent",), places)["absent"]
    figures = {**_rounded(row, ("score",), score_places), **_interval(row, places, grid)}
    return {**figures, **_rounded(row, ("spread",), places + 1), "absent": None if absent is None else abs(absent)}


def _territory(row: Row, grid: Grid, places: int, score_places: int) -> Shown:
    return {**_rounded(row, ("score",), score_places), **_interval(row, places, grid)}


def _weightings(row: Row, _grid: Grid, places: int, _score_places: int) -> Shown:
    from scoring.display import difference_shown

    equal, heads = _number(row["equal"]), _number(row["heads"])
    if equal is None or heads is None:
        return {}
    return {**_rounded(row, ("equal", "heads"), places + 1), "difference": difference_shown(equal, heads, places + 1)}


def _hindsight(row: Row, _grid: Grid, places: int, _score_places: int) -> Shown:
    return {**_rounded(row, ("delta", "visible"), places + 1), **_interval(row, places + 1), **_confidence(row)}


def _hindsight_skill(row: Row, _grid: Grid, places: int, _score_places: int) -> Shown:
    return _rounded(row, ("delta",), places + 1)


def _change(row: Row, _grid: Grid, places: int, _score_places: int) -> Shown:
    from scoring.display import change_shown

    before, after = _number(row["before"]), _number(row["after"])
    if before is None or after is None:
        return {}
    figures = dict(zip(("before", "after", "delta"), change_shown(before, after, places + 1), strict=True))
    return {**figures, **_interval(row, places + 1), **_rounded(row, ("visible",), places + 1), **_confidence(row)}


_RULES: Final[Mapping[str, Callable[[Row, Grid, int, int], Shown]]] = {
    "skills": _skill,
    "families": _family,
    "territory": _territory,
    "waves": _territory,
    "weightings": _weightings,
    "hindsight": _hindsight,
    "hindsight_skills": _hindsight_skill,
    "changes": _change,
}
