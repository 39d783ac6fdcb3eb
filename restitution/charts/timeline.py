"""The timeline of actions: a bar for each, the campaigns as vertical lines, the years at the top."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from restitution.charts.markup import ByClass, Ink, element, text_width, titled_svg
from restitution.text.language import gettext as _

WIDTH, ROW, TOP, LABEL = 1000.0, 46.0, 66.0, 15.0
ON_A_PAGE = 15
"""How many bars a printed page holds, in landscape or upright."""

_SHORTEST = 14.0
_AROUND = timedelta(days=31)


@dataclass(frozen=True)
class Span:
    """A bar: its title, first and last day, colour, whether the action is done, under way, paused or planned.

    ``remark`` is written after its title: that it is late, for instance.
    """

    title: str
    starts: date
    ends: date
    hue: str
    state: str = "planned"
    remark: str = ""


@dataclass(frozen=True)
class Mark:
    """A day marked on the timeline: that of a campaign."""

    label: str
    day: date


@dataclass(frozen=True)
class Timeline:
    """The bars and marks of one period."""

    spans: tuple[Span, ...]
    marks: tuple[Mark, ...] = ()
    today: date | None = None

    @property
    def start(self) -> date:
        """The first day drawn, a little before that of the first bar or mark."""
        return min([*(span.starts for span in self.spans), *self._days]) - _AROUND

    @property
    def end(self) -> date:
        """The last day drawn, a little after that of the last bar or mark."""
        return max([*(span.ends for span in self.spans), *self._days]) + _AROUND

    @property
    def _days(self) -> list[date]:
        return [*(mark.day for mark in self.marks), *([self.today] if self.today else [])]


def timeline_drawings(timeline: Timeline, ident: str = "frise") -> list[Markup]:
    """Return the timeline for a page, coloured by CSS classes; a table beside it says the same.

    A drawing holds what a printed page holds: a longer timeline has several, with the same years on top.
    """
    spans = timeline.spans
    parts = [spans[first : first + ON_A_PAGE] for first in range(0, len(spans), ON_A_PAGE)]
    return [_drawn(timeline, part, f"{ident}-{number}" if number else ident) for number, part in enumerate(parts)]


def _drawn(timeline: Timeline, spans: tuple[Span, ...], ident: str) -> Markup:
    drawing = _Drawing(timeline, spans, ByClass())
    title = _("Les actions dans le temps. Le tableau qui suit dit les mêmes dates.")
    shown = {"class_": "chart timeline", "viewBox": f"0 0 {WIDTH:.0f} {drawing.height:.0f}"}
    return titled_svg(title, drawing.layers(), ident=ident, **shown)


class _Drawing:
    """The layout of some bars of a timeline."""

    def __init__(self, timeline: Timeline, spans: tuple[Span, ...], ink: Ink) -> None:
        self.timeline, self.spans, self.ink = timeline, spans, ink
        self.bottom = TOP + ROW * len(spans) + 8
        self.height = self.bottom + 8

    def x(self, day: date) -> float:
        """Return the horizontal position of a day."""
        whole = (self.timeline.end - self.timeline.start).days
        return (day - self.timeline.start).days / whole * WIDTH

    def layers(self) -> Iterator[Markup]:
        """Yield the years, the campaigns, then the bars."""
        yield from map(self._year, range(self.timeline.start.year, self.timeline.end.year + 1))
        if self.timeline.today:
            yield self._today(self.timeline.today)
        yield from map(self._mark, self.timeline.marks)
        for row, span in enumerate(self.spans):
            yield element("g", *self._bar(span, TOP + ROW * row))

    def _today(self, day: date) -> Markup:
        x = self.x(day)
        line = element("line", x1=x, x2=x, y1=26, y2=self.bottom, stroke_width=3, **self.ink.stroke("ink"))
        return element("g", line, self._label(_("aujourd’hui"), x, 36, "ink"))

    def _label(self, text: str, x: float, y: float, colour: str) -> Markup:
        """Return a word centred on a day, moved so as to stay in the frame."""
        half = text_width(text, LABEL, bold=True) / 2
        place = min(max(x, half), WIDTH - half)
        return self._text(text, place, y, colour, text_anchor="middle", font_weight=600)

    def _text(self, text: str, x: float, y: float, colour: str = "ink", /, **style: object) -> Markup:
        return element("text", text, x=x, y=y, font_size=LABEL, **style, **self.ink.fill(colour))

    def _year(self, year: int) -> Markup:
        first = max(self.timeline.start, date(year, 1, 1))
        last = min(self.timeline.end, date(year + 1, 1, 1))
        left, right = self.x(first), self.x(last)
        line = element("line", x1=left, x2=left, y1=26, y2=self.bottom, **self.ink.stroke("line"))
        if right - left < 50:
            return element("g", line)
        return element("g", line, self._text(str(year), (left + right) / 2, 18, "soft", text_anchor="middle"))

    def _mark(self, mark: Mark) -> Markup:
        x = self.x(mark.day)
        line = element(
            "line", x1=x, x2=x, y1=58, y2=self.bottom, stroke_width=2, stroke_dasharray="5 4", **self.ink.stroke("ink")
        )
        return element("g", line, self._label(mark.label, x, 54, "ink"))

    def _bar(self, span: Span, top: float) -> Iterator[Markup]:
        left = self.x(span.starts)
        width = max(self.x(span.ends) - left, _SHORTEST)
        shape = {"x": left, "y": top + 22, "width": width, "height": 14, "rx": 7}
        if span.state == "planned":
            yield element("rect", **shape, stroke_width=2, stroke_dasharray="4 3", **self.ink.stroke(span.hue, "card"))
        elif span.state == "paused":
            yield element("rect", **shape, stroke_width=2, **self.ink.stroke(span.hue, "card"))
            yield element("rect", x=left, y=top + 27, width=width, height=4, **self.ink.fill(span.hue))
        elif span.state == "dropped":
            yield element("rect", **shape, stroke_width=1.5, **self.ink.stroke("soft", "card"))
        else:
            fill = "1" if span.state == "done" else "0.55"
            yield element("rect", **shape, fill_opacity=fill, **self.ink.fill(span.hue))
        yield self._name(span, left, top + 15)

    def _name(self, span: Span, left: float, y: float) -> Markup:
        """Return the title above its bar, moved left if it would leave the frame."""
        title = _shortened(span.title, 62) + (f" — {span.remark}" if span.remark else "")
        back = max(0.0, left + text_width(title, LABEL, bold=True) - WIDTH)
        return self._text(
            title, max(0.0, left - back), y, span.hue if span.state != "dropped" else "soft", font_weight=600
        )


def _shortened(text: str, letters: int) -> str:
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"


def spans_in_order(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the bars by start day, then by end day."""
    return tuple(sorted(spans, key=lambda span: (span.starts, span.ends, span.title)))
