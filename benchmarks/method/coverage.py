"""How often the interval of a family contains the true score, and its width relative to edition 1's."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from benchmarks.method import edition_1
from benchmarks.method.edition_2 import TINY, Array, Scale, cells_of, estimates_of
from benchmarks.method.people import ALIKE, SHAPES, SPREAD_OUT, Opinion, generator, happens
from benchmarks.method.student import quantile
from benchmarks.method.tables import number, percent, table

FAMILIES: Final = 5
SKILLS: Final = (1, 3, 6)
SILENCES: Final = (0.0, 0.1)
GROUPS: Final = (
    *((7, n) for n in (5, 6, 7)),
    *((12, n) for n in (5, 8, 11, 12)),
    *((15, n) for n in (5, 10, 14)),
    *((30, n) for n in (5, 8, 12, 20, 29)),
    *((200, n) for n in (8, 30, 120)),
    *((None, n) for n in (5, 8, 12, 30)),
)
CLOSE: Final = 0.8  # an answer is the usual one 8 times in 10: correlations of 0.64


@dataclass(frozen=True)
class Setting:
    """A college of ``size`` people (None if unlimited) of whom n answer."""

    size: int | None
    n: int
    silence: float
    skills: int
    alike: float = ALIKE

    @property
    def tells(self) -> bool:
        """Whether it can be simulated: not a census, and enough answers to publish."""
        return not (self.n == self.size and not self.silence)


@dataclass(frozen=True)
class Found:
    """The share of intervals that contain the true score, their mean width, and the mean width in edition 1."""

    held: float
    width: float
    former: float


def simulate(setting: Setting, shape: tuple[float, ...], draws: int, chance: np.random.Generator) -> Found | None:
    """Return the coverage in this setting; ``None`` when it gives no interval."""
    opinion, scale = Opinion(shape), Scale(len(shape))
    campaigns = -(-draws // FAMILIES)
    size = (campaigns, FAMILIES, setting.skills, setting.size or setting.n)
    people = opinion.answers(chance, size, setting.alike)
    levels = people[..., : setting.n]
    given = ~happens(chance, setting.silence, levels.shape)
    cells = cells_of(levels, given)
    found = estimates_of(cells, scale)
    truth = (cells.shares * people.mean(-1)).sum(-1) if setting.size else opinion.mean
    margin = quantile(0.975, found.degrees) * np.sqrt(found.variance(setting.size))
    low, high = _within(found.value - margin, scale), _within(found.value + margin, scale)
    held = (low - TINY <= truth) & (truth <= high + TINY)
    former = _former_width(levels, given, setting.size, scale)
    both = found.known & ~np.isnan(former)
    if not both.any():
        return None
    return Found(float(held[found.known].mean()), float((high - low)[both].mean()), float(former[both].mean()))


def _within(values: Array, scale: Scale) -> Array:
    return np.clip(values, 0, scale.range)


def _former_width(levels: Array, given: Array, size: int | None, scale: Scale) -> Array:
    value, variance = edition_1.score_and_variance(levels, given, size)
    margin = quantile(0.975, np.maximum(given.any(-2).sum(-1) - 1.0, 1.0)) * np.sqrt(variance)
    return _within(value + margin, scale) - _within(value - margin, scale)


def settings() -> Iterator[Setting]:
    """Yield every college of the tables, whatever the shape."""
    for skills in SKILLS:
        for size, n in GROUPS:
            yield from (one for silence in SILENCES if (one := Setting(size, n, silence, skills)).tells)


@cache
def everything(draws: int) -> dict[tuple[Setting, str], Found]:
    """Return the coverage of every setting in every shape."""
    found = {}
    for place, setting in enumerate(settings()):
        for rank, (name, shape) in enumerate(SHAPES.items()):
            one = simulate(setting, shape, draws, generator(1, place, rank))
            if one is not None:
                found[setting, name] = one
    return found


def close_answers(draws: int) -> list[float]:
    """Return the coverage where the answers of one person have a correlation of 0.64."""
    cases = [Setting(one.size, one.n, one.silence, one.skills, CLOSE) for one in settings() if one.skills > 1]
    found = [
        simulate(setting, shape, draws, generator(2, place, rank))
        for place, setting in enumerate(cases)
        for rank, shape in enumerate(SHAPES.values())
    ]
    return [one.held for one in found if one]


def report(draws: int, detail: bool = False) -> Iterator[str]:
    """Yield the lines of the tables; with ``detail``, every setting in every shape."""
    found = everything(draws)
    lines = _every_line(found) if detail else _coverage_lines(found)
    headings = SHAPES if detail else ("réglages", "la plus basse", "où", "en moyenne")
    where = ("savoir-faire", "N", *(("n", "silences") if detail else ()))
    yield from table("couverture", (*where, *headings), lines)
    close = [[number(CLOSE**2), *_summary(close_answers(draws))]]
    yield from table("réponses très liées", ("liées à", "réglages", "la plus basse", "en moyenne"), close)
    yield from table("largeur", ("opinions", *(f"{skills} savoir-faire" for skills in SKILLS)), _width_lines(found))


def _summary(shares: list[float]) -> list[str]:
    return [str(len(shares)), percent(min(shares), 1), percent(sum(shares) / len(shares), 1)]


def _coverage_lines(found: dict[tuple[Setting, str], Found]) -> Iterator[list[str]]:
    for skills in SKILLS:
        for size in dict.fromkeys(size for size, _ in GROUPS):
            kept = {key: one.held for key, one in found.items() if (key[0].skills, key[0].size) == (skills, size)}
            many, low, mean = _summary(list(kept.values()))
            setting, name = min(kept, key=kept.__getitem__)
            yield [str(skills), _size(size), many, low, f"n = {setting.n}, {name}", mean]


def _every_line(found: dict[tuple[Setting, str], Found]) -> Iterator[list[str]]:
    for setting in settings():
        shares = [percent(found[setting, name].held, 1) if (setting, name) in found else "—" for name in SHAPES]
        yield [str(setting.skills), _size(setting.size), str(setting.n), percent(setting.silence), *shares]


def _size(size: int | None) -> str:
    return "∞" if size is None else str(size)


def _width_lines(found: dict[tuple[Setting, str], Found]) -> Iterator[list[str]]:
    groups = {"étalées": SPREAD_OUT, "serrées": tuple(name for name in SHAPES if name not in SPREAD_OUT)}
    for label, names in groups.items():
        yield [label, *(number(width_ratio(found, names, skills)) for skills in SKILLS)]


def width_ratio(found: dict[tuple[Setting, str], Found], names: tuple[str, ...], skills: int) -> float:
    """Return the mean width divided by that of edition 1, in these shapes."""
    kept = [one for (setting, name), one in found.items() if name in names and setting.skills == skills]
    return sum(one.width for one in kept) / sum(one.former for one in kept)
