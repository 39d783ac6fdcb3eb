"""Parsing of an untrusted table that somebody pasted, as HTML or as text with tabs, into JSON lines.

Rows are those of ``table_rows``. Run by ``questionnaires.untrusted.process``; imports the standard library only.
"""

import csv
import io
import sys
from html.parser import HTMLParser
from typing import Any, Final, Literal

from questionnaires.untrusted.table_rows import LONGEST_CELL, MOST_COLUMNS, TableRows, columns_or_rows
from questionnaires.untrusted.workbook_parts import Write, write_rows

_BREAKS: Final = frozenset({"br", "p", "div", "li"})
_UNSEEN: Final = frozenset({"style", "script", "head", "title"})


class _Pasted(HTMLParser):
    """HTML handler of tables. Tags that never end are those of word processors: rows and cells end with the next."""

    def __init__(self, rows: TableRows) -> None:
        super().__init__(convert_charrefs=True)
        self._rows = rows
        self._tables = self._unseen = 0
        self._row = False
        self._cell: list[str] | None = None
        self._span = 1
        self._column = 0
        self._below: dict[int, tuple[int, int]] = {}  # rows still to be covered, and columns, by first column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self._tables += 1
            if self._tables == 1:
                self._rows.begin_table()
                self._below = {}
        elif self._tables == 1 and tag == "tr":
            self._end_row()
            self._rows.begin_row()
            self._row, self._column = True, 0
            self._covered()
        elif self._tables == 1 and tag in ("td", "th") and self._row:
            self._end_cell()
            given = dict(attrs)
            self._span, rowspan = (max(1, columns_or_rows(given.get(one), 1)) for one in ("colspan", "rowspan"))
            if rowspan > 1:
                self._below[self._column] = rowspan, self._span
            self._cell = []
        elif tag in _BREAKS or (self._tables > 1 and tag in ("td", "th")):
            self._add("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "table" and self._tables:
            if self._tables == 1:
                self._end_row()
            self._tables -= 1
        elif self._tables == 1 and tag == "tr":
            self._end_row()
        elif self._tables == 1 and tag in ("td", "th"):
            self._end_cell()
        elif tag in _BREAKS:
            self._add("\n")

    def handle_data(self, data: str) -> None:
        # Line ends of the source are spaces; those that show are tags.
        self._add(" ".join(f"_{data}_".split())[1:-1])

    def _add(self, text: str) -> None:
        if self._cell is not None and not self._unseen:
            self._cell.append(text)

    def _covered(self) -> None:
        """Add what the cells above cover at this column."""
        while self._column in self._below:
            rows, span = self._below[self._column]
            if rows <= 1:
                del self._below[self._column]
                return
            self._below[self._column] = rows - 1, span
            self._rows.add("", span, merged=True)
            self._column += span

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        lines = (" ".join(line.split()) for line in "".join(self._cell).splitlines())
        self._rows.add("\n".join(line for line in lines if line)[: LONGEST_CELL + 1], self._span)
        self._column += self._span
        self._cell = None
        self._covered()

    def _end_row(self) -> None:
        self._end_cell()
        if self._row:
            self._rows.end_row()
        self._row = False

    def finish(self) -> None:
        """End what was left open."""
        self.close()
        self._end_row()


def main(most_rows: str, most_cells: str) -> None:
    """Write the rows of what was pasted, or the reason of a refusal."""
    write_rows(lambda write: _pasted(write, int(most_rows), int(most_cells)))


def _pasted(write: Write, most_rows: int, most_cells: int) -> dict[str, Any]:
    text, rows = sys.stdin.buffer.read().decode("utf-8", "replace"), TableRows(write, most_rows, most_cells)
    if "<table" in text.lower():
        pasted = _Pasted(rows)
        pasted.feed(text)
        pasted.finish()
        return {"above": []}
    rows.begin_table()
    # Spreadsheets quote cells of several lines; word processors quote nothing, and a quote alone begins no cell.
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if text.count('"') % 2 == 0 else csv.QUOTE_NONE
    lines = io.StringIO(text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n"))
    for cells in csv.reader(lines, delimiter="\t", quoting=quoting):
        rows.begin_row()
        for cell in cells[: MOST_COLUMNS + 1]:
            rows.add(cell)
        rows.end_row()
    return {"above": []}
