"""The example, conventions and simulations of docs/method.md are those of the program."""

import io
import math
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from benchmarks.method.__main__ import chapters
from grille.grid import Grid
from scoring import Profile, Rules, change, profile, smallest_visible
from tests.scoring.campaigns import make_grid

PAGE = Path("docs/method.md").read_text(encoding="utf-8").replace("\u00a0", " ").replace("\u202f", " ")
COLLEGES = ("elus", "agents")
RULES = Rules(sizes={"elus": 8})
YEARS = ("avant", "après")
NO_NUMBER = "—"


def after(marker: str) -> str:
    return PAGE.split(f"<!-- {marker} -->")[1].strip()


def tables(text: str) -> dict[str, list[list[str]]]:
    """The cells of every table that follows a marker, headings included."""
    found = re.findall(r"<!-- (.+?) -->\n\n((?:\|.*\n)+)", text + "\n")
    return {
        marker: [[cell.strip() for cell in line.strip("|").split("|")] for line in lines.splitlines()]
        for marker, lines in found
    }


def rows(marker: str) -> list[list[str]]:
    return tables(PAGE)[marker][2:]


def answers(marker: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(after(marker).removeprefix("```csv\n").split("```")[0]))


@cache
def example_grid() -> Grid:
    return make_grid({"E": [float(weight) for _, weight in rows("exemple : grille")]}, colleges=COLLEGES)


@cache
def campaign(year: str) -> Profile:
    return profile(answers(f"exemple : {year}"), example_grid(), RULES)


@cache
def with_hindsight() -> Profile:
    now, then = answers("exemple : après"), answers("exemple : recul")
    nobody = now.loc[len(then) :].assign(**dict.fromkeys(["E-1", "E-2", "E-3"]))
    return profile(now, example_grid(), RULES, hindsight=pd.concat([then, nobody], ignore_index=True))


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {name: None if isinstance(value, float) and math.isnan(value) else value for name, value in record.items()}
        for record in table.to_dict("records")
    ]


def shown(value: Any, model: str) -> str:
    """A figure as the page writes it, with as many decimals as it has there."""
    if value is None:
        return NO_NUMBER
    if isinstance(value, str):
        return value
    decimals = len(model.removesuffix(" %").partition(",")[2])
    text = f"{value:.{decimals}%}".replace("%", " %") if model.endswith("%") else f"{value:.{decimals}f}"
    return text.replace(".", ",").replace("-", "−")


def assert_page(marker: str, found: list[list[Any]]) -> None:
    written = rows(marker)
    assert len(written) == len(found)
    for line, figures in zip(written, found, strict=True):
        assert line == [shown(figure, model) for figure, model in zip(figures, line, strict=True)]


def columns(lines: list[dict[str, Any]], *names: str) -> list[list[Any]]:
    return [[line[name] for name in names] for line in lines]


def test_the_cells_of_the_example() -> None:
    found = records(campaign("avant").skills)
    assert_page("exemple : cases", columns(found, "skill", "college", "n", "mean", "silence", "sd", "ad", "agreement"))


def test_the_families_of_the_example() -> None:
    names = ("college", "n", "score", "spread", "low", "high", "margin")
    found = [[year, *line] for year in YEARS for line in columns(records(campaign(year).families), *names)]
    assert_page("exemple : familles", found)


def test_the_territory_of_the_example() -> None:
    found = []
    for year in YEARS:
        (row,) = records(campaign(year).territory)
        heads = float(campaign(year).score("E", weighting="heads"))
        found.append([year, row["score"], row["low"], row["high"], heads])
    assert_page("exemple : territoire", found)


def test_the_change_of_the_example() -> None:
    names = ("college", "before", "after", "delta", "low", "high", "confidence", "verdict", "visible")
    assert_page("exemple : évolution", columns(records(change(campaign("avant"), campaign("après"))), *names))


def test_the_hindsight_of_the_example() -> None:
    found = [row for row in records(with_hindsight().hindsight) if row["college"] == "elus"]
    names = ("college", "n", "delta", "low", "high", "confidence", "verdict")
    assert_page("exemple : différences avec le recul", columns(found, *names))


def test_the_volunteers_of_the_example() -> None:
    rules = replace(RULES, sizes={"elus": 8, "agents": 40}, voluntary=("agents",))
    found = records(profile(answers("exemple : après"), example_grid(), rules).families)
    (agents,) = [row for row in found if row["college"] == "agents"]
    assert (agents["margin"], agents["absent"], agents["low"]) == ("volontaires", 0.5, None)


def test_what_can_be_seen_is_said() -> None:
    """Two campaigns of n, three skills, a spread of one level, read at 90 % as a college of an open family is."""
    assert rows("visible") == [[n, shown(smallest_visible(int(n)), "0,0")] for n, _ in rows("visible")]


def test_the_arithmetic_of_the_page_holds() -> None:
    """Every « expression = number » written in the worked example, to the digits it gives."""
    section = PAGE.split("## 12. ")[1].split("## 13. ")[0]
    found = re.findall(r"(?<![\w/,])([(\d¼½√][\d,()·×+/²√ −¼½]*[\d)²]) = (−?\d+(?:,\d+)?)(?![\d,]* ?[/×·+])", section)
    checked = [(left, right) for left, right in found if re.search(r"[·×+/−√]", left)]
    assert len(checked) >= 25
    for left, right in checked:
        decimals = len(right.partition(",")[2])
        assert _value(left) == pytest.approx(_value(right), abs=0.51 * 10**-decimals), left


def _value(expression: str) -> float:
    text = expression.replace(",", ".").replace("²", "**2").replace("−", "-").replace("¼", "0.25").replace("½", "0.5")
    return float(eval(re.sub(r"√([\d.]+)", r"(\1)**0.5", re.sub("[·×]", "*", text))))


def test_every_convention_is_said_with_its_default() -> None:
    section = PAGE.split("## 15. ")[1].split("## 16. ")[0]
    written = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", section, flags=re.MULTILINE))
    assert written == {convention.name: _default(convention.default) for convention in fields(Rules)}
    for convention in fields(Rules):
        meaning = convention.metadata["meaning"].replace("\u00a0", " ").replace("\u202f", " ")
        assert meaning in section, convention.name


def _default(value: Any) -> str:
    if value is None or value == ():
        return "vide" if value is None else "aucun"
    return f"`{value}`" if isinstance(value, str) else str(value).replace(".", ",")


def test_the_simulations_of_the_page_are_found_again() -> None:
    """Fewer draws, the same tables: no figure is further than chance allows from the one of the page."""
    written, found = tables(PAGE), tables("\n".join(chapters(quick=True)).replace("\u00a0", " "))
    assert len(found) == 13
    for marker, lines in found.items():
        assert lines[0] == written[marker][0]
        assert [line[0] for line in lines] == [line[0] for line in written[marker]]
        for line, written_line in zip(lines, written[marker], strict=True):
            assert list(shares(line)) == pytest.approx(list(shares(written_line)), abs=25), (marker, line, written_line)


def shares(line: list[str]) -> Iterator[float]:
    """The largest share of each cell that has some, in per cent; names of opinions left out."""
    for cell in line:
        figures = re.findall(r"(\d+(?:,\d+)?) %", cell)
        if figures and "plancher" not in cell:
            yield max(float(figure.replace(",", ".")) for figure in figures)
