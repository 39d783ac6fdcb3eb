"""The same figures as a radar, a line per family: for one or two families, and for more than six.

A radar of two axes is a line, one of thirteen a hedgehog. Here each family has its scale, drawn as zones, with the
marks of the campaigns that a radar would have (``Radar.as_rows``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from restitution.chart_data.radar import MOST_AXES, Axis, Point, Radar
from restitution.charts.marks import marker
from restitution.charts.markup import Ink, element, text_lines, text_width, wrapped_to
from restitution.charts.radar_labels import Layout
from restitution.text.numbers import level_text

_TALLEST_ROW = 3.4
_NAMES, _MOST_LINES = 0.3, 2


@dataclass(frozen=True)
class _Row:
    """The place of a family: the middle of its scale, and the baseline of its name."""

    axis: Axis
    points: tuple[tuple[str, Point], ...]
    middle: float
    name: float


class RowsDrawing:
    """The layout of the rows: names at the left (above, on a phone), scales, newest figures at the right."""

    def __init__(self, radar: Radar, layout: Layout, ink: Ink) -> None:
        self.radar, self.layout, self.ink = radar, layout, ink
        self.narrow = not layout.titles
        font = layout.font
        self._left = -layout.width / 2
        self._right = layout.width / 2
        self._figures = self._widest_figure()
        self._from = self._left + (font * 0.5 if self.narrow else layout.width * _NAMES)
        self._to = self._right - (font * 0.5 if self.narrow else self._figures + font)
        self._head = self._header_lines()
        self.top = 0.0
        self._body = font * 0.6 + len(self._head[0]) * layout.small * 1.25
        self._step = self._row_height()
        self.bottom = self._body + self._step * len(radar.axes) + font * 0.4
        self.radius = (self._to - self._from) / 2

    def _row_height(self) -> float:
        """Return the height of a row: as much as its words need, and less where the drawing would be too tall."""
        font = self.layout.font
        usual = font * (3.2 if self.narrow else 2.6 if len(self.radar.axes) > 2 else _TALLEST_ROW)
        return min(usual, (self.layout.tallest - self._body - font) / len(self.radar.axes))

    def _widest_figure(self) -> float:
        font = self.layout.font
        newest = max(text_width(point.text, font * 1.2, bold=True) for point in self.radar.series[0].points)
        older = [
            sum(text_width(series.points[place].text, font * 0.9) + font * 1.3 for series in self.radar.series[1:])
            for place in range(len(self.radar.axes))
        ]
        return newest + font * 1.2 + (max(older) if self.layout.past else 0)

    def x(self, value: float) -> float:
        """Return the horizontal position of a score."""
        return self._from + self.radar.position(value) * (self._to - self._from)

    def layers(self) -> Iterator[Markup]:
        """Yield every layer of the drawing, from back to front."""
        yield element("g", *self._zones(), class_="rows-scale")
        yield element("g", *self._level_words())
        for place, axis in enumerate(self.radar.axes):
            yield element("g", *self._row(self._placed(place, axis)))

    def _placed(self, place: int, axis: Axis) -> _Row:
        top, font = self._body + place * self._step, self.layout.font
        points = tuple((series.role, series.points[place]) for series in self.radar.series)
        middle = top + self._step * (0.68 if self.narrow else 0.5)
        return _Row(axis, points, middle, top + font * 1.05 if self.narrow else middle)

    def _zones(self) -> Iterator[Markup]:
        """Yield the scale: a band per level, from half a level below to half a level above, and a line at each."""
        values = [level.value for level in self.radar.levels]
        height = self.bottom - self._body - self.layout.font * 0.4
        for place, value in enumerate(values):
            low, high = (self.x(min(max(edge, values[0]), values[-1])) for edge in (value - 0.5, value + 0.5))
            band = {"x": low, "y": self._body, "width": high - low, "height": height}
            yield element("rect", **band, **self.ink.fill("card"))
            if place % 2:
                yield element("rect", **band, fill_opacity="0.32", **self.ink.fill("line"))
        for value in values:
            x = self.x(value)
            yield element("line", x1=x, x2=x, y1=self._body, y2=self._body + height, **self.ink.stroke("line"))

    def _header_lines(self) -> list[list[str]]:
        """Return the words above each level: its number and its name where all names fit, else its number."""
        room = (self._to - self._from) / (len(self.radar.levels) - 1) * 0.94
        numbers = [level_text(level.value) for level in self.radar.levels]
        named = [wrapped_to(level.label, room, self.layout.small) for level in self.radar.levels]
        fit = all(len(lines) <= 3 and "…" not in "".join(lines) for lines in named) and not self.narrow
        most = max(map(len, named))
        return [
            [number, *lines, *[""] * (most - len(lines))] if fit else [number]
            for number, lines in zip(numbers, named, strict=True)
        ]

    def _level_words(self) -> Iterator[Markup]:
        size = self.layout.small
        for level, lines in zip(self.radar.levels, self._head, strict=True):
            x = self.x(level.value)
            for place, text in enumerate(lines):
                y = self.layout.font * 0.3 + size * (1.0 + 1.25 * place)
                yield element("text", text, x=x, y=y, text_anchor="middle", font_size=size, **self.ink.fill("soft"))

    def _row(self, row: _Row) -> Iterator[Markup]:
        edge = self._body + self._step * (1 + self.radar.axes.index(row.axis))
        yield element("line", x1=self._left, x2=self._right, y1=edge, y2=edge, **self.ink.stroke("line"))
        yield from self._name(row)
        yield from self._figure(row)
        yield from self._marks(row)

    def _name(self, row: _Row) -> Iterator[Markup]:
        """Yield the badge of a family and its name, on two lines at most; « … » stands for what does not fit."""
        font, left = self.layout.font, self._left
        if self.layout.badges:
            yield from self._badge(row, left)
            left += text_width(row.axis.badge, font * 0.9, bold=True) + font * 0.9
        room = (self._right - self._figures if self.narrow else self._from - font * 0.9) - left
        lines = wrapped_to(row.axis.title, room, font, "sans-700Bold")
        most = 1 if self.narrow or self._step < font * 2.3 else _MOST_LINES
        if len(lines) > most:
            lines = [*lines[: most - 1], _ending(lines[most - 1], room, font)]
        first = row.name + (0 if self.narrow else font * (0.36 - 0.6 * (len(lines) - 1)))
        colour = self.ink.fill(self._name_colour(row.axis))
        yield from text_lines(lines, left, first, font * 1.2, font_size=font, font_weight=700, **colour)

    def _name_colour(self, axis: Axis) -> str:
        """Return the colour of a family; ink where there are more families than colours that people tell apart."""
        return axis.hue if len(self.radar.axes) <= MOST_AXES else "ink"

    def _badge(self, row: _Row, left: float) -> Iterator[Markup]:
        size = self.layout.font * 0.82
        middle = row.name - size * 0.4 if self.narrow else row.middle
        width = text_width(row.axis.badge, size, bold=True) + size * 0.6
        box = {"x": left, "y": middle - size * 0.75, "width": width, "height": size * 1.5, "rx": size * 0.32}
        yield element("rect", **box, **self.ink.fill(row.axis.hue))
        place = {"x": left + width / 2, "y": middle + size * 0.36, "text_anchor": "middle", "font_size": size}
        yield element("text", row.axis.badge, **place, font_weight=700, **self.ink.fill("on-hue"))

    def _figure(self, row: _Row) -> Iterator[Markup]:
        """Yield the newest score at the right, and the earlier ones before it."""
        font, right = self.layout.font, self._right
        baseline = row.name if self.narrow else row.middle + font * 0.42
        newest = row.points[0][1]
        if newest.text:
            place = {"x": right, "y": baseline, "text_anchor": "end", "font_size": font * 1.2, "font_weight": 700}
            yield element("text", newest.text, **place, **self.ink.fill("year-now"))
        right -= text_width(newest.text, font * 1.2, bold=True) + font * 0.5
        for role, point in row.points[1:] if self.layout.past else ():
            if point.text:
                place = {"x": right, "y": baseline, "text_anchor": "end", "font_size": font * 0.9}
                yield element("text", point.text, **place, **self.ink.fill(f"year-{role}"))
                right -= text_width(point.text, font * 0.9) + font * 0.4
                yield marker(role, right, baseline - font * 0.3, font * 0.28, self.ink)
                right -= font * 0.9

    def _marks(self, row: _Row) -> Iterator[Markup]:
        """Yield the marks of the campaigns, oldest first, joined by a line; the reason where the newest has none."""
        known = [(role, self.x(point.value)) for role, point in row.points if point.value is not None]
        size = min(self.layout.font * 0.44, self._step * 0.2)
        for (_role, here), (_before, there) in pairwise(known):
            ends = {"x1": there, "x2": here, "y1": row.middle, "y2": row.middle, "stroke_width": size * 0.5}
            yield element("line", **ends, **self.ink.stroke("soft"))
        newest = row.points[0][1]
        if newest.value is None:
            yield from self._missing(newest.missing, row)
        for role, x in reversed(known):
            close = role != "now" and known[0][0] == "now" and abs(x - known[0][1]) < size
            mark = marker(role, x, row.middle, size * (1.5 if close else 1), self.ink)
            yield element("g", mark, class_="rows-series")

    def _missing(self, reason: str, row: _Row) -> Iterator[Markup]:
        size, x = max(self.layout.font * 0.9, self.layout.small), self._from + self.layout.font * 0.4
        text = wrapped_to(reason, self._to - x, size)[0]
        box = {"x": x - size * 0.3, "y": row.middle - size * 0.75, "width": text_width(text, size) + size * 0.6}
        yield element("rect", **box, height=size * 1.5, rx=size * 0.3, **self.ink.fill("card"))
        yield element(
            "text", text, x=x, y=row.middle + size * 0.36, font_size=size, font_style="italic", **self.ink.fill("soft")
        )


def _ending(line: str, room: float, font: float) -> str:
    """Return a line that says by « … » that more words follow, within that room."""
    while line and text_width(f"{line}…", font, bold=True) > room:
        line = line[:-1]
    return f"{line.rstrip()}…"
