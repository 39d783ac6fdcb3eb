"""Skills worked on are chosen because they are low, and would rise anyway: what is said beyond that."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.method.edition_2 import Array
from benchmarks.method.people import generator
from benchmarks.method.student import quantile
from benchmarks.method.tables import number, percent, table

SKILLS: Final = 20
COLLEGES: Final = 4
SIZES: Final = (5, 8, 12, 20)
WORKED: Final = 5
EFFECTS: Final = (0.0, 0.4)
RISE: Final = 0.2  # what happens to every skill, worked on or not
TOP: Final = 4


@dataclass(frozen=True)
class Progress:
    """By campaign: the change beyond the expected one, its margin, and the plain difference of means."""

    beyond: Array
    margin: Array
    plain: Array


def progress(before: Array, after: Array, worked: Array) -> Progress:
    """Return the progress of campaigns × skills; ``worked`` marks the skills worked on, as many in each campaign."""
    p, o = worked.sum(-1), (~worked).sum(-1)
    x_p, y_p = ((values * worked).sum(-1) / p for values in (before, after))
    x_o, y_o = ((values * ~worked).sum(-1) / o for values in (before, after))
    x, y = ((values - mean[:, None]) * ~worked for values, mean in ((before, x_o), (after, y_o)))
    squares = (x**2).sum(-1)
    slope = (x * y).sum(-1) / squares
    expected = (y_o - x_o) + (slope - 1) * (x_p - x_o)
    left = ((y - slope[:, None] * x) ** 2).sum(-1) / (o - 2)
    margin = quantile(0.975, o - 2.0) * np.sqrt(left * (1 / p + 1 / o + (x_p - x_o) ** 2 / squares))
    return Progress(y_p - x_p - expected, margin, (y_p - x_p) - (y_o - x_o))


def campaigns(n: int, effect: float, draws: int, chance: np.random.Generator) -> Progress:
    """Return campaigns where the skills measured lowest are worked on and rise by ``effect`` more."""
    true = np.clip(chance.normal(0.45, 0.1, (draws, SKILLS)), 0.02, 0.98)
    before = _measured(true, n, chance)
    worked = before.argsort(-1).argsort(-1) < WORKED
    higher = np.clip(true + (RISE + effect * worked) / TOP, 0, 1)
    return progress(before, _measured(higher, n, chance), worked)


def _measured(true: Array, n: int, chance: np.random.Generator) -> Array:
    """Return the plain mean of the colleges, from n answers of 0 to 4 in each."""
    return np.asarray(chance.binomial(TOP * n * COLLEGES, true) / (n * COLLEGES))


def report(draws: int) -> Iterator[str]:
    """Yield the lines of the table."""
    headings = ("effet vrai", "n", "écart simple", "« en plus »", "biais", "dit « plus que le seul hasard »")
    yield from table("savoir-faire travaillés", headings, _lines(draws))


def _lines(draws: int) -> Iterator[list[str]]:
    for place, effect in enumerate(EFFECTS):
        for n in SIZES:
            found = campaigns(n, effect, draws, generator(9, place, n))
            mean = float(found.beyond.mean())
            said = float((np.abs(found.beyond) > found.margin).mean())
            plain = float(found.plain.mean())
            yield [number(effect, 1), str(n), number(plain), number(mean), number(mean - effect, 3), percent(said, 1)]
