"""A village: five small colleges, correlated answers, and each word of the page that compares two campaigns."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from benchmarks.method.changes import RISING, Campaigns, People, risen, unmoved
from benchmarks.method.edition_2 import Array
from benchmarks.method.people import SHAPES, generator
from benchmarks.method.tables import span, table
from benchmarks.method.words import FALL, NO_FALL, NO_RISE, RISE, STEADY, UNKNOWN, Page

SIZES: Final = (5, 7, 9, 12, 15)
PEOPLE: Final = People(0.5)
WORDS: Final = {
    "hausse nette": RISE,
    "stable": STEADY,
    "pas de baisse nette": NO_FALL,
    "on ne peut pas dire": UNKNOWN,
    "pas de hausse nette": NO_RISE,
    "baisse nette": FALL,
}
RISES: Final = {"+1 niveau partout": (1.0, None), "+0,5 partout": (0.5, None), "rien": (0.0, None)}


def pages(share: float, only: int | None, draws: int) -> list[Page]:
    """Return the pages after such a rise, for each shape where nearly everybody can rise."""
    found = []
    for place, name in enumerate(RISING):
        chance = generator(6, place, round(10 * share))
        campaigns: Campaigns = unmoved(SHAPES[name], SIZES, draws, chance, PEOPLE)
        found.append(risen(campaigns, chance, share, only).page)
    return found


def report(draws: int) -> Iterator[str]:
    """Yield the lines of the table."""
    yield from table("village", ("ce qui a bougé", "ligne", *WORDS), _lines(draws))


def _lines(draws: int) -> Iterator[list[str]]:
    for label, (share, only) in RISES.items():
        found = pages(share, only, draws)
        rows = {"territoire": [one.territory for one in found]}
        rows |= {f"collège de {n}": [one.colleges[:, place] for one in found] for place, n in enumerate(SIZES)}
        yield from ([label, row, *_shares(words)] for row, words in rows.items())
    alone = pages(1.0, len(SIZES) - 1, draws)
    yield ["+1 dans un seul", "ce collège de 15", *_shares([one.colleges[:, -1] for one in alone])]


def _shares(shapes: list[Array]) -> list[str]:
    return [span(float(np.mean(words == word)) for words in shapes) for word in WORDS.values()]
