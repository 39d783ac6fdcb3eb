"""Exact arithmetic: a setting written 0.1 means one tenth, not the nearest binary number."""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import lcm

Number = int | float | Fraction


@lru_cache(maxsize=4096)
def exact(number: Number) -> Fraction:
    """Return the number, as it is written in decimals, as a fraction.

    >>> exact(0.1), exact(2)
    (Fraction(1, 10), Fraction(2, 1))
    """
    return Fraction(str(number)) if isinstance(number, float) else Fraction(number)


def total(numbers: Sequence[Fraction]) -> Fraction:
    """Return the sum of fractions, reduced once rather than at each addition.

    >>> total([Fraction(1, 2), Fraction(1, 3)])
    Fraction(5, 6)
    """
    unit = lcm(*(number.denominator for number in numbers))
    return Fraction(sum(number.numerator * (unit // number.denominator) for number in numbers), unit)
