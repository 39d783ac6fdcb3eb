"""The radar of a slide: the levels as rings that carry no text, uncertain scores as soft bands, words at the tips.

One or two families, or more than six, stand on rows instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from markupsafe import Markup

from restitution.chart_data.radar import Radar, Series
from restitution.charts.markup import corners_text, element
from restitution.charts.radar_chart import Drawing, framed
from restitution.charts.radar_labels import Label, LabelLine, Layout, without_overlaps
from restitution.charts.stage import scale
from restitution.charts.stage.picture import INK, shortened
from restitution.charts.stage.strips import Strip, strips

STAGE = Layout(width=1728, radius=420, font=42, small=36, badges=False, past=False, words=True, letters=18, tallest=800)
# Beside a lesson, the tips have their scores alone.
LESSON = Layout(width=1180, radius=414, font=42, small=36, badges=False, past=False, letters=16, tallest=800)
# With many families, words at the tips would leave no room for the drawing: the list beside it has them.
MANY = Layout(width=1180, radius=400, font=34, small=36, badges=False, past=False, letters=14, tallest=800)
MOST_IN_WORDS = 5
TIP, UPRIGHT = 26, 0.2
# The height left under rows to the sentences that explain them.
LESSON_LINES = 130
# At the top, between the words of the rings and the legend (27rem each, and some air).
BETWEEN_KEYS = 800


def stage_radar(radar: Radar, *, ident: str, lesson: bool = False) -> Markup:
    """Return the radar for a slide; the page beside it has the rings' words and the legend."""
    layout = LESSON if lesson else STAGE if len(radar.axes) <= MOST_IN_WORDS else MANY
    if radar.as_rows:
        return _rows(radar, ident, LESSON_LINES if lesson else 0)
    return framed(StageRadar(radar, layout, INK), radar.title, "chart radar", ident=ident)


def _rows(radar: Radar, ident: str, spared: int) -> Markup:
    """Return the same as rows: this campaign, and the marks of the others."""
    now, *others = radar.series
    rows = [
        Strip(axis.title, axis.hue, point.value, point.text, point.ends, point.missing, _marks(others, place))
        for place, (axis, point) in enumerate(zip(radar.axes, now.points, strict=True))
    ]
    years = [(one.role, one.label) for one in radar.series]
    return strips(rows, radar.levels, ident=ident, title=radar.title, years=years, spared=spared)


def _marks(others: Sequence[Series], place: int) -> tuple[tuple[str, float], ...]:
    known = ((one.role, one.values[place]) for one in others)
    return tuple((role, value) for role, value in known if value is not None)


class StageRadar(Drawing):
    """The layout of a radar whose levels are zones."""

    def layers(self) -> Iterator[Markup]:
        """Yield every layer of the drawing, from back to front."""
        yield self._zones()
        yield element("g", *map(self._spoke, range(len(self.radar.axes))), stroke_width=3, class_="radar-grid")
        yield from self._bands(self.radar.series[0])
        yield from (self._lines(series) for series in reversed(self.radar.series))
        yield from (self._markers(series) for series in reversed(self.radar.series))
        yield from self._missing_marks()
        yield from (self._written(label) for label in self.labels)

    def _around(self, blocks: Sequence[tuple[LabelLine, ...]]) -> list[Label]:
        """Return the labels beside the tips: that of the top on one line, the others half above their tip."""
        placed = [self._beside(lines, self.direction(axis)) for axis, lines in enumerate(blocks)]
        return without_overlaps(placed)

    def _beside(self, lines: tuple[LabelLine, ...], direction: tuple[float, float]) -> Label:
        across, down = direction
        reach = self.radius + TIP
        if abs(across) < UPRIGHT:
            lines = _on_one_line(lines, self.layout.width if down > 0 or not self.layout.words else BETWEEN_KEYS)
            width, height = max(line.width for line in lines), sum(line.height for line in lines)
            return Label(lines, -width / 2, down * reach - (height if down < 0 else 0), "middle")
        width, height = max(line.width for line in lines), sum(line.height for line in lines)
        left = across * reach - (width if across < 0 else 0)
        return Label(lines, left, down * reach - height / 2, "start" if across > 0 else "end")

    def _zones(self) -> Markup:
        """Return the zones from the rim to the centre, each over the one outside it."""
        levels = self.radar.levels
        edges = [(one.value + other.value) / 2 for one, other in pairwise(levels)]
        shapes = [self._zone(self.radar.highest, len(levels) - 1)]
        shapes += [self._zone(edge, place) for place, edge in reversed(list(enumerate(edges)))]
        rim = self._closed(self.radar.highest, INK.stroke("edge"), stroke_width=3)
        return element("g", *shapes, rim)

    def _zone(self, value: float, place: int) -> Markup:
        return self._closed(value, INK.fill("zone" if place % 2 else "card"))

    def _closed(self, value: float, colours: dict[str, str], **style: object) -> Markup:
        corners = (self.point(axis, value) for axis in range(len(self.radar.axes)))
        return element("polygon", points=corners_text(corners), **style, **colours)

    def _bands(self, series: Series) -> Iterator[Markup]:
        """Yield where each score very probably stands, along its axis."""
        for axis, point in enumerate(series.points):
            if point.ends and point.value is not None:
                (x1, y1), (x2, y2) = (self.point(axis, end) for end in point.ends)
                line = {"x1": x1, "y1": y1, "x2": x2, "y2": y2, "stroke_width": 36, "stroke_linecap": "round"}
                yield element("line", **line, stroke_opacity="0.3", **INK.stroke(self.radar.axes[axis].hue))

    def _markers(self, series: Series) -> Markup:
        if series.role != "now":
            return super()._markers(series)
        known = [(axis, value) for axis, value in enumerate(series.values) if value is not None]
        dots = (scale.now_mark(*self.point(axis, value), self.radar.axes[axis].hue, 17) for axis, value in known)
        return element("g", *dots, class_="radar-series")


def _on_one_line(lines: Sequence[LabelLine], room: float) -> tuple[LabelLine, ...]:
    """Return a label on one line; on two where it is wider than that room, the name over its level, both shortened."""
    joined = LabelLine(tuple(piece for line in lines for piece in line.pieces), lines[0].height)
    if joined.width <= room:
        return (joined,)
    bold = [line for line in lines if line.pieces[0].bold and line.pieces[0].colour == lines[0].pieces[0].colour]
    return tuple(_joined(part, room) for part in (bold, lines[len(bold) :]) if part)


def _joined(lines: Sequence[LabelLine], room: float) -> LabelLine:
    """Return lines of one style as one line, no wider than that room."""
    first = lines[0].pieces[0]
    text = shortened(" ".join(piece.text for line in lines for piece in line.pieces), room, first.size, bold=first.bold)
    return LabelLine((replace(first, text=text),), lines[0].height)
