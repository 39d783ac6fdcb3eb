"""Campaigns made up for tests: small grids of any shape, and answers drawn from a seed."""

import random
from dataclasses import dataclass
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from grille.grid import College, Correspondence, Family, Grid, Level, Skill
from scoring import Rules, edition_1

Answer = int | str | None


def make_grid(
    weights: dict[str, list[float]] | None = None,
    levels: range = range(5),
    colleges: tuple[str, ...] = ("elus", "agents", "habitants"),
    version: str = "2",
    codes: dict[str, list[str]] | None = None,
    correspondence: dict[str, tuple[str, ...]] | None = None,
) -> Grid:
    """A grid whose families have skills of those weights, named ``F-1``, ``F-2``… unless ``codes`` names them."""
    weights = weights or {"F": [1, 1, 1]}
    steps = {value: f"observé {value}" for value in levels}
    return Grid(
        id="essai",
        version=version,
        title="Grille d’essai",
        status="proposition",
        levels=tuple(Level(value=value, label=f"niveau {value}") for value in levels),
        families=tuple(
            Family(
                code=family,
                title=family,
                skills=tuple(
                    Skill(code=code, title=code, definition="…", core=True, weight=weight, levels=steps)
                    for code, weight in zip(_codes(family, row, codes), row, strict=True)
                ),
            )
            for family, row in weights.items()
        ),
        colleges=tuple(College(code=code, label=code) for code in colleges),
        correspondence=Correspondence(from_version="1", skills=correspondence) if correspondence else None,
    )


def _codes(family: str, row: list[float], codes: dict[str, list[str]] | None) -> list[str]:
    return codes[family] if codes else [f"{family}-{place}" for place in range(1, len(row) + 1)]


def table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as an answers table; the columns are those that some row names."""
    names = dict.fromkeys(name for row in rows for name in row)
    return pd.DataFrame({name: pd.Series([row.get(name) for row in rows], dtype=object) for name in names})


def people(college: str, answers: dict[str, list[Answer]], mode: str = "individuel") -> list[dict[str, Any]]:
    """The rows of a college: one list of answers per skill, one place per person."""
    count = len(next(iter(answers.values())))
    return [
        {"college": college, "mode": mode} | {skill: column[person] for skill, column in answers.items()}
        for person in range(count)
    ]


@dataclass(frozen=True)
class Campaign:
    """A campaign to score: its rows, its grid and its rules."""

    rows: list[dict[str, Any]]
    grid: Grid
    rules: dict[str, Any]

    @property
    def frame(self) -> pd.DataFrame:
        columns = ["college", "mode", *(skill.code for skill in self.grid.skills)]
        return pd.DataFrame({name: pd.Series([row[name] for row in self.rows], dtype=object) for name in columns})

    @property
    def as_rules(self) -> Rules:
        return Rules(**self.rules)

    @property
    def as_rules_of_edition_1(self) -> edition_1.Rules:
        return edition_1.Rules(**self.rules)


WEIGHTS = st.sampled_from([0, 0.1, 0.5, 1, 1, 1, 2, 2.5])
COLLEGES = ("c1", "c2", "c3", "c4", "c5", "c6")


@st.composite
def grids(draw: st.DrawFn, families: int = 6, skills: int = 4) -> Grid:
    """A grid of 1 to 6 families, 2 to 7 levels starting at 0 or 1, 1 to 6 colleges, any weights."""
    lowest = draw(st.integers(0, 1))
    levels = range(lowest, lowest + draw(st.integers(2, 7)))
    names = [f"F{place}" for place in range(draw(st.integers(1, families)))]
    weights = {name: draw(st.lists(WEIGHTS, min_size=1, max_size=skills).filter(any)) for name in names}
    return make_grid(weights, levels, COLLEGES[: draw(st.integers(1, 6))])


@st.composite
def campaigns(draw: st.DrawFn, grid: Grid | None = None, largest: int = 14) -> Campaign:
    """A campaign on that grid (or any): colleges of 0 to ``largest`` people, each answering more or less."""
    grid = grid or draw(grids())
    chance = random.Random(draw(st.integers(0, 2**32)))
    sizes = {college.code: draw(st.integers(0, largest)) for college in grid.colleges}
    silence = draw(st.sampled_from([0.0, 0.05, 0.3, 0.6]))
    rows = [_respondent(college, grid, silence, chance) for college, size in sizes.items() for _ in range(size)]
    for row in rows[: draw(st.integers(0, 3))]:
        row["mode"] = "atelier"
    chance.shuffle(rows)
    return Campaign(rows, grid, draw(rule_sets(rows, grid)))


@st.composite
def rule_sets(draw: st.DrawFn, rows: list[dict[str, Any]], grid: Grid) -> dict[str, Any]:
    """Conventions that those rows allow: some sizes declared, any k, either weighting."""
    counts = {college.code: 0 for college in grid.colleges}
    for row in rows:
        counts[row["college"]] += row["mode"] != "atelier"
    declared = {code: max(count, 1) + draw(st.integers(0, 20)) for code, count in counts.items() if draw(st.booleans())}
    return {
        "k": draw(st.sampled_from([3, 3, 4, 5, 5, 7, 11])),
        "workshop_k": draw(st.sampled_from([None, 1, 2])),
        "weighting": draw(st.sampled_from(["equal", "heads"])),
        "sizes": draw(st.sampled_from([None, declared])),
        "coverage": draw(st.sampled_from([0.5, 0.5, 0.3, 1])),
    }


def _respondent(college: str, grid: Grid, silence: float, chance: random.Random) -> dict[str, Any]:
    values = [level.value for level in grid.levels]
    favourite = chance.choice(values)
    row: dict[str, Any] = {"college": college, "mode": chance.choice(["individuel", "papier"])}
    for skill in grid.skills:
        quiet = chance.random() < silence * chance.random() * 2
        row[skill.code] = chance.choice(["NSP", "SO", None]) if quiet else chance.choice([favourite, *values])
    return row
