"""§ 5: variances, degrees of freedom and intervals; Student's quantiles are scipy's."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from scipy import stats

from tests.scoring.oracle.campaign import Campaign, Shares
from tests.scoring.oracle.spread import spread

Component = tuple[Fraction, Fraction]  # a variance and its degrees of freedom


@dataclass(frozen=True)
class Pooled:
    """What the interval of a family is made of, before the finite population."""

    h: Fraction
    n: Fraction  # ñ, the harmonic mean
    v: Fraction
    g: Fraction
    degrees: Fraction

    def variance(self, size: int | None) -> Fraction:
        return self.v * self.g * max(Fraction(0), self.h - (Fraction(1, size) if size else 0))


def student(probability: float, degrees: float) -> float:
    return float(stats.t.ppf(probability, degrees))


def pooled(campaign: Campaign, college: str, shares: Shares, square: Fraction | None) -> Pooled | None:
    """With e² of the family and those shares; None when e² is missing or too few answered."""
    h = sum((share / campaign.n(skill, college) for skill, share in shares.items()), Fraction(0))
    n, prior, halo = 1 / h, campaign.rule("prior_n"), campaign.rule("halo")
    if square is None or n < campaign.rules["interval_n"]:
        return None
    v = (prior * campaign.at_random + (n - 1) * square) / (prior + n - 1)
    g = halo + (1 - halo) * sum(share**2 for share in shares.values())
    return Pooled(h, n, v, g, n - 1 + prior)


def family_pooled(campaign: Campaign, family: str, college: str) -> Pooled | None:
    shares = campaign.shares(family, college)
    return None if shares is None else pooled(campaign, college, shares, spread(campaign, family, college))


def welch(parts: Iterable[Component]) -> Fraction:
    """Welch–Satterthwaite degrees of a sum of independent variances, those of 0 left out."""
    known = [(variance, degrees) for variance, degrees in parts if variance]
    total = sum((variance for variance, _ in known), Fraction(0))
    return total**2 / sum((variance**2 / degrees for variance, degrees in known), Fraction(0))


def half_width(confidence: float, variance: Fraction, degrees: Fraction) -> float:
    return student((1 + confidence) / 2, float(degrees)) * math.sqrt(variance)


def clipped(campaign: Campaign, score: Fraction, parts: list[Component]) -> tuple[float, float]:
    variance = sum((v for v, _ in parts), Fraction(0))
    margin = half_width(float(campaign.rules["confidence"]), variance, welch(parts))
    return max(float(score) - margin, campaign.lowest), min(float(score) + margin, campaign.highest)
