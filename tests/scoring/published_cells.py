"""An attacker who has everything that a campaign publishes and infers the content of *published* small cells.

A small cell shows its n and its mean; the spread of its family, told in steps, narrows what it can hold. This attacker
goes through every content of each cell that agrees with the document, as somebody from outside, or as members who put
their own answers together. A cell is *certain* when one content is left.
"""

import bisect
import itertools
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from typing import Any

Content = tuple[int, ...]  # the levels of a cell, sorted
Answers = Mapping[str, Sequence[int]]  # the answers that the attacker knows, by skill

DEFAULT_SPREAD = Fraction(3, 8)
STEPS = range(1, 5)


@dataclass(frozen=True)
class Cell:
    """What a document says of a small cell: how many levels, and their sum."""

    skill: str
    n: int
    total: int
    levels: tuple[int, ...]

    def contents(self, known: Sequence[int] = ()) -> dict[int, list[Content]]:
        """What it can hold, those answers being in it, by n·Σ(x − m)²: what its variance is n(n − 1) times."""
        return contents(self.n, self.total, self.levels, tuple(sorted(known)))


@cache
def contents(n: int, total: int, levels: tuple[int, ...], known: Content) -> dict[int, list[Content]]:
    found: dict[int, list[Content]] = {}
    left = total - sum(known)
    for others in itertools.combinations_with_replacement(levels, n - len(known)):
        if sum(others) == left:
            content = tuple(sorted((*others, *known)))
            found.setdefault(n * sum(x * x for x in content) - total**2, []).append(content)
    return found


@dataclass(frozen=True)
class Group:
    """Small cells whose spread is told together, with what they add to it; no bounds: nothing is told of them."""

    cells: tuple[Cell, ...]
    beside: Fraction = Fraction(0)  # Σ s² of the cells of the same mean whose detail is published
    low: Fraction | None = None  # Σ s² of all the cells together is at least this…
    high: Fraction | None = None  # … and under that
    known: Answers = field(default_factory=dict)

    def certain(self) -> tuple[bool, ...]:
        """Whether each cell has one content left."""
        known = tuple(tuple(sorted(self.known.get(cell.skill, ()))) for cell in self.cells)
        return certain(self.cells, known, self.beside, self.low, self.high)


@cache
def certain(
    cells: tuple[Cell, ...],
    known: tuple[Content, ...],
    beside: Fraction,
    low: Fraction | None,
    high: Fraction | None,
) -> tuple[bool, ...]:
    """Whether each cell has one content left; variances are brought to whole numbers, with one denominator."""
    scale = math.lcm(beside.denominator, *(cell.n * (cell.n - 1) for cell in cells))
    possible = [
        {squares * scale // (cell.n * (cell.n - 1)): found for squares, found in cell.contents(own).items()}
        for cell, own in zip(cells, known, strict=True)
    ]
    least = -1 if low is None else math.ceil(low * scale)
    most = math.inf if high is None else math.ceil(high * scale)
    found = []
    for place, own in enumerate(possible):
        others = [list(ways) for other, ways in enumerate(possible) if other != place]
        sums = sorted(together(others, int(beside * scale)))
        left = [squares for squares in own if any_between(sums, least - squares, most - squares)]
        found.append(len(left) == 1 and len(own[left[0]]) == 1)
    return tuple(found)


def together(ways: list[list[int]], start: int) -> set[int]:
    sums = {start}
    for one in ways:
        sums = {squares + known for squares in one for known in sums}
    return sums


def any_between(ordered: list[int], low: float, high: float) -> bool:
    place = bisect.bisect_left(ordered, low)
    return place < len(ordered) and ordered[place] < high


def groups(
    document: Mapping[str, Any], levels: tuple[int, ...], known: Mapping[str, Answers] | None = None
) -> Iterator[Group]:
    """The small cells of a document, with what its spreads tell of them; default conventions, no skill of weight 0.

    ``known`` has, by college, the answers that the attacker knows.
    """
    for college in document["respondents"]:
        answers = (known or {}).get(college, {})
        published = [row for row in document["skills"] if row["college"] == college and row["published"]]
        small = [cell_of(row, levels) for row in published if row["n"] < 10]
        for row in document["families"]:
            if row["college"] == college and row["published"]:
                own = [cell for cell in published if cell["family"] == row["family"]]
                yield from family_groups(row, own, small, levels, answers)


def cell_of(row: Mapping[str, Any], levels: tuple[int, ...]) -> Cell:
    return Cell(row["skill"], row["n"], round(row["mean"] * row["n"]), levels)


def family_groups(
    row: Mapping[str, Any], own: list[Any], small: list[Cell], levels: tuple[int, ...], known: Answers
) -> Iterator[Group]:
    """By the rule of its spread: of three small cells or more, their step; of fewer, nothing or the college's step."""
    mine = tuple(cell for cell in small if cell.skill in {cell["skill"] for cell in own})
    large = [variance_of(cell, levels) for cell in own if cell["n"] >= 10]
    if len(mine) >= 3:
        yield Group(mine, sum(large, Fraction(0)), *bounds(row, len(mine) + len(large), levels), known)
    elif mine and not large and len(small) >= 3:
        yield Group(tuple(small), Fraction(0), *bounds(row, len(small), levels, at_least=DEFAULT_SPREAD), known)
    elif mine:
        yield Group(mine, known=known)


def variance_of(row: Mapping[str, Any], levels: tuple[int, ...]) -> Fraction:
    """The variance of a cell whose distribution is published."""
    counts = dict(zip(levels, row["distribution"], strict=True))
    n, total = sum(counts.values()), sum(x * count for x, count in counts.items())
    return Fraction(n * sum(x * x * count for x, count in counts.items()) - total**2, n * (n - 1))


def bounds(
    row: Mapping[str, Any], cells: int, levels: tuple[int, ...], at_least: Fraction = Fraction(0)
) -> tuple[Fraction | None, Fraction | None]:
    """Between what and what Σ s² is, when the step of its mean, or ``at_least``, is the spread that is published."""
    if row["spread"] is None:
        return None, None
    step = round(row["spread"] * 8 / (levels[-1] - levels[0]))
    low, high = (None if edge is None else edge * cells for edge in around(step, levels))
    return (None if step <= 8 * at_least else low), high


def around(step: int, levels: tuple[int, ...]) -> tuple[Fraction | None, Fraction | None]:
    """Between what and what a mean variance is when it is told as that step; nothing under the first, over the last."""
    low, high = (Fraction((2 * j - 1) * (levels[-1] - levels[0]), 16) ** 2 for j in (step, step + 1))
    return (None if step == STEPS[0] else low), (None if step == STEPS[-1] else high)


def edges(variance: Fraction, levels: tuple[int, ...]) -> tuple[Fraction | None, Fraction | None]:
    """Between what and what a mean variance is known to be, once it is told as a step."""
    steps = (around(step, levels) for step in STEPS)
    return next((low, high) for low, high in steps if high is None or variance < high)


# Those who know more than the document


def of_members(
    rows: Iterable[Mapping[str, Any]], skills: Sequence[str], members: int
) -> dict[str, dict[str, list[int]]]:
    """What the first so many people of each college know together, by college and skill."""
    known: dict[str, dict[str, list[int]]] = {}
    met: Counter[str] = Counter()
    for row in rows:
        met[row["college"]] += 1
        if met[row["college"]] <= members:
            for skill in skills:
                if isinstance(row.get(skill), int):
                    known.setdefault(row["college"], {}).setdefault(skill, []).append(row[skill])
    return known


def first_contents(cell: Cell, later: Sequence[int]) -> list[Content]:
    """What a small cell can have held, when the distribution of the same cell with more people was published later."""
    chosen = itertools.product(*(range(min(count, cell.n) + 1) for count in later))
    return [
        tuple(level for level, count in zip(cell.levels, counts, strict=True) for _ in range(count))
        for counts in chosen
        if sum(counts) == cell.n
        and sum(level * count for level, count in zip(cell.levels, counts, strict=True)) == cell.total
    ]
