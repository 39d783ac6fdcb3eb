"""Intervals on scales of 2 to 11 levels, for three skills."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from benchmarks.method.agreement import CONVERGENT, OPPOSED_WORD, words
from benchmarks.method.coverage import Setting, simulate
from benchmarks.method.edition_2 import Array, Scale
from benchmarks.method.people import Opinion, generator
from benchmarks.method.tables import percent, table

LEVELS: Final = range(2, 12)
SETTINGS: Final = tuple(
    Setting(size, n, silence, skills=3)
    for size, n, silence in ((None, 5, 0.0), (None, 12, 0.1), (15, 10, 0.1), (30, 29, 0.0))
)
AGREED: Final = (10, 20)  # groups in which words for agreement are counted


def shapes(levels: int) -> dict[str, tuple[float, ...]]:
    """Return opinions for that number of levels: flat, humps, floors, two ends."""
    place = np.arange(levels) / (levels - 1)
    return {
        "au hasard": _shares(np.ones(levels)),
        "au milieu": _shares(np.exp(-(((place - 0.5) / 0.25) ** 2) / 2)),
        "en bas": _shares(np.exp(-place * 4)),
        "plancher 80 %": (0.8, *(0.2 * share for share in _shares(np.exp(-place[1:] * 4)))),
        "plancher 95 %": (0.95, *(0.05 * share for share in _shares(np.exp(-place[1:] * 4)))),
        "en U": _shares(np.where((place == 0) | (place == 1), 0.45, 0.1 / max(levels - 2, 1))),
        "aux deux bouts": _shares(0.03 + (2 * np.abs(place - 0.5)) ** 3),
    }


def _shares(weights: Array) -> tuple[float, ...]:
    return tuple(float(share) for share in weights / weights.sum())


def coverage(levels: int, draws: int) -> list[float]:
    """Return the coverage of every setting in every shape."""
    found = [
        simulate(setting, shape, draws, generator(10, levels, place, rank))
        for place, setting in enumerate(SETTINGS)
        for rank, shape in enumerate(shapes(levels).values())
    ]
    return [one.held for one in found if one]


def flat(levels: int, n: int, groups: int) -> dict[str, float]:
    """Return the share of each word for agreement of random answers."""
    drawn = Opinion(shapes(levels)["au hasard"]).draw(generator(11, levels, n), (groups, n))
    return words(drawn, Scale(levels))


def report(draws: int) -> Iterator[str]:
    """Yield the lines of the table."""
    headings = ("niveaux", "réglages", "couverture la plus basse", "en moyenne")
    said = (f"au hasard, n = {n} : convergents / opposés" for n in AGREED)
    yield from table("échelles", (*headings, *said), (_line(levels, draws) for levels in LEVELS))


def _line(levels: int, draws: int) -> list[str]:
    shares = coverage(levels, draws)
    chances = [flat(levels, n, draws) for n in AGREED]
    return [
        str(levels),
        str(len(shares)),
        percent(min(shares), 1),
        percent(float(np.mean(shares)), 1),
        *(f"{percent(one[CONVERGENT])} / {percent(one[OPPOSED_WORD])}" for one in chances),
    ]
