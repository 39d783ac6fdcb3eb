"""The scale of every picture of a slide: from the lowest level to the highest, drawn as zones with their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from grille import Level
from restitution.charts.markup import element, text_width, wrapped_to
from restitution.charts.stage.picture import INK, SMALLEST, words
from restitution.text.numbers import level_text

LINE = 42
OUTSIDE = 24  # how far the words of the lowest and of the highest level may leave their zones


@dataclass(frozen=True)
class LevelScale:
    """The levels laid along a line that begins at ``start`` and is ``length`` long."""

    levels: tuple[Level, ...]
    start: float
    length: float

    def at(self, value: float) -> float:
        """Return the place of a score on the line."""
        low, high = self.levels[0].value, self.levels[-1].value
        return self.start + (value - low) / (high - low) * self.length

    @property
    def end(self) -> float:
        """The place of the highest level."""
        return self.start + self.length

    def zones(self) -> Iterator[tuple[Level, float, float]]:
        """Yield each level with the edges of its zone: half way to its neighbours."""
        middles = [(one.value + other.value) / 2 for one, other in pairwise(self.levels)]
        edges = [self.levels[0].value, *middles, self.levels[-1].value]
        for level, (low, high) in zip(self.levels, pairwise(edges), strict=True):
            yield level, self.at(low), self.at(high)

    def names(self) -> list[list[str]]:
        """Return the words of each zone on two lines at most; the numbers of the levels when words do not fit."""
        last = len(self.levels) - 1
        rooms = [
            right - left + (OUTSIDE if i in (0, last) else -10) for i, (_l, left, right) in enumerate(self.zones())
        ]
        found = [wrapped_to(level.label, room, SMALLEST) for level, room in zip(self.levels, rooms, strict=True)]
        if all(len(lines) <= 2 and not any(line.endswith("…") for line in lines) for lines in found):
            return found
        return [[level_text(level.value)] for level in self.levels]

    def _word_at(self, place: int, left: float, right: float, width: float) -> tuple[float, str]:
        """Return where the word of a zone stands: in its middle; outward at the ends when it is wider."""
        if width > right - left - 10 and place == 0:
            return right - 5, "end"
        if width > right - left - 10 and place == len(self.levels) - 1:
            return left + 5, "start"
        return (left + right) / 2, "middle"

    @property
    def numbered(self) -> bool:
        """Whether levels stand as numbers, for want of room."""
        return self.names()[0] == [level_text(self.levels[0].value)]

    def heads(self, top: float) -> Iterator[Markup]:
        """Yield the words of the zones, above their columns."""
        for place, ((_level, left, right), lines) in enumerate(zip(self.zones(), self.names(), strict=True)):
            for rank, line in enumerate(reversed(lines)):
                x, anchor = self._word_at(place, left, right, text_width(line, SMALLEST))
                yield words(line, x, top - 14 - rank * LINE, SMALLEST, "soft", text_anchor=anchor)

    def columns(self, top: float, bottom: float) -> Iterator[Markup]:
        """Yield the zones as columns."""
        for place, (_level, left, right) in enumerate(self.zones()):
            colour = "zone" if place % 2 else "card"
            yield element("rect", x=left, y=top, width=right - left, height=bottom - top, **INK.fill(colour))
        for level in self.levels:
            x = self.at(level.value)
            yield element("line", x1=x, x2=x, y1=top, y2=bottom, stroke_width=2, **INK.stroke("line"))


def pill(low: float, high: float, y: float, colour: str, height: float = 38) -> Markup:
    """Return where a score or a change very probably stands, as a soft band."""
    box = {"x": low, "y": y - height / 2, "width": max(high - low, 1), "height": height, "rx": height / 2}
    return element("rect", **box, fill_opacity="0.26", **INK.fill(colour))


def now_mark(x: float, y: float, colour: str, radius: float = 18) -> Markup:
    """Return this year's mark: a filled dot."""
    return element("circle", cx=x, cy=y, r=radius, stroke_width=4, class_=f"fill-{colour} stroke-paper")


def before_mark(x: float, y: float, half: float = 14) -> Markup:
    """Return the mark of the year before: a hollow square."""
    box = {"x": x - half, "y": y - half, "width": 2 * half, "height": 2 * half}
    return element("rect", **box, stroke_width=5, **INK.stroke("year-before", "paper"))


def first_mark(x: float, y: float, half: float = 15) -> Markup:
    """Return the mark of an older year: a hollow triangle."""
    shape = f"M{x:.1f} {y - half:.1f}l{half * 1.1:.1f} {half * 1.9:.1f}h{-half * 2.2:.1f}z"
    return element("path", d=shape, stroke_width=4, **INK.stroke("year-first", "paper"))
