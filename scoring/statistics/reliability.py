"""Reliability of the questions of a family, whether they measure one thing: alpha, omega, item–rest correlations.

Use it over a whole programme only (see ``scoring.instrument``): the few answers of a territory would show nothing.
"""

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
_ROUNDS: Final = 200
_SETTLED: Final = 1e-7
_REPLICATES: Final = 500
_SEED: Final = 20_260_101


@dataclass(frozen=True)
class Coefficient:
    """A reliability coefficient, at most 1, with its interval."""

    value: float
    low: float
    high: float


def covariance(answers: Matrix) -> Matrix:
    """Return the covariance matrix of the items of complete answers (respondents × items)."""
    return np.atleast_2d(np.cov(answers, rowvar=False))


def within(answers: Matrix, groups: NDArray[Any]) -> Matrix:
    """Return the covariance matrix within groups, without their differences; it has Σ(n_g − 1) degrees of freedom."""
    counts = np.bincount(groups)
    means = np.stack([np.bincount(groups, column) for column in answers.T], axis=1) / np.maximum(counts, 1)[:, None]
    gaps = answers - means[groups]
    degrees = len(answers) - np.count_nonzero(counts)
    return np.asarray(gaps.T @ gaps / degrees if degrees else np.full((gaps.shape[1],) * 2, np.nan))


def alpha(moments: Matrix) -> float:
    """Return Cronbach's alpha from a covariance matrix, k/(k − 1) · (1 − Σ variances / variance of the sum).

    Cronbach (1951), Psychometrika 16, 297–334. NaN for a single item, or when the sum never varies.

    >>> round(alpha(np.array([[1.0, 0.5], [0.5, 1.0]])), 4)
    0.6667
    """
    items, whole = len(moments), moments.sum()
    if items == 1 or not whole > 0:
        return math.nan
    return float(items / (items - 1) * (1 - np.trace(moments) / whole))


def alpha_interval(answers: Matrix, confidence: float) -> Coefficient:
    """Return alpha with its interval (Feldt, Woodruff & Salih 1987, Applied Psychological Measurement 11, 93–103)."""
    from scipy import special

    value, (people, items) = alpha(covariance(answers)), answers.shape
    if math.isnan(value):
        return Coefficient(value, math.nan, math.nan)
    degrees, tail = (people - 1, (people - 1) * (items - 1)), (1 - confidence) / 2
    low, high = (1 - (1 - value) * float(special.fdtri(*degrees, p)) for p in (1 - tail, tail))
    return Coefficient(value, low, high)


def loadings(moments: Matrix) -> Matrix:
    """Return the loadings of one common factor, by iterated principal axes on the correlations, in the items' units.

    Takes one covariance matrix or a stack of them. Harman (1976), Modern Factor Analysis, ch. 8. NaN when an item never
    varies, or with fewer than three items (the model then has no single solution).
    """
    spread = np.sqrt(np.diagonal(moments, axis1=-2, axis2=-1))
    if moments.shape[-1] < 3 or not (spread > 0).all():
        return np.full(spread.shape, np.nan)
    reduced = moments / (spread[..., :, None] * spread[..., None, :])
    diagonal = np.arange(moments.shape[-1])
    common = np.abs(reduced - np.eye(len(diagonal))).max(axis=-1)
    found = np.sqrt(common)
    for _ in range(_ROUNDS):
        reduced[..., diagonal, diagonal] = common
        values, vectors = np.linalg.eigh(reduced)
        found = vectors[..., -1] * np.sqrt(np.maximum(values[..., -1:], 0.0))
        before, common = common, np.minimum(found**2, 1.0)
        if np.abs(common - before).max() < _SETTLED:
            break
    return np.asarray(found * np.sign(found.sum(axis=-1, keepdims=True)) * spread)


def omega(moments: Matrix) -> Matrix:
    """Return McDonald's omega, (Σλ)² / ((Σλ)² + Σθ), with λ the loadings of one factor and θ the residual variances.

    Takes one covariance matrix or a stack of them. McDonald (1999), Test Theory, ch. 6.

    >>> round(float(omega(np.array([[1.0, 0.5, 0.5], [0.5, 1.0, 0.5], [0.5, 0.5, 1.0]]))), 4)
    0.75
    """
    found = loadings(moments)
    common = found.sum(axis=-1) ** 2
    unique = (np.diagonal(moments, axis1=-2, axis2=-1) - found**2).sum(axis=-1)
    return np.asarray(common / (common + unique))


def omega_interval(answers: Matrix, confidence: float) -> Coefficient:
    """Return omega with its percentile bootstrap interval (Kelley & Pornprasertmanit 2016, Psychological Methods 21).

    Respondents are resampled from a fixed seed: the same answers give the same interval.
    """
    value = float(omega(covariance(answers)))
    if math.isnan(value):
        return Coefficient(value, math.nan, math.nan)
    tail = (1 - confidence) / 2
    replicates = omega(_resampled(answers))
    low, high = np.quantile(replicates, [tail, 1 - tail]) if not np.isnan(replicates).any() else (math.nan, math.nan)
    return Coefficient(value, float(low), float(high))


def _resampled(answers: Matrix) -> Matrix:
    """Return the covariance matrices of respondents resampled with replacement, one per replicate."""
    patterns, counts = np.unique(answers, axis=0, return_counts=True)
    people, items = answers.shape
    draws = np.random.default_rng(_SEED).multinomial(people, counts / people, size=_REPLICATES)
    products = (patterns[:, :, None] * patterns[:, None, :]).reshape(len(patterns), -1)
    sums, squares = draws @ patterns, (draws @ products).reshape(-1, items, items)
    return np.asarray((squares - sums[:, :, None] * sums[:, None, :] / people) / (people - 1))


def item_rest(answers: Matrix) -> Matrix:
    """Return the correlation of each item with the sum of the others; NaN where one of the two never varies.

    >>> item_rest(np.array([[0.0, 0.0, 1.0], [1.0, 1.0, 0.0], [2.0, 2.0, 1.0]])).round(3).tolist()
    [0.866, 0.866, 0.0]
    """
    rest = answers.sum(axis=1, keepdims=True) - answers
    gaps, others = answers - answers.mean(axis=0), rest - rest.mean(axis=0)
    scale = np.sqrt((gaps**2).sum(axis=0) * (others**2).sum(axis=0))
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(scale > 1e-9, (gaps * others).sum(axis=0) / scale, np.nan))
