"""The example, conventions and coverage of docs/method-1.md are those of the engine of edition 1."""

import io
import re
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from benchmarks.coverage import SHAPES, coverage
from grille.grid import Grid
from scoring.edition_1 import Profile, Rules, change, nearest_level, profile
from scoring.edition_1 import tables as frames
from tests.scoring.campaigns import make_grid

PAGE = Path("docs/method-1.md").read_text(encoding="utf-8").replace("\u00a0", " ").replace("\u202f", " ")
COLLEGES = ("elus", "agents", "habitants")
RULES = Rules(sizes={"elus": 8})


def after(marker: str) -> str:
    return PAGE.split(f"<!-- {marker} -->")[1].strip()


def rows(marker: str) -> list[list[str]]:
    """The cells of the table that follows a marker, headings left out."""
    lines = re.match(r"(?:\|.*\n)+", after(marker) + "\n").group().splitlines()  # type: ignore[union-attr]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def answers(marker: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(after(marker).removeprefix("```csv\n").split("```")[0]))


@cache
def example_grid() -> Grid:
    return make_grid({"E": [float(weight) for _, weight in rows("exemple : grille")]}, colleges=COLLEGES)


@cache
def campaign(marker: str) -> Profile:
    return profile(answers(marker), example_grid(), RULES)


def shown(value: Any, model: str) -> str:
    """A figure as the page writes it, with as many decimals as it has there."""
    if value is None:
        return "—"
    if not isinstance(value, float):
        return str(value)
    if model.endswith("%"):
        return f"{value:.0%}".replace("%", " %")
    decimals = len(model.partition(",")[2])
    return f"{value:.{decimals}f}".replace(".", ",").replace("-", "−")


def assert_page(marker: str, found: list[list[Any]]) -> None:
    written = rows(marker)
    assert len(written) == len(found)
    for line, figures in zip(written, found, strict=True):
        assert line == [shown(figure, model) for figure, model in zip(figures, line, strict=True)]


def table_of(records: list[dict[str, Any]], *names: str) -> list[list[Any]]:
    return [[record[name] for name in names] for record in records]


def test_the_cells_of_the_example() -> None:
    found = campaign("exemple : première année").to_dict()["skills"]
    names = ("skill", "college", "n", "mean", "sd", "ad", "rwg", "agreement", "unanswered")
    assert_page("exemple : cases", table_of(found, *names))


def test_the_families_of_the_example() -> None:
    found = campaign("exemple : première année").to_dict()["families"]
    assert_page("exemple : familles", table_of(found, "college", "n", "score", "low", "high", "coverage"))


def test_the_territory_of_the_example() -> None:
    first = answers("exemple : première année")
    found = []
    for label, weighting in (("égal", "equal"), ("répondants", "heads")):
        rules = replace(RULES, weighting=weighting)  # type: ignore[arg-type]
        row = profile(first, example_grid(), rules).to_dict()["territory"][0]
        found.append([label, *(row[name] for name in ("score", "low", "high", "colleges"))])
    assert_page("exemple : territoire", found)


def test_the_change_of_the_example() -> None:
    found = frames.records(change(campaign("exemple : première année"), campaign("exemple : seconde année")))
    names = ("college", "before", "after", "delta", "low", "high", "verdict", "comparable_skills")
    assert_page("exemple : évolution", table_of(found, *names))


def test_the_levels_of_the_example() -> None:
    first = campaign("exemple : première année")
    assert nearest_level(first.grid, first.score("E", "elus")).label == "niveau 3"
    assert nearest_level(first.grid, first.score("E")).label == "niveau 2"


def test_the_arithmetic_of_the_page_holds() -> None:
    """Every « expression = number » written in the worked example, to the digits it gives."""
    section = PAGE.split("## 4. ")[1].split("## 5. ")[0]
    found = re.findall(r"(?<![\w/])([(\d¼½][\d,()·×+/²√ −¼½]*[\d)²]) = (−?\d+(?:,\d+)?)(?![\d,]* ?[/×·+])", section)
    checked = [(left, right) for left, right in found if re.search(r"[·×+/−]", left)]
    assert len(checked) >= 10
    for left, right in checked:
        decimals = len(right.partition(",")[2])
        assert round(_value(left), decimals) == pytest.approx(
            float(right.replace(",", ".").replace("−", "-")), abs=1e-9
        ), left


def _value(expression: str) -> float:
    text = expression.replace(",", ".").replace("²", "**2").replace("−", "-").replace("¼", "0.25").replace("½", "0.5")
    text = re.sub(r"√([\d.]+)", r"(\1)**0.5", re.sub("[·×]", "*", text))
    return float(eval(text))


def test_every_convention_is_said_with_its_default() -> None:
    section = PAGE.split("## 6. ")[1].split("## 7. ")[0]
    written = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", section, flags=re.MULTILINE))
    assert written == {convention.name: _default(convention.default) for convention in fields(Rules)}
    for convention in fields(Rules):
        meaning = convention.metadata["meaning"].replace("\u00a0", " ").replace("\u202f", " ")
        assert meaning in section, convention.name


def _default(value: Any) -> str:
    if value is None or value == ():
        return "vide" if value is None else "aucun"
    return f"`{value}`" if isinstance(value, str) else str(value).replace(".", ",")


@pytest.mark.parametrize(("size", "n", "silence"), [("15", "7", "10 %"), ("∞", "10", "0 %")])
def test_the_coverage_of_the_page_is_found_again(size: str, n: str, silence: str) -> None:
    """A smaller simulation, within four standard errors of what the page says."""
    (line,) = [line for line in rows("couverture") if line[:3] == [size, n, silence]]
    for shape, share in zip(SHAPES.values(), line[3:], strict=True):
        written = float(share.removesuffix(" %").replace(",", ".")) / 100
        people = None if size == "∞" else int(size)
        found = coverage(int(n), people, shape, float(silence.removesuffix(" %")) / 100, draws=500)
        assert abs(found - written) < 4 * (0.06 * 0.94 / 500) ** 0.5
