"""The rows of a table as they are read: cells that span several columns or rows, within limits.

Runs in the process of ``questionnaires.untrusted.process``; imports the standard library only.
"""

from typing import Final

from questionnaires.untrusted.archives import Refused
from questionnaires.untrusted.workbook_parts import Write

MOST_COLUMNS: Final = 60
MOST_TABLES: Final = 200
LONGEST_CELL: Final = 20_000


def columns_or_rows(text: str | None, otherwise: int) -> int:
    """Return how many columns or rows an attribute says; ``otherwise`` when it says no number, or one too large."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else otherwise


class TableRows:
    """Writes the rows of tables as ``[[table, line], [[column, text, mark]…]]``.

    A mark is ``v`` for a cell repeated from the row above, with which it is merged, and ``w`` for one that is as wide
    as several columns. Raises ``Refused`` beyond the limits.
    """

    def __init__(self, write: Write, most_rows: int, most_cells: int) -> None:
        self._write, self._most_rows, self._left = write, most_rows, most_cells
        self.tables = -1
        self._line = self._rows = 0
        self._above: dict[int, str] = {}
        self._cells: list[list[object]] = []
        self._column = 0

    def begin_table(self) -> None:
        """Begin another table."""
        self.tables += 1
        self._line, self._above = 0, {}
        if self.tables >= MOST_TABLES:
            raise Refused("cells")

    def begin_row(self) -> None:
        """Begin a row."""
        self._line += 1
        self._cells, self._column = [], 0

    def skip(self, columns: int) -> None:
        """Leave so many columns without a cell."""
        self._column += max(0, columns)

    def add(self, text: str, span: int = 1, *, merged: bool = False) -> None:
        """Add a cell; ``merged`` repeats the one above, ``span`` is the number of columns that it takes."""
        if len(text) > LONGEST_CELL:
            raise Refused("heavy")
        if self._column >= MOST_COLUMNS:
            raise Refused("far")
        self._left -= 1
        if self._left < 0:
            raise Refused("cells")
        shown = self._above.get(self._column, "") if merged else text.strip()
        self._above[self._column] = shown
        if shown:
            self._cells.append([self._column, shown, "v" if merged else "w" if span > 1 else ""])
        self._column += max(1, span)

    def end_row(self) -> None:
        """Write the row, unless nothing is written in it."""
        if any(mark != "v" for _column, _text, mark in self._cells):
            self._rows += 1
            if self._rows > self._most_rows:
                raise Refused("cells")
            self._write([[self.tables, self._line], self._cells])
