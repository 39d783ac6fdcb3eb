"""Edition 2, written directly from its text and vectorised: cells, spread and variance, for many campaigns at once.

Arrays end with (families, skills, people) for answers, (families, skills) for cells, (families) for scores.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

K: Final = 5
DETAIL: Final = 10
INTERVAL_N: Final = 5.0
COVERAGE: Final = 0.5
PRIOR: Final = 1.0
HALO: Final = 0.5
SPREAD_SKILLS: Final = 3
SPREAD_DEFAULT: Final = 3 / 8
TINY: Final = 1e-9


@dataclass(frozen=True)
class Scale:
    """A scale: its number of levels, numbered from 0."""

    levels: int = 5

    @property
    def range(self) -> int:
        """The highest level minus the lowest."""
        return self.levels - 1

    @property
    def chance(self) -> float:
        """The variance of random answers."""
        return (self.levels**2 - 1) / 12


@dataclass(frozen=True)
class Cells:
    """The number of levels given, their mean, their variance and the weight, skill by skill."""

    n: Array
    mean: Array
    variance: Array
    weights: Array

    @property
    def published(self) -> Array:
        """Whether each cell has k answers or more."""
        return self.n >= K

    @property
    def shares(self) -> Array:
        """The weight of each published skill in its family, as a share."""
        kept = self.published * self.weights
        return np.asarray(kept / np.maximum(kept.sum(-1, keepdims=True), TINY))

    @property
    def coverage(self) -> Array:
        """The published share of the family's weight."""
        return np.asarray((self.published * self.weights).sum(-1) / self.weights.sum())


@dataclass(frozen=True)
class Estimates:
    """The scores of families in a college and the terms of their intervals; ``known``: there is an interval."""

    value: Array
    known: Array
    h: Array
    v: Array
    g: Array

    @property
    def degrees(self) -> Array:
        """ν = ñ − 1 + prior_n."""
        return 1 / self.h - 1 + PRIOR

    def variance(self, size: int | None = None) -> Array:
        """Return V, corrected for a declared finite size; without it, V⁰ as used for comparisons."""
        return np.asarray(self.v * self.g * np.maximum(0.0, self.h - (1 / size if size else 0.0)))


def cells_of(levels: Array, given: Array | None = None, weights: tuple[float, ...] | None = None) -> Cells:
    """Return the cells of answers; ``given`` masks those missing; negative levels are allowed (differences)."""
    weighed = np.ones(levels.shape[-2]) if weights is None else np.array(weights)
    given = np.ones(levels.shape, dtype=bool) if given is None else given
    counted = np.where(given, levels, 0).astype(np.int16)
    n = given.sum(-1)
    total, squares = counted.sum(-1, dtype=float), (counted**2).sum(-1, dtype=float)
    some = np.maximum(n, 1)
    variance = np.maximum(0.0, squares - total**2 / some) / np.maximum(n - 1, 1)
    return Cells(n, total / some, variance, weighed)


def step(square: Array, unit: float, most: int) -> Array:
    """Return √square rounded to a number of units between 1 and ``most``, halves up."""
    return np.asarray(unit * np.clip(np.floor(np.sqrt(square) / unit + 0.5 + TINY), 1, most))


def spread_of(cells: Cells, scale: Scale) -> Array:
    """Return the spread e of each family: the first of the six rules that applies."""
    small, large = cells.published & (cells.n < DETAIL), cells.n >= DETAIL
    eighth, least = scale.range / 8, SPREAD_DEFAULT * scale.range
    some = np.asarray(cells.published.any(-1))
    rules = (
        (some & ~small.any(-1), np.sqrt((cells.shares * cells.variance).sum(-1))),
        (small.sum(-1) >= SPREAD_SKILLS, step(_mean(cells.variance, cells.published, -1), eighth, 4)),
        (large.any(-1), np.sqrt(_mean(cells.variance, large * cells.weights, -1))),
        (
            _everywhere(np.asarray(small.sum((-2, -1)) >= SPREAD_SKILLS), some),
            np.maximum(least, _everywhere(step(_mean(cells.variance, small, (-2, -1)), eighth, 4), some)),
        ),
        (
            _everywhere(large.any((-2, -1)), some),
            np.maximum(least, _everywhere(np.sqrt(_mean(cells.variance, large, (-2, -1))), some)),
        ),
    )
    return np.select([holds for holds, _ in rules], [value for _, value in rules], least)


def estimates_of(cells: Cells, scale: Scale) -> Estimates:
    """Return scores with h, v and g; ``known`` where enough is published and ñ reaches ``INTERVAL_N``."""
    shares = cells.shares
    h = (shares / np.maximum(cells.n, 1)).sum(-1)
    known = (cells.coverage >= COVERAGE) & (h > 0) & (h <= 1 / INTERVAL_N + TINY)
    h = np.where(known, h, 1 / INTERVAL_N)
    v = with_chance(spread_of(cells, scale) ** 2, h, scale.chance)
    return Estimates((shares * cells.mean).sum(-1), known, h, v, halo_of(shares))


def with_chance(square: Array, h: Array, chance: Array | float) -> Array:
    """Return v: the squared spread combined with ``PRIOR`` random answers."""
    others = 1 / h - 1
    return np.asarray((PRIOR * chance + others * square) / (PRIOR + others))


def halo_of(shares: Array) -> Array:
    """Return g: how correlated the answers of one person are."""
    return np.asarray(HALO + (1 - HALO) * (shares**2).sum(-1))


def _mean(values: Array, kept: Array, axis: int | tuple[int, ...]) -> Array:
    """Return the mean weighted by ``kept``; 0 where nothing is kept."""
    return np.asarray((values * kept).sum(axis) / np.maximum(kept.sum(axis), TINY))


def _everywhere(values: Array, families: Array) -> Array:
    """Return a figure of the whole college repeated for each family."""
    return np.broadcast_to(values[..., None], families.shape)
