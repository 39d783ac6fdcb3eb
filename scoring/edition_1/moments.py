"""The exact variance of a weighted mean of skills, from integer sums; it does not depend on the order of rows."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scoring.coding import Codes

Integers = NDArray[Any]
_CHUNK: Final = 1 << 15
_EXACT: Final = {np.dtype(np.int8): (np.float32, 1 << 24), np.dtype(np.int16): (np.float64, 1 << 53)}


@dataclass(frozen=True, eq=False)
class Moments:
    """Sums over the people who answered both skills of each pair: their number, Σx of the row's skill, and Σxy.

    Levels are counted from 0. ``respondents`` is the number of people who answered at least one skill. The matrices
    have Python integers, without rounding or overflow.
    """

    respondents: int
    counts: Integers
    sums: Integers
    products: Integers

    def deviations(self) -> Integers:
        """For each pair of skills s, t: the integer Σ n_s(x_s − m_s) · n_t(x_t − m_t) over those who answered both."""
        n = self.counts.diagonal()
        total = self.sums.diagonal()
        cross: Integers = np.outer(n, total) * self.sums
        squares: Integers = np.outer(n, n) * self.products + np.outer(total, total) * self.counts
        return squares - cross - cross.T


def moments(block: Codes) -> Moments:
    """Return the moments of some skills (rows) over the respondents of a college (columns).

    >>> found = moments(np.array([[0, 2, -1], [1, 1, 4]], dtype=np.int8))
    >>> found.respondents, found.counts.tolist(), found.sums.tolist(), found.products.tolist()
    (3, [[2, 2], [2, 3]], [[2, 2], [2, 6]], [[4, 2], [2, 18]])
    """
    skills = len(block)
    gram = _gram(block).astype(object)
    respondents = int(np.count_nonzero((block >= 0).any(axis=0)))
    return Moments(respondents, gram[skills:, skills:], gram[:skills, skills:], gram[:skills, :skills])


def _gram(block: Codes) -> NDArray[np.int64]:
    """Return the sum over respondents of vᵀv, where v has a person's levels, then 1 for each skill answered, else 0.

    Products are computed in floating point, where BLAS is fast, on chunks short enough for every sum to be an integer
    that it represents exactly.
    """
    kind, largest = _EXACT[block.dtype]
    chunk = max(1, min(_CHUNK, largest // max(1, int(block.max(initial=1))) ** 2))
    gram = np.zeros((2 * len(block), 2 * len(block)), dtype=np.int64)
    for start in range(0, block.shape[1], chunk):
        codes = block[:, start : start + chunk]
        both = np.concatenate([np.maximum(codes, 0), codes >= 0], dtype=kind)
        gram += (both @ both.T).astype(np.int64)
    return gram


def variance_of_mean(moments: Moments, weights: Sequence[Fraction]) -> Fraction:
    """Return the variance of Σ_s w_s·m_s, in levels², by linearisation (without finite-population correction).

    With z_i = Σ_s w_s · 1[i answered s] · (x_is − m_s) · n/n_s over the n respondents who answered at least one skill,
    this is s²(z)/n, where s² divides by n − 1 (the mean of z is 0). Särndal, Swensson & Wretman (1992), Model Assisted
    Survey Sampling, § 5.5 (Taylor linearisation of a ratio).

    With complete answers it is the usual variance of the mean of the respondents' own means:

    >>> variance_of_mean(moments(np.array([[0, 2, 4], [2, 2, 2]], dtype=np.int8)), [Fraction(1, 2), Fraction(1, 2)])
    Fraction(1, 3)
    """
    counts = moments.counts.diagonal().tolist()
    unit, common = math.lcm(*(weight.denominator for weight in weights)), math.lcm(*counts)
    whole = [
        weight.numerator * (unit // weight.denominator) * (common // n) ** 2
        for weight, n in zip(weights, counts, strict=True)
    ]
    scaled = np.array(whole, dtype=object)
    squares = int(scaled @ moments.deviations() @ scaled)
    return Fraction(squares * moments.respondents, (unit * common**2) ** 2 * (moments.respondents - 1))
