"""The slope chart as SVG: each family from campaign to campaign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from grille import Level
from restitution.chart_data.radar import Axis
from restitution.chart_data.slope import FamilyTrend, Slope
from restitution.charts.markup import ByClass, Ink, element, fitted, text_width, titled_svg, wrapped
from restitution.text.language import gettext as _
from restitution.text.numbers import level_text


@dataclass(frozen=True)
class SlopeFrame:
    """The size of a slope chart and the room for its parts."""

    width: float
    height: float
    font: float
    left: float
    right: float
    small: float = 13
    titles: bool = True


PAGE = SlopeFrame(width=560, height=470, font=16, left=96, right=186)
PHONE = SlopeFrame(width=340, height=360, font=14, left=34, right=78, small=11.5, titles=False)


def slope_drawing(slope: Slope, *, frame: SlopeFrame = PAGE, ident: str = "pente", extra: str = "") -> Markup:
    """Return the slope chart for a page, coloured by CSS classes."""
    shown = {"class_": f"chart slope {extra}".strip(), "viewBox": f"0 0 {frame.width:.0f} {frame.height:.0f}"}
    layers = SlopeDrawing(slope, frame, ByClass()).layers()
    return titled_svg(_named(slope), layers, ident=ident, **shown)


def _named(slope: Slope) -> str:
    """Return what is drawn, with the first and the last campaign."""
    ends = {"first": slope.labels[0], "last": slope.labels[-1]}
    if slope.skills:
        return _("Niveau moyen de chaque savoir-faire, de %(first)s à %(last)s", **ends)
    return _("Score de chaque famille, de %(first)s à %(last)s", **ends)


def spread(wanted: Sequence[float], step: float, low: float, high: float) -> list[float]:
    """Return heights close to those wanted, at least ``step`` apart, within bounds, in the same order.

    >>> spread([10, 12, 40], 10, 0, 100)
    [6.0, 16.0, 40.0]
    """
    groups: list[list[float]] = []  # each a run of touching labels: [sum of wanted starts, how many]
    for position in sorted(wanted):
        groups.append([position, 1])
        while len(groups) > 1 and _start(groups[-2], step, low, high) + groups[-2][1] * step > _start(
            groups[-1], step, low, high
        ):
            total, count = groups.pop()
            groups[-1] = [groups[-1][0] + total - count * groups[-1][1] * step, groups[-1][1] + count]
    heights = [_start(group, step, low, high) + step * i for group in groups for i in range(int(group[1]))]
    ranks = sorted(range(len(wanted)), key=lambda i: wanted[i])
    return [height for _rank, height in sorted(zip(ranks, heights, strict=True))]


def _start(group: Sequence[float], step: float, low: float, high: float) -> float:
    total, count = group
    return max(low, min(total / count, high - (count - 1) * step))


class SlopeDrawing:
    """The layout of a slope chart: the geometry shared by its layers."""

    def __init__(self, slope: Slope, frame: SlopeFrame, ink: Ink) -> None:
        self.slope, self.frame, self.ink = slope, frame, ink
        self._top, self._bottom = frame.font * 2.1, frame.height - frame.font * 3.8
        self._right = max(frame.right, frame.font * 3.5 + self._widest_end())

    def _widest_end(self) -> float:
        """Return the width of what stands at the end of a line beside the name: the badge and the longest score."""
        scores = [text_width(line.points[-1].text, self.frame.font, bold=True) for line in self.slope.trends]
        badges = [text_width(line.axis.badge, self.frame.small, bold=True) for line in self.slope.trends]
        return max(scores, default=0) + max(badges, default=0)

    def x(self, campaign: int) -> float:
        """Return the horizontal position of a campaign, by its year."""
        return self.frame.left + self.slope.position(campaign) * (self.frame.width - self._right - self.frame.left)

    def y(self, value: float) -> float:
        """Return the vertical position of a score."""
        low, high = self.slope.shown
        return self._bottom - (value - low) / (high - low) * (self._bottom - self._top)

    @property
    def _step(self) -> float:
        """The height between two levels."""
        low, high = self.slope.shown
        return (self._bottom - self._top) / (high - low)

    def layers(self) -> Iterator[Markup]:
        """Yield every layer of the chart, from back to front."""
        low, high = self.slope.shown
        yield from (self._level(level) for level in self.slope.levels if low <= level.value <= high)
        yield from (self._campaign(campaign) for campaign in range(len(self.slope.labels)))
        yield from (
            self._new_grid(campaign) for campaign, (old, new) in enumerate(pairwise(self.slope.grids)) if old != new
        )
        yield from (self._trend(line) for line in self.slope.trends)
        yield from self._ends()

    def _text(self, text: str, x: float, y: float, size: float, colour: str, /, **style: object) -> Markup:
        return element("text", text, x=x, y=y, font_size=size, **style, **self.ink.fill(colour))

    def _level(self, level: Level) -> Markup:
        """Return a level's line with, on the left, its number over its name."""
        y, size = self.y(level.value), self.frame.small
        line = element("line", x1=self.frame.left - size, x2=self.x(-1), y1=y, y2=y, **self.ink.stroke("line"))
        number = level_text(level.value)
        named = wrapped(level.label, 10) if self.frame.titles else []
        lines = [number, *(named if len(named) * size * 1.2 < self._step else [])]
        above = 1.0 if level.value == self.slope.shown[0] else 0.5
        top = max(size, y + size * 0.35 - (len(lines) - 1) * size * 1.1 * above)
        x = self.frame.left - size * 1.6
        words = (
            self._text(text, x, top + i * size * 1.1, size, "soft", text_anchor="end") for i, text in enumerate(lines)
        )
        return element("g", line, *words)

    def _campaign(self, campaign: int) -> Markup:
        x, size = self.x(campaign), self.frame.font
        line = element("line", x1=x, x2=x, y1=self._top, y2=self._bottom, **self.ink.stroke("line"))
        bold: dict[str, object] = {"text_anchor": "middle", "font_weight": 600}
        year = self._text(self.slope.labels[campaign], x, self._bottom + size * 1.8, size, "ink", **bold)
        note = self._unpublished(campaign)
        if not note:
            return element("g", line, year)
        below = self._bottom + size * 2.9
        return element("g", line, year, self._text(note, x, below, self.frame.small, "soft", text_anchor="middle"))

    def _unpublished(self, campaign: int) -> str:
        hidden = sum(line.points[campaign].value is None for line in self.slope.trends)
        if hidden == len(self.slope.trends):
            return _("rien de publié")
        if hidden == 1:
            return _("1 non publiée")
        return _("%(n)s non publiées", n=hidden) if hidden else ""

    def _new_grid(self, campaign: int) -> Markup:
        """Return the mark between two campaigns whose grids differ, where not everything compares."""
        x, size = (self.x(campaign) + self.x(campaign + 1)) / 2, self.frame.small
        line = {"x1": x, "x2": x, "y1": self._top - size * 0.3, "y2": self._bottom, "stroke_dasharray": "3 5"}
        words = self._text(_("nouvelle grille"), x, self._top - size * 0.8, size, "soft", text_anchor="middle")
        return element("g", element("line", **line, **self.ink.stroke("soft")), words)

    def _trend(self, line: FamilyTrend) -> Markup:
        known = [(self.x(i), self.y(point.value), i) for i, point in enumerate(line.points) if point.value is not None]
        width = 3.5 * self.frame.font / 16
        joined = (
            element(
                "line",
                x1=a[0],
                y1=a[1],
                x2=b[0],
                y2=b[1],
                stroke_width=width,
                stroke_dasharray=None if b[2] == a[2] + 1 else "2 7",
                **self.ink.stroke(line.axis.hue),
            )
            for a, b in pairwise(known)
        )
        dots = (
            element("circle", cx=x, cy=y, r=width * 1.5, **self.ink.fill(line.axis.hue)) for x, y, _campaign in known
        )
        return element("g", element("title", line.axis.title), *joined, *dots, stroke_linecap="round")

    def _ends(self) -> Iterator[Markup]:
        """Yield the name and newest score of each family, apart; a thin line leads to its last point if moved."""
        last = [(line.axis, line.points[-1]) for line in self.slope.trends if line.points[-1].value is not None]
        wanted = [self.y(point.value) for _axis, point in last if point.value is not None]
        size = self.frame.font
        for (axis, point), at, y in zip(last, wanted, spread(wanted, size * 1.6, self._top, self._bottom), strict=True):
            x = self.x(-1)
            yield element(
                "path", d=f"M{x + size * 0.5:.1f} {at:.1f}L{x + size * 1.3:.1f} {y:.1f}", **self.ink.stroke(axis.hue)
            )
            yield self._end(axis, point.text, x + size * 1.5, y)

    def _end(self, axis: Axis, score: str, x: float, y: float) -> Markup:
        size, height = self.frame.small, self.frame.font * 1.3
        width = text_width(axis.badge, size, bold=True) + size * 0.5
        box = element(
            "rect", x=x, y=y - height / 2, width=width, height=height, rx=size * 0.3, **self.ink.fill(axis.hue)
        )
        centre = {
            "x": x + width / 2,
            "y": y + size * 0.36,
            "text_anchor": "middle",
            "font_size": size,
            "font_weight": 700,
        }
        letters = element("text", axis.badge, **centre, **self.ink.fill("on-hue"))
        start, size = x + width + size * 0.4, self.frame.font
        place = {"x": start, "y": y + size * 0.36, "font_size": size, "font_weight": 600}
        words = f"{self._title(axis, score, start)} {score}" if self.frame.titles else score
        return element("g", box, letters, element("text", words, **place, **self.ink.fill(axis.hue)))

    def _title(self, axis: Axis, score: str, start: float) -> str:
        room = self.frame.width - start - text_width(f" {score}", self.frame.font, bold=True)
        return fitted(axis.title, self.frame.font, room, bold=True)
