"""Each null of each published table has its own reason in words, and the reason is true of the raw answers."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pandas as pd
import pytest

from restitution.chart_data.reasons import reason_of
from restitution.documents.open_data.report_tables import report_tables
from restitution.documents.report import Report
from scoring import change_frame, compare
from tests.restitution.reader import french, reasons
from tests.restitution.reader.reading import Reader
from tests.restitution.reader.territories import Territory, territory
from tests.restitution.test_reader import facts_of

KINDS = {
    **dict.fromkeys(("sd", "ad", "rwg", "agreement", "unknown", "not_applicable", "unanswered"), "why no detail"),
    **dict.fromkeys(("low", "high"), "why no interval"),
    "distribution": "why no detail",
    "spread": "why no spread",
    "absent": "why no gap",
}
drawn = cache(territory)
Null = tuple[str, dict[str, Any], str, Any]


def nulls(place: Territory) -> Iterator[Null]:
    """Every null of every table of the last campaign: the table, the row, the column, what the reason is asked of."""
    profile = place.profiles[-1]
    for name in ("skills", "families", "territory", "weightings", "hindsight", "hindsight_skills"):
        yield from _empty(name, getattr(profile, name), profile)
    if len(place.profiles) > 1:
        comparison = compare(place.profiles[-2], profile)
        yield from _empty("change", change_frame(comparison), comparison)


def _empty(name: str, frame: pd.DataFrame, source: Any) -> Iterator[Null]:
    for row in frame.to_dict("records"):
        for column, value in row.items():
            if value is None or (isinstance(value, float) and pd.isna(value)):
                yield name, {str(key): one for key, one in row.items()}, str(column), source


def kind_of(name: str, row: dict[str, Any], column: str) -> str:
    """Which rules of the reader know such a reason."""
    if name == "change":
        return "why not compared" if pd.isna(row["delta"]) else "why untested"
    if name.startswith("hindsight"):
        return "why untested with hindsight" if row["published"] else "why no hindsight"
    if not row["published"]:
        return "why no mean" if name == "skills" else "why no score"
    return KINDS[column]


@pytest.mark.parametrize("seed", range(60))
def test_every_null_of_every_table_has_a_true_reason(seed: int) -> None:
    place = drawn(seed)
    reader = Reader(facts_of(place))
    titles = {skill.code: skill.title for skill in place.grid.skills}
    titles |= {family.code: family.title for family in place.grid.families}
    names = place.colleges | {"territoire": "Territoire", "atelier": "Atelier"}
    for name, row, column, source in nulls(place):
        where = titles[row.get("skill") or row["family"]], names[row.get("college", "territoire")]
        reader.statement(kind_of(name, row, column), where, french.plain(reason_of(row, column, source)))


def distribution(name: str) -> str:
    """How the columns of a distribution are named together."""
    return "Répartition" if re.fullmatch(r"level_-?\d+", name) else ""


@pytest.mark.parametrize("seed", range(20))
def test_every_empty_cell_that_is_exported_has_its_reason_in_its_row(seed: int) -> None:
    """In the workbook, the CSV files and the open data; the campaigns side by side too, each with its own reasons."""
    place = drawn(seed)
    facts, families = facts_of(place), {family.code: family.title for family in place.grid.families}
    for table in report_tables(Report.of(place.results, date(2026, 6, 1))):
        if table.name in ("respondents", "judgements"):  # a hidden count is told; what nobody wrote needs no reason
            continue
        titles = {column.name: distribution(column.name) or column.title for column in table.columns}
        for row in table.rows:
            empty = [name for name, value in row.items() if value is None and name not in ("reason", "absent")]
            reason = french.plain(str(row["reason"] or ""))
            assert bool(reason) >= bool(empty), (table.name, row)
            if reason.partition(" : ")[0].split(", ")[0] in titles.values():  # a reason by column, each of them named
                assert {titles[name] for name in empty} <= set(re.split(r", | : | ; ", reason)), (table.name, row)
            if table.name == "waves" and reason:
                kind = "why no interval" if row["published"] else "why no score"
                where = facts.labels.index(str(row["wave"]))
                Reader(facts.at(where)).statement(kind, (families[str(row["family"])], "Territoire"), reason)


def test_the_reasons_differ() -> None:
    """Over these territories every kind of reason is met, but for those of another grid and of more workshops."""
    assert reasons
    met = {reason_of(row, column, source) for seed in range(60) for _n, row, column, source in nulls(drawn(seed))}
    assert len(met) > 20
