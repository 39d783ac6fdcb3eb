"""Estimates with their uncertainty: Student's t, and the sums and differences of independent estimates."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property


@dataclass(frozen=True)
class Estimate:
    """A figure, in levels, and the independent parts of its variance, each with its degrees of freedom.

    ``parts`` is None when the uncertainty is unknown (too few answers).

    >>> elus = Estimate(Fraction(2), ((Fraction(1, 10), 9),))
    >>> agents = Estimate(Fraction(3), ((Fraction(1, 10), 9),))
    >>> gap = combine([(Fraction(1), agents), (Fraction(-1), elus)])
    >>> gap.value, gap.variance, gap.degrees
    (Fraction(1, 1), Fraction(1, 5), 18.0)
    """

    value: Fraction
    parts: tuple[tuple[Fraction, int], ...] | None

    @cached_property
    def variance(self) -> Fraction | None:
        """The variance, in levels², the sum of its independent parts; None when it is unknown."""
        return None if self.parts is None else sum((variance for variance, _ in self.parts), Fraction(0))

    @cached_property
    def degrees(self) -> float | None:
        """The Welch–Satterthwaite degrees of freedom, (Σv)² / Σ(v²/ν); None when the variance is zero or unknown.

        Welch, B. L. (1947), Biometrika 34, 28–35; Satterthwaite, F. E. (1946), Biometrics Bulletin 2, 110–114.
        """
        if not self.variance or self.parts is None:
            return None
        shares = [(float(variance / self.variance), degrees) for variance, degrees in self.parts]
        return 1 / sum(share**2 / degrees for share, degrees in shares)

    def interval(self, confidence: float) -> tuple[float, float] | None:
        """Return value ± t·√variance, in levels; both ends equal when the variance is zero, None when it is unknown."""
        if self.variance is None:
            return None
        margin = 0.0 if self.degrees is None else quantile(confidence, self.degrees) * math.sqrt(self.variance)
        return float(self.value) - margin, float(self.value) + margin

    def p_value(self) -> float | None:
        """Return the two-sided p-value of « the true figure is zero »; None when the variance is unknown."""
        if self.variance is None:
            return None
        if self.degrees is None:
            return float(self.value == 0)
        return _two_sided(float(self.value) / math.sqrt(self.variance), self.degrees)


def combine(terms: Iterable[tuple[Fraction, Estimate]]) -> Estimate:
    """Return the weighted sum Σ w·e of independent estimates, with variance Σ w²·v."""
    terms = list(terms)
    value = sum((weight * estimate.value for weight, estimate in terms), Fraction(0))
    parts: list[tuple[Fraction, int]] = []
    for weight, estimate in terms:
        if estimate.parts is None:
            return Estimate(value, None)
        parts.extend((weight**2 * variance, degrees) for variance, degrees in estimate.parts)
    return Estimate(value, tuple(parts))


def quantile(confidence: float, degrees: float) -> float:
    """Return how many standard errors a two-sided Student interval has on each side.

    >>> round(quantile(0.95, 4), 3)
    2.776
    """
    from scipy import special  # imported only to compute an interval: it is slow to load

    return float(special.stdtrit(degrees, (1 + confidence) / 2))


def _two_sided(t: float, degrees: float) -> float:
    from scipy import special

    return float(2 * special.stdtr(degrees, -abs(t)))


def holm(p_values: list[float]) -> list[float]:
    """Return p-values adjusted by Holm's step-down method (Holm 1979, Scandinavian Journal of Statistics 6, 65–70).

    >>> [round(p, 4) for p in holm([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    """
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[place]))
        adjusted[place] = highest
    return adjusted
