"""What a programme learns of its territories' published results: where they stand, what changed, what is weak in many.

Only published figures come in, so nothing here tells more than the territories' own pages; no territory is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import comb, sqrt
from statistics import NormalDist, median, quantiles
from typing import Final

from grille import Grid, Skill
from restitution.chart_data.radar import Axis, axes_of
from restitution.text.language import gettext as _
from restitution.text.numbers import decimal, decimals, share
from restitution.text.sentences import DOWN, UP

FEWEST: Final = 8
"""Territories under which nothing is told of all of them: one could be recognised."""

FALSE_WORD: Final = Fraction(1, 20)
"""The share of pages on which a « nette » may be false, at most: the promise of the method (docs/method.md § 7)."""

_RISK: Final = Fraction(1, 20)
_NORMAL: Final = NormalDist().inv_cdf(0.975)
"""Of the 95 % interval of a share (Wilson 1927)."""


@dataclass(frozen=True)
class PublishedFigures:
    """The published results of one territory: scores by family, words since the year before, skills by code.

    ``before`` has the scores of the campaign before. ``skills`` has, by these words, those that are weak, strong, apart
    (colleges far from one another) or unseen (a quarter of a college cannot judge them); ``known`` all that have a mean
    of the territory.
    """

    scores: Mapping[str, Fraction]
    before: Mapping[str, Fraction] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    skills: Mapping[str, frozenset[str]] = field(default_factory=dict)
    known: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Spread:
    """The scores of a family in the territories, lowest first, and the ends of their middle half.

    ``before`` is the median of the campaigns before, of the same territories; None if fewer than ``FEWEST`` have one.
    """

    axis: Axis
    values: tuple[Fraction, ...]
    before: Fraction | None = None
    places: int = 1

    @property
    def middle(self) -> Fraction:
        """The median."""
        return Fraction(median(self.values))

    @property
    def half(self) -> tuple[Fraction, Fraction]:
        """The quartiles: a quarter of the territories is below the first, a quarter above the second."""
        low, _middle, high = quantiles(self.values, n=4, method="inclusive")
        return Fraction(low), Fraction(high)

    @property
    def texts(self) -> tuple[str, str, str, str]:
        """The first quartile, the median, the third quartile and the median of before, as printed."""
        low, high = self.half
        known = [decimal(value, self.places) for value in (low, self.middle, high)]
        return known[0], known[1], known[2], "" if self.before is None else decimal(self.before, self.places)


@dataclass(frozen=True)
class WordCount:
    """How many territories have a word for a family, of those that have any, since the year before.

    ``by_chance`` tells that so many may be due to chance alone.
    """

    axis: Axis
    word: str
    count: int
    of: int
    by_chance: bool

    @property
    def ends(self) -> tuple[float, float]:
        """The interval of the share, 0 to 1."""
        return share_interval(self.count, self.of)

    @property
    def said(self) -> str:
        """The word in the reader's language."""
        return _(self.word)

    @property
    def interval_text(self) -> str:
        """The interval as printed."""
        low, high = self.ends
        return _("de %(low)s à %(high)s", low=share(low), high=share(high))


@dataclass(frozen=True)
class SkillCount:
    """In how many territories a skill is weak, strong, apart or unseen, of those where it has a mean."""

    axis: Axis
    skill: Skill
    count: int
    of: int

    @property
    def share(self) -> Fraction:
        """The share of the territories."""
        return Fraction(self.count, self.of)


def spreads(grid: Grid, territories: Sequence[PublishedFigures]) -> list[Spread]:
    """Return the families that at least ``FEWEST`` territories have a score for, in the order of the grid."""
    found = []
    for axis in axes_of(grid):
        values = sorted(one.scores[axis.code] for one in territories if axis.code in one.scores)
        then = [one.before[axis.code] for one in territories if axis.code in one.scores and axis.code in one.before]
        if len(values) >= FEWEST:
            before = Fraction(median(then)) if len(then) >= FEWEST else None
            found.append(Spread(axis, tuple(values), before, decimals(len(grid.levels))))
    return found


def word_counts(grid: Grid, territories: Sequence[PublishedFigures]) -> list[WordCount]:
    """Return how many territories clearly rise, then fall, in each family that ``FEWEST`` of them compare."""
    axes = axes_of(grid)
    found = []
    for axis in axes:
        words = [one.words[axis.code] for one in territories if axis.code in one.words]
        if len(words) < FEWEST:
            continue
        for word in (UP, DOWN):
            count = words.count(word)
            found.append(WordCount(axis, word, count, len(words), count <= most_by_chance(len(words), 2 * len(axes))))
    return found


def most_by_chance(territories: int, questions: int) -> int:
    """Return the largest number of territories that may have a word although nothing has changed anywhere.

    The smallest ``c`` such that more than ``c`` of ``territories`` false words, each with the probability
    ``FALSE_WORD``, come with a probability of at most 1/20 divided by ``questions`` (Bonferroni).

    >>> [most_by_chance(n, 10) for n in (8, 19, 100, 1250)]
    [3, 4, 11, 83]
    """
    # In whole numbers, so that a thousand territories cost no more than eight: all are out of ``whole``.
    false, true = FALSE_WORD.numerator, FALSE_WORD.denominator - FALSE_WORD.numerator
    whole = tail = FALSE_WORD.denominator**territories
    for count in range(territories + 1):
        tail -= comb(territories, count) * false**count * true ** (territories - count)
        if tail * questions * _RISK.denominator <= whole * _RISK.numerator:
            return count
    return territories


def share_interval(count: int, of: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson), 0 to 1.

    >>> [round(end, 3) for end in share_interval(6, 14)], [round(end, 3) for end in share_interval(0, 8)]
    ([0.214, 0.674], [0.0, 0.324])
    """
    part, z = count / of, _NORMAL
    middle = (part + z * z / (2 * of)) / (1 + z * z / of)
    around = z / (1 + z * z / of) * sqrt(part * (1 - part) / of + z * z / (4 * of * of))
    return max(middle - around, 0.0), min(middle + around, 1.0)


def often(grid: Grid, territories: Sequence[PublishedFigures], what: str, most: int = 5) -> list[SkillCount]:
    """Return the skills that are ``what`` in the most territories, of those that ``FEWEST`` territories know.

    At least ``most`` of them if there are as many, and all those that are so as often as the last one.
    """
    found = [
        SkillCount(axis, skill, sum(skill.code in one.skills.get(what, ()) for one in territories), known)
        for axis, family in zip(axes_of(grid), grid.families, strict=True)
        for skill in family.skills
        if (known := sum(skill.code in one.known for one in territories)) >= FEWEST
    ]
    ranked = sorted((one for one in found if one.count), key=lambda one: -one.share)
    return [one for one in ranked if len(ranked) <= most or one.share >= ranked[most - 1].share]
