"""Random respondents: shapes of opinion, and the correlation of one person's answers."""

from typing import Final

import numpy as np

from benchmarks.method.edition_2 import Array

SEED: Final = 2026
ALIKE: Final = 0.5  # chance that an answer is the person's usual one: correlations of 0.25 inside a family
SHAPES: Final = {
    "au milieu": (0.08, 0.22, 0.40, 0.22, 0.08),
    "en bas": (0.45, 0.30, 0.15, 0.07, 0.03),
    "plancher 80 %": (0.80, 0.14, 0.04, 0.015, 0.005),
    "plancher 95 %": (0.95, 0.04, 0.01, 0, 0),
    "en U": (0.45, 0.05, 0, 0.05, 0.45),
    "plafond": (0, 0, 0.03, 0.12, 0.85),
    "un seul niveau": (0, 0.05, 0.90, 0.05, 0),
    "en pente": (0.20, 0.28, 0.28, 0.16, 0.08),
    "aux deux bouts": (0.35, 0.13, 0.04, 0.13, 0.35),
}
SPREAD_OUT: Final = ("au milieu", "en U", "en pente", "aux deux bouts")
_PARTS: Final = 1 << 16


class Opinion:
    """Levels drawn from one shape through a table of 65,536 entries, for speed."""

    def __init__(self, shape: tuple[float, ...]) -> None:
        bounds = np.round(np.cumsum(shape) * _PARTS).astype(int)
        self.places = np.repeat(np.arange(len(shape), dtype=np.int8), np.diff(bounds, prepend=0))

    @property
    def mean(self) -> float:
        """The true mean of the population."""
        return float(self.places.mean())

    def draw(self, chance: np.random.Generator, size: tuple[int, ...]) -> Array:
        """Return independent levels."""
        return np.asarray(self.places[chance.integers(_PARTS, size=size, dtype=np.uint16)])

    def answers(
        self, chance: np.random.Generator, size: tuple[int, ...], alike: float = ALIKE, across: bool = False
    ) -> Array:
        """Return answers (…, families, skills, people); each is the person's usual one with probability ``alike``.

        The usual level is drawn for each family, or once for all of them (``across``).
        """
        *many, families, _, people = size
        usual = self.draw(chance, (*many, 1 if across else families, 1, people))
        return np.where(happens(chance, alike, size), usual, self.draw(chance, size))


def happens(chance: np.random.Generator, probability: float, size: tuple[int, ...]) -> Array:
    """Return independent booleans, True with this probability."""
    return np.asarray(chance.integers(_PARTS, size=size, dtype=np.uint16) < probability * _PARTS)


def generator(*place: int) -> np.random.Generator:
    """Return the random generator of one setting, which does not depend on other simulations."""
    return np.random.default_rng([SEED, *place])
