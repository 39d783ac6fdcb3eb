"""Parsing of an untrusted XLSX workbook into JSON lines, from its cells only.

The declared dimension, the order of rows and the sizes of members are not trusted, and empty cells cost nothing. Each
row is written as ``[line, [[column, text, mark]…]]`` (columns from 0); then one object gives what else was found:
hidden rows and columns, merged cells, other sheets.

``mark`` is ``f`` for a formula, ``F`` for one without a stored result or with 0, which spreadsheets write before they
compute; ``""`` otherwise. Run by ``questionnaires.untrusted.process``; imports the standard library only.
"""

from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from typing import Any, Final

from questionnaires.untrusted.archives import Refused
from questionnaires.untrusted.cells import Attributes, Styles, column_of, number, unescaped
from questionnaires.untrusted.workbook_parts import Book, Write, parse, write_lines

MOST_COLUMNS: Final = 1_000
LAST_LINE: Final = 1_048_576
_LONGEST_TEXT: Final = 100_000
_LISTED: Final = 200


class _Enough(Exception):
    """Raised to stop reading at the maximum number of rows."""


class Sheet:
    """XML handler of a sheet; each row is written as soon as it ends. ``number_mark`` is the mark of numbers."""

    def __init__(
        self, texts: list[str], styles: Styles, most: tuple[int, int], write: Write, number_mark: str = ""
    ) -> None:
        self._texts, self._styles, self._write = texts, styles, write
        self._number_mark = number_mark
        self._most_rows, self._most_cells = most
        self.rows = self.cells = self.hidden_rows = 0
        self.hidden_columns: list[tuple[int, int]] = []
        self.merged: list[str] = []
        self._line = self._column = 0
        self._hidden = False
        self._row: list[tuple[int, str, str]] = []
        self._cell: Attributes = {}
        self._parts: list[str] = []
        self._length = 0
        self._open = self._phonetic = self._formula = False

    def read(self, chunks: Iterable[bytes]) -> None:
        """Read the XML of the sheet; stop after one row more than the maximum."""
        with suppress(_Enough):
            parse(chunks, self.start, self.end, self.text)

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "c":
            self._cell, self._parts, self._length, self._formula = attributes, [], 0, False
            self._column = column_of(attributes["r"]) if "r" in attributes else self._column + 1
        elif tag in ("v", "t"):
            self._open = not self._phonetic
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            self._row, self._column = [], 0
            self._line = int(number(attributes["r"])) if "r" in attributes else self._line + 1
            self._hidden = attributes.get("hidden", "0") in ("1", "true")
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "mergeCell" and len(self.merged) < _LISTED:
            self.merged.append(attributes.get("ref", "")[:40])
        elif tag == "col" and attributes.get("hidden", "0") in ("1", "true") and len(self.hidden_columns) < _LISTED:
            self.hidden_columns.append((int(attributes.get("min", 1)), int(attributes.get("max", 1))))

    def text(self, text: str) -> None:
        if self._open:
            self._parts.append(text)
            self._length += len(text)
            if self._length > _LONGEST_TEXT:
                raise Refused("heavy", self._where())

    def end(self, tag: str) -> None:
        if tag in ("v", "t"):
            self._open = False
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "c":
            self._end_cell()
        elif tag == "row":
            self._end_row()

    def _end_cell(self) -> None:
        kind = self._cell.get("t", "n")
        stored = "".join(self._parts)
        text = self._said(kind, stored)
        uncomputed = self._formula and kind == "n" and (not stored.strip() or text == "0")
        if not text.strip() and not uncomputed:
            return
        if not 1 <= self._column <= MOST_COLUMNS or not 1 <= self._line <= LAST_LINE:
            raise Refused("far", self._where())
        self.cells += 1
        if self.cells > self._most_cells:
            raise Refused("cells")
        formula = "F" if uncomputed else "f" if self._formula else ""
        self._row.append((self._column - 1, text, formula or (self._number_mark if kind == "n" else "")))

    def _said(self, kind: str, stored: str) -> str:
        if kind == "s":
            place = int(stored) if stored.strip().isdecimal() and len(stored) < 10 else -1
            if not 0 <= place < len(self._texts):
                raise Refused("damaged")
            return self._texts[place]
        if kind == "b":
            return {"1": "VRAI", "0": "FAUX"}.get(stored.strip(), stored)
        if kind == "n":
            return self._styles.shown(stored.strip(), self._cell.get("s", "0"))
        return unescaped(stored)

    def _where(self) -> str:
        return str(self._cell.get("r", f"ligne {self._line}"))[:20]

    def _end_row(self) -> None:
        if self._row:
            self.rows += 1
            self.hidden_rows += self._hidden
            self._write([self._line, self._row])
            if self.rows > self._most_rows:
                raise _Enough


def main(most_rows: str, most_cells: str) -> None:
    """Write the rows of the first sheet that has any, then what else was found, or the reason of a refusal."""
    write_lines(partial(_first_sheet, most=(int(most_rows), int(most_cells))))


def _first_sheet(book: Book, write: Write, most: tuple[int, int]) -> dict[str, Any]:
    texts, styles = book.texts(), book.styles()
    for place, (name, member) in enumerate(book.sheets):
        sheet = Sheet(texts, styles, most, write)
        sheet.read(book.chunks(member))
        if sheet.rows:
            return {
                "sheet": name[:60],
                "others": [other[:60] for other, _ in book.sheets[place + 1 :]][:20],
                "hidden_sheets": book.hidden,
                "hidden_rows": sheet.hidden_rows,
                "hidden_columns": sheet.hidden_columns,
                "merged": sheet.merged,
            }
    return {"sheet": "", "others": [], "hidden_sheets": book.hidden}
