"""Student's t with non-integer degrees of freedom, and the degrees of freedom of a sum of independent variances."""

import math
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache

from scoring.statistics.exact import Number

Part = tuple[Fraction, Number]
"""An independent part of a variance, with its degrees of freedom."""


@lru_cache(maxsize=4096)
def t_quantile(probability: Number, degrees: Number) -> float:
    """Return Student's quantile t(p; ν): a variable with ν degrees of freedom is at most that with probability p.

    >>> round(t_quantile(0.975, 4), 3), round(t_quantile(Fraction(39, 40), Fraction(60, 11)), 4)
    (2.776, 2.5075)
    """
    from scipy import special  # imported only to compute an interval: it is slow to load

    return float(special.stdtrit(float(degrees), float(probability)))


def two_sided(confidence: Number, degrees: Number) -> float:
    """Return how many standard errors a two-sided interval has on each side: t((1 + confidence)/2; ν).

    >>> round(two_sided(0.95, 4), 3)
    2.776
    """
    return t_quantile((1 + confidence) / 2, degrees)


def welch(parts: Iterable[Part]) -> float | None:
    """Return the degrees of freedom of a sum of independent variances, (ΣV)² / Σ(V²/ν) over V > 0; None without V > 0.

    Welch, B. L. (1947), Biometrika 34, 28–35; Satterthwaite, F. E. (1946), Biometrics Bulletin 2, 110–114.

    >>> welch([(Fraction(1, 10), 9), (Fraction(1, 10), 9), (Fraction(0), 1)])
    18.0
    """
    positive = [(variance, degrees) for variance, degrees in parts if variance]
    if not positive:
        return None
    whole = sum((variance for variance, _ in positive), Fraction(0))
    return 1 / sum(float(variance / whole) ** 2 / float(degrees) for variance, degrees in positive)


def root(square: Fraction) -> float:
    """Return the square root of an exact fraction, as the nearest float.

    >>> root(Fraction(1, 4))
    0.5
    """
    return math.sqrt(square)
