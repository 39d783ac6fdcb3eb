"""Where the territories of a programme stand, family by family: a dot each, without name, over their middle half."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from markupsafe import Markup

from grille import Level
from restitution.chart_data.radar import level_word
from restitution.charts.marks import marker
from restitution.charts.markup import ByClass, Ink, element, fitted, text_width, titled_svg, wrapped_to
from restitution.findings.programme import Spread
from restitution.text.language import gettext as _
from restitution.text.numbers import level_text

MOST_DOTS: Final = 60
"""Territories above which a column stands for those of about the same score."""

_DOT: Final = 6.5


@dataclass(frozen=True)
class SpreadFrame:
    """The size of the drawing, of its words and of a row."""

    width: float
    font: float
    small: float
    row: float


WIDE, PHONE = SpreadFrame(760, 19, 15, 124), SpreadFrame(330, 17, 13, 118)


def spread_drawing(spreads: Sequence[Spread], levels: Sequence[Level], frame: SpreadFrame, extra: str = "") -> Markup:
    """Return the drawing for a page, coloured by CSS classes; a table beside it gives the figures."""
    drawing = _Drawing(spreads, levels, frame, ByClass())
    title = _("Où se situent les territoires, famille par famille. Le tableau dit les chiffres.")
    shown = {"class_": f"chart spread {extra}".strip(), "viewBox": f"0 0 {frame.width:.0f} {drawing.height:.0f}"}
    return titled_svg(title, drawing.layers(), ident=f"repartition-{extra or 'large'}", **shown)


class _Drawing:
    """The layout: the words of the levels at the top, then a row per family."""

    def __init__(self, spreads: Sequence[Spread], levels: Sequence[Level], frame: SpreadFrame, ink: Ink) -> None:
        self.spreads, self.levels, self.frame, self.ink = spreads, levels, frame, ink
        self.left, self.right = frame.font * 0.6, frame.width - frame.font * 0.6
        self.columns = int((self.right - self.left) / (2 * _DOT))
        self.words = self._level_lines()
        self.top = frame.small * 1.3 * len(self.words[0]) + frame.small
        self.height = self.top + frame.row * len(spreads) + 4
        self.fullest = max(max(self._piles(one).values()) for one in spreads)

    def x(self, value: Fraction | float) -> float:
        """Return the horizontal position of a score."""
        low, high = self.levels[0].value, self.levels[-1].value
        return self.left + float((value - low) / (high - low)) * (self.right - self.left)

    def layers(self) -> Iterator[Markup]:
        """Yield the levels, then each family."""
        yield element("g", *self._zones())
        for place, one in enumerate(self.spreads):
            yield element("g", *self._row(one, self.top + self.frame.row * place))

    def _level_lines(self) -> list[list[str]]:
        """Return the words above each level: its name where all fit, else its number."""
        room = (self.right - self.left) / (len(self.levels) - 1) * 0.94
        rooms = [room / 2, *[room] * (len(self.levels) - 2), room / 2]
        named = [
            wrapped_to(level.label, width, self.frame.small) for level, width in zip(self.levels, rooms, strict=True)
        ]
        most = max(map(len, named))
        if most > 3 or any("…" in line for lines in named for line in lines):
            return [[level_text(level.value)] for level in self.levels]
        return [[*lines, *[""] * (most - len(lines))] for lines in named]

    def _zones(self) -> Iterator[Markup]:
        values = [level.value for level in self.levels]
        for place, (value, lines) in enumerate(zip(values, self.words, strict=True)):
            low, high = (self.x(min(max(edge, values[0]), values[-1])) for edge in (value - 0.5, value + 0.5))
            band = {"x": low, "y": self.top, "width": high - low, "height": self.height - self.top}
            yield element("rect", **band, **self.ink.fill("card"))
            if place % 2:
                yield element("rect", **band, fill_opacity="0.32", **self.ink.fill("line"))
            for line, text in enumerate(lines):
                where = {"x": (low + high) / 2, "y": self.frame.small * (1.1 + 1.3 * line), "text_anchor": "middle"}
                yield element("text", text, **where, font_size=self.frame.small, **self.ink.fill("soft"))

    def _row(self, one: Spread, top: float) -> Iterator[Markup]:
        font, base = self.frame.font, top + self.frame.row - 26
        yield element("line", x1=0, x2=self.frame.width, y1=top, y2=top, **self.ink.stroke("line"))
        word = level_word(one.middle, self.levels)
        room = self.frame.width - text_width(word, self.frame.small) - font * 2
        name = fitted(one.axis.title, font, room, bold=True)
        at = {"y": top + font * 1.25}
        yield element("text", name, x=self.left, **at, font_size=font, font_weight=700, **self.ink.fill(one.axis.hue))
        ends = {"x": self.right, "text_anchor": "end", "font_size": self.frame.small}
        yield element("text", word, **at, **ends, **self.ink.fill("soft"))
        yield from self._half(one, top + font * 1.7, base)
        yield from self._dots(one, base)
        if one.before is not None:
            yield marker("before", self.x(one.before), base + 13, 6.5, self.ink)

    def _half(self, one: Spread, top: float, base: float) -> Iterator[Markup]:
        low, high = map(self.x, one.half)
        box = {"x": low - 5, "y": top, "width": high - low + 10, "height": base - top + 4, "rx": 6}
        yield element("rect", **box, fill_opacity="0.18", **self.ink.fill(one.axis.hue))
        x = self.x(one.middle)
        yield element("line", x1=x, x2=x, y1=top, y2=base + 4, stroke_width=3, **self.ink.stroke(one.axis.hue))

    def _piles(self, one: Spread) -> Counter[int]:
        return Counter(map(self._column, one.values))

    def _column(self, value: Fraction) -> int:
        low, high = self.levels[0].value, self.levels[-1].value
        return round((value - low) / (high - low) * self.columns)

    def _dots(self, one: Spread, base: float) -> Iterator[Markup]:
        """Yield a dot per territory, stacked; or a column per place of the scale where there are too many."""
        room = self.frame.row - self.frame.font * 1.7 - 34
        if len(one.values) > MOST_DOTS:
            yield from self._columns(one, base, room)
            return
        radius = min(_DOT, room / (2 * self.fullest))
        seen: Counter[int] = Counter()
        for value in one.values:
            column = self._column(value)
            y = base - radius * (1 + 2 * seen[column])
            seen[column] += 1
            x = self.left + column / self.columns * (self.right - self.left)
            yield element("circle", cx=x, cy=y, r=radius, **self.ink.stroke("card", one.axis.hue))

    def _columns(self, one: Spread, base: float, room: float) -> Iterator[Markup]:
        step = (self.right - self.left) / self.columns
        for column, count in sorted(self._piles(one).items()):
            height = room * count / self.fullest
            shape = {"x": self.left + (column - 0.4) * step, "y": base - height, "width": step * 0.8, "height": height}
            yield element("rect", **shape, **self.ink.fill(one.axis.hue))
