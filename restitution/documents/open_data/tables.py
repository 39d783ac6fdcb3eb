"""A profile's tables as rows of plain values, with the names that go with the codes: what CSV and workbook hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from restitution.documents.open_data.columns import Column, Dictionary
from restitution.text.language import gettext as _

if TYPE_CHECKING:
    from grille import Grid
    from scoring import Profile

Value = str | int | float | bool | None
Row = dict[str, Value]

WORKSHOP = "atelier"


@dataclass(frozen=True)
class DataTable:
    """One table: ``name`` in the CSV file, ``title`` in the workbook; each row has a value for every column."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def tables_of(profile: Profile) -> tuple[DataTable, ...]:
    """Every table of a profile, the widest view first. A hidden figure is ``None``, a hidden count ``"<k"``."""
    dictionary = dictionary_of(profile)
    content: dict[str, Any] = profile.to_dict()
    respondents = [{"college": college, "n": n} for college, n in content["respondents"].items()]
    return tuple(
        _table(name, title, records, profile.grid, dictionary)
        for name, title, records in (
            ("territory", _("Territoire"), content["territory"]),
            ("families", _("Familles"), content["families"]),
            ("skills", _("Savoir-faire"), content["skills"]),
            ("weightings", _("Pondérations"), content["weightings"]),
            ("respondents", _("Répondants"), respondents),
        )
    )


def dictionary_of(profile: Profile) -> Dictionary:
    """The dictionary of the columns that this profile exports."""
    return Dictionary(profile.grid, profile.rules.k)


def _table(name: str, title: str, records: Sequence[Row], grid: Grid, dictionary: Dictionary) -> DataTable:
    rows = tuple(dict(_named(record, grid, dictionary)) for record in records)
    present = {key for row in rows for key in row}
    columns = tuple(column for key, column in dictionary.columns.items() if key in present)
    return DataTable(
        name, title, columns, tuple({column.name: row.get(column.name) for column in columns} for row in rows)
    )


def _named(record: Row, grid: Grid, dictionary: Dictionary) -> Iterator[tuple[str, Value]]:
    """The record's values, each code followed by its name, each score by its level, each distribution spread out."""
    for key, value in record.items():
        if key == "distribution":
            yield from zip(dictionary.level_columns, _counts(value, dictionary), strict=True)
            continue
        yield key, value
        if key == "family":
            yield "family_title", next(family.title for family in grid.families if family.code == value)
        elif key == "skill":
            yield "skill_title", grid.skill(str(value)).title
        elif key == "college":
            yield "college_label", _("Ateliers") if value == WORKSHOP else grid.college(str(value)).label
        elif key in ("mean", "score"):
            yield "level_label", _level(value, grid)


def _counts(value: Any, dictionary: Dictionary) -> Sequence[int | None]:
    return [None] * len(dictionary.level_columns) if value is None else list(value)


def _level(score: Value, grid: Grid) -> str | None:
    from scoring import nearest_level

    return nearest_level(grid, score).label if isinstance(score, int | float) else None
