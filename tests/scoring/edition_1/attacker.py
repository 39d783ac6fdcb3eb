"""Someone who has everything that is published and wants what is hidden.

Four ways, from the strongest reason to the most concrete:

- ``scrambled``: change everything hidden at will. If nothing published moves, nothing published speaks of it.
- ``linear_leaks``: learn from many campaigns whether a hidden sum or count is a linear function of published figures.
- ``System``: write every published figure as an equation on the cells and solve for the hidden ones, in fractions.
- ``candidates``: go through every possible small campaign and keep those that agree with what is published.
"""

import itertools
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Any

import numpy as np

from grille.grid import Grid
from scoring import edition_1 as scoring
from scoring.edition_1 import Profile, tables
from tests.scoring.campaigns import Campaign, table

Cell = tuple[str, str]
Figures = dict[tuple[Any, ...], Any]
Publisher = Callable[[Profile], Figures]


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


def published(profile: Profile) -> Figures:
    """Everything that one campaign publishes: its document, what conclusions depend on, every explanation."""
    document = profile.to_dict()
    document["robustness"] = scoring.tables.records(scoring.robustness(profile))
    document["dependences"] = [found.sentence for found in scoring.sensitivities(profile)]
    document["explained"] = {
        f"{family}/{college}/{weighting}": explained(profile, family, college, weighting)
        for family in (family.code for family in profile.grid.families)
        for college in (*profile.answers.colleges, scoring.TERRITORY)
        for weighting in ("equal", "heads")
    }
    return dict(flattened(document))


def explained(profile: Profile, family: str, college: str, weighting: Any) -> list[str]:
    try:
        return [repr(term) for term in scoring.explain(profile, family, college, weighting)]
    except scoring.NotPublishedError as refusal:
        return [str(refusal)]


def published_changes(waves: list[Profile]) -> Figures:
    """Everything that comparing each pair of waves publishes."""
    document: dict[str, Any] = {}
    for before, after in itertools.combinations(waves, 2):
        for weighting in ("equal", "heads"):
            comparison = scoring.compare(before, after, weighting=weighting)
            name = f"{waves.index(before)}-{waves.index(after)}-{weighting}"
            document[name] = tables.records(scoring.change(before, after, weighting=weighting))
            document[f"{name}-depends"] = [found.sentence for found in scoring.change_sensitivities(comparison)]
    return dict(flattened(document))


# Change everything hidden


def hidden_cells(profile: Profile) -> list[Cell]:
    """The cells that the published table marks as hidden."""
    rows = profile.skills[~profile.skills["published"]]
    return list(zip(rows["skill"], rows["college"], strict=True))


def scrambled(campaign: Campaign, profile: Profile, chance: random.Random) -> Campaign:
    """The same campaign with other answers in every hidden cell, any number of them below k."""
    rows = [dict(row) for row in campaign.rows]
    values = [level.value for level in campaign.grid.levels]
    for skill, college in hidden_cells(profile):
        group = [row for row in rows if (row["mode"] == "atelier") == (college == "atelier")]
        group = [row for row in group if college in ("atelier", row["college"])]
        limit = profile.rules.threshold(workshop=college == "atelier") - 1
        answering = chance.sample(range(len(group)), chance.randint(0, min(limit, len(group))))
        for place, row in enumerate(group):
            row[skill] = chance.choice(values) if place in answering else chance.choice(["NSP", "SO", None])
    return Campaign(rows, campaign.grid, campaign.rules)


# Learn linear relations


def linear_leaks(campaigns: Iterable[Campaign], publish: Publisher, hidden: list[Cell]) -> list[tuple[Cell, str]]:
    """The hidden sums and counts that are linear in the published figures, over campaigns that hide the same cells.

    There must be clearly more campaigns than figures, else everything is linear: refused.
    """
    known, secrets = [], []
    for campaign in campaigns:
        figures = publish(scoring.profile(campaign.frame, campaign.grid, campaign.as_rules_of_edition_1))
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


def candidates(campaigns: Iterable[Campaign], publish: Publisher) -> dict[str, dict[Cell, set[tuple[int, ...]]]]:
    """What each hidden cell may hold, for each thing that can be published: the sorted levels of its answers."""
    possible: dict[str, dict[Cell, set[tuple[int, ...]]]] = defaultdict(lambda: defaultdict(set))
    for campaign in campaigns:
        profile = scoring.profile(table(campaign.rows), campaign.grid, campaign.as_rules_of_edition_1)
        key = repr(sorted(publish(profile).items(), key=repr))
        for skill, college in hidden_cells(profile):
            if college == campaign.rows[0]["college"]:
                levels = sorted(row[skill] for row in campaign.rows if row[skill] is not None)
                possible[key][skill, college].add(tuple(levels))
    return possible
