"""Words for agreement: how often random answers are called convergent, and opposed camps are recognised."""

import math
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Final

import numpy as np

from benchmarks.method.edition_2 import DETAIL, TINY, Array, Scale
from benchmarks.method.people import SHAPES, Opinion, generator
from benchmarks.method.tables import percent, table

DIVISOR: Final = 6
CHANCE: Final = 0.05
OPPOSED: Final = 5 / 8
BY_CHANCE_UP_TO: Final = 20
SCALE: Final = Scale()
SIZES: Final = (DETAIL, 11, 12, 13, 15, 20, 30)
OPINIONS: Final = {
    "au hasard": (0.2,) * 5,
    "une bosse au milieu": SHAPES["au milieu"],
    "une bosse en bas": SHAPES["en bas"],
    "une pente": SHAPES["en pente"],
    "deux camps": SHAPES["aux deux bouts"],
    "deux camps nets": SHAPES["en U"],
}
CONVERGENT, SHARED, OPPOSED_WORD = "avis convergents", "avis partagés", "avis opposés"


@cache
def largest_by_chance(scale: Scale, n: int) -> Fraction | None:
    """Return the largest AD that n random answers reach or fall below at most 5 times in 100; ``None`` if none.

    >>> [str(largest_by_chance(Scale(), n)) for n in (10, 11, 12, 13)]
    ['37/50', '96/121', '59/72', '140/169']
    """
    chances = _deviations(scale, n)
    reached, found = 0.0, None
    for squares in sorted(chances):
        reached += chances[squares]
        if reached > CHANCE:
            break
        found = Fraction(squares, n * n)
    return found


def _deviations(scale: Scale, n: int) -> dict[int, float]:
    """Return the probability of each n²·AD of n random answers.

    Summed over b answers below the mean, with sum S, and the others above it.
    """
    found: dict[int, float] = {}
    for total in range(n * scale.range + 1):
        cut = -(-total // n)  # levels under the mean are those under this one
        below, above = _sums(scale, 0, cut, n), _sums(scale, cut, scale.levels, n)
        for b in range(n):
            for s, ways in below[b].items():
                if share := math.comb(n, b) * ways * above[n - b].get(total - s, 0.0):
                    key = 2 * (b * total - n * s)
                    found[key] = found.get(key, 0.0) + share
    return found


@cache
def _sums(scale: Scale, lowest: int, end: int, n: int) -> list[dict[int, float]]:
    """Return the probabilities of the sums of 0, 1, … n random answers, all between lowest and end − 1."""
    found: list[dict[int, float]] = [{0: 1.0}]
    for _ in range(n):
        longer: dict[int, float] = {}
        for total, share in found[-1].items():
            for level in range(lowest, end):
                longer[total + level] = longer.get(total + level, 0.0) + share / scale.levels
        found.append(longer)
    return found


def words(levels: Array, scale: Scale) -> dict[str, float]:
    """Return the share of each word among groups of answers (groups × people)."""
    n = levels.shape[-1]
    deviation = np.abs(levels - levels.mean(-1, keepdims=True)).mean(-1)
    limits = [scale.levels / DIVISOR]
    if n <= BY_CHANCE_UP_TO:
        limits.append(float(largest_by_chance(scale, n) or -1))
    convergent = deviation <= min(limits) + TINY
    opposed = ~convergent & (deviation >= OPPOSED * scale.range / 2 - TINY)
    shares = {CONVERGENT: float(convergent.mean()), OPPOSED_WORD: float(opposed.mean())}
    return shares | {SHARED: 1 - sum(shares.values())}


def drawn(opinion: str, n: int, groups: int) -> dict[str, float]:
    """Return the share of each word among many groups of n people of one opinion."""
    place = list(OPINIONS).index(opinion)
    return words(Opinion(OPINIONS[opinion]).draw(generator(7, place, n), (groups, n)), SCALE)


def report(groups: int) -> Iterator[str]:
    """Yield the lines of the table: convergents / opposés, in per cent."""
    yield from table("accord", ("opinions", *(f"n = {n}" for n in SIZES)), _lines(groups))


def _lines(groups: int) -> Iterator[list[str]]:
    for opinion in OPINIONS:
        found = [drawn(opinion, n, groups) for n in SIZES]
        yield [opinion, *(f"{percent(one[CONVERGENT])} / {percent(one[OPPOSED_WORD])}" for one in found)]
