"""The colleges side by side on one family: a row each, its score with its interval, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from grille import Level
from restitution.language import gettext as _
from restitution.markup import ByClass, Ink, element, text_width, wrapped
from restitution.numbers import decimal, figure, respondents
from restitution.radar import Axis, Point, axes_of, point_of, score_rows

if TYPE_CHECKING:
    from scoring import Profile


@dataclass(frozen=True)
class CollegeScore:
    """A college on one family: its name, how many answered (in words), its score and interval if they are shown."""

    code: str
    label: str
    n: str
    point: Point
    low: float | None = None
    high: float | None = None

    @property
    def text(self) -> str:
        """The score as text, empty when it is hidden."""
        return "" if self.point.value is None else decimal(self.point.value)

    @property
    def margin(self) -> str:
        """The bounds of the interval, empty when there is none."""
        if self.low is None or self.high is None:
            return ""
        return _("%(low)s\u00a0à\u00a0%(high)s", low=decimal(self.low), high=decimal(self.high))

    @property
    def in_words(self) -> str:
        """The row as a sentence."""
        if self.point.value is None:
            return f"{self.label}\u00a0: {self.point.missing}"
        text = f"{self.label}\u00a0: {decimal(self.point.value)} ({self.n})"
        return f"{text}, {self.margin}" if self.margin else text


@dataclass(frozen=True)
class CollegesOnFamily:
    """Every college of the campaign on one family, and the territory's score beside them."""

    axis: Axis
    scores: tuple[CollegeScore, ...]
    territory: Point
    levels: tuple[Level, ...]

    @property
    def gap(self) -> tuple[float, CollegeScore, CollegeScore] | None:
        """The widest difference between two published colleges: (levels, the higher, the lower)."""
        known = sorted((score.point.value, i) for i, score in enumerate(self.scores) if score.point.value is not None)
        if len(known) < 2:
            return None
        return known[-1][0] - known[0][0], self.scores[known[-1][1]], self.scores[known[0][1]]


def colleges_by_family(profile: Profile, labels: Mapping[str, str]) -> list[CollegesOnFamily]:
    """One panel per family; ``labels`` names the colleges of the campaign, in order (no workshop)."""
    territory = score_rows(profile)
    columns = {code: score_rows(profile, code) for code in labels}
    return [
        CollegesOnFamily(
            axis,
            tuple(_score(code, label, columns[code].get(axis.code), profile) for code, label in labels.items()),
            point_of(territory.get(axis.code), profile),
            profile.grid.levels,
        )
        for axis in axes_of(profile.grid)
    ]


def _score(code: str, label: str, row: dict[str, object] | None, profile: Profile) -> CollegeScore:
    point = point_of(row, profile)
    n = respondents(row["n"] if row else None, profile.rules.k)
    if row is None or point.value is None:
        return CollegeScore(code, label, n, point)
    return CollegeScore(code, label, n, point, figure(row["low"]), figure(row["high"]))


def divergence(panels: Sequence[CollegesOnFamily], clear: float = 1.0) -> str:
    """What the colleges see alike or not, as a sentence: the widest gap, when it reaches ``clear`` levels."""
    gaps = [(gap, panel.axis.title) for panel in panels if (gap := panel.gap)]
    if not gaps:
        return _("Trop peu de collèges publiés pour les comparer")
    (levels, high, low), family = max(gaps, key=lambda one: one[0][0])
    if levels < clear:
        return _("Les collèges publiés voient à peu près la même chose")
    return _(
        "C’est sur %(family)s que les regards s’écartent le plus : %(high)s (%(up)s) et %(low)s (%(down)s)",
        family=family,
        high=high.label,
        up=decimal(high.point.value or 0),
        low=low.label,
        down=decimal(low.point.value or 0),
    )


@dataclass(frozen=True)
class Frame:
    """The size of a panel: its width, the height of a row, the room for names and for numbers, the letters."""

    width: float
    row: float
    left: float
    right: float
    font: float
    letters: int = 15
    counts: bool = True

    @property
    def scale(self) -> float:
        """How large marks are beside those of a page."""
        return self.font / 14


PAGE = Frame(width=380, row=36, left=128, right=46, font=14)
SLIDE = Frame(width=560, row=47, left=200, right=76, font=29, letters=12, counts=False)


def colleges_drawing(panel: CollegesOnFamily, ident: str, *, frame: Frame = PAGE) -> Markup:
    """The dot plot of one family for a page, coloured by classes."""
    drawing = PanelDrawing(panel, frame, ByClass())
    name = element("title", "\u202f; ".join(score.in_words for score in panel.scores), id=f"{ident}-titre")
    shown = {"class_": "chart dots", "viewBox": f"0 0 {frame.width:.0f} {drawing.height:.0f}"}
    return element("svg", name, *drawing.layers(), **shown, role="img", aria_labelledby=f"{ident}-titre")


class PanelDrawing:
    """One family's dot plot laid out."""

    def __init__(self, panel: CollegesOnFamily, frame: Frame, ink: Ink) -> None:
        self.panel, self.frame, self.ink = panel, frame, ink
        self._top = frame.font * 1.9
        self._bottom = self._top + frame.row * len(panel.scores)
        self.height = self._bottom + frame.font * 1.9

    def x(self, value: float) -> float:
        """Where a score stands across."""
        low, high = self.panel.levels[0].value, self.panel.levels[-1].value
        room = self.frame.width - self.frame.left - self.frame.right - self.frame.font * 0.7
        return self.frame.left + (value - low) / (high - low) * room

    def layers(self) -> Iterator[Markup]:
        """Every layer of the plot, from the back to the front."""
        yield from (self._level(level.value) for level in self.panel.levels)
        if self.panel.territory.value is not None:
            yield self._territory(self.panel.territory.value)
        for row, score in enumerate(self.panel.scores):
            yield element("g", *self._row(score, self._top + self.frame.row * (row + 0.5)))

    def _text(self, text: str, x: float, y: float, size: float, colour: str = "ink", /, **style: object) -> Markup:
        placed = {"x": x, "y": y, "font_size": size * self.frame.font}
        return element("text", text, **placed, **style, **self.ink.fill(colour))

    def _level(self, value: int) -> Markup:
        x, number = self.x(value), str(value)
        line = element("line", x1=x, x2=x, y1=self._top, y2=self._bottom, **self.ink.stroke("line"))
        below = self._bottom + self.frame.font * 1.3
        return element("g", line, self._text(number, x, below, 1, "soft", text_anchor="middle"))

    def _territory(self, value: float) -> Markup:
        x, scale = self.x(value), self.frame.scale
        dashes = {"stroke_width": 2 * scale, "stroke_dasharray": f"{5 * scale:.0f} {4 * scale:.0f}"}
        line = element("line", x1=x, x2=x, y1=self._top - 4, y2=self._bottom, **dashes, **self.ink.stroke("ink"))
        words = _("territoire %(score)s", score=decimal(value))
        return element("g", line, self._text(words, x, self._top - self.frame.font * 0.6, 1, text_anchor="middle"))

    def _row(self, score: CollegeScore, y: float) -> Iterator[Markup]:
        size, counted = self.frame.font, self.frame.counts and score.point.value is not None
        yield self._text(_short(score.label, self.frame.letters), 0, y + size * (0.07 if counted else 0.35), 1)
        if counted:
            yield self._text(_("%(n)s réponses", n=score.n), 0, y + size * 1.1, 0.88, "soft")
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
        """Off the scale, where the number would stand: the reason in words and, with room, an empty dashed ring."""
        size, right = self.frame.font, self.frame.width
        if self.frame.counts:
            right -= self.frame.right
            dashes = {"stroke_width": size / 7, "stroke_dasharray": f"{size * 0.2:.1f} {size * 0.2:.1f}"}
            ring = {"cx": self.frame.width - size * 0.9, "cy": y, "r": size / 2}
            yield element("circle", **ring, **dashes, **self.ink.stroke("soft", "card"))
        width = text_width(reason, size)
        box = {"x": right - width, "y": y - size * 0.7, "width": width, "height": size * 1.4, "rx": size * 0.35}
        yield element("rect", **box, **self.ink.fill("paper"))
        yield self._text(reason, right, y + size * 0.34, 1, "soft", text_anchor="end", font_style="italic")


def _short(label: str, letters: int) -> str:
    """A college's name cut, between words, to the room of its row; the whole name is in the table."""
    first, *others = wrapped(label, letters)
    if not others:
        return first
    kept = [word for word in first.split(" ") if len(word) > 2]
    return f"{' '.join(kept)}…"
