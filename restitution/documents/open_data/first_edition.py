"""The files of a profile as the first edition published them, byte for byte. Frozen: never change this module."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import orjson

from restitution.documents.open_data.spreadsheet_safety import escaped_for_spreadsheets

if TYPE_CHECKING:
    from grille import Grid

_TABLES: Final = ("territory", "families", "skills", "weightings", "respondents")
_NAMES: Final = ("table", "family", "family_title", "skill", "skill_title", "college", "college_label")
_FIGURES: Final = (
    *("n", "mean", "sd", "ad", "rwg", "agreement", "score", "level_label", "low", "high", "coverage", "colleges"),
    *("equal", "heads", "difference", "unknown", "not_applicable", "unanswered"),
)

Record = Mapping[str, Any]
Content = Mapping[str, Any]


def document(name: str, profile: Content, grid: Grid) -> bytes:
    """Return the file of that name for a published profile. Raises ``KeyError`` for an unknown name."""
    return _MAKERS[name](profile, grid)


def _json(profile: Content, _grid: Grid) -> bytes:
    return orjson.dumps(profile, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _csv(profile: Content, grid: Grid) -> bytes:
    """Return every table in one CSV file (UTF-8 with a byte-order mark, commas, decimal points)."""
    levels = [f"level_{level.value}" for level in grid.levels]
    names = (*_NAMES, *_FIGURES, *levels, "published")
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names)
    for row in _rows(profile, grid, levels):
        writer.writerow(_written(row.get(name)) for name in names)
    return text.getvalue().encode("utf-8-sig")


def _rows(profile: Content, grid: Grid, levels: Sequence[str]) -> Iterator[Record]:
    respondents = [{"college": college, "n": n} for college, n in profile["respondents"].items()]
    content = {**profile, "respondents": respondents}
    for table in _TABLES:
        for record in content[table]:
            yield dict(_named(record, grid, levels)) | {"table": table}


def _named(record: Record, grid: Grid, levels: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Yield the record's values: names after codes, levels after scores, distributions split by level."""
    for key, value in record.items():
        if key == "distribution":
            yield from zip(levels, [None] * len(levels) if value is None else value, strict=True)
            continue
        yield key, value
        if key == "family":
            yield "family_title", next(family.title for family in grid.families if family.code == value)
        elif key == "skill":
            yield "skill_title", grid.skill(value).title
        elif key == "college":
            yield "college_label", "Ateliers" if value == "atelier" else grid.college(value).label
        elif key in ("mean", "score"):
            yield "level_label", _level(value, grid)


def _level(score: Any, grid: Grid) -> str | None:
    from scoring import edition_1  # pandas loads only where it is needed

    return edition_1.nearest_level(grid, score).label if isinstance(score, int | float) else None


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return escaped_for_spreadsheets(value) if isinstance(value, str) else repr(value)


_MAKERS: Final[Mapping[str, Callable[[Content, Grid], bytes]]] = {"profile.json": _json, "profile.csv": _csv}
NAMES: Final = tuple(_MAKERS)
