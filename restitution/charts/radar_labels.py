"""The labels of a radar: one block per axis, outside the rim, so that no text crosses a line."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from grille import Level
from restitution.chart_data.radar import Axis, Point, Radar
from restitution.charts.markup import text_width, wrapped
from restitution.text.numbers import level_text

# Smaller lengths are rounding errors.
TOUCHING = 1e-6
MOST_LINES = 3


@dataclass(frozen=True)
class Layout:
    """The size of a drawing and the room for its parts; lengths in the drawing's own units."""

    width: float
    radius: float
    font: float
    titles: bool = True
    past: bool = True
    letters: int = 16
    small: float = 13
    badges: bool = True
    tallest: float = math.inf
    words: bool = False

    @property
    def scale(self) -> float:
        """The size of marks and lines relative to those of a page."""
        return self.font / 16


PAGE = Layout(width=680, radius=210, font=16)
PHONE = Layout(width=340, radius=122, font=14, titles=False, past=False, letters=10, small=11.5)


@dataclass(frozen=True)
class LabelBox:
    """A rectangle filled by text."""

    left: float
    top: float
    width: float
    height: float

    def holds(self, x: float, y: float, margin: float = 6) -> bool:
        """Return whether that point is in the box or within the margin around it."""
        across = self.left - margin <= x <= self.left + self.width + margin
        return across and self.top - margin <= y <= self.top + self.height + margin

    def overlaps(self, other: LabelBox) -> bool:
        """Return whether the two boxes overlap; boxes that only touch do not."""
        across = min(self.left + self.width, other.left + other.width) - max(self.left, other.left)
        down = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        return min(across, down) > TOUCHING


@dataclass(frozen=True)
class Piece:
    """A few words in one style, with a mark before them (a family's badge, a series' marker) or none."""

    text: str
    size: float
    colour: str
    bold: bool = False
    marker: str | None = None
    badge: bool = False

    @cached_property
    def width(self) -> float:
        """Its width."""
        own = text_width(self.text, self.size, bold=self.bold)
        return own + self.size * (0.5 if self.badge else 1.0 if self.marker else 0)


@dataclass(frozen=True)
class LabelLine:
    """Pieces side by side on one line."""

    pieces: tuple[Piece, ...]
    height: float

    @property
    def gap(self) -> float:
        """The space between two pieces."""
        return self.height * 0.3

    @cached_property
    def width(self) -> float:
        """Its width."""
        return sum(piece.width for piece in self.pieces) + self.gap * (len(self.pieces) - 1)


@dataclass(frozen=True)
class Label:
    """The block of lines of one axis, and its box."""

    lines: tuple[LabelLine, ...]
    left: float
    top: float
    align: str

    @cached_property
    def width(self) -> float:
        """The width of the block."""
        return max(line.width for line in self.lines)

    @cached_property
    def height(self) -> float:
        """The height of the block."""
        return sum(line.height for line in self.lines)

    @cached_property
    def box(self) -> LabelBox:
        """The rectangle of the block."""
        return LabelBox(self.left, self.top, self.width, self.height)

    def start(self, line: LabelLine) -> float:
        """Return the horizontal position where that line begins."""
        spare = self.width - line.width
        return self.left + {"start": 0, "middle": spare / 2, "end": spare}[self.align]


def block(radar: Radar, position: int, layout: Layout) -> tuple[LabelLine, ...]:
    """Return the lines at the end of an axis: the family, its newest score, its earlier scores."""
    points = [(series.role, series.points[position]) for series in radar.series]
    written = [*_title(radar.axes[position], layout), *_now(points[0], layout, radar.levels)]
    return tuple([*written, _past(points[1:], layout)] if layout.past and points[1:] else written)


def _title(axis: Axis, layout: Layout) -> Iterator[LabelLine]:
    size = layout.font * 1.12
    first, *others = _shortened(wrapped(axis.title, layout.letters)) if layout.titles else [""]
    badge = (Piece(axis.badge, size * 0.82, axis.hue, bold=True, badge=True),) if layout.badges else ()
    title = (Piece(first, size, axis.hue, bold=True),) if first else ()
    yield LabelLine((*badge, *title), size * 1.45)
    for text in others:
        yield LabelLine((Piece(text, size, axis.hue, bold=True),), size * 1.25)


def _shortened(lines: list[str]) -> list[str]:
    """Return the first lines of a long title; the table beside the drawing has all of it."""
    return lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1]}…"]


def _in_words(point: Point, layout: Layout, levels: Sequence[Level]) -> Iterator[LabelLine]:
    """The level read, then the score."""
    for text in wrapped(f"{point.word(levels)} · {point.text}", layout.letters + 8):
        yield LabelLine((Piece(text, layout.small, "ink"),), layout.small * 1.25)


def _now(series: tuple[str, Point], layout: Layout, levels: Sequence[Level]) -> Iterator[LabelLine]:
    role, point = series
    if point.value is not None and layout.words:
        yield from _in_words(point, layout, levels)
        return
    if point.value is not None:
        mark = role if layout.past else None
        number = Piece(point.text, layout.font * 1.5, f"year-{role}", bold=True, marker=mark)
        yield LabelLine((number,), layout.font * 1.65)
        return
    size = max(layout.font * 0.9, layout.small)
    for text in wrapped(point.missing, layout.letters):
        yield LabelLine((Piece(text, size, "soft"),), size * 1.28)


def _past(points: list[tuple[str, Point]], layout: Layout) -> LabelLine:
    texts = [(role, "–" if point.value is None else point.text) for role, point in points]
    return LabelLine(
        tuple(Piece(text, layout.font, f"year-{role}", marker=role) for role, text in texts), layout.font * 1.35
    )


def ring_words(level: Level, size: float, room: float) -> str:
    """Return what a ring is called: its number and its name if both fit in that room, else its number."""
    number = level_text(level.value)
    text = f"{number} · {level.label}"
    return text if text_width(text, size) < room else number


def label_beside(lines: tuple[LabelLine, ...], tip: tuple[float, float], direction: tuple[float, float]) -> Label:
    """Return the block placed at the end of its axis: beside it on the sides, above at the top, below at the bottom."""
    across, down = direction
    align = "middle" if abs(across) < 0.2 else "start" if across > 0 else "end"
    width, height = max(line.width for line in lines), sum(line.height for line in lines)
    left = tip[0] - {"middle": width / 2, "start": 0, "end": width}[align]
    return Label(lines, left, tip[1] - height * (1 - down) / 2, align)


def without_overlaps(blocks: list[Label]) -> list[Label]:
    """Return the blocks, in the same order, moved up or down where they would overlap."""
    settled: dict[int, Label] = {}
    for position in sorted(range(len(blocks)), key=lambda i: abs(blocks[i].top + blocks[i].height / 2)):
        settled[position] = _cleared(blocks[position], list(settled.values()))
    return [settled[position] for position in range(len(blocks))]


def _cleared(label: Label, others: list[Label]) -> Label:
    """Return the block moved away from the middle until it overlaps none of the others."""
    down = label.top + label.height / 2 > 0
    while met := next((other for other in others if label.box.overlaps(other.box)), None):
        label = replace(label, top=met.top + met.height if down else met.top - label.height)
    return label


def largest_radius(lines: tuple[LabelLine, ...], across: float, layout: Layout, gap: float) -> float:
    """Return the largest radius at which that block still fits in the width of the drawing."""
    if abs(across) < 0.2:
        return layout.radius
    return (layout.width / 2 - max(line.width for line in lines) - 2) / abs(across) - gap
