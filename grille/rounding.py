"""Rounding of every figure that is shown (method § 10): half up, once, from the exact figure. No library is loaded."""

import math
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache


def decimals(levels: int) -> int:
    """Return the number of decimals of a score, for a scale of so many levels. Where a change is shown, add one.

    >>> decimals(5), decimals(3)
    (1, 2)
    """
    return 1 if levels >= 4 else 2


def exact(figure: float | Fraction | Decimal) -> Fraction:
    """Return the figure as it is written: 0.1 is one tenth, not the nearest binary number.

    >>> exact(0.1), exact(Decimal("2.50"))
    (Fraction(1, 10), Fraction(5, 2))
    """
    return Fraction(figure) if isinstance(figure, Fraction | Decimal) else Fraction(repr(float(figure)))


@lru_cache(4096, typed=True)  # a float is rounded as it is written, an equal fraction is not
def half_up(figure: float | Fraction | Decimal, places: int) -> Decimal:
    """Return the figure x rounded to d decimals, ⌊10^d·x + ½⌋ / 10^d; halves go up, negative ones too.

    >>> half_up(Fraction(17, 8), 2), half_up(Fraction(-1, 8), 2), half_up(2.25, 1)
    (Decimal('2.13'), Decimal('-0.12'), Decimal('2.3'))
    """
    return Decimal(math.floor(exact(figure) * 10**places + Fraction(1, 2))).scaleb(-places)
