"""What changed, row by row: from the year before to this year, on the scale of the levels, with its word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grille import Level
from restitution.charts.markup import element, text_width, wrapped_to
from restitution.charts.stage import scale
from restitution.charts.stage.picture import (
    FEW,
    INK,
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
from restitution.charts.stage.scale import LevelScale
from restitution.text.language import gettext as _

HEIGHT = 800
TOP, BOTTOM = 84, 740
# Beyond six rows, a row is low: one line for the name, and the word on the right of the scale.
MOST_HIGH, MOST_ROWS = 6, 12
NAMES, LONG_NAMES, LONG, MARK = 452, 640, 26, 20
_UP, _DOWN = ("up", "down")


@dataclass(frozen=True)
class Change:
    """A row: from where to where, as printed; its word, or why there is none.

    ``earlier`` is an older year still; ``reach`` is where this year's score very probably stands, seen from the year
    before; ``kind`` is the CSS class of the verdict.
    """

    title: str
    hue: str
    before: float | None
    after: float | None
    before_text: str
    after_text: str
    word: str = ""
    kind: str = ""
    reach: tuple[float, float] | None = None
    earlier: float | None = None
    earlier_text: str = ""


def dumbbells(
    rows: Sequence[Change],
    levels: tuple[Level, ...],
    *,
    years: tuple[str, str],
    ident: str,
    first: str = "",
    spared: int = 0,
) -> Markup:
    """Return the picture of those changes; ``first`` is the older year, if rows have one.

    ``spared`` is the height left to a sentence above the picture.
    """
    drawing = Dumbbells(rows, levels, BOTTOM - spared)
    ends = {"since": years[0], "until": years[1]}
    title = _("De %(since)s à %(until)s, sur l’échelle des niveaux", **ends)
    rows_and_legend = spread(*drawing.layers(), still(*drawing.legend(years, first)), top=TOP)
    return picture(title, [*drawing.scale.heads(TOP), rows_and_legend], HEIGHT - spared, ident=ident)


class Dumbbells:
    """The layout of the rows."""

    def __init__(self, rows: Sequence[Change], levels: tuple[Level, ...], lowest: int = BOTTOM) -> None:
        self.rows, self.low = rows, len(rows) > MOST_HIGH
        self.names = LONG_NAMES if not self.low and any(len(row.title) > LONG for row in rows) else NAMES
        self.scale = LevelScale(levels, self.names, 888 if self.low else WIDTH - self.names - 4)
        self.row = (lowest - TOP) / len(rows)
        self.bottom = TOP + self.row * len(rows)
        self.larger = FEW.get(len(rows), 1.0)
        sizes = (78, 64, 52, 44, 38) if self.larger > 1 else (52, 44, 38)
        self.size = common_size([row.title for row in rows], self.names - 16, sizes=sizes)

    def layers(self) -> Iterator[Markup]:
        """Yield the zones, then the rows."""
        yield from self.scale.columns(TOP, self.bottom)
        for place, row in enumerate(self.rows):
            top = TOP + self.row * place
            if place:
                line = {"x1": 0, "x2": WIDTH, "y1": top, "y2": top, "stroke_width": 2}
                yield element("line", **line, **INK.stroke("line"))
            yield still(*self._row(row, top + self.row / 2))

    def _row(self, row: Change, y: float) -> Iterator[Markup]:
        yield from self._low_name(row, y) if self.low else self._high_name(row, y)
        if row.after is None:
            return
        if row.reach:
            low, high = map(self.scale.at, row.reach)
            yield scale.pill(low, high, y, row.hue, min(38 * self.larger, self.row * 0.5))
        if row.before is not None:
            yield from self._move(row, row.before, row.after, y)
        if row.earlier is not None:
            yield scale.first_mark(self.scale.at(row.earlier), y, 15 * self.larger)
        yield from self._marks(row, y)
        yield from self._numbers(row, y)

    def _low_name(self, row: Change, y: float) -> Iterator[Markup]:
        yield words(shortened(row.title, self.names - 16, 38, bold=True), 0, y + 13, 38, font_weight=700)
        left = self.scale.end + 22
        mark, room = verdict_mark(row.kind, left, y, 0.85)
        yield mark
        yield words(shortened(row.word, WIDTH - left - room, 36), left + room, y + 13, 36)

    def _high_name(self, row: Change, y: float) -> Iterator[Markup]:
        size, lines = named(row.title, self.names - 16, sizes=(self.size,))
        said = self._said(row)
        height = size * 1.12 * len(lines) + 44 * len(said)
        top = y - height / 2 + size * 0.82
        yield from stacked(lines, 0, top, size * 1.12, size, row.hue, font_weight=700)
        below = y - height / 2 + size * 1.12 * len(lines) + 36
        mark, room = verdict_mark(row.kind, 0, below - 13, 0.95)
        yield mark
        yield from stacked(said, room, below, 44, 38 if row.kind else 36, font_weight=700 if row.kind else None)

    def _said(self, row: Change) -> list[str]:
        """The word on one line; a reason on two, the second shortened."""
        _mark, room = verdict_mark(row.kind, 0, 0, 0.95)
        width = self.names - 16 - room
        if row.kind:
            return [shortened(row.word, width, 38, bold=True)] if row.word else []
        lines = wrapped_to(row.word, width, 36) if row.word else []
        return lines if len(lines) < 3 else [lines[0], shortened(" ".join(lines[1:]), width, 36)]

    def _move(self, row: Change, before: float, after: float, y: float) -> Iterator[Markup]:
        start, end = self.scale.at(before), self.scale.at(after)
        way = 1 if end > start else -1
        if abs(end - start) < 3.4 * MARK * self.larger or row.kind not in (_UP, _DOWN):
            line = {"x1": start, "x2": end, "y1": y, "y2": y, "stroke_width": 5, "stroke_dasharray": "5 9"}
            yield element("line", **line, **INK.stroke(row.hue))
            return
        line = {"x1": start, "x2": end - way * 26 * self.larger, "y1": y, "y2": y, "stroke_width": 8 * self.larger}
        yield element("line", **line, **INK.stroke(row.hue))
        back, half = -24 * way * self.larger, 17 * self.larger
        head = f"M{end - way * 16 * self.larger:.1f} {y:.1f}l{back:.1f} {-half:.1f}v{2 * half:.1f}z"
        yield element("path", d=head, **INK.fill(row.hue))

    def _marks(self, row: Change, y: float) -> Iterator[Markup]:
        if row.after is None:
            return
        end = self.scale.at(row.after)
        if row.before is not None:
            start = self.scale.at(row.before)
            # Nearer than half a mark, the square grows behind the dot.
            half = 14 if abs(end - start) > MARK * self.larger else 24
            yield scale.before_mark(start, y, half * self.larger)
        yield scale.now_mark(end, y, row.hue, 14 if self.low else 18 * self.larger)

    def _numbers(self, row: Change, y: float) -> Iterator[Markup]:
        """Yield both scores, each on its side; together on one side where the other has no room."""
        if self.low or row.after is None:
            return
        ends = [
            self.scale.at(one) for one in (row.before, row.after, row.earlier, *(row.reach or ())) if one is not None
        ]
        left, right = min(ends) - 34 * self.larger, max(ends) + 34 * self.larger
        since = row.before if row.earlier is None else row.earlier
        rises = since is None or row.after >= since
        was = row.earlier_text or row.before_text
        start, end = (was, row.after_text) if rises else (row.after_text, was)
        size = round(42 * self.larger)
        roomy = (left - text_width(start, size, bold=True), right + text_width(end, size, bold=True))
        if start and roomy[0] >= self.scale.start and roomy[1] <= WIDTH:
            style = self._dress(now=not rises)
            yield words(start, left, y + size / 3, *style, text_anchor="end", font_weight=None if rises else 700)
            yield words(end, right, y + size / 3, *self._dress(now=rises), font_weight=700 if rises else None)
        else:
            yield self._together(f"{was} → {row.after_text}" if was else row.after_text, left, right, y)

    def _dress(self, *, now: bool) -> tuple[float, str]:
        return (round(42 * self.larger), "ink") if now else (round(38 * self.larger), "year-before")

    def _together(self, both: str, left: float, right: float, y: float) -> Markup:
        """Return both scores on the side that has room; above the band where neither has."""
        size = round(42 * self.larger)
        width = text_width(both, size, bold=True)
        if right + width <= WIDTH:
            return words(both, right, y + size / 3, size, font_weight=700)
        if left - width >= self.scale.start:
            return words(both, left, y + size / 3, size, text_anchor="end", font_weight=700)
        return words(both, WIDTH, y - 20 * self.larger, size, text_anchor="end", font_weight=700)

    def legend(self, years: tuple[str, str], first: str) -> Iterator[Markup]:
        """Yield what the marks mean, under the rows."""
        x, y = float(0 if self.scale.numbered else self.names), self.bottom + 40
        for mark, label in self._entries(years, first):
            yield element("g", mark, transform=f"translate({x:.0f} {y:.0f})")
            yield words(label, x + (140 if mark.count("rx=") else 40), y + 13, 38)
            x += text_width(label, 38) + (190 if mark.count("rx=") else 86)

    def _entries(self, years: tuple[str, str], first: str) -> Iterator[tuple[Markup, str]]:
        if first and any(row.earlier is not None for row in self.rows):
            yield scale.first_mark(13, 0), first
        if any(row.before is not None for row in self.rows):
            yield scale.before_mark(13, 0), years[0]
        yield scale.now_mark(13, 0, "ink"), years[1]
        if any(row.reach for row in self.rows):
            yield scale.pill(0, 120, 0, "ink"), _("où %(year)s se trouve très probablement", year=years[1])


def verdict_mark(kind: str, x: float, y: float, size: float) -> tuple[Markup, float]:
    """Return the mark of a verdict, and the room that it takes before its word; none without a verdict."""
    if kind in (_UP, _DOWN):
        way = 1 if kind == _UP else -1
        shape = "".join(_triangle(x + dx * size, y, size, way) for dx in (15, 41))
        return element("path", d=shape, **INK.fill("ink")), 70 * size
    if kind == "stable":
        bars = f"M{x} {y - 9 * size:.1f}h{32 * size:.1f}v{6 * size:.1f}h{-32 * size:.1f}z"
        bars += f"m0 {13 * size:.1f}h{32 * size:.1f}v{6 * size:.1f}h{-32 * size:.1f}z"
        return element("path", d=bars, **INK.fill("ink")), 46 * size
    sign = {"no-fall": "≥", "no-rise": "≤", "unknown": "?"}.get(kind, "")
    mark = words(sign, x + 13 * size, y + 13, 38, text_anchor="middle", font_weight=700) if sign else Markup()
    return mark, 38 * size if sign else 0


def _triangle(x: float, y: float, size: float, way: int) -> str:
    return f"M{x:.1f} {y - way * 13 * size:.1f}l{15 * size:.1f} {way * 26 * size:.1f}h{-30 * size:.1f}z"
