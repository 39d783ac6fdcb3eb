"""The radar as SVG: in a page (colours by CSS class) or as a file of its own (colours by value)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import groupby

from markupsafe import Markup

from restitution.chart_data.radar import Radar, Series, description_of
from restitution.charts import radar_labels as labels
from restitution.charts.faces import SANS, SERIF, embedded_faces
from restitution.charts.marks import line_attributes, marker, sample
from restitution.charts.markup import (
    ByClass,
    ByValue,
    Ink,
    corners_text,
    element,
    text_lines,
    text_width,
    titled_svg,
    wrapped_to,
)
from restitution.charts.radar_labels import PAGE, Label, LabelBox, LabelLine, Layout, Piece
from restitution.charts.rows_chart import RowsDrawing
from restitution.text.language import gettext as _
from restitution.text.numbers import level_text

# The smallest radius: with very long titles the radar stays readable, and titles overflow the frame.
SMALLEST = 60


def radar_drawing(
    radar: Radar, *, layout: Layout = PAGE, ident: str = "radar", extra: str = "", table: bool = True
) -> Markup:
    """Return the radar for a page, described by its title; the page adds the legend and the caption.

    ``table`` is False where no table of the same figures follows it.
    """
    drawing = drawing_of(radar, layout, ByClass())
    follows = _("Les mêmes chiffres sont dans le tableau qui suit.") if table else ""
    classes = f"chart {'dumbbells' if radar.as_rows else 'radar'} {extra}".strip()
    return framed(drawing, f"{radar.title}. {follows}".strip(), classes, ident=ident)


def framed(drawing: Drawing | RowsDrawing, title: str, classes: str, *, ident: str) -> Markup:
    """Return a drawing in a frame of its own size, whose centre is that of the radar."""
    width, height = drawing.layout.width, drawing.bottom - drawing.top
    view = f"{-width / 2:.0f} {drawing.top:.0f} {width:.0f} {height:.0f}"
    shown = {"class_": classes, "viewBox": view, "data_radius": f"{drawing.radius:.2f}"}
    return titled_svg(title, drawing.layers(), ident=ident, **shown)


def radar_svg(radar: Radar, *, layout: Layout = PAGE) -> str:
    """Return the radar as an SVG file with title, legend, caption, colours and fonts embedded (about 130 kB)."""
    ink, width, font = ByValue(), layout.width, layout.font
    drawing = drawing_of(radar, layout, ink)
    title = wrapped_to(radar.title, width - 2 * font, font * 1.45, "serif-600SemiBold")
    caption = wrapped_to(" · ".join(radar.caption), width - 2 * font, font * 0.82)
    above = font * (1.2 + 1.9 * len(title)) + font * 2.2
    below = above + drawing.bottom - drawing.top
    height = below + font * (1.4 * len(caption) + 1)
    serif = {**ink.fill("ink"), "font_family": SERIF, "font_weight": 600}
    parts = (
        element("title", radar.title),
        element("desc", description_of(radar)),
        element("style", embedded_faces(SANS, SERIF)),
        element("rect", width=width, height=height, **ink.fill("paper")),
        *text_lines(title, font, font * 2, font * 1.9, font_size=font * 1.45, **serif),
        element("g", *_legend(radar.series, font, ink), transform=f"translate({font:.1f} {above - font * 1.8:.1f})"),
        element("g", *drawing.layers(), transform=f"translate({width / 2:.1f} {above - drawing.top:.1f})"),
        *text_lines(caption, font, below + font * 1.2, font * 1.4, font_size=font * 0.82, **ink.fill("soft")),
    )
    size = {"viewBox": f"0 0 {width:.0f} {height:.0f}", "width": width, "height": height}
    return element("svg", *parts, xmlns="http://www.w3.org/2000/svg", **size, font_family=SANS, role="img") + "\n"


def drawing_of(radar: Radar, layout: Layout, ink: Ink) -> Drawing | RowsDrawing:
    """Return the drawing of these figures: a radar, or rows where a radar cannot be read."""
    return RowsDrawing(radar, layout, ink) if radar.as_rows else Drawing(radar, layout, ink)


def legend_sample(role: str) -> Markup:
    """Return the line and marker of a series, for a page's legend."""
    return element(
        "svg", *sample(role, ByClass()), class_="sample", viewBox="0 0 44 16", width=44, height=16, aria_hidden="true"
    )


def _legend(series: Sequence[Series], font: float, ink: Ink) -> Iterator[Markup]:
    left, scale = 0.0, font / 16
    for one in series:
        text = element("text", one.label, x=52 * scale, y=font * 0.85, font_size=font, **ink.fill("ink"))
        yield element("g", *sample(one.role, ink, scale), text, transform=f"translate({left:.1f} 0)")
        left += 80 * scale + text_width(one.label, font)


def runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """Return the stretches of neighbouring axes with a score, around the circle, each to be joined by a line.

    >>> runs((1.0, None, 2.0, 3.0))
    [[(2, 2.0), (3, 3.0), (0, 1.0)]]
    """
    gap = values.index(None)
    turned = [*range(gap, len(values)), *range(gap)]
    stretches = groupby(((i, values[i]) for i in turned), key=lambda pair: pair[1] is None)
    return [[(i, value) for i, value in pairs if value is not None] for missing, pairs in stretches if not missing]


@lru_cache(32)
def _directions(axes: int) -> tuple[tuple[float, float], ...]:
    angles = (2 * math.pi * axis / axes - math.pi / 2 for axis in range(axes))
    return tuple((math.cos(angle), math.sin(angle)) for angle in angles)


class Drawing:
    """The layout of a radar: the geometry shared by every layer, with the centre at (0, 0)."""

    def __init__(self, radar: Radar, layout: Layout, ink: Ink) -> None:
        self.radar, self.layout, self.ink = radar, layout, ink
        self._gap = layout.font * 1.05
        axes = range(len(radar.axes))
        blocks = [labels.block(radar, axis, layout) for axis in axes]
        rooms = (
            labels.largest_radius(lines, self.direction(axis)[0], layout, self._gap)
            for axis, lines in zip(axes, blocks, strict=True)
        )
        smallest = SMALLEST * layout.scale
        self.radius = max(min(layout.radius, *rooms), smallest)
        self.labels = self._around(blocks)
        while self.bottom - self.top > layout.tallest and self.radius > smallest:
            self.radius = max(self.radius * 0.98, smallest)
            self.labels = self._around(blocks)

    def _around(self, blocks: Sequence[tuple[LabelLine, ...]]) -> list[Label]:
        """Return the labels placed at the ends of their axes."""
        placed = [labels.label_beside(lines, self.tip(axis), self.direction(axis)) for axis, lines in enumerate(blocks)]
        return labels.without_overlaps(placed)

    @property
    def top(self) -> float:
        """The highest edge of the drawing."""
        return min([-self.radius, *(label.top for label in self.labels)]) - self.layout.font * 0.3

    @property
    def bottom(self) -> float:
        """The lowest edge of the drawing."""
        lowest = [label.top + label.height for label in self.labels]
        return (
            max([self.direction(axis)[1] * self.radius for axis in range(len(self.radar.axes))] + lowest)
            + self.layout.font * 0.4
        )

    def direction(self, axis: int) -> tuple[float, float]:
        """Return the direction of an axis as a unit vector: the first straight up, the others clockwise."""
        return _directions(len(self.radar.axes))[axis]

    def tip(self, axis: int) -> tuple[float, float]:
        """Return the point where the label of an axis begins."""
        across, down = self.direction(axis)
        return across * (self.radius + self._gap), down * (self.radius + self._gap)

    def point(self, axis: int, value: float) -> tuple[float, float]:
        """Return the position of a score on its axis."""
        across, down = self.direction(axis)
        length = self.radar.position(value) * self.radius
        return across * length, down * length

    def layers(self) -> Iterator[Markup]:
        """Yield every layer of the drawing, from back to front."""
        yield self._grid()
        yield from (self._lines(series) for series in reversed(self.radar.series))
        yield self._level_words()
        yield from (self._markers(series) for series in reversed(self.radar.series))
        yield from self._missing_marks()
        yield from (self._written(label) for label in self.labels)

    def _grid(self) -> Markup:
        rings = (self._ring(level.value) for level in reversed(self.radar.levels[1:]))
        return element(
            "g",
            *rings,
            *map(self._spoke, range(len(self.radar.axes))),
            stroke_width=1.5 * self.layout.scale,
            class_="radar-grid",
        )

    def _ring(self, value: int) -> Markup:
        style = self.ink.stroke("line", "card" if value == self.radar.highest else "none")
        corners = [self.point(axis, value) for axis in range(len(self.radar.axes))]
        return element("polygon", points=corners_text(corners), **style)

    def _spoke(self, axis: int) -> Markup:
        x, y = self.point(axis, self.radar.highest)
        hidden = self.radar.series[0].values[axis] is None
        return element(
            "line", x1=0, y1=0, x2=x, y2=y, stroke_dasharray="1 6" if hidden else None, **self.ink.stroke("line")
        )

    def _lines(self, series: Series) -> Markup:
        return element("g", *self._outline(series), class_="radar-series")

    def _outline(self, series: Series) -> Iterator[Markup]:
        colour, line = f"year-{series.role}", line_attributes(series.role, self.layout.scale)
        if not series.complete:
            for run in runs(series.values):
                corners = corners_text([self.point(axis, value) for axis, value in run])
                yield element("polyline", points=corners, **line, **self.ink.stroke(colour))
            return
        corners = corners_text(
            [self.point(axis, value) for axis, value in enumerate(series.values) if value is not None]
        )
        if series.role == "now":
            yield element("polygon", points=corners, fill_opacity="0.07", **self.ink.fill(colour))
        yield element("polygon", points=corners, **line, **self.ink.stroke(colour))

    def _markers(self, series: Series) -> Markup:
        known = [(axis, value) for axis, value in enumerate(series.values) if value is not None]
        size = 6.5 * self.layout.scale
        marks = (marker(series.role, *self.point(axis, value), size, self.ink) for axis, value in known)
        return element("g", *marks, class_="radar-series")

    def _missing_marks(self) -> Iterator[Markup]:
        """Yield a dashed empty ring on the rim for each hidden score, which must not look like zero."""
        ring = {"r": 7 * self.layout.scale, "stroke_width": 2 * self.layout.scale, "stroke_dasharray": "3 3"}
        for axis, value in enumerate(self.radar.series[0].values):
            if value is None:
                x, y = self.point(axis, self.radar.highest)
                yield element("circle", cx=x, cy=y, **ring, **self.ink.stroke("soft", "card"))

    def _level_words(self) -> Markup:
        size, levels = self.layout.small, self.radar.levels
        every = max(1, math.ceil(size * 1.5 * (len(levels) - 1) / self.radius))
        room = self.radius if self.layout.titles and every == 1 else 0
        words = ((level.value, labels.ring_words(level, size, room)) for level in levels[:0:-every])
        return element("g", *(self._level_word(value, text) for value, text in words))

    def _level_word(self, value: int, text: str) -> Markup:
        """Return a level's name on the first axis, on the side where it covers nothing; else its number."""
        box = min((self._words_box(value, text, side) for side in (1, -1)), key=self._covered)
        if self._covered(box):
            text = level_text(value)
            box = self._words_box(value, text, 1)
        middle = {"x": box.left + box.width / 2, "y": box.top + box.height * 0.74, "text_anchor": "middle"}
        words = element("text", text, **middle, font_size=self.layout.small, **self.ink.fill("soft"))
        shape = {"x": box.left, "y": box.top, "width": box.width, "height": box.height, "rx": box.height * 0.3}
        return element("g", element("rect", **shape, fill_opacity="0.9", **self.ink.fill("card")), words)

    def _words_box(self, value: int, text: str, side: int) -> LabelBox:
        size, (_x, y) = self.layout.small, self.point(0, value)
        width, gap = text_width(text, size) + size * 0.5, 10 * self.layout.scale
        return LabelBox(gap if side > 0 else -gap - width, y - size * 0.72, width, size * 1.44)

    def _covered(self, box: LabelBox) -> int:
        """Return how many points and labels a text in that box would cover; lines do not count."""
        points = sum(box.holds(x, y) for x, y in self._corners)
        return points + sum(box.overlaps(label.box) for label in self.labels)

    @cached_property
    def _corners(self) -> list[tuple[float, float]]:
        values = (pair for series in self.radar.series for pair in enumerate(series.values))
        return [self.point(axis, value) for axis, value in values if value is not None]

    def _written(self, label: Label) -> Markup:
        parts: list[Markup] = []
        top = label.top
        for line in label.lines:
            parts.extend(self._written_line(line, label.start(line), top + line.height * 0.76))
            top += line.height
        return element("g", *parts)

    def _written_line(self, line: LabelLine, left: float, baseline: float) -> Iterator[Markup]:
        for piece in line.pieces:
            yield from self._badge(piece, left, baseline) if piece.badge else self._words(piece, left, baseline)
            left += piece.width + line.gap

    def _words(self, piece: Piece, left: float, baseline: float) -> Iterator[Markup]:
        if piece.marker:
            size = min(6.5 * self.layout.scale, piece.size * 0.32)
            yield marker(piece.marker, left + piece.size * 0.4, baseline - piece.size * 0.36, size, self.ink)
            left += piece.size
        place = {"x": left, "y": baseline, "font_size": piece.size, "font_weight": 700 if piece.bold else None}
        yield element("text", piece.text, **place, **self.ink.fill(piece.colour))

    def _badge(self, piece: Piece, left: float, baseline: float) -> Iterator[Markup]:
        size, height = piece.size, piece.size * 1.5
        box = {"x": left, "y": baseline - size * 1.08, "width": piece.width, "height": height, "rx": size * 0.32}
        yield element("rect", **box, **self.ink.fill(piece.colour))
        words = {
            "x": left + piece.width / 2,
            "y": baseline + size * 0.02,
            "font_size": size,
            "text_anchor": "middle",
            "font_weight": 700,
        }
        yield element("text", piece.text, **words, **self.ink.fill("on-hue"))
