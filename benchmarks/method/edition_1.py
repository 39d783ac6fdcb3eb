"""Edition 1, for comparison: intervals by linearisation, and a verdict tested on every line of a page."""

from typing import Final

import numpy as np

from benchmarks.method.edition_2 import TINY, Array, K
from benchmarks.method.student import quantile

CLEAR: Final = 0.5

Scored = tuple[Array, Array]


def score_and_variance(levels: Array, given: Array | None = None, size: int | None = None) -> Scored:
    """Return the scores of families and their variance by linearisation; NaN where a cell is hidden."""
    given = np.ones(levels.shape, dtype=bool) if given is None else given
    n_skill = given.sum(-1)
    mean = (levels * given).sum(-1) / np.maximum(n_skill, 1)
    n = given.any(-2).sum(-1)
    scaled = given * (levels - mean[..., None]) * (n[..., None, None] / np.maximum(n_skill, 1)[..., None])
    gaps = scaled.mean(-2)
    correction = 1.0 if size is None else (size - n) / (size - 1)
    variance = correction * (gaps**2).sum(-1) / np.maximum(n - 1, 1) / np.maximum(n, 1)
    return mean.mean(-1), np.where((n_skill >= K).all(-1), variance, np.nan)


def clear_pages(before: list[Scored], after: list[Scored], sizes: list[int]) -> Array:
    """Return whether each page says « nette » anywhere: colleges and territory are tested one by one."""
    degrees = [float(n - 1) for n in sizes]
    deltas = [two[0] - one[0] for one, two in zip(before, after, strict=True)]
    parts = [[(one[1], nu), (two[1], nu)] for one, two, nu in zip(before, after, degrees, strict=True)]
    lines = [_clear(delta, own, 1) for delta, own in zip(deltas, parts, strict=True)]
    lines.append(_clear(np.mean(deltas, axis=0), [part for own in parts for part in own], len(sizes)))
    return np.asarray(np.any(lines, axis=(0, -1)))


def _clear(delta: Array, parts: list[tuple[Array, float]], colleges: int) -> Array:
    """Return whether 0 is outside Welch's 95 % interval and the change is half a level or more."""
    share = 1 / colleges**2
    variance = np.asarray(share * sum(v for v, _ in parts))
    weighed = np.maximum(sum((share * v) ** 2 / nu for v, nu in parts), TINY**2)
    margin = quantile(0.975, np.maximum(variance**2 / weighed, 1.0)) * np.sqrt(variance)
    return np.asarray((np.abs(delta) > margin) & (np.abs(delta) >= CLEAR))
