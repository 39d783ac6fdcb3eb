"""The chart of colleges as SVG: one panel per family, one mark per college."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from restitution.charts.markup import ByClass, Ink, element, text_width, titled_svg, wrapped
from restitution.findings.profile.college_gaps import CollegeScore, CollegesOnFamily
from restitution.text.language import gettext as _
from restitution.text.numbers import level_text


@dataclass(frozen=True)
class PanelFrame:
    """The size of a panel: its width, row height, room for names and numbers, and letters per name."""

    width: float
    row: float
    left: float
    right: float
    font: float
    letters: int = 15

    @property
    def scale(self) -> float:
        """The size of marks relative to those of a page."""
        return self.font / 14


PAGE = PanelFrame(width=380, row=36, left=128, right=46, font=14)


def colleges_drawing(panel: CollegesOnFamily, ident: str, *, frame: PanelFrame = PAGE) -> Markup:
    """Return the dot plot of one family for a page, coloured by CSS classes."""
    drawing = PanelDrawing(panel, frame, ByClass())
    title = "\u202f; ".join(score.in_words for score in panel.scores)
    shown = {"class_": "chart dots", "viewBox": f"0 0 {frame.width:.0f} {drawing.height:.0f}"}
    return titled_svg(title, drawing.layers(), ident=ident, **shown)


class PanelDrawing:
    """The layout of one family's dot plot."""

    def __init__(self, panel: CollegesOnFamily, frame: PanelFrame, ink: Ink) -> None:
        self.panel, self.frame, self.ink = panel, frame, ink
        self._top = frame.font * 1.9
        self._bottom = self._top + frame.row * len(panel.scores)
        self.height = self._bottom + frame.font * 1.9

    def x(self, value: float) -> float:
        """Return the horizontal position of a score."""
        low, high = self.panel.levels[0].value, self.panel.levels[-1].value
        room = self.frame.width - self.frame.left - self.frame.right - self.frame.font * 0.7
        return self.frame.left + (value - low) / (high - low) * room

    def layers(self) -> Iterator[Markup]:
        """Yield every layer of the plot, from back to front."""
        yield from (self._level(level.value) for level in self.panel.levels)
        if self.panel.territory.value is not None:
            yield self._territory(self.panel.territory.value)
        for row, score in enumerate(self.panel.scores):
            yield element("g", *self._row(score, self._top + self.frame.row * (row + 0.5)))

    def _text(self, text: str, x: float, y: float, size: float, colour: str = "ink", /, **style: object) -> Markup:
        placed = {"x": x, "y": y, "font_size": size * self.frame.font}
        return element("text", text, **placed, **style, **self.ink.fill(colour))

    def _level(self, value: int) -> Markup:
        x, number = self.x(value), level_text(value)
        line = element("line", x1=x, x2=x, y1=self._top, y2=self._bottom, **self.ink.stroke("line"))
        below = self._bottom + self.frame.font * 1.3
        return element("g", line, self._text(number, x, below, 1, "soft", text_anchor="middle"))

    def _territory(self, value: float) -> Markup:
        x, scale = self.x(value), self.frame.scale
        dashes = {"stroke_width": 2 * scale, "stroke_dasharray": f"{5 * scale:.0f} {4 * scale:.0f}"}
        line = element("line", x1=x, x2=x, y1=self._top - 4, y2=self._bottom, **dashes, **self.ink.stroke("ink"))
        words = _("territoire %(score)s", score=self.panel.territory.text)
        return element("g", line, self._text(words, x, self._top - self.frame.font * 0.6, 1, text_anchor="middle"))

    def _row(self, score: CollegeScore, y: float) -> Iterator[Markup]:
        size, counted = self.frame.font, score.point.value is not None
        yield self._text(_short(score.label, self.frame.letters), 0, y + size * (0.07 if counted else 0.35), 1)
        if counted:
            yield self._text(score.answers, 0, y + size * 1.1, 0.88, "soft")
        if score.point.value is None:
            yield from self._hidden(score.point.missing, y)
            return
        if score.low is not None and score.high is not None:
            yield self._interval(score.low, score.high, y)
        dot = {"cx": self.x(score.point.value), "cy": y, "r": size / 2}
        yield element("circle", **dot, **self.ink.fill(self.panel.axis.hue))
        bold: dict[str, object] = {"text_anchor": "end", "font_weight": 700}
        yield self._text(score.text, self.frame.width, y + size * 0.4, 1.14, **bold)

    def _interval(self, low: float, high: float, y: float) -> Markup:
        half = self.frame.font * 0.29
        span = {"x": self.x(low), "width": self.x(high) - self.x(low), "y": y - half, "height": half * 2, "rx": half}
        return element("rect", **span, fill_opacity="0.25", **self.ink.fill(self.panel.axis.hue))

    def _hidden(self, reason: str, y: float) -> Iterator[Markup]:
        """Yield the reason in words, in place of the number, and an empty dashed ring."""
        size, right = self.frame.font, self.frame.width - self.frame.right
        dashes = {"stroke_width": size / 7, "stroke_dasharray": f"{size * 0.2:.1f} {size * 0.2:.1f}"}
        ring = {"cx": self.frame.width - size * 0.9, "cy": y, "r": size / 2}
        yield element("circle", **ring, **dashes, **self.ink.stroke("soft", "card"))
        width = text_width(reason, size)
        box = {"x": right - width, "y": y - size * 0.7, "width": width, "height": size * 1.4, "rx": size * 0.35}
        yield element("rect", **box, **self.ink.fill("paper"))
        yield self._text(reason, right, y + size * 0.34, 1, "soft", text_anchor="end", font_style="italic")


def _short(label: str, letters: int) -> str:
    """Return a college's name, cut between words to fit its row; the table has the whole name."""
    first, *others = wrapped(label, letters)
    if not others:
        return first
    kept = [word for word in first.split(" ") if len(word) > 2]
    return f"{' '.join(kept)}…"
