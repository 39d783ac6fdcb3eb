"""§ 10: what is shown, rounded once from the exact fraction."""

import math
from collections.abc import Sequence
from fractions import Fraction


def decimals(levels: int) -> int:
    return 1 if levels >= 4 else 2


def half_up(value: Fraction | float, places: int) -> Fraction:
    return Fraction(math.floor(10**places * Fraction(value) + Fraction(1, 2)), 10**places)


def outward(low: float, high: float, places: int) -> tuple[Fraction, Fraction]:
    """An interval, its ends rounded away from its middle."""
    return (
        Fraction(math.floor(10**places * low + 1e-9), 10**places),
        Fraction(math.ceil(10**places * high - 1e-9), 10**places),
    )


def change_shown(before: Fraction, after: Fraction, places: int) -> Fraction:
    """After as shown minus before as shown."""
    return half_up(after, places) - half_up(before, places)


def terms_shown(terms: Sequence[Fraction], places: int) -> list[Fraction]:
    """Terms that add up to their total as shown: the largest remainders go up, the first ones when equal."""
    scaled = [term * 10**places for term in terms]
    floors = [math.floor(term) for term in scaled]
    missing = int(half_up(sum(terms, Fraction(0)), places) * 10**places) - sum(floors)
    first = sorted(range(len(terms)), key=lambda place: (-(scaled[place] - floors[place]), place))[:missing]
    return [Fraction(floor + (place in first), 10**places) for place, floor in enumerate(floors)]


def level_read(score: Fraction, levels: Sequence[int]) -> tuple[int, ...]:
    """The level nearest to the score as displayed, or the two levels that it is exactly between."""
    shown = half_up(score, decimals(len(levels)))
    nearest = min(abs(shown - level) for level in levels)
    return tuple(level for level in levels if abs(shown - level) == nearest)
