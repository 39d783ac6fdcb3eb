"""What the published small cells of a campaign disclose (method § 11), by an exhaustive search of their contents.

The content of a cell is the number of people who chose each level, lowest first. A small cell shows its n and its mean;
the spread of its family, published in steps, excludes some contents. Only published figures are used, as anybody who
has them could do.
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
"""The possible contents of a cell by their variance, an integer number of parts of a squared level."""


@dataclass(frozen=True)
class SmallCell:
    """A published small cell, and the contents that are consistent with everything published."""

    skill: str
    college: str
    n: int
    contents: tuple[Content, ...]

    @property
    def certain(self) -> bool:
        """Whether anybody can know how many people chose each level."""
        return len(self.contents) == 1

    @property
    def members(self) -> int:
        """The largest number of its people who can know all the answers, since their own level leaves one content only.

        >>> SmallCell("A-1", "elus", 5, ((4, 0, 1), (3, 2, 0))).members
        2
        """
        found = Counter(level for content in self.contents for level, count in enumerate(content) if count)
        return max(sum(count for level, count in enumerate(content) if found[level] == 1) for content in self.contents)


@dataclass(frozen=True)
class SameAnswer:
    """A published cell whose figures disclose that everybody gave the same level, so that each answer is known."""

    skill: str
    college: str
    level: int


@dataclass(frozen=True)
class _Group:
    """Small cells whose variances have a sum of at least ``low``, and less than ``high`` if there is one."""

    skills: tuple[str, ...]
    low: Fraction
    high: Fraction | None


def small_cells(profile: Profile) -> list[SmallCell]:
    """Return the published small cells, by college; workshops, whose answers are given in public, are left out."""
    return [cell for college in profile.colleges for cell in _small_cells(profile, college)]


def same_answers(profile: Profile) -> list[SameAnswer]:
    """Return the published cells whose figures disclose that everybody gave the same level."""
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
    """Return the possible contents of a cell when only its mean is known."""
    total = int((cell.mean - profile.grid.lowest) * cell.n)
    found: dict[int, list[Content]] = {}
    for content in contents(cell.n, total, profile.levels):
        squares = cell.n * sum(level * level * count for level, count in enumerate(content)) - total**2
        found.setdefault(squares * scale // (cell.n * (cell.n - 1)), []).append(content)
    return found


@cache
def contents(n: int, total: int, levels: int) -> tuple[Content, ...]:
    """Return the contents of ``n`` answers on so many levels, counted from 0, whose sum is ``total``.

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
    """Yield the limits that each published spread sets to small cells (rules 2 and 4 of § 4)."""
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
    """Return the group of these skills, from the limits of the mean variance of ``count`` cells.

    ``beside`` is the sum of the variances of those that are published in detail.
    """
    low, high = limits
    return _Group(skills, low * count - beside, None if high is None else high * count - beside)


def _narrowed(group: _Group, ways: Mapping[str, Ways], scale: int) -> dict[str, Ways]:
    """Return the contents left for each cell: those whose variance is possible with some variances of the others."""
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
    """Yield each cell with the possible sums of ``sums`` and a variance of each other cell, as bits of an integer.

    The cells are divided in halves, recursively, so that each sum of a half is computed once.
    """
    if len(ways) == 1:
        yield next(iter(ways)), sums
        return
    cells = list(ways.items())
    halves = dict(cells[: len(cells) // 2]), dict(cells[len(cells) // 2 :])
    for own, other in (halves, halves[::-1]):
        yield from _sums_without_each(own, reduce(_added, other.values(), sums))


def _added(sums: int, ways: Ways) -> int:
    """Return the sums of one of ``sums`` and one variance, as the bits of an integer."""
    return reduce(or_, (sums << variance for variance in ways))


def _any_between(bits: int, low: int, high: int | None) -> bool:
    start = max(low, 0)
    if high is None:
        return bits >> start != 0
    return high > start and bits >> start & (1 << high - start) - 1 != 0
