"""A profile's tables as rows of plain values, with names beside the codes, for CSV files and workbooks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from restitution.chart_data.reasons import reason_of
from restitution.documents.open_data.columns import Column, Dictionary
from restitution.text.language import gettext as _

if TYPE_CHECKING:
    from grille import Grid
    from scoring import Profile

Value = str | int | float | bool | None
Row = dict[str, Value]

WORKSHOP, TERRITORY = "atelier", "territoire"


@dataclass(frozen=True)
class DataTable:
    """A table: its ``name`` in CSV files, its ``title`` in workbooks; each row has a value for every column."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def tables_of(profile: Profile) -> tuple[DataTable, ...]:
    """Return every table of a profile. A hidden figure is ``None``, a hidden count ``"<k"``."""
    dictionary = dictionary_of(profile)
    content: dict[str, Any] = profile.to_dict()
    with_reasons = partial(explained, profile=profile, dictionary=dictionary)
    respondents = [{"college": college, "n": n} for college, n in content["respondents"].items()]
    return tuple(
        _table(name, title, with_reasons(name, records), profile.grid, dictionary)
        for name, title, records in (
            ("territory", _("Territoire"), content["territory"]),
            ("families", _("Familles"), content["families"]),
            ("skills", _("Savoir-faire"), content["skills"]),
            ("weightings", _("Pondérations"), content["weightings"]),
            ("hindsight", _("Avec le recul"), content.get("hindsight", ())),
            ("hindsight_skills", _("Recul par savoir-faire"), content.get("hindsight_skills", ())),
            ("respondents", _("Répondants"), respondents),
        )
        if records
    )


def explained(table: str, records: Sequence[Row], profile: Profile, dictionary: Dictionary) -> list[Row]:
    """Return the records of a table, each with the reasons of its empty cells."""
    title = partial(dictionary.title, table=table)
    return [record | {"reason": _reason(record, profile, title)} for record in records]


def _reason(record: Row, profile: Profile, title: Callable[[str], str]) -> str | None:
    """Return why cells of a row are empty: one reason if it holds for all, else a reason by column."""
    if "published" not in record:
        return None
    found: dict[str, list[str]] = {}
    for name, value in record.items():
        if value is None and not _goes_without_saying(name, record, profile):
            found.setdefault(reason_of(record, name, profile), []).append(title(name))
    if len(found) == 1:
        return next(iter(found))
    return _("\u202f; ").join(f"{', '.join(names)}\u00a0: {reason}" for reason, names in found.items()) or None


def _goes_without_saying(name: str, record: Row, profile: Profile) -> bool:
    """Return whether an empty cell needs no reason: figures on those absent exist for volunteers only."""
    return name == "absent" and bool(record["published"]) and record["college"] not in profile.rules.voluntary


def dictionary_of(profile: Profile) -> Dictionary:
    """Return the dictionary of the columns that this profile exports."""
    return Dictionary(profile.grid, profile.rules.k, profile.rules.k_detail)


def _table(name: str, title: str, records: Sequence[Row], grid: Grid, dictionary: Dictionary) -> DataTable:
    rows = tuple(dict(_named(record, grid, dictionary)) for record in records)
    present = {key for row in rows for key in row}
    columns = tuple(column for key, column in dictionary.columns_of(name).items() if key in present)
    return DataTable(
        name, title, columns, tuple({column.name: row.get(column.name) for column in columns} for row in rows)
    )


def _named(record: Row, grid: Grid, dictionary: Dictionary) -> Iterator[tuple[str, Value]]:
    """Yield the record's values: names after codes, levels after scores, distributions split by level."""
    for key, value in record.items():
        if key == "distribution":
            yield from zip(dictionary.level_columns, _counts(value, dictionary), strict=True)
            continue
        yield key, " ".join(value) if isinstance(value, list) else value
        if key == "family":
            yield "family_title", next(family.title for family in grid.families if family.code == value)
        elif key == "skill":
            yield "skill_title", grid.skill(str(value)).title
        elif key == "college":
            yield "college_label", college_label(str(value), grid)
        elif key in ("mean", "score"):
            yield "level_label", _level(value, grid)


def _counts(value: Any, dictionary: Dictionary) -> Sequence[int | None]:
    return [None] * len(dictionary.level_columns) if value is None else list(value)


def college_label(code: str, grid: Grid) -> str:
    """Return the name of a college, or the words for workshops and for the territory."""
    others = {WORKSHOP: _("Ateliers"), TERRITORY: _("Territoire")}
    return others.get(code) or grid.college(code).label


def _level(score: Value, grid: Grid) -> str | None:
    from scoring.display import level_words

    return level_words(grid, score) if isinstance(score, int | float) else None
