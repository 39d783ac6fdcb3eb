"""Rows of dots on the scale of the levels: how each college sees a family, with what is uncertain as soft bands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grille import Level
from restitution.charts.marks import marker
from restitution.charts.markup import element, text_width
from restitution.charts.stage import scale
from restitution.charts.stage.picture import (
    FEW,
    HALO,
    INK,
    SMALLEST,
    WIDTH,
    common_size,
    named,
    picture,
    spread,
    stacked,
    still,
    words,
)
from restitution.charts.stage.scale import LevelScale
from restitution.text.language import gettext as _

HEIGHT = 800
TOP, BOTTOM, NAMES = 84, 740, 452


@dataclass(frozen=True)
class Strip:
    """A row: its name, its score as printed, its interval; or why there is none.

    ``others`` are the scores of other series, each with the role of its series.
    """

    title: str
    hue: str
    value: float | None
    text: str = ""
    ends: tuple[float, float] | None = None
    missing: str = ""
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Mark:
    """What is drawn across all rows: the territory's score, as printed."""

    value: float
    text: str


def strips(
    rows: Sequence[Strip],
    levels: tuple[Level, ...],
    *,
    ident: str,
    title: str,
    across: Mark | None = None,
    years: Sequence[tuple[str, str]] = (),
    spared: int = 0,
) -> Markup:
    """Return the picture of those rows; ``years`` are the roles and the labels of their marks, the newest first.

    ``spared`` is the height left to a sentence under the picture.
    """
    drawing = Strips(rows, levels, across, BOTTOM - spared)
    rows_and_legend = spread(*drawing.layers(), still(*drawing.legend(years)), top=TOP)
    return picture(title, [*drawing.scale.heads(TOP), rows_and_legend], HEIGHT - spared, ident=ident)


class Strips:
    """The layout of the rows."""

    def __init__(
        self, rows: Sequence[Strip], levels: tuple[Level, ...], across: Mark | None, lowest: int = BOTTOM
    ) -> None:
        self.rows, self.across = rows, across
        self.scale = LevelScale(levels, NAMES, WIDTH - NAMES - 4)
        self.row = (lowest - TOP) / max(len(rows), 1)
        self.bottom = TOP + self.row * len(rows)
        self.lines = 2 if self.row > 84 else 1
        names, self.larger = [row.title for row in rows], FEW.get(len(rows), 1.0)
        sizes = (72, 58, 46, 40, 36) if self.larger > 1 else (46, 40, 36)
        self.size = common_size(names, NAMES - 20, lines=self.lines, sizes=sizes)

    def layers(self) -> Iterator[Markup]:
        """Yield the zones, the mark across, and the rows."""
        yield from self.scale.columns(TOP, self.bottom)
        if self.across:
            x = self.scale.at(self.across.value)
            line = {"x1": x, "x2": x, "y1": TOP, "y2": self.bottom, "stroke_width": 5, "stroke_dasharray": "16 10"}
            yield element("line", **line, **INK.stroke("ink"))
        for place, row in enumerate(self.rows):
            yield still(*self._row(row, TOP + self.row * (place + 0.5)))

    def _row(self, row: Strip, y: float) -> Iterator[Markup]:
        size, lines = named(row.title, NAMES - 20, lines=self.lines, sizes=(self.size,))
        top = y - size * 1.1 * len(lines) / 2 + size * 0.82
        yield from stacked(lines, 0, top, size * 1.1, size, font_weight=700)
        if row.value is None:
            yield words(row.missing, self.scale.start + 20, y + 13, 36, "soft", font_style="italic")
            return
        if row.ends:
            low, high = map(self.scale.at, row.ends)
            yield scale.pill(low, high, y, row.hue, min(38 * self.larger, self.row * 0.5))
        radius = min(18 * self.larger, self.row * 0.4)
        for role, value in reversed(row.others):
            yield marker(role, self.scale.at(value), y, radius * 0.9, INK)
        yield scale.now_mark(self.scale.at(row.value), y, row.hue, radius)
        yield self._number(row, y)

    def _number(self, row: Strip, y: float) -> Markup:
        ends = [
            self.scale.at(one)
            for one in (row.value, *(value for _role, value in row.others), *(row.ends or ()))
            if one is not None
        ]
        size = min(round(42 * self.larger), max(round(self.row * 0.9), SMALLEST))
        right = max(ends) + 30 * self.larger
        placed: dict[str, object] = {"x": right}
        if right + text_width(row.text, size, bold=True) > WIDTH:
            placed = {"x": min(ends) - 30 * self.larger, "text_anchor": "end"}
        return element("text", row.text, **placed, y=y + size / 3, font_size=size, font_weight=700, **HALO)

    def legend(self, years: Sequence[tuple[str, str]]) -> Iterator[Markup]:
        """Yield what the marks mean, under the rows."""
        x, y = float(NAMES), self.bottom + 44
        for role, label in years:
            yield scale.now_mark(x + 13, y, "ink") if role == "now" else marker(role, x + 13, y, 16, INK)
            yield words(label, x + 46, y + 13, 38)
            x += text_width(label, 38) + 86
        if self.across:
            line = {"x1": x, "x2": x + 60, "y1": y, "y2": y, "stroke_width": 5, "stroke_dasharray": "16 10"}
            yield element("line", **line, **INK.stroke("ink"))
            label = _("territoire %(score)s", score=self.across.text)
            yield words(label, x + 76, y + 13, 38)
            x += text_width(label, 38) + 130
        if any(row.ends for row in self.rows):
            yield scale.pill(x, x + 120, y, "ink")
            yield words(_("où le niveau se trouve très probablement"), x + 140, y + 13, 38)


def retained_strip(levels: tuple[Level, ...], hue: str, score: float | None, retained: float | None) -> Markup:
    """Return one line of the scale with two marks: what people see, and the level retained."""
    line = LevelScale(levels, 30, 540)
    zones = [
        element("rect", x=left, y=20, width=right - left, height=80, **INK.fill("zone" if place % 2 else "card"))
        for place, (_level, left, right) in enumerate(line.zones())
    ]
    frame = element("rect", x=30, y=20, width=540, height=80, stroke_width=2, **INK.stroke("edge"))
    dot = () if score is None else (scale.now_mark(line.at(score), 60, hue),)
    kept = () if retained is None else (_diamond(line.at(retained), 60),)
    view = {"class_": "chart", "viewBox": "0 0 600 120", "aria_hidden": "true"}
    return element("svg", *zones, frame, *kept, *dot, **view)


def _diamond(x: float, y: float, half: float = 30) -> Markup:
    shape = f"M{x:.1f} {y - half}l{half} {half}l-{half} {half}l-{half} -{half}z"
    return element("path", d=shape, stroke_width=6, **INK.stroke("ink", "paper"))
