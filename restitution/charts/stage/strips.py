"""Rows of dots on the scale of the levels: how each college sees a family, with what is uncertain as soft bands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grille import Level
from restitution.charts.markup import element, text_width
from restitution.charts.stage import scale
from restitution.charts.stage.picture import HALO, INK, WIDTH, common_size, named, picture, stacked, words
from restitution.charts.stage.scale import LevelScale
from restitution.text.language import gettext as _

HEIGHT = 800
TOP, BOTTOM, NAMES, HIGH_ROW = 84, 740, 452, 190


@dataclass(frozen=True)
class Strip:
    """A row: its name, its score as printed, its interval; or why there is none."""

    title: str
    hue: str
    value: float | None
    text: str = ""
    ends: tuple[float, float] | None = None
    missing: str = ""


@dataclass(frozen=True)
class Mark:
    """What is drawn across all rows: the territory's score, as printed."""

    value: float
    text: str


def strips(rows: Sequence[Strip], levels: tuple[Level, ...], *, ident: str, title: str, across: Mark | None) -> Markup:
    """Return the picture of those rows."""
    return picture(title, Strips(rows, levels, across).layers(), HEIGHT, ident=ident)


class Strips:
    """The layout of the rows."""

    def __init__(self, rows: Sequence[Strip], levels: tuple[Level, ...], across: Mark | None) -> None:
        self.rows, self.across = rows, across
        self.scale = LevelScale(levels, NAMES, WIDTH - NAMES - 4)
        self.row = min((BOTTOM - TOP) / max(len(rows), 1), HIGH_ROW)
        self.bottom = TOP + self.row * len(rows)
        self.lines = 2 if self.row > 84 else 1
        names = [row.title for row in rows]
        self.size = common_size(names, NAMES - 20, lines=self.lines, sizes=(46, 40, 36))

    def layers(self) -> Iterator[Markup]:
        """Yield the zones, the mark across, the rows, and the legend."""
        yield from self.scale.columns(TOP, self.bottom)
        if self.across:
            x = self.scale.at(self.across.value)
            line = {"x1": x, "x2": x, "y1": TOP, "y2": self.bottom, "stroke_width": 5, "stroke_dasharray": "16 10"}
            yield element("line", **line, **INK.stroke("ink"))
        for place, row in enumerate(self.rows):
            yield element("g", *self._row(row, TOP + self.row * (place + 0.5)))
        yield from self._legend()

    def _row(self, row: Strip, y: float) -> Iterator[Markup]:
        size, lines = named(row.title, NAMES - 20, lines=self.lines, sizes=(self.size,))
        top = y - size * 1.1 * len(lines) / 2 + size * 0.82
        yield from stacked(lines, 0, top, size * 1.1, size, font_weight=700)
        if row.value is None:
            yield words(row.missing, self.scale.start + 20, y + 13, 36, "soft", font_style="italic")
            return
        if row.ends:
            low, high = map(self.scale.at, row.ends)
            yield scale.pill(low, high, y, row.hue, min(38, self.row * 0.5))
        yield scale.now_mark(self.scale.at(row.value), y, row.hue)
        yield self._number(row, y)

    def _number(self, row: Strip, y: float) -> Markup:
        ends = [self.scale.at(one) for one in (row.value, *(row.ends or ())) if one is not None]
        right = max(ends) + 30
        placed: dict[str, object] = {"x": right}
        if right + text_width(row.text, 42, bold=True) > WIDTH:
            placed = {"x": min(ends) - 30, "text_anchor": "end"}
        return element("text", row.text, **placed, y=y + 14, font_size=42, font_weight=700, **HALO)

    def _legend(self) -> Iterator[Markup]:
        x, y = float(NAMES), self.bottom + 44
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
