"""Tools for attackers of any publication: linear algebra, exact equations, every small campaign.

- ``linear_leaks``: learn from many campaigns whether a hidden sum or count is a linear function of published figures.
- ``System``: write every published figure as an equation on the cells and solve for the hidden ones, in fractions.
- ``candidates``: go through every possible small campaign and keep those that agree with what is published.
"""

import itertools
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from math import comb
from typing import Any

import numpy as np

from grille.grid import Grid
from tests.scoring.campaigns import Campaign, make_grid

Cell = tuple[str, str]
Figures = dict[tuple[Any, ...], Any]
Publisher = Callable[[Campaign], Figures]


def flattened(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every leaf of a document with its address."""
    inside = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    if isinstance(document, dict | list):
        for key, value in inside:
            yield from flattened(value, (*path, key))
    else:
        yield path, document


# Learn linear relations


def linear_leaks(campaigns: Iterable[Campaign], publish: Publisher, hidden: list[Cell]) -> list[tuple[Cell, str]]:
    """The hidden sums and counts that are linear in the published figures, over campaigns that hide the same cells.

    There must be clearly more campaigns than figures, else everything is linear: refused.
    """
    known, secrets = [], []
    for campaign in campaigns:
        figures = publish(campaign)
        known.append({path: float(value) for path, value in figures.items() if isinstance(value, int | float)})
        secrets.append([secret for cell in hidden for secret in secrets_of(campaign, cell)])
    matrix = _standardised([[row.get(path, 0.0) for path in sorted(known[0], key=repr)] for row in known])
    matrix = np.column_stack([np.ones(len(known)), matrix])
    spare = len(known) - np.linalg.matrix_rank(matrix)
    assert spare >= 10, f"too few campaigns to learn from: {spare} to spare"
    names = [(cell, name) for cell in hidden for name in ("sum", "count")]
    targets = _standardised(secrets)
    fitted = matrix @ np.linalg.lstsq(matrix, targets, rcond=None)[0]
    errors = np.abs(targets - fitted).max(axis=0)
    return [
        name
        for name, error, spread in zip(names, errors, np.std(secrets, axis=0), strict=True)
        if spread and error < 1e-7
    ]


AT_ONCE = 200  # clearly more than there are figures to learn from


def same_mask(seed: int, levels: range = range(3)) -> tuple[list[Campaign], list[Cell]]:
    """Campaigns that publish and hide the same cells: the levels vary, and so does how many answer a hidden cell."""
    chance = random.Random(seed)
    grid = make_grid({"F": [1, 2], "G": [1, 1]}, levels, ("a", "b", "c"))
    people = {college: chance.randint(5, 8) for college in ("a", "b", "c")}
    hidden = [(skill.code, college) for skill in grid.skills for college in people if chance.random() < 0.3]
    answering = {
        (skill.code, college): chance.sample(range(size), chance.randint(5, size))
        for skill in grid.skills
        for college, size in people.items()
    }
    return [_masked(grid, people, hidden, answering, chance) for _ in range(AT_ONCE)], hidden


def _masked(
    grid: Any, people: dict[str, int], hidden: list[Cell], answering: dict[Cell, list[int]], chance: random.Random
) -> Campaign:
    rows: list[dict[str, Any]] = []
    values = [level.value for level in grid.levels]
    for college, size in people.items():
        group: list[dict[str, Any]] = [{"college": college, "mode": "individuel"} for _ in range(size)]
        for skill in grid.skills:
            cell = (skill.code, college)
            who = chance.sample(range(size), chance.randint(0, 4)) if cell in hidden else answering[cell]
            for place, row in enumerate(group):
                row[skill.code] = chance.choice(values) if place in who else None
        rows += group
    return Campaign(rows, grid, {"k": 5})


def secrets_of(campaign: Campaign, cell: Cell) -> tuple[int, int]:
    """The sum and the number of the levels of a cell: what must not be known."""
    skill, college = cell
    levels = [row[skill] for row in campaign.rows if row["college"] == college and isinstance(row[skill], int)]
    return sum(levels), len(levels)


def _standardised(rows: list[Any]) -> Any:
    matrix = np.array(rows, dtype=float)
    spread = matrix.std(axis=0)
    return (matrix - matrix.mean(axis=0)) / np.where(spread > 0, spread, 1.0)


# Solve equations


class System:
    """Linear equations on the means of cells, in fractions; knows which cells they determine."""

    def __init__(self) -> None:
        self.rows: list[tuple[dict[Cell, Fraction], Fraction]] = []

    def add(self, weights: dict[Cell, Fraction], value: Fraction) -> None:
        """One published figure: Σ weight × mean = value."""
        row, value = dict(weights), Fraction(value)
        for pivots, known in self.rows:
            factor = row.get(next(iter(pivots)), Fraction(0))
            row, value = _minus(row, pivots, factor), value - factor * known
        if row:
            lead = next(iter(row))
            row, value = {cell: weight / row[lead] for cell, weight in row.items()}, value / row[lead]
            row = {lead: row.pop(lead), **row}
            self.rows = [
                (_minus(old, row, old.get(lead, Fraction(0))), was - old.get(lead, Fraction(0)) * value)
                for old, was in self.rows
            ]
            self.rows.append((row, value))

    def determined(self) -> dict[Cell, Fraction]:
        """The cells whose mean follows from the equations, with that mean."""
        return {next(iter(row)): value for row, value in self.rows if len(row) == 1}


def _minus(row: dict[Cell, Fraction], other: dict[Cell, Fraction], factor: Fraction) -> dict[Cell, Fraction]:
    cells = dict.fromkeys([*row, *other])
    left = {cell: row.get(cell, Fraction(0)) - factor * other.get(cell, Fraction(0)) for cell in cells}
    return {cell: weight for cell, weight in left.items() if weight}


# Go through every small campaign


def small_campaigns(grid: Grid, college: str, people: int, rules: dict[str, Any]) -> Iterator[Campaign]:
    """Every campaign of so many people in one college, each answering each skill with a level or nothing."""
    skills = [skill.code for skill in grid.skills]
    values = [None, *(level.value for level in grid.levels)]
    persons = list(itertools.product(values, repeat=len(skills)))
    for group in itertools.combinations_with_replacement(persons, people):
        rows = [
            {"college": college, "mode": "individuel", **dict(zip(skills, answers, strict=True))} for answers in group
        ]
        yield Campaign(rows, grid, rules)


def possible_groups(k: int, levels: int) -> int:
    """How many different sets of fewer than k answers there are."""
    return sum(comb(n + levels - 1, n) for n in range(k))


def candidates(
    campaigns: Iterable[Campaign], publish: Publisher, hidden: Callable[[Campaign], list[Cell]]
) -> dict[str, dict[Cell, set[tuple[int, ...]]]]:
    """What each hidden cell may hold, for each thing that can be published: the sorted levels of its answers."""
    possible: dict[str, dict[Cell, set[tuple[int, ...]]]] = defaultdict(lambda: defaultdict(set))
    for campaign in campaigns:
        key = repr(sorted(publish(campaign).items(), key=repr))
        for skill, college in hidden(campaign):
            if college == campaign.rows[0]["college"]:
                levels = sorted(row[skill] for row in campaign.rows if row[skill] is not None)
                possible[key][skill, college].add(tuple(levels))
    return possible
