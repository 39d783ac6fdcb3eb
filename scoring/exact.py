"""Numbers without rounding: a setting written 0.1 means one tenth, not the nearest binary number."""

from fractions import Fraction
from functools import lru_cache

Number = int | float | Fraction


@lru_cache(maxsize=4096)
def exact(number: Number) -> Fraction:
    """The number as it is written.

    >>> exact(0.1), exact(2)
    (Fraction(1, 10), Fraction(2, 1))
    """
    return Fraction(str(number)) if isinstance(number, float) else Fraction(number)
