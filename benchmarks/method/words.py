"""The words for changes, for whole pages at once: the territory first, then the colleges if it moved."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.method.edition_2 import TINY, Array, Estimates, Scale
from benchmarks.method.student import quantile

ALPHA: Final = 0.05
CLEAR: Final = 1 / 8

UNKNOWN, NO_RISE, NO_FALL, STEADY, FALL, RISE = range(6)


@dataclass(frozen=True)
class Rows:
    """Rows of a page: exact change, printed change, variance and degrees of freedom."""

    delta: Array
    shown: Array
    variance: Array
    degrees: Array


@dataclass(frozen=True)
class Page:
    """The words of the territory (pages × families) and of the colleges (pages × colleges × families)."""

    territory: Array
    colleges: Array

    @property
    def clear(self) -> Array:
        """Return whether each page says that anything rose or fell."""
        return np.asarray((self.territory >= FALL).any(-1) | (self.colleges >= FALL).any((-2, -1)))


def half_up(values: Array) -> Array:
    """Return the values rounded to two decimals, halves up."""
    return np.asarray(np.floor(100 * values + 0.5 + TINY) / 100)


def difference(before: Estimates, after: Estimates) -> Rows:
    """Return the rows of one college between two campaigns."""
    one, two = before.variance(), after.variance()
    degrees = (one + two) ** 2 / (one**2 / before.degrees + two**2 / after.degrees)
    return Rows(after.value - before.value, half_up(after.value) - half_up(before.value), one + two, degrees)


def compared(before: list[Estimates], after: list[Estimates], scale: Scale) -> Page:
    """Return the page that compares two campaigns of the same colleges."""
    rows = [difference(one, two) for one, two in zip(before, after, strict=True)]
    shown = half_up(_mean_value(after)) - half_up(_mean_value(before))
    parts = [(campaign.variance(), campaign.degrees) for campaign in [*before, *after]]
    return page(rows, shown, parts, scale)


def page(rows: list[Rows], shown: Array, parts: list[tuple[Array, Array]], scale: Scale) -> Page:
    """Return the words of the territory (the plain mean of colleges), then of the colleges.

    ``parts`` are the independent variances that the territory's is made of, with their degrees of freedom.
    """
    share = 1 / len(rows) ** 2
    variance = np.asarray(share * sum(v for v, _ in parts))
    degrees = np.asarray(variance**2 / sum((share * v) ** 2 / nu for v, nu in parts))
    territory = Rows(np.mean([row.delta for row in rows], axis=0), shown, variance, degrees)
    colleges = Rows(*(np.stack([getattr(row, name) for row in rows], -2) for name in Rows.__annotations__))
    families, many = shown.shape[-1], len(rows) * shown.shape[-1]
    first = words(territory, ALPHA / 2 / families, scale)
    alone, along = words(colleges, ALPHA / 2 / many, scale), words(colleges, 2 * ALPHA, scale)
    opened = (first[..., None, :] >= FALL) & (colleges.delta * territory.delta[..., None, :] > 0)
    return Page(first, np.where(opened, along, alone))


def words(rows: Rows, risk: float, scale: Scale) -> Array:
    """Return the first word that applies; « nette » has confidence 1 − ``risk``."""
    limit, error = CLEAR * scale.range, np.sqrt(rows.variance)
    wide, narrow = quantile(1 - risk / 2, rows.degrees) * error, quantile(1 - ALPHA, rows.degrees) * error
    low = np.floor(100 * (rows.delta - wide) + TINY) / 100
    high = np.ceil(100 * (rows.delta + wide) - TINY) / 100
    clear = ((low > 0) | (high < 0)) & (np.abs(rows.shown) >= limit - TINY)
    cases = (
        (clear & (rows.delta > 0), RISE),
        (clear, FALL),
        (np.abs(rows.delta) + narrow < limit, STEADY),
        (rows.delta - narrow > -limit, NO_FALL),
        (rows.delta + narrow < limit, NO_RISE),
    )
    return np.select([holds for holds, _ in cases], [word for _, word in cases], UNKNOWN)


def _mean_value(campaign: list[Estimates]) -> Array:
    return np.asarray(np.mean([college.value for college in campaign], axis=0))
