"""What a page that compares two campaigns says when nothing changes, when all rise, when one college rises."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from benchmarks.method import edition_1
from benchmarks.method.edition_2 import Array, Scale, cells_of, estimates_of
from benchmarks.method.people import SHAPES, SPREAD_OUT, Opinion, generator, happens
from benchmarks.method.tables import percent, span, table
from benchmarks.method.words import RISE, Page, compared

FAMILIES: Final = 5
SKILLS: Final = 3
SCALE: Final = Scale()
KEPT: Final = 0.5  # the same people asked twice give the same answer with this chance, and a new one otherwise
LINKED: Final = 0.5  # correlations at which false pages are frequent enough to be counted by threes
CAMPAIGNS: Final = {
    "5 collèges de 5": (5,) * 5,
    "5 collèges de 8": (8,) * 5,
    "5 collèges de 12": (12,) * 5,
    "7, 20, 8 et 40": (7, 20, 8, 40),
}
RISING: Final = ("au milieu", "en bas", "en pente")  # shapes in which nearly everybody can rise by a level
POWER: Final = (5, 8, 12, 20, 30)


@dataclass(frozen=True)
class People:
    """How correlated the answers of one person are: ``correlation`` within a family, or in all (``across``).

    ``same``: the second campaign asks the same people. ``skills``: the number of skills of each family.
    """

    correlation: float = 0.25
    same: bool = False
    across: bool = False
    skills: int = SKILLS

    @property
    def alike(self) -> float:
        """The probability that an answer is the person's usual one."""
        return float(self.correlation**0.5)


WORTH_TRYING: Final = {
    "d’autres personnes": People(),
    "les mêmes": People(same=True),
    "liées à 0,5": People(0.5),
    "à 0,75": People(0.75),
    "à 0,85 partout": People(0.85, across=True),
    "familles d’un savoir-faire": People(skills=1),
}


@dataclass(frozen=True)
class Campaigns:
    """Two campaigns of answers, college by college: (pages, families, skills, people)."""

    before: list[Array]
    after: list[Array]

    @property
    def page(self) -> Page:
        """Return the words of the page."""
        before, after = (
            [estimates_of(cells_of(part), SCALE) for part in campaign] for campaign in (self.before, self.after)
        )
        return compared(before, after, SCALE)

    @property
    def sizes(self) -> list[int]:
        """Return how many people answered in each college."""
        return [part.shape[-1] for part in self.before]


def unmoved(
    shape: tuple[float, ...], sizes: tuple[int, ...], pages: int, chance: np.random.Generator, people: People
) -> Campaigns:
    """Return two campaigns between which nothing changed."""
    opinion = Opinion(shape)
    before, after = (
        [opinion.answers(chance, (pages, FAMILIES, people.skills, n), people.alike, people.across) for n in sizes]
        for _ in range(2)
    )
    if people.same:
        after = [np.where(happens(chance, KEPT, one.shape), one, two) for one, two in zip(before, after, strict=True)]
    return Campaigns(before, after)


def risen(campaigns: Campaigns, chance: np.random.Generator, share: float, only: int | None = None) -> Campaigns:
    """Return the campaigns with a share of the second one's answers a level higher, in one college or in all."""
    after = [
        np.minimum(part + happens(chance, share, part.shape), SCALE.range) if only in (None, place) else part
        for place, part in enumerate(campaigns.after)
    ]
    return Campaigns(campaigns.before, after)


def clear_in_edition_1(campaigns: Campaigns, declared: bool) -> Array:
    """Return whether each page of edition 1 says « nette » anywhere; ``declared``: 90 % of a known size answered."""
    sizes = [-(-10 * n // 9) if declared else None for n in campaigns.sizes]
    before, after = (
        [edition_1.score_and_variance(part, None, size) for part, size in zip(campaign, sizes, strict=True)]
        for campaign in (campaigns.before, campaigns.after)
    )
    return edition_1.clear_pages(before, after, campaigns.sizes)


@cache
def false_pages(pages: int, people: People) -> dict[str, dict[str, float]]:
    """Return the share of pages that say « nette » though nothing changed, by shape and campaign."""
    return {
        shape: {
            name: float(unmoved(figures, sizes, pages, generator(3, place, rank), people).page.clear.mean())
            for rank, (name, sizes) in enumerate(CAMPAIGNS.items())
        }
        for place, (shape, figures) in enumerate(SHAPES.items())
    }


@cache
def false_pages_of_edition_1(pages: int, declared: bool) -> dict[str, float]:
    """Return the same shares in edition 1, by shape."""
    return {
        shape: float(
            np.mean(
                [
                    clear_in_edition_1(unmoved(figures, sizes, pages, generator(4, place, rank), People()), declared)
                    for rank, sizes in enumerate(CAMPAIGNS.values())
                ]
            )
        )
        for place, (shape, figures) in enumerate(SHAPES.items())
    }


@dataclass(frozen=True)
class Seen:
    """Shares of rows said to have risen: territory and colleges when all rise by a level, the one that rises alone."""

    territory: float
    college: float
    alone: float


def power(shape: tuple[float, ...], n: int, pages: int, chance: np.random.Generator) -> Seen:
    """Return what is detected with five colleges of n: a level more in all of them, then in the first one only."""
    campaigns = unmoved(shape, (n,) * 5, pages, chance, People())
    everywhere, alone = risen(campaigns, chance, 1.0).page, risen(campaigns, chance, 1.0, only=0).page
    return Seen(
        float((everywhere.territory == RISE).mean()),
        float((everywhere.colleges == RISE).mean()),
        float((alone.colleges[..., 0, :] == RISE).mean()),
    )


def report(pages: int) -> Iterator[str]:
    """Yield the lines of the tables."""
    yield from table(
        "fausses évolutions", ("opinions", *WORTH_TRYING, "édition 1", "édition 1, effectifs déclarés"), _false(pages)
    )
    yield from table("trois campagnes", ("opinions", "une page", "l’une des trois pages"), _three(pages))
    yield from table("puissance", ("n", "territoire", "chaque collège", "un collège seul"), _power(pages))


def _false(pages: int) -> Iterator[list[str]]:
    found = [false_pages(pages, people) for people in WORTH_TRYING.values()]
    former = [false_pages_of_edition_1(max(20, pages // 5), declared) for declared in (False, True)]
    for shape in SHAPES:
        shares = [float(np.mean(list(one[shape].values()))) for one in found]
        yield [shape, *(percent(share, 1) for share in shares), *(percent(one[shape]) for one in former)]
    means = [float(np.mean([list(one.values()) for one in by_shape.values()])) for by_shape in found]
    yield [
        "**en moyenne**",
        *(percent(mean, 1) for mean in means),
        *(percent(float(np.mean(list(one.values())))) for one in former),
    ]


def three_campaigns(
    shape: tuple[float, ...], sizes: tuple[int, ...], sets: int, chance: np.random.Generator
) -> tuple[float, float]:
    """Return the share of pages, then of sets of three pages, that say « nette » though nothing changed."""
    people = People(LINKED)
    one, other = (unmoved(shape, sizes, sets, chance, people) for _ in range(2))
    pairs = (one, Campaigns(one.after, other.after), Campaigns(one.before, other.after))
    clear = np.stack([pair.page.clear for pair in pairs])
    return float(clear.mean()), float(clear.any(0).mean())


def _three(pages: int) -> Iterator[list[str]]:
    for place, name in enumerate(SPREAD_OUT):
        found = [
            three_campaigns(SHAPES[name], sizes, pages, generator(14, place, rank))
            for rank, sizes in enumerate(CAMPAIGNS.values())
        ]
        yield [name, *(percent(float(np.mean(shares)), 1) for shares in zip(*found, strict=True))]


def _power(pages: int) -> Iterator[list[str]]:
    for n in POWER:
        seen = [power(SHAPES[name], n, pages, generator(5, n, place)) for place, name in enumerate(RISING)]
        yield [str(n), *(span(getattr(one, row) for one in seen) for row in ("territory", "college", "alone"))]
