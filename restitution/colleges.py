"""The colleges side by side on one family: a row each, its score with its interval, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from grille import Level
from restitution.language import gettext as _
from restitution.markup import ByClass, Ink, element, text_width, wrapped
from restitution.numbers import decimal, figure, interval, respondents
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
        return "" if self.low is None or self.high is None else interval(self.low, self.high)

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
        "C’est sur %(family)s que les regards s’écartent le plus : %(high)s %(up)s, %(low)s %(down)s",
        family=family,
        high=high.label,
        up=decimal(high.point.value or 0),
        low=low.label,
        down=decimal(low.point.value or 0),
    )


WIDTH, ROW, LEFT, RIGHT, TOP = 380.0, 36.0, 128.0, 46.0, 26.0


def colleges_drawing(panel: CollegesOnFamily, ident: str) -> Markup:
    """The dot plot of one family for a page, coloured by classes."""
    drawing = PanelDrawing(panel, ByClass())
    name = element("title", "\u202f; ".join(score.in_words for score in panel.scores), id=f"{ident}-titre")
    shown = {"class_": "chart dots", "viewBox": f"0 0 {WIDTH:.0f} {drawing.height:.0f}"}
    return element("svg", name, *drawing.layers(), **shown, role="img", aria_labelledby=f"{ident}-titre")


class PanelDrawing:
    """One family's dot plot laid out."""

    def __init__(self, panel: CollegesOnFamily, ink: Ink) -> None:
        self.panel, self.ink = panel, ink
        self._bottom = TOP + ROW * len(panel.scores)
        self.height = self._bottom + 26

    def x(self, value: float) -> float:
        """Where a score stands across."""
        low, high = self.panel.levels[0].value, self.panel.levels[-1].value
        return LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT - 10)

    def layers(self) -> Iterator[Markup]:
        """Every layer of the plot, from the back to the front."""
        yield from (self._level(level.value) for level in self.panel.levels)
        if self.panel.territory.value is not None:
            yield self._territory(self.panel.territory.value)
        for row, score in enumerate(self.panel.scores):
            yield element("g", *self._row(score, TOP + ROW * (row + 0.5)))

    def _level(self, value: int) -> Markup:
        x = self.x(value)
        line = element("line", x1=x, x2=x, y1=TOP, y2=self._bottom, **self.ink.stroke("line"))
        place = {"x": x, "y": self._bottom + 18, "text_anchor": "middle", "font_size": 13}
        return element("g", line, element("text", str(value), **place, **self.ink.fill("soft")))

    def _territory(self, value: float) -> Markup:
        x, ink = self.x(value), self.ink
        dashes = {"stroke_width": 2, "stroke_dasharray": "5 4"}
        line = element("line", x1=x, x2=x, y1=TOP - 4, y2=self._bottom, **dashes, **ink.stroke("ink"))
        words = _("territoire %(score)s", score=decimal(value))
        place = {"x": x, "y": TOP - 9, "text_anchor": "middle", "font_size": 13}
        return element("g", line, element("text", words, **place, **ink.fill("ink")))

    def _row(self, score: CollegeScore, y: float) -> Iterator[Markup]:
        yield element("text", _short(score.label), x=0, y=y + 1, font_size=14, **self.ink.fill("ink"))
        if score.point.value is None:
            yield from self._hidden(score.point.missing, y)
            return
        yield element("text", _("%(n)s réponses", n=score.n), x=0, y=y + 15, font_size=12, **self.ink.fill("soft"))
        if score.low is not None and score.high is not None:
            yield self._interval(score.low, score.high, y)
        yield element("circle", cx=self.x(score.point.value), cy=y, r=7, **self.ink.fill(self.panel.axis.hue))
        number = {"x": WIDTH, "y": y + 5.5, "text_anchor": "end", "font_size": 16, "font_weight": 700}
        yield element("text", decimal(score.point.value), **number, **self.ink.fill("ink"))

    def _interval(self, low: float, high: float, y: float) -> Markup:
        span = {"x": self.x(low), "width": self.x(high) - self.x(low), "y": y - 4, "height": 8, "rx": 4}
        return element("rect", **span, fill_opacity="0.25", **self.ink.fill(self.panel.axis.hue))

    def _hidden(self, reason: str, y: float) -> Iterator[Markup]:
        """Off the scale, where the number would stand: an empty dashed ring, and the reason in words."""
        ring = {"cx": WIDTH - 12, "cy": y, "r": 7, "stroke_width": 2, "stroke_dasharray": "3 3"}
        yield element("circle", **ring, **self.ink.stroke("soft", "card"))
        width = text_width(reason, 13)
        box = {"x": WIDTH - RIGHT - width, "y": y - 11, "width": width + 8, "height": 22, "rx": 5}
        yield element("rect", **box, **self.ink.fill("card"))
        place = {"x": WIDTH - RIGHT, "y": y + 4.5, "text_anchor": "end", "font_size": 13, "font_style": "italic"}
        yield element("text", reason, **place, **self.ink.fill("soft"))


def _short(label: str) -> str:
    """A college's name cut, between words, to the room of its row; the whole name is in the table."""
    first, *others = wrapped(label, 15)
    if not others:
        return first
    kept = [word for word in first.split(" ") if len(word) > 2]
    return f"{' '.join(kept)}…"
