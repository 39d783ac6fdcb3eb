"""Two versions of a family side by side, its skills linked: one drawing per family, so that paper can part them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from restitution.charts.markup import ByClass, Face, element, fitted, text_lines, text_width, titled_svg, wrapped_to
from restitution.findings.change.skill_links import Link, Name, unchanged
from restitution.findings.change.versions import FamilyLinks
from restitution.text.language import gettext as _

_INK = ByClass()
_LINE = 1.25


@dataclass(frozen=True)
class Frame:
    """The size of a drawing: the rooms of both columns of names and of the words that say what happened.

    ``fold`` is the number of unchanged skills from which one line stands for them all; None: only a family where
    nothing moved. A name has so many ``lines`` at most. ``codes_above`` puts the code of a skill on a line of its own.
    """

    width: float
    font: float
    names: float
    links: float
    fold: int | None = None
    lines: int = 2
    codes_above: bool = False

    @property
    def after(self) -> float:
        """Where the names of the later version begin."""
        return self.names + self.links

    @property
    def words(self) -> float:
        """Where the words begin; under the names where there is no room beside them."""
        return self.after if self.codes_above else self.after + self.names + self.font


PAGE = Frame(width=900, font=17, names=312, links=104)
PHONE = Frame(width=340, font=13, names=138, links=64, fold=2, lines=4, codes_above=True)


def versions_drawing(family: FamilyLinks, *, frame: Frame = PAGE, ident: str, extra: str = "") -> Markup:
    """Return the drawing of a family, coloured by CSS classes. ``ident`` tells it from the others of its page."""
    drawing = _Drawing(family, frame)
    layers = list(drawing.layers())
    shown = {"class_": f"chart versions {extra}".strip(), "viewBox": f"0 0 {frame.width:.0f} {drawing.bottom:.0f}"}
    return titled_svg(family.caption, layers, ident=ident, **shown)


@dataclass(frozen=True)
class _Cell:
    """A skill as it is written on one side."""

    name: Name
    lines: tuple[str, ...]
    height: float


class _Drawing:
    """The layout of a family: a row per link, its skills stacked at both sides."""

    def __init__(self, family: FamilyLinks, frame: Frame) -> None:
        self.family, self.frame, self.bottom = family, frame, 0.0
        self._step = frame.font * _LINE
        codes = [name.code for link in family.links for name in (*link.before, *link.after)]
        widest = max((text_width(code, frame.font) for code in codes), default=0)
        self._code = 0 if frame.codes_above else min(widest, frame.font * 6) + frame.font * 0.7

    def layers(self) -> Iterator[Markup]:
        """Yield the rows from the first to the last; ``bottom`` is then the height of the whole."""
        for link, run in self._rows():
            yield element("g", *(self._folded(run) if link is None else self._row(link)))

    def _rows(self) -> Iterator[tuple[Link | None, list[Link]]]:
        """Yield each link, or None with the unchanged ones that one line stands for."""
        fold = self.frame.fold or (2 if self.family.still else None)
        for same, grouped in groupby(self.family.links, lambda link: link.kind == "same"):
            run = list(grouped)
            if same and fold and len(run) >= fold:
                yield None, run
            else:
                yield from ((link, []) for link in run)

    def _folded(self, run: Sequence[Link]) -> Iterator[Markup]:
        said = unchanged(len(run))
        top, height = self.bottom, self._step * 1.5
        self.bottom += height
        middle = top + height / 2
        for x in (0, self.frame.after):
            yield element(
                "text", said, x=x, y=middle + self.frame.font * 0.36, font_size=self.frame.font, **_INK.fill("soft")
            )
        for place in (-0.3, 0, 0.3):
            yield self._straight(middle + place * self.frame.font)

    def _straight(self, y: float) -> Markup:
        ends = {"x1": self._from, "x2": self._to, "y1": y, "y2": y}
        return element("line", **ends, stroke_width=1.5, **_INK.stroke("soft"))

    @property
    def _from(self) -> float:
        return self.frame.names + self.frame.font * 0.5

    @property
    def _to(self) -> float:
        return self.frame.after - self.frame.font * 0.5

    def _row(self, link: Link) -> Iterator[Markup]:
        sides = [[self._cell(name, link) for name in side] for side in (link.before, link.after)]
        words = self._words(link)
        under = self.frame.codes_above and bool(link.after)
        below, beside = (len(words) * self._step, 0) if under else (0, len(words) * self._step)
        pad = self.frame.font * (0.35 if link.kind == "same" else 0.8)
        tall = max(*(sum(cell.height for cell in cells) for cells in sides), beside)
        top = self.bottom + pad / 2
        self.bottom += tall + below + pad
        heights = [list(self._placed(cells, top, tall)) for cells in sides]
        for cells, places, left in zip(sides, heights, (0.0, self.frame.after), strict=True):
            for cell, place in zip(cells, places, strict=True):
                yield from self._written(cell, left, place, link)
        middles = [
            [place + cell.height / 2 for cell, place in zip(cells, places, strict=True)]
            for cells, places in zip(sides, heights, strict=True)
        ]
        yield from self._linked(link, middles[0], middles[1])
        first = top + tall + self._step * 0.75 if below else top + (tall - beside) / 2 + self._step * 0.78
        yield from self._said(words, first)

    def _placed(self, cells: Sequence[_Cell], top: float, tall: float) -> Iterator[float]:
        """Yield the top of each cell of a side: spread over the height of the row."""
        room = (tall - sum(cell.height for cell in cells)) / max(len(cells), 1)
        y = top + room / 2
        for cell in cells:
            yield y
            y += cell.height + room

    def _cell(self, name: Name, link: Link) -> _Cell:
        font, bold = self.frame.font, link.kind != "same"
        face: Face = "sans-700Bold" if bold else "sans-400Regular"
        room = self.frame.names - self._code
        lines = wrapped_to(name.said, room, font, face)
        if len(lines) > (most := self.frame.lines):
            rest = " ".join(lines[most - 1 :])
            lines = [*lines[: most - 1], fitted(rest, font, room, bold=bold)]
        count = len(lines) + self.frame.codes_above
        return _Cell(name, tuple(lines), count * self._step + font * 0.3)

    def _written(self, cell: _Cell, left: float, top: float, link: Link) -> Iterator[Markup]:
        font, first = self.frame.font, top + self._step * 0.85
        code = fitted(cell.name.code, font * 0.9, self._code or self.frame.names)
        yield element("text", code, x=left, y=first, font_size=font * 0.9, **_INK.fill("soft"))
        pale = link.kind == "same" or cell.name.elsewhere
        style = {
            "font_size": font,
            "font_weight": None if link.kind == "same" else 700,
            "font_style": "italic" if cell.name.elsewhere else None,
            "text_decoration": "line-through" if link.kind == "retired" else None,
        }
        first += self._step if self.frame.codes_above else 0
        yield from text_lines(
            cell.lines, left + self._code, first, self._step, **style, **_INK.fill("soft" if pale else "ink")
        )

    def _words(self, link: Link) -> list[str]:
        """Return what happened, on lines; nothing for what is as it was."""
        if link.kind == "same":
            return []
        room = self.frame.names if self.frame.codes_above else self.frame.width - self.frame.words
        return wrapped_to(link.drawn_word, room, self.frame.font, "sans-700Bold")

    def _said(self, words: Sequence[str], first: float) -> Iterator[Markup]:
        style = {"font_size": self.frame.font, "font_weight": 700}
        yield from text_lines(words, self.frame.words, first, self._step, **style, **_INK.fill(self.family.axis.hue))

    def _linked(self, link: Link, before: Sequence[float], after: Sequence[float]) -> Iterator[Markup]:
        if link.kind == "same":
            yield self._straight((before[0] + after[0]) / 2)
        elif link.kind == "retired":
            yield from self._stopped(before[0])
        elif link.kind == "new":
            yield from self._started(after[0])
        else:
            yield from self._curves(link, before, after)

    def _curves(self, link: Link, before: Sequence[float], after: Sequence[float]) -> Iterator[Markup]:
        """Yield a line from each skill to each that continues it; through one knot where there are several of both."""
        style = {"stroke_width": 4, "stroke_linecap": "round", "stroke_dasharray": None if link.compared else "2 8"}
        style |= _INK.stroke(self.family.axis.hue)
        across = (self._from + self._to) / 2
        knot = sum((*before, *after)) / len((*before, *after))
        if len(before) > 1 and len(after) > 1:
            paths = [_curve(self._from, y, across, knot) for y in before] + [
                _curve(across, knot, self._to, y) for y in after
            ]
        else:
            paths = [_curve(self._from, old, self._to, new) for old in before for new in after]
        for path in paths:
            yield element("path", d=path, **style)
        if link.kind == "renamed":
            yield from self._letters(across, knot)

    def _letters(self, x: float, y: float) -> Iterator[Markup]:
        """Yield « Aa » on the line of what was renamed."""
        size = self.frame.font * 0.85
        box = {"x": x - size * 1.1, "y": y - size * 0.75, "width": size * 2.2, "height": size * 1.5, "rx": size * 0.35}
        yield element("rect", **box, stroke_width=2, **_INK.stroke(self.family.axis.hue, "paper"))
        place = {"x": x, "y": y + size * 0.36, "text_anchor": "middle", "font_size": size, "font_weight": 700}
        yield element("text", _("Aa"), **place, **_INK.fill(self.family.axis.hue))

    def _stopped(self, y: float) -> Iterator[Markup]:
        end, reach = self._from + self.frame.links * 0.3, self.frame.font * 0.5
        style = {"stroke_width": 3.5, **_INK.stroke(self.family.axis.hue)}
        yield element("line", x1=self._from, x2=end, y1=y, y2=y, **style)
        yield element("line", x1=end, x2=end, y1=y - reach, y2=y + reach, **style)

    def _started(self, y: float) -> Iterator[Markup]:
        start = self._to - self.frame.links * 0.35
        style = {"stroke_width": 3.5, **_INK.stroke(self.family.axis.hue, "paper")}
        yield element("line", x1=start, x2=self._to, y1=y, y2=y, **style)
        yield element("circle", cx=start, cy=y, r=self.frame.font * 0.42, **style)


def _curve(x1: float, y1: float, x2: float, y2: float) -> str:
    middle = (x1 + x2) / 2
    return f"M{x1:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
