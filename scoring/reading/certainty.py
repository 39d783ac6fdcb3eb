"""What the published small cells of a campaign give away (method § 11), found by going through every content.

A small cell shows its n and its mean; the spread of its family, told in steps, narrows what it can hold. A content is
how many people chose each level, lowest first. Only published figures are read: whoever has them can do the same.
"""

import itertools
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, reduce
from operator import or_

from scoring.figures.base import Cell
from scoring.formulas import spread as spreads
from scoring.profile import Profile

Content = tuple[int, ...]
Ways = Mapping[int, Sequence[Content]]
"""The contents of a cell by their variance, in whole parts of a level squared."""


@dataclass(frozen=True)
class SmallCell:
    """A published small cell, and the contents that agree with everything that is published."""

    skill: str
    college: str
    n: int
    contents: tuple[Content, ...]

    @property
    def certain(self) -> bool:
        """Whether somebody from outside knows how many people chose each level."""
        return len(self.contents) == 1

    @property
    def members(self) -> int:
        """How many of its people, at most, know what all the others answered: their own level settles the content.

        >>> SmallCell("A-1", "elus", 5, ((4, 0, 1), (3, 2, 0))).members
        2
        """
        found = Counter(level for content in self.contents for level, count in enumerate(content) if count)
        return max(sum(count for level, count in enumerate(content) if found[level] == 1) for content in self.contents)


@dataclass(frozen=True)
class SameAnswer:
    """A published cell whose figures say that everybody gave the same level: each person's answer is known."""

    skill: str
    college: str
    level: int


@dataclass(frozen=True)
class _Group:
    """Small cells whose variances add up to ``low`` at least, and to less than ``high`` if there is one."""

    skills: tuple[str, ...]
    low: Fraction
    high: Fraction | None


def small_cells(profile: Profile) -> list[SmallCell]:
    """Every published small cell, college by college; workshops, which speak aloud, are left out."""
    return [cell for college in profile.colleges for cell in _small_cells(profile, college)]


def same_answers(profile: Profile) -> list[SameAnswer]:
    """The published cells where everybody gave the same level, for anyone to see."""
    known = {(one.skill, one.college): one.contents[0] for one in small_cells(profile) if one.certain}
    known |= {place: cell.detail.counts for place, cell in profile.cells.items() if cell.detail}
    lowest, places = profile.grid.lowest, itertools.product((one.code for one in profile.grid.skills), profile.colleges)
    return [
        SameAnswer(*place, lowest + next(level for level, count in enumerate(known[place]) if count))
        for place in places
        if sum(map(bool, known.get(place, ()))) == 1
    ]


def _small_cells(profile: Profile, college: str) -> Iterator[SmallCell]:
    cells = {skill: cell for (skill, owner), cell in profile.cells.items() if owner == college and cell.small}
    scale = math.lcm(*(cell.n * (cell.n - 1) for cell in cells.values()))
    ways = {skill: _ways(cell, profile, scale) for skill, cell in cells.items()}
    groups, before = set(_groups(profile, college, tuple(cells))), None
    while before != ways:
        before = ways
        for one in groups:
            ways = ways | _narrowed(one, ways, scale)
    for skill, cell in cells.items():
        yield SmallCell(skill, college, cell.n, tuple(one for found in ways[skill].values() for one in found))


def _ways(cell: Cell, profile: Profile, scale: int) -> Ways:
    """What a cell can hold when its mean alone is known."""
    total = int((cell.mean - profile.grid.lowest) * cell.n)
    found: dict[int, list[Content]] = {}
    for content in contents(cell.n, total, profile.levels):
        squares = cell.n * sum(level * level * count for level, count in enumerate(content)) - total**2
        found.setdefault(squares * scale // (cell.n * (cell.n - 1)), []).append(content)
    return found


@cache
def contents(n: int, total: int, levels: int) -> tuple[Content, ...]:
    """Every way for ``n`` people to choose among so many levels, counted from 0, that adds up to ``total``.

    >>> contents(2, 2, 3)
    ((0, 2, 0), (1, 0, 1))
    """
    if levels == 1:
        return () if total else ((n,),)
    top = levels - 1
    return tuple(
        (*lower, count)
        for count in range(min(n, total // top) + 1)
        for lower in contents(n - count, total - top * count, top)
    )


def _groups(profile: Profile, college: str, small: tuple[str, ...]) -> Iterator[_Group]:
    """What each published spread tells of small cells: rules 2 and 4 of the method's § 4."""
    for family in profile.grid.families:
        spread = profile.spread(family.code, college)
        if spread and spread.rule == 2:
            used = profile.scores[family.code, college].weights
            large = [cell for skill in used if (cell := profile.cells[skill, college].detail)]
            beside, own = (
                sum(map(spreads.variance, large), Fraction(0)),
                tuple(skill for skill in small if skill in used),
            )
            yield _group(own, spreads.step_range(spread.square, profile.levels), len(used), beside)
        elif spread and spread.rule == 4:
            floor = spreads.default_square(profile.levels, profile.rules)
            yield _group(small, spreads.step_range(spread.square, profile.levels, floor), len(small), Fraction(0))


def _group(skills: tuple[str, ...], limits: tuple[Fraction, Fraction | None], count: int, beside: Fraction) -> _Group:
    """From the limits of the mean variance of so many cells, ``beside`` being the sum of those known whole."""
    low, high = limits
    return _Group(skills, low * count - beside, None if high is None else high * count - beside)


def _narrowed(group: _Group, ways: Mapping[str, Ways], scale: int) -> dict[str, Ways]:
    """What is left of each cell: the variances with which some variances of the others agree."""
    low, high = (None if edge is None else math.ceil(edge * scale) for edge in (group.low, group.high))
    return {
        skill: {
            own: some
            for own, some in ways[skill].items()
            if _any_between(others, (low or 0) - own, None if high is None else high - own)
        }
        for skill, others in _sums_without_each({skill: ways[skill] for skill in group.skills}, 1)
    }


def _sums_without_each(ways: Mapping[str, Ways], sums: int) -> Iterator[tuple[str, int]]:
    """For each cell, every sum of one variance of each other and of ``sums``, as the bits of a number.

    Halves are added to one another, so that no cell is added to each of the others.
    """
    if len(ways) == 1:
        yield next(iter(ways)), sums
        return
    cells = list(ways.items())
    halves = dict(cells[: len(cells) // 2]), dict(cells[len(cells) // 2 :])
    for own, other in (halves, halves[::-1]):
        yield from _sums_without_each(own, reduce(_added, other.values(), sums))


def _added(sums: int, ways: Ways) -> int:
    """Every sum of one of these sums and of one variance."""
    return reduce(or_, (sums << variance for variance in ways))


def _any_between(bits: int, low: int, high: int | None) -> bool:
    start = max(low, 0)
    if high is None:
        return bits >> start != 0
    return high > start and bits >> start & (1 << high - start) - 1 != 0
