"""What the published small cells of a campaign give away (method § 11), found by going through every content.

A small cell shows its n and its mean; the spread of its family, told in steps, narrows what it can hold. A content is
how many people chose each level, lowest first. Only published figures are read: whoever has them can do the same.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, reduce
from operator import or_

from scoring.figures.base import Cell
from scoring.formulas.spread import default_square, step_range, variance
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
    return [
        SameAnswer(skill, college, profile.grid.lowest + next(level for level, count in enumerate(content) if count))
        for (skill, college), content in known.items()
        if college in profile.colleges and sum(map(bool, content)) == 1
    ]


def _small_cells(profile: Profile, college: str) -> Iterator[SmallCell]:
    cells = {skill: cell for (skill, owner), cell in profile.cells.items() if owner == college and cell.small}
    scale = math.lcm(*(cell.n * (cell.n - 1) for cell in cells.values()))
    ways = {skill: _ways(cell, profile, scale) for skill, cell in cells.items()}
    groups, before = list(_groups(profile, college, tuple(cells))), None
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
            beside, own = sum(map(variance, large), Fraction(0)), tuple(skill for skill in used if skill in small)
            yield _group(own, step_range(spread.square, profile.levels), len(used), beside)
        elif spread and spread.rule == 4:
            floor = default_square(profile.levels, profile.rules)
            yield _group(small, step_range(spread.square, profile.levels, floor), len(small), Fraction(0))


def _group(skills: tuple[str, ...], limits: tuple[Fraction, Fraction | None], count: int, beside: Fraction) -> _Group:
    """From the limits of the mean variance of so many cells, ``beside`` being the sum of those known whole."""
    low, high = limits
    return _Group(skills, low * count - beside, None if high is None else high * count - beside)


def _narrowed(group: _Group, ways: Mapping[str, Ways], scale: int) -> dict[str, Ways]:
    """What is left of each cell: the variances with which some variances of the others agree."""
    low, high = (None if edge is None else math.ceil(edge * scale) for edge in (group.low, group.high))
    found: dict[str, Ways] = {}
    for skill in group.skills:
        others = _sums(ways[other] for other in group.skills if other != skill)
        found[skill] = {
            own: some
            for own, some in ways[skill].items()
            if _any_between(others, (low or 0) - own, None if high is None else high - own)
        }
    return found


def _sums(some: Iterable[Ways]) -> int:
    """Every sum of one variance of each, as the bits of a number."""
    return reduce(lambda sums, ways: reduce(or_, (sums << one for one in ways)), some, 1)


def _any_between(bits: int, low: int, high: int | None) -> bool:
    start = max(low, 0)
    if high is None:
        return bits >> start != 0
    return high > start and bits >> start & (1 << high - start) - 1 != 0
