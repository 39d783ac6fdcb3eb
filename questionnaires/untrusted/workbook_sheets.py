"""Parsing of every visible sheet of an untrusted workbook (XLSX) into JSON lines, for a grid.

Each row is written as ``[[sheet, line], [[column, text, mark]…]]``, sheets counted from 0. Marks are those of
``workbook``, and ``n`` for a number. Run by ``questionnaires.untrusted.process``; imports the standard library only.
"""

from functools import partial
from typing import Any, Final

from questionnaires.untrusted.workbook import Sheet
from questionnaires.untrusted.workbook_parts import Book, Write, write_lines

MOST_SHEETS: Final = 30


def main(most_rows: str, most_cells: str) -> None:
    """Write the rows of every sheet, then their names and merged cells, or the reason of a refusal."""
    write_lines(partial(_every_sheet, most=(int(most_rows), int(most_cells))))


def _every_sheet(book: Book, write: Write, most: tuple[int, int]) -> dict[str, Any]:
    texts, styles = book.texts(), book.styles()
    found = []
    for place, (name, member) in enumerate(book.sheets[:MOST_SHEETS]):
        sheet = Sheet(texts, styles, most, partial(_write_row, write, place), number_mark="n")
        sheet.read(book.chunks(member))
        found.append({"name": name[:60], "merged": sheet.merged})
    return {"sheets": found}


def _write_row(write: Write, sheet: int, row: Any) -> None:
    line, cells = row
    write([[sheet, line], cells])
