"""Campaigns of every shape that the method speaks of, drawn for the tests that compare, attack and simulate it.

2 to 11 levels from any lowest one, 1 to 15 families and colleges, weights of zero, volunteers, sizes under, at and
above the number of answers, workshops, hindsight, and a second version of the grid that splits, merges and renames.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from grille.grid import Grid
from tests.scoring.campaigns import make_grid
from tests.scoring.oracle import DEFAULTS, Campaign

Row = dict[str, Any]
SILENCES = ("NSP", "SO", None)
WEIGHTS = (0, 0.1, 0.5, 1, 1, 1, 2, 2.5)
# What a campaign may choose instead of each default.
CHOICES: dict[str, tuple[Any, ...]] = {
    "k": (3, 4, 7, 9, 11),
    "workshop_k": (1, 2),
    "weighting": ("heads", "heads", "equal"),
    "coverage": (0.3, 0.75, 1),
    "territory_colleges": (1, 2, 4, 7, 10),
    "confidence": (0.8, 0.9, 0.99),
    "interval_n": (6, 8, 11),
    "prior_n": (0.1, 0.5, 2.5, 5),
    "halo": (0, 0.25, 1),
    "spread_skills": (2, 4, 5),
    "spread_default": (0.125, 0.25, 0.5),
    "agreement_divisor": (2, 4, 8),
    "agreement_chance": (0.001, 0.2, 0.5),
    "opposed_share": (0.3, 0.5, 1),
    "clear_change": (0.02, 0.2, 0.5),
    "progress_others": (3, 4, 8),
}


@dataclass(frozen=True, repr=False)
class Shape:
    """A campaign to score: its rows, its grid, its rules, and what the same people say of last year, if asked."""

    rows: list[Row]
    grid: Grid
    rules: dict[str, Any]
    then: list[Row] | None = None

    def __repr__(self) -> str:
        """Short enough to be read when a test fails."""
        chosen = {name: value for name, value in self.rules.items() if value != DEFAULTS[name]}
        weights = {family.code: [skill.weight for skill in family.skills] for family in self.grid.families}
        answers = [list(row.values()) for row in self.rows]
        return f"Shape({self.grid.lowest} to {self.grid.highest}, {weights}, {chosen}, {answers}, then={self.then})"

    @property
    def frame(self) -> pd.DataFrame:
        return self._table(self.rows)

    @property
    def hindsight(self) -> pd.DataFrame | None:
        return None if self.then is None else self._table(self.then)

    def _table(self, rows: list[Row]) -> pd.DataFrame:
        columns = ["college", "mode", *(skill.code for skill in self.grid.skills)]
        return pd.DataFrame({name: pd.Series([row.get(name) for row in rows], dtype=object) for name in columns})

    @property
    def naive(self) -> Campaign:
        return Campaign(self.rows, self.grid, self.then, **self.rules)

    @property
    def outgrown(self) -> list[str]:
        """The colleges where more people answered than the declared size."""
        counts = {college: len(places) for college, places in self.naive.groups.items()}
        return [college for college, size in (self.rules["sizes"] or {}).items() if size < counts.get(college, 0)]

    def with_known_sizes(self) -> "Shape":
        """The same without the sizes that the answers contradict."""
        sizes = {code: n for code, n in (self.rules["sizes"] or {}).items() if code not in self.outgrown}
        return replace(self, rules=self.rules | {"sizes": sizes or None})


# Drawn by hypothesis, from a seed


@st.composite
def grids(draw: st.DrawFn, most: int = 15) -> Grid:
    return made_up_grid(draw(chances()), most)


@st.composite
def two_grids(draw: st.DrawFn, most: int = 15) -> tuple[Grid, Grid]:
    return made_up_grids(draw(chances()), most)


@st.composite
def campaigns(draw: st.DrawFn, most: int = 15) -> tuple[Shape, Shape]:
    """Two campaigns of one territory, as ``made_up_pair`` makes them."""
    return made_up_pair(draw(chances()), most)


@st.composite
def shapes(draw: st.DrawFn, grid: Grid | None = None, hindsight: bool | None = None) -> Shape:
    """A campaign on that grid, or any; asked about last year or not, or at random."""
    chance = draw(chances())
    asked = draw(st.booleans()) if hindsight is None else hindsight
    return made_up_shape(grid or made_up_grid(chance), chance, asked)


def chances() -> st.SearchStrategy[random.Random]:
    return st.integers(0, 2**32).map(random.Random)


# Made up


def made_up_grid(chance: random.Random, most: int = 15) -> Grid:
    """Any scale, any weights; many families or many colleges, seldom both."""
    lowest, levels = chance.randint(-4, 2), chance.choice([2, 3, 4, 5, 5, 5, 6, 7, 9, 11])
    families, colleges = chance.choice([(1, 1), (1, 3), (2, 4), (3, 2), (5, 3), (3, 6), (most, 2), (2, most)])
    weights = {f"F{place}": some_weights(chance, chance.randint(1, 5)) for place in range(families)}
    codes = tuple(f"c{place}" for place in range(1, colleges + 1))
    return make_grid(weights, range(lowest, lowest + levels), codes, version="1")


def some_weights(chance: random.Random, count: int) -> list[float]:
    while not any(weights := [chance.choice(WEIGHTS) for _ in range(count)]):
        pass
    return weights


def made_up_shape(grid: Grid, chance: random.Random, hindsight: bool = False, lean: int = 0) -> Shape:
    """A campaign on that grid; ``lean`` moves the answers of most colleges up by so many levels, of others down."""
    rules = made_up_rules(grid, chance)
    colleges = rules["colleges"] or [college.code for college in grid.colleges]
    silence, drift = chance.choice([0, 0, 0.05, 0.1, 0.3, 0.6]), chance.choice([0, 0, 0.4, 0.8])
    rows = [respondent(c, grid, silence, drift, chance) for c in colleges for _ in range(people(chance, rules))]
    for row in chance.sample(rows, min(len(rows), chance.choice([0, 0, 3, 12]))):
        row["mode"] = "atelier"
    leaning(rows, grid, {college: chance.choice([lean, lean, lean, -lean]) for college in colleges})
    chance.shuffle(rows)
    rules["sizes"] = declared(rows, colleges, chance)
    return Shape(rows, grid, rules, [last_year(row, grid, chance) for row in rows] if hindsight else None)


def made_up_pair(chance: random.Random, most: int = 15) -> tuple[Shape, Shape]:
    """Two campaigns of one territory, on two versions of a grid; half of them a clear rise that one college resists.

    In one of eight, a single college took part in the first, and may speak for the territory.
    """
    lean = chance.choice([0, 0, 1, 2])
    before, after = (
        made_up_shape(grid, chance, lean=one)
        for grid, one in zip(made_up_grids(chance, most), (-lean, lean), strict=True)
    )
    if chance.random() < 1 / 8:
        only = chance.choice([college.code for college in before.grid.colleges])
        before, after = one_speaks(before, [only]), one_speaks(after)
    return before.with_known_sizes(), after.with_known_sizes()


def one_speaks(shape: Shape, only: Sequence[str] = ()) -> Shape:
    """The same where one college is enough for the territory; with the rows of some colleges alone."""
    rows = [row for row in shape.rows if not only or row["college"] in only]
    return replace(shape, rows=rows or shape.rows, rules=shape.rules | {"territory_colleges": 1})


def made_up_rules(grid: Grid, chance: random.Random) -> dict[str, Any]:
    """Conventions, most of them the defaults; some colleges left out of the campaign, some of volunteers."""
    rules = DEFAULTS | {name: chance.choice(values) for name, values in CHOICES.items() if chance.random() < 0.15}
    rules["k_detail"] = max(rules["k"], chance.choice([5, 10, 10, 10, 12, 30]))
    codes = [college.code for college in grid.colleges]
    named = chance.sample(codes, chance.choice([1, chance.randint(1, len(codes))])) if chance.random() < 0.15 else None
    rules["colleges"] = None if named is None else tuple(code for code in codes if code in named)
    volunteers = chance.choice([0, 0, 0.2, 0.5])
    rules["voluntary"] = tuple(code for code in rules["colleges"] or codes if chance.random() < volunteers)
    return rules


def people(chance: random.Random, rules: dict[str, Any]) -> int:
    """Few, just under or at a threshold, or many; most colleges can be published."""
    k, detail = rules["k"], rules["k_detail"]
    few = [0, 2, k - 1] if chance.random() < 0.2 else []
    return chance.choice([*few, k, k + 1, k + 2, detail - 1, detail, detail + 1, 23])


def respondent(college: str, grid: Grid, silence: float, drift: float, chance: random.Random) -> Row:
    """Someone with a favourite level; ``drift`` draws answers towards one end of the scale."""
    values = [level.value for level in grid.levels]
    favourite = max(values) if chance.random() < drift else chance.choice(values)
    row: Row = {"college": college, "mode": chance.choice(["individuel", "papier"])}
    for skill in grid.skills:
        quiet = chance.random() < silence
        row[skill.code] = chance.choice(SILENCES) if quiet else chance.choice([favourite, favourite, *values])
    return row


def leaning(rows: list[Row], grid: Grid, leans: dict[str, int]) -> None:
    """Move every level of each college by so many, within the scale."""
    for row in rows:
        for skill in grid.skills:
            if isinstance(row[skill.code], int):
                row[skill.code] = min(grid.highest, max(grid.lowest, row[skill.code] + leans[row["college"]]))


def declared(rows: list[Row], colleges: list[str], chance: random.Random) -> dict[str, int] | None:
    """Sizes: none, a few under the number of answers, exactly it, or more."""
    counts = Counter(row["college"] for row in rows if row["mode"] != "atelier")
    moves = {college: chance.choice([None, -1, 0, 0, 1, 2, 5, 40]) for college in colleges}
    known = {college: max(counts[college] + move, 1) for college, move in moves.items() if move is not None}
    return known or None


def last_year(row: Row, grid: Grid, chance: random.Random) -> Row:
    """What the same person says of last year: nothing at all, or each level a little lower, or not."""
    if chance.random() < 0.15:
        return {"college": row["college"], "mode": row["mode"]}
    lowest, highest = grid.lowest, grid.highest
    then: Row = {"college": row["college"], "mode": row["mode"]}
    for skill in grid.skills:
        now = row[skill.code] if isinstance(row[skill.code], int) else chance.randint(lowest, highest)
        level = min(highest, max(lowest, now - chance.choice([0, 0, 1, 1, 2, -1])))
        then[skill.code] = chance.choice(SILENCES) if chance.random() < 0.08 else level
    return then


def made_up_grids(chance: random.Random, most: int = 15) -> tuple[Grid, Grid]:
    """Two versions of a grid: skills kept, renamed, split, merged, retired, moved to another family, and new ones."""
    before = made_up_grid(chance, most)
    codes, mapping = next_version(before, chance)
    weights = {family: some_weights(chance, len(skills)) for family, skills in codes.items()}
    scale = range(before.lowest, before.highest + 1)
    colleges = tuple(college.code for college in before.colleges)
    return before, make_grid(weights, scale, colleges, version="2", codes=codes, correspondence=mapping)


def next_version(before: Grid, chance: random.Random) -> tuple[dict[str, list[str]], dict[str, tuple[str, ...]]]:
    """The codes of each family, and how the earlier skills continue in them."""
    codes: dict[str, list[str]] = {family.code: [] for family in before.families}
    mapping: dict[str, tuple[str, ...]] = {}
    calm = chance.random() < 0.4
    for skill in before.skills:
        move = "keep" if calm else chance.choice(["keep", "keep", "rename", "split", "merge", "retire", "leave"])
        home = before.family_of(skill.code).code if move != "leave" else chance.choice(list(codes))
        mapping[skill.code] = continued(skill.code, move, codes[home])
        codes[home] += [code for code in mapping[skill.code] if code not in codes[home]]
    for family, skills in codes.items():
        if not skills or chance.random() < 0.2:
            skills.append(f"{family}-neuf")
    return codes, {code: new for code, new in mapping.items() if new != (code,)}


def continued(code: str, move: str, home: list[str]) -> tuple[str, ...]:
    """The codes of the next version that a skill continues as."""
    if move == "merge":
        return tuple(home[-1:])
    moves = {"keep": (code,), "rename": (f"{code}n",), "leave": (f"{code}n",), "split": (f"{code}a", f"{code}b")}
    return moves.get(move, ())
