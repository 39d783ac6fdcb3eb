"""Texts of a deck made to fit their place: smaller first, then cut; the notes of the slide have the whole.

A file cannot be laid out here: the widths are those of Grille's own faces, with some room for others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from restitution.charts.markup import Face, wrapped_to
from restitution.documents.office.pptx_elements import SlideBox, TableCell, Words

POINTS = 72
TABLE_BOTTOM = 6.3
_LINE, _SPARE = 1.22, 1.06
_TITLE_SIZES = (30, 26, 22, 19)
_SMALLEST, _SMALLEST_WORDS = 9.0, 11.0
_FOOT, _SMALLEST_FOOT = 12.0, 8.0
_CELL_SIDES, _CELL_ENDS = 0.16 * POINTS, 0.06 * POINTS
_MOST_LINES = 3
_SIGNS = {"−", "+"}


def fitted_title(text: str, width: float, height: float) -> tuple[str, int]:
    """Return a title and the size at which it fits in a box given in inches; cut when it is too long even so.

    >>> fitted_title("Court", 12, 1.15)
    ('Court', 30)
    """
    for size in _TITLE_SIZES:
        most = int(height * POINTS // (size * _LINE))
        lines = _lines(text, size, width * POINTS, "serif-600SemiBold")
        if len(lines) <= most:
            return text, size
    return _kept(lines, most), size


def fitted_words(box: SlideBox, paragraphs: Sequence[Words]) -> list[Words]:
    """Return the paragraphs of a box at the largest sizes, up to their own, at which all of them fit."""
    for share in (1, 0.92, 0.84, 0.76, 0.68, 0.6):
        sized = [replace(one, size=_smaller(one.size, share)) for one in paragraphs]
        if sum(_height(one, box) for one in sized) <= max(box.height * POINTS, sized[0].size * _LINE if sized else 0):
            return sized
    room, kept = box.height * POINTS, list[Words]()
    for one in sized:
        most = int((room - one.size * 0.4) // (one.size * _LINE))
        if most < 1:
            break
        kept.append(replace(one, text=_kept(_lines(one.text, one.size, box.width * POINTS, _face(one.bold)), most)))
        room -= _height(kept[-1], box)
    return kept


def fitted_table(
    rows: Sequence[Sequence[TableCell]], widths: Sequence[float], size: float, room: float
) -> tuple[list[list[TableCell]], list[float], float]:
    """Return the rows of a table, their heights in inches and its size, so that it is at most ``room`` inches high.

    A figure is never cut; the names of columns are smaller where their words would be.
    """
    while True:
        sized = [_sized_heads(rows[0], widths, size), *rows[1:]]
        cells = [[_cell(cell, width, size) for cell, width in zip(row, widths, strict=True)] for row in sized]
        heights = [max(height for _one, height in row) / POINTS for row in cells]
        whole = all(_holds(cell, width, size) for row in rows for cell, width in zip(row, widths, strict=True))
        if (sum(heights) <= room and whole) or size <= _SMALLEST:
            return [[one for one, _height in row] for row in cells], heights, size
        size = max(size - 1, _SMALLEST)


def _sized_heads(heads: Sequence[TableCell], widths: Sequence[float], size: float) -> list[TableCell]:
    """Return the names of columns at the largest size at which no word of them is cut, or at the smallest one."""
    points = size
    while points > _SMALLEST and any(
        _cuts(replace(one, points=points, bold=True), width, size) for one, width in zip(heads, widths, strict=True)
    ):
        points = max(points - 1, _SMALLEST)
    return [replace(one, points=points, bold=True) for one in heads]


def _is_figure(cell: TableCell) -> bool:
    return cell.text[:1].isdecimal() or cell.text[:1] in _SIGNS


def _holds(cell: TableCell, width: float, size: float) -> bool:
    """Return whether a cell holds its figure; words may be cut."""
    return not _is_figure(cell) or not _cuts(cell, width, size)


def _cuts(cell: TableCell, width: float, size: float) -> bool:
    """Return whether a word of the cell is wider than its column."""
    lines = _lines(cell.text, cell.size_in(size), width * POINTS - _CELL_SIDES, _face(cell.bold))
    return " ".join(lines) != " ".join(cell.text.split("\n"))


def _smaller(size: float, share: float) -> float:
    """Return a share of a size, but no smaller than what is read; what stands at the foot of a slide may be smaller."""
    return max(size * share, min(size, _SMALLEST_WORDS if size > _FOOT else _SMALLEST_FOOT))


def _cell(cell: TableCell, width: float, size: float) -> tuple[TableCell, float]:
    points = cell.size_in(size)
    lines = _lines(cell.text, points, width * POINTS - _CELL_SIDES, _face(cell.bold))
    shown = min(len(lines), _MOST_LINES)
    text = cell.text if _is_figure(cell) else _kept(lines, _MOST_LINES)
    return replace(cell, text=text), shown * points * _LINE + _CELL_ENDS


def _height(words: Words, box: SlideBox) -> float:
    text = f"• {words.text}" if words.bullet else words.text
    return len(_lines(text, words.size, box.width * POINTS, _face(words.bold))) * words.size * _LINE + words.size * 0.4


def _lines(text: str, size: float, width: float, face: Face) -> list[str]:
    """Return the lines of a text; a word wider than its place is cut."""
    return [line for part in text.split("\n") for line in wrapped_to(part, width / _SPARE, size, face)]


def _kept(lines: Sequence[str], most: int) -> str:
    return " ".join(lines) if len(lines) <= most else f"{' '.join(lines[:most])[:-1].rstrip()}…"


def _face(bold: bool) -> Face:
    return "sans-700Bold" if bold else "sans-400Regular"
