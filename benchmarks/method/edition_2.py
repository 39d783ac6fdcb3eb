"""Edition 2, naive and vectorised: cells, spread and variance of a family, for many campaigns at once.

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
    """A number of levels, numbered from 0."""

    levels: int = 5

    @property
    def range(self) -> int:
        """From the lowest level to the highest."""
        return self.levels - 1

    @property
    def chance(self) -> float:
        """The variance of answers given at random."""
        return (self.levels**2 - 1) / 12


@dataclass(frozen=True)
class Cells:
    """How many levels were given, their mean and their variance, skill by skill, and what each skill weighs."""

    n: Array
    mean: Array
    variance: Array
    weights: Array

    @property
    def published(self) -> Array:
        """Cells of k answers or more."""
        return self.n >= K

    @property
    def shares(self) -> Array:
        """What each published skill weighs in its family."""
        kept = self.published * self.weights
        return np.asarray(kept / np.maximum(kept.sum(-1, keepdims=True), TINY))

    @property
    def coverage(self) -> Array:
        """How much of the whole weight is published."""
        return np.asarray((self.published * self.weights).sum(-1) / self.weights.sum())


@dataclass(frozen=True)
class Estimates:
    """Scores of families in a college, and what their intervals are made of; ``known``: there is an interval."""

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
        """V, with the finite population when its size is declared; without, V⁰ of a comparison."""
        return np.asarray(self.v * self.g * np.maximum(0.0, self.h - (1 / size if size else 0.0)))


def cells_of(levels: Array, given: Array | None = None, weights: tuple[float, ...] | None = None) -> Cells:
    """The cells of answers, ``given`` telling which were; levels below 0 are allowed (differences of hindsight)."""
    weighed = np.ones(levels.shape[-2]) if weights is None else np.array(weights)
    given = np.ones(levels.shape, dtype=bool) if given is None else given
    counted = np.where(given, levels, 0).astype(np.int16)
    n = given.sum(-1)
    total, squares = counted.sum(-1, dtype=float), (counted**2).sum(-1, dtype=float)
    some = np.maximum(n, 1)
    variance = np.maximum(0.0, squares - total**2 / some) / np.maximum(n - 1, 1)
    return Cells(n, total / some, variance, weighed)


def step(square: Array, unit: float, most: int) -> Array:
    """√square as the nearest of 1 to ``most`` units, ties up."""
    return np.asarray(unit * np.clip(np.floor(np.sqrt(square) / unit + 0.5 + TINY), 1, most))


def spread_of(cells: Cells, scale: Scale) -> Array:
    """The étalement e of each family: the first of the six rules that holds."""
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
    """Scores with h, v and g; a family is known when enough of it is published and ñ reaches ``INTERVAL_N``."""
    shares = cells.shares
    h = (shares / np.maximum(cells.n, 1)).sum(-1)
    known = (cells.coverage >= COVERAGE) & (h > 0) & (h <= 1 / INTERVAL_N + TINY)
    h = np.where(known, h, 1 / INTERVAL_N)
    v = with_chance(spread_of(cells, scale) ** 2, h, scale.chance)
    return Estimates((shares * cells.mean).sum(-1), known, h, v, halo_of(shares))


def with_chance(square: Array, h: Array, chance: Array | float) -> Array:
    """v: a spread squared, with ``PRIOR`` answers at random added."""
    others = 1 / h - 1
    return np.asarray((PRIOR * chance + others * square) / (PRIOR + others))


def halo_of(shares: Array) -> Array:
    """g: how much the answers of one person go together."""
    return np.asarray(HALO + (1 - HALO) * (shares**2).sum(-1))


def _mean(values: Array, kept: Array, axis: int | tuple[int, ...]) -> Array:
    """The mean of what is kept, as much as it is; 0 where nothing is."""
    return np.asarray((values * kept).sum(axis) / np.maximum(kept.sum(axis), TINY))


def _everywhere(values: Array, families: Array) -> Array:
    """A figure of the whole college, for each of its families."""
    return np.broadcast_to(values[..., None], families.shape)
