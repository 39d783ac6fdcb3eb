"""§ 7: the three words for agreement, by going through every set of answers that n people can give."""

import itertools
import math
from collections import Counter
from fractions import Fraction
from functools import cache
from typing import Any

CONVERGENT, SHARED, OPPOSED = "avis convergents", "avis partagés", "avis opposés"
EXACT_UP_TO = 20
FEW_ENOUGH = 3_000  # sets of answers that are gone through one by one


def average_deviation(levels: list[int] | tuple[int, ...]) -> Fraction:
    n, total = len(levels), sum(levels)
    return Fraction(sum(abs(n * x - total) for x in levels), n * n)


def word(levels: list[int], scale: list[int], rules: dict[str, Any]) -> str | None:
    n, found = len(levels), average_deviation(levels)
    if n == 1:
        return None
    limit = Fraction(len(scale), rules["agreement_divisor"])
    if n <= EXACT_UP_TO:
        by_chance = largest_by_chance(len(scale), n, Fraction(str(rules["agreement_chance"])))
        limit = min(limit, Fraction(-1) if by_chance is None else by_chance)
    if found <= limit:
        return CONVERGENT
    opposed = Fraction(str(rules["opposed_share"])) * (len(scale) - 1) / 2
    return OPPOSED if found >= opposed else SHARED


@cache
def largest_by_chance(scale: int, n: int, chance: Fraction) -> Fraction | None:
    """The largest AD that n answers at random reach or stay under with that chance at most; None when none is."""
    ways, so_far, largest = chances(scale, n), 0, None
    for deviation in sorted(ways):
        so_far += ways[deviation]
        if Fraction(so_far, scale**n) > chance:
            break
        largest = deviation
    return largest


@cache
def chances(scale: int, n: int) -> Counter[Fraction]:
    """In how many ways n people, who each take one of the levels, come to each AD."""
    few = math.comb(n + scale - 1, n) <= FEW_ENOUGH
    return one_by_one(scale, n) if few else by_people_below(scale, n)


def one_by_one(scale: int, n: int) -> Counter[Fraction]:
    ways: Counter[Fraction] = Counter()
    for levels in itertools.combinations_with_replacement(range(scale), n):
        orders = math.factorial(n)
        for count in Counter(levels).values():
            orders //= math.factorial(count)
        ways[average_deviation(levels)] += orders
    return ways


def by_people_below(scale: int, n: int) -> Counter[Fraction]:
    """For each total, how many people are below the mean and with what sum: n²·AD = 2(bT − nS)."""
    ways: Counter[int] = Counter()  # by n²·AD
    for total in range(n * (scale - 1) + 1):
        below = [x for x in range(scale) if n * x < total]
        above = [x for x in range(scale) if n * x >= total]
        for b in range(n + 1):
            low, high = sums(tuple(below), b), sums(tuple(above), n - b)
            for part, count in low.items():
                ways[2 * (b * total - n * part)] += math.comb(n, b) * count * high[total - part]
    return Counter({Fraction(deviation, n * n): count for deviation, count in ways.items() if count})


@cache
def sums(levels: tuple[int, ...], people: int) -> Counter[int]:
    """In how many ways so many people, each at one of the levels, come to each sum."""
    if people == 0:
        return Counter({0: 1})
    found: Counter[int] = Counter()
    for part, count in sums(levels, people - 1).items():
        for level in levels:
            found[part + level] += count
    return found
