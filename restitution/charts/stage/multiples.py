"""Each family from campaign to campaign, on a panel of its own: six campaigns are read as easily as two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from markupsafe import Markup

from restitution.chart_data.slope import FamilyTrend, Slope
from restitution.charts.markup import corners_text, element, text_width, wrapped_to
from restitution.charts.stage import scale
from restitution.charts.stage.picture import (
    HALO,
    INK,
    SMALLEST,
    WIDTH,
    common_size,
    named,
    picture,
    shortened,
    spread,
    stacked,
    still,
    words,
)
from restitution.text.language import gettext as _
from restitution.text.numbers import level_text

HEIGHT = 800
HEAD, FOOT, WORDS, GAP = 150, 106, 176, 16
MOST = 6


def multiples(slope: Slope, said: Mapping[str, str], *, ident: str, part: slice = slice(None)) -> Markup:
    """Return one panel per family; ``said`` gives each its word since the first campaign, by its code."""
    drawing = Panels(slope, said, slope.trends[part])
    ends = {"first": slope.labels[0], "last": slope.labels[-1]}
    title = _("Score de chaque famille, de %(first)s à %(last)s", **ends)
    return picture(title, drawing.layers(), HEIGHT, ident=ident)


class Panels:
    """The layout of the panels, side by side."""

    def __init__(self, slope: Slope, said: Mapping[str, str], trends: Sequence[FamilyTrend]) -> None:
        self.slope, self.said, self.trends = slope, said, trends
        self.top, self.bottom = HEAD + 10, HEIGHT - FOOT
        self.scale = scale.LevelScale(slope.levels, -self.bottom, self.bottom - self.top)
        names = [trend.axis.title for trend in trends]
        self.width = (WIDTH - WORDS - GAP * (len(trends) - 1)) / len(trends)
        self.size = common_size(names, self.width, sizes=(48, 40, 36))

    def y(self, value: float) -> float:
        """Return the height of a score: the highest level is at the top."""
        return -self.scale.at(value)

    def layers(self) -> Iterator[Markup]:
        """Yield the names, then the words of the levels, the panels, and the legend."""
        yield from (self._placed(place, self._head(trend)) for place, trend in enumerate(self.trends))
        panels = (self._placed(place, self._panel(trend)) for place, trend in enumerate(self.trends))
        yield spread(*self._words(), *panels, still(*self._legend()), top=self.top)

    def _placed(self, place: int, layers: Iterator[Markup]) -> Markup:
        left = WORDS + place * (self.width + GAP)
        return element("g", *layers, transform=f"translate({left:.1f} 0)")

    def _words(self) -> Iterator[Markup]:
        for level, low, high in self.scale.zones():
            lines = wrapped_to(level.label, WORDS - 12, SMALLEST)
            room = high - low
            if len(lines) * 40 > room + 24:
                lines = [level_text(level.value)]
            middle = -(low + high) / 2 - (len(lines) - 1) * 20
            shown = [shortened(line, WORDS, SMALLEST) for line in lines]
            yield still(*stacked(shown, WORDS - 14, middle + 12, 40, SMALLEST, "soft", text_anchor="end"))

    def _head(self, trend: FamilyTrend) -> Iterator[Markup]:
        size, lines = named(trend.axis.title, self.width, lines=2, sizes=(self.size,))
        base = 62 - size * 1.05 * (len(lines) - 1)
        yield from stacked(lines, 0, base, size * 1.05, size, trend.axis.hue, font_weight=700)
        if word := self.said.get(trend.axis.code, ""):
            yield from stacked(wrapped_to(word, self.width, SMALLEST)[:2], 0, 100, 38)
        yield element("rect", x=0, y=HEAD, width=self.width, height=8, **INK.fill(trend.axis.hue))

    def _panel(self, trend: FamilyTrend) -> Iterator[Markup]:
        for place, (_level, low, high) in enumerate(self.scale.zones()):
            colour = "zone" if place % 2 else "card"
            yield element("rect", x=0, y=-high, width=self.width, height=high - low, **INK.fill(colour))
        yield from self._new_grids()
        yield from self._others(trend)
        yield from self._own(trend)
        yield from self._years()

    def x(self, campaign: int) -> float:
        """Return the place of a campaign, by its year."""
        return 26 + self.slope.position(campaign) * (self.width - 52)

    def _new_grids(self) -> Iterator[Markup]:
        for place, (old, new) in enumerate(pairwise(self.slope.grids)):
            if old != new:
                x = (self.x(place) + self.x(place + 1)) / 2
                line = {"x1": x, "x2": x, "y1": self.top, "y2": self.bottom, "stroke_width": 4}
                yield element("line", **line, stroke_dasharray="4 8", **INK.stroke("soft"))

    def _others(self, trend: FamilyTrend) -> Iterator[Markup]:
        for other in self.slope.trends:
            if other is not trend:
                for one, two in self._runs(other):
                    line = {"x1": one[0], "y1": one[1], "x2": two[0], "y2": two[1], "stroke_width": 3}
                    yield element("line", **line, **INK.stroke("line"))

    def _runs(self, trend: FamilyTrend) -> Iterator[tuple[tuple[float, float, int], tuple[float, float, int]]]:
        known = [(self.x(i), self.y(one.value), i) for i, one in enumerate(trend.points) if one.value is not None]
        yield from pairwise(known)

    def _own(self, trend: FamilyTrend) -> Iterator[Markup]:
        hue, stroke = trend.axis.hue, {"stroke_width": 7, "stroke_linecap": "round"}
        band = [(self.x(i), one.ends) for i, one in enumerate(trend.points) if one.ends]
        if len(band) > 1:
            upper = [(x, self.y(ends[1])) for x, ends in band]
            lower = [(x, self.y(ends[0])) for x, ends in reversed(band)]
            yield element("polygon", points=corners_text(upper + lower), fill_opacity="0.22", **INK.fill(hue))
        for one, two in self._runs(trend):
            dashes = None if two[2] == one[2] + 1 else "4 16"
            line = {"x1": one[0], "y1": one[1], "x2": two[0], "y2": two[1], "stroke_dasharray": dashes}
            yield element("line", **line, **stroke, **INK.stroke(hue))
        known = [(i, point.text, point.value) for i, point in enumerate(trend.points) if point.value is not None]
        for i, _text, value in known:
            yield still(scale.now_mark(self.x(i), self.y(value), hue, 13))
        yield from self._numbers(known)

    def _numbers(self, known: Sequence[tuple[int, str, float]]) -> Iterator[Markup]:
        """Yield the first and the last score; the last alone where they would touch."""
        newest = len(self.slope.labels) - 1
        for i, text, value in (one for one in known if one in (known[0], known[-1])):
            last = i == newest
            size, y = (46, self.y(value) - 34) if last else (36, self.y(value) + 56)
            y = min(max(y, self.top + 40), self.bottom - 12)
            near = {"x": self.width - 8, "text_anchor": "end"} if last else {"x": max(6, self.x(i) - 20)}
            yield still(element("text", text, **near, y=y, font_size=size, font_weight=700 if last else None, **HALO))

    def _years(self) -> Iterator[Markup]:
        first, last = self.slope.labels[0], self.slope.labels[-1]
        y = self.bottom + 40
        if text_width(f"{first} {last}", 36) < self.width:
            yield still(words(first, 0, y, 36, "soft"))
        yield still(words(last, self.width, y, 36, "soft", text_anchor="end"))

    def _legend(self) -> Iterator[Markup]:
        x, y = 0.0, HEIGHT - 12
        if any(one.ends for trend in self.trends for one in trend.points):
            yield element("rect", x=x, y=y - 32, width=70, height=38, fill_opacity="0.22", **INK.fill("ink"))
            label = _("où le niveau se trouve très probablement")
            yield words(label, x + 88, y, 36)
            x += text_width(label, 36) + 140
        if len(set(self.slope.grids)) > 1:
            line = {"x1": x, "x2": x, "y1": y - 36, "y2": y + 8, "stroke_width": 5, "stroke_dasharray": "4 8"}
            yield element("line", **line, **INK.stroke("soft"))
            yield words(_("la grille a changé"), x + 20, y, 36)
