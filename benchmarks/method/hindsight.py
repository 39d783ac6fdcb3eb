"""« Avec le recul »: what people say of the year before when experience has made them judge more strictly."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.method.changes import FAMILIES, SCALE, SKILLS, People
from benchmarks.method.edition_2 import DETAIL, TINY, Array, cells_of, estimates_of, halo_of, step, with_chance
from benchmarks.method.people import SHAPES, Opinion, generator, happens
from benchmarks.method.tables import percent, span, table
from benchmarks.method.words import FALL, RISE, Page, Rows, compared, half_up, page

COLLEGES: Final = 5
SIZES: Final = (8, 12)
ROSE: Final = 2 / 3
STRICTER: Final = 2 / 3  # how much lower the same practice is judged a year later
OPINIONS: Final = ("au milieu", "en bas", "en pente")


@dataclass(frozen=True)
class Asked:
    """The answers of one college: the year before as judged then, as judged today, and today."""

    earlier: Array
    then: Array
    now: Array


def asked(shape: tuple[float, ...], n: int, rose: float, draws: int, chance: np.random.Generator) -> Asked:
    """Return answers of people whose practice rose by ``rose`` and who became stricter.

    Memory is inexact: one answer in ten about the year before is a level too high, one in ten too low.
    """
    size = (draws, FAMILIES, SKILLS, n)
    practice = Opinion(shape).answers(chance, size, People().alike)
    noise = happens(chance, 0.1, size).astype(int) - happens(chance, 0.1, size)
    earlier, now = (practice + happens(chance, share, size) for share in (STRICTER, rose))
    return Asked(_scaled(earlier), _scaled(practice + noise), _scaled(now))


def _scaled(levels: Array) -> Array:
    return np.clip(levels, 0, SCALE.range)


def row(now: Array, then: Array, paired: Array | None = None, weights: tuple[float, ...] | None = None) -> Rows:
    """Return the paired differences of one college by family, with their variance."""
    paired = np.ones(now.shape, dtype=bool) if paired is None else paired
    gaps = now.astype(int) - then
    cells = cells_of(gaps, paired, weights)
    shares, n = cells.shares, paired.any(-2).sum(-1)
    usual = np.where(paired, (gaps - cells.mean[..., None]), 0) * shares[..., None]
    own = usual.sum(-2) / np.maximum((paired * shares[..., None]).sum(-2), TINY)
    square = (own**2).sum(-1) / (n - 1)
    square = np.where(cells.n.min(-1) < DETAIL, step(square, SCALE.range / 16, 16) ** 2, square)
    h = (shares / cells.n).sum(-1)
    delta = (shares * cells.mean).sum(-1)
    return Rows(delta, half_up(delta), with_chance(square, h, SCALE.chance * halo_of(shares)) * h, 1 / h)


def hindsight_page(colleges: list[Asked]) -> Page:
    """Return the words of hindsight on a page."""
    rows = [row(one.now, one.then) for one in colleges]
    shown = half_up(np.mean([one.delta for one in rows], axis=0))
    return page(rows, shown, [(one.variance, one.degrees) for one in rows], SCALE)


def campaigns_page(colleges: list[Asked]) -> Page:
    """Return the words of the comparison of two campaigns for the same people."""
    before = [estimates_of(cells_of(one.earlier), SCALE) for one in colleges]
    after = [estimates_of(cells_of(one.now), SCALE) for one in colleges]
    return compared(before, after, SCALE)


def report(draws: int) -> Iterator[str]:
    """Yield the lines of the table."""
    headings = (
        "ce qui s’est passé",
        "n",
        "recul, territoire",
        "recul, chaque collège",
        "fausses pages",
        "campagnes, territoire",
    )
    yield from table("recul", headings, _lines(draws))


def _lines(draws: int) -> Iterator[list[str]]:
    for label, rose in (("+0,67, regard plus exigeant", ROSE), ("rien, regard plus exigeant", 0.0)):
        for n in SIZES:
            found = [_pages(name, n, rose, draws) for name in OPINIONS]
            yield [
                label,
                str(n),
                span(float((recul.territory == RISE).mean()) for recul, _ in found),
                span(float((recul.colleges == RISE).mean()) for recul, _ in found),
                percent(max(_false(recul, rose) for recul, _ in found), 1),
                f"hausse {span(float((campaigns.territory == RISE).mean()) for _, campaigns in found)}, "
                f"baisse {span(float((campaigns.territory == FALL).mean()) for _, campaigns in found)}",
            ]


def _pages(name: str, n: int, rose: float, draws: int) -> tuple[Page, Page]:
    chance = generator(8, OPINIONS.index(name), n, round(100 * rose))
    colleges = [asked(SHAPES[name], n, rose, draws, chance) for _ in range(COLLEGES)]
    return hindsight_page(colleges), campaigns_page(colleges)


def _false(found: Page, rose: float) -> float:
    """Return the share of pages that say a fall, or a rise when there was none."""
    wrong = found.clear if not rose else (found.territory == FALL).any(-1) | (found.colleges == FALL).any((-2, -1))
    return float(wrong.mean())
