"""Who answered: a figure for each person, pale when that person did not."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count as count_from
from itertools import product

from markupsafe import Markup

from restitution.charts.markup import element, text_width
from restitution.charts.stage import people
from restitution.charts.stage.picture import INK, WIDTH, named, picture, spread, stacked, still, words
from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from restitution.text.numbers import count

HEIGHT = 660
COUNT, OF, START = 452, 468, 616
GAP, NAME_LINE = 14, 42
# Beyond so many colleges, two columns.
MOST_ROWS, BETWEEN = 10, 72
# The size of a figure, the step to the next one and to the next line: the largest at which everybody fits.
STEPS: tuple[tuple[float, float, float], ...] = (
    (1.9, 86, 214),
    (1.5, 68, 172),
    (1.1, 50, 128),
    (0.85, 38, 98),
    (0.64, 29, 76),
    (0.46, 21, 56),
    (0.4, 18, 48),
    (0.34, 15.5, 42),
)
CAME = "foule"


@dataclass(frozen=True)
class College:
    """A college: how many answered (None when hidden, ``words`` then say so), of how many, and a remark."""

    label: str
    words: str
    count: int | None = None
    size: int | None = None
    remark: str = ""


def crowd(colleges: Sequence[College], *, ident: str) -> Markup:
    """Return the picture of who answered, college by college."""
    drawing = Crowd(colleges)
    layers = (people.definitions(CAME, drawing.size), spread(*drawing.layers(), top=0))
    return picture(_("Une silhouette par personne"), layers, HEIGHT, ident=ident)


def crowd_scale(colleges: Sequence[College]) -> int:
    """Return how many people a figure stands for: 1, or as many tens as the room asks.

    >>> crowd_scale([College("Élus", "26", 26, 33)]), crowd_scale([College("Habitants", "2 340", 2340)])
    (1, 10)
    """
    return Crowd(colleges).each


class Crowd:
    """The layout of the rows of people."""

    def __init__(self, colleges: Sequence[College]) -> None:
        self.each, self.name_lines = 1, 2
        middle = math.ceil(len(colleges) / 2)
        self.columns = [colleges] if len(colleges) <= MOST_ROWS else [colleges[:middle], colleges[middle:]]
        self.width = (WIDTH + BETWEEN) / len(self.columns) - BETWEEN
        self.size, self.pitch, self.line = STEPS[0]
        while not self._fits() and self.each < 10**6:
            self.each *= 10
        rows = max(map(len, self.columns), default=0)
        spare = max(0.0, HEIGHT - self._height())
        # The rows are spread over the whole picture; one alone stands low in it.
        self.gap, self.top = GAP + spare / max(rows - 1, 1), spare * 0.75 if rows == 1 else 0.0

    def _fits(self) -> bool:
        """Take the largest size at which everybody fits, names on one line if need be; return whether there is one."""
        for self.name_lines, (self.size, self.pitch, self.line) in product((2, 1), STEPS):
            if self._height() <= HEIGHT:
                return True
        return False

    def _figures(self, college: College) -> int:
        whole = max(college.count or 0, college.size or 0)
        return math.ceil(whole / self.each)

    def _lines(self, college: College) -> int:
        return max(1, math.ceil(self._figures(college) / self.a_line))

    def _row_height(self, college: College) -> float:
        return max(len(self._name(college)[1]) * NAME_LINE, self._lines(college) * self.line, NAME_LINE + 8)

    @property
    def a_line(self) -> int:
        """How many figures stand side by side."""
        return int((self.width - START) // self.pitch)

    def _name(self, college: College) -> tuple[float, list[str]]:
        return named(college.label, COUNT - 110, lines=self.name_lines, sizes=(42, 38, 36))

    def _height(self) -> float:
        return max(sum(self._row_height(one) + GAP for one in column) - GAP for column in self.columns)

    def layers(self) -> Iterator[Markup]:
        """Yield one row per college, column by column."""
        seeds = count_from(0)
        for place, column in enumerate(self.columns):
            x, y = place * (self.width + BETWEEN), self.top
            for college in column:
                row = element("g", *self._row(college, next(seeds)), transform=f"translate({x:.0f} {y:.1f})")
                yield still(row)
                y += self._row_height(college) + self.gap

    def _row(self, college: College, seed: int) -> Iterator[Markup]:
        size, lines = self._name(college)
        yield from stacked(lines, 0, 38, NAME_LINE, size, font_weight=700)
        if college.count is None:
            yield words(college.words, START, 38, 38, "soft")
            return
        yield words(college.words, COUNT, 42, 56, text_anchor="end", font_weight=700)
        if college.size and college.size >= college.count:
            yield words(_("sur %(size)s", size=count(college.size)), OF, 42, 36, "soft")
        yield from self._people(college, seed)

    def _people(self, college: College, seed: int) -> Iterator[Markup]:
        a_line = self.a_line
        came = math.ceil((college.count or 0) / self.each)
        shapes = people.dealt(seed + 7)
        placed = [
            people.person(CAME, next(shapes), START + place % a_line * self.pitch, place // a_line * self.line)
            for place in range(self._figures(college))
        ]
        yield element("g", *placed[:came], **INK.fill("accent"))
        if placed[came:]:
            yield element("g", *placed[came:], class_="fill-absent stroke-edge", stroke_width=3)
        yield from self._remark(college, a_line)

    def _remark(self, college: College, a_line: int) -> Iterator[Markup]:
        """Yield the remark after the last figure, where it fits."""
        line, place = divmod(self._figures(college) - 1, a_line)
        x = START + (place + 1) * self.pitch + 24
        if college.remark and x + text_width(college.remark, 36) < self.width:
            yield words(college.remark, x, line * self.line + min(self.line / 2 + 14, 80), 36, "soft")


def how_many_each(each: int) -> str:
    """Return what a figure of the legend stands for, beside « a répondu »; empty for one person."""
    return (
        ""
        if each == 1
        else ngettext("une silhouette\u00a0: %(n)s personne", "une silhouette\u00a0: %(n)s personnes", each)
    )
