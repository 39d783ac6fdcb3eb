"""What an interval does not cover: people who give no level, when their level would have been lower."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from benchmarks.method.changes import FAMILIES, SCALE, SKILLS, People
from benchmarks.method.edition_2 import TINY, Array, cells_of, estimates_of
from benchmarks.method.people import SHAPES, Opinion, generator
from benchmarks.method.student import quantile
from benchmarks.method.tables import number, percent, table
from benchmarks.method.words import compared

SILENT: Final = (0.15, 0.25, 0.35)
GROUPS: Final = ((30, 20), (150, 100))  # (people, of whom answer)
COLLEGES: Final = (12,) * 5
FEWER: Final = (0.4, 0.1)  # silences in the first campaign and in the second
OPINION: Final = SHAPES["au milieu"]


def answered(levels: Array, silent: float, chance: np.random.Generator) -> Array:
    """Return who gave a level: the lower it is, the more likely it is missing; ``silent`` is the share missing."""
    weights = np.array([2.0, 1.6, 1.0, 0.4, 0.1])
    mean = float(np.dot(weights, OPINION))
    return np.asarray(chance.random(levels.shape) >= np.minimum(0.95, silent * weights / mean)[levels])


def misses(silent: float, size: int, n: int, draws: int) -> tuple[float, float]:
    """Return (share of intervals that miss everybody's mean, mean difference of the score and that mean)."""
    chance = generator(12, round(100 * silent), size)
    people = Opinion(OPINION).answers(chance, (draws, FAMILIES, SKILLS, size))
    levels = people[..., :n]
    cells = cells_of(levels, answered(levels, silent, chance))
    found, truth = estimates_of(cells, SCALE), (cells.shares * people.mean(-1)).sum(-1)
    margin = quantile(0.975, found.degrees) * np.sqrt(found.variance(size))
    gap = (found.value - truth)[found.known]
    return float((np.abs(gap) > margin[found.known] + TINY).mean()), float(gap.mean())


def fewer_silences(pages: int) -> tuple[float, float]:
    """Return (mean change of the territory, share of « nette » pages) when more people give a level."""
    chance = generator(13)
    campaigns = [
        [
            estimates_of(cells_of(levels, answered(levels, silent, chance)), SCALE)
            for n in COLLEGES
            for levels in [Opinion(OPINION).answers(chance, (pages, FAMILIES, SKILLS, n), People().alike)]
        ]
        for silent in FEWER
    ]
    deltas = [after.value - before.value for before, after in zip(*campaigns, strict=True)]
    return float(np.mean(deltas)), float(compared(campaigns[0], campaigns[1], SCALE).clear.mean())


def report(draws: int) -> Iterator[str]:
    """Yield the lines of the tables."""
    lines = [(silent, n, size, *misses(silent, size, n, draws)) for size, n in GROUPS for silent in SILENT]
    yield from table(
        "silences",
        (
            "répondants",
            "sans niveau",
            "score des répondants − moyenne de tous",
            "intervalles qui manquent la moyenne de tous",
        ),
        (
            [f"{n} sur {size}", percent(silent), f"+{number(gap)}", percent(missed)]
            for silent, n, size, missed, gap in lines
        ),
    )
    delta, pages = fewer_silences(draws)
    yield from table(
        "silences en baisse",
        ("sans niveau, avant et après", "évolution moyenne", "pages qui disent « nette »"),
        [[f"{percent(FEWER[0])} puis {percent(FEWER[1])}", number(delta), percent(pages)]],
    )
