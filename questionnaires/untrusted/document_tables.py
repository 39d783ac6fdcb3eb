"""Parsing of the tables of an untrusted text document (DOCX) into JSON lines, with the words above each.

Rows are those of ``table_rows``; a table inside a cell is text of that cell. Run by
``questionnaires.untrusted.process``; imports the standard library only.
"""

import sys
from typing import Any, Final

from questionnaires.untrusted.archives import Refused
from questionnaires.untrusted.cells import Attributes
from questionnaires.untrusted.table_rows import LONGEST_CELL, TableRows, columns_or_rows
from questionnaires.untrusted.workbook_parts import Write, opened_archive, parse, write_rows

_DOCUMENT: Final = "word/document.xml"
_LONGEST_ABOVE: Final = 200
_DEEPEST: Final = 300


class _Document:
    """XML handler of the body: what is typed in the cells of tables, and the last words before each table."""

    def __init__(self, rows: TableRows) -> None:
        self._rows = rows
        self.above: list[str] = []
        self._parts: list[str] = []
        self._length = self._depth = self._tables = self._doubled = 0
        self._last = ""
        self._span, self._merged, self._in_text = 1, False, False

    def start(self, tag: str, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Refused("damaged")
        value = next((one for name, one in attributes.items() if name.endswith(":val") or name == "val"), "")
        if tag == "Fallback":  # the same words as beside it, for older programs
            self._doubled += 1
        elif tag == "tbl":
            self._begin_table()
        elif self._tables == 1 and tag in ("tr", "tc", "gridSpan", "vMerge", "gridBefore"):
            self._in_table(tag, value)
        elif tag == "t":
            self._in_text = not self._doubled
        elif tag in ("br", "cr", "tab"):
            self._add("\n" if tag != "tab" else " ")

    def _begin_table(self) -> None:
        self._tables += 1
        if self._tables == 1:
            self._rows.begin_table()
            self.above.append(self._last[:_LONGEST_ABOVE])

    def _in_table(self, tag: str, value: str) -> None:
        if tag == "tr":
            self._rows.begin_row()
        elif tag == "tc":
            self._parts, self._length, self._span, self._merged = [], 0, 1, False
        elif tag == "gridSpan":
            self._span = columns_or_rows(value, 1)
        elif tag == "gridBefore":
            self._rows.skip(columns_or_rows(value, 0))
        elif value != "restart":
            self._merged = True

    def _add(self, text: str) -> None:
        if not self._doubled:
            self._parts.append(text)
            self._length += len(text)
            if self._length > LONGEST_CELL:
                if self._tables:
                    raise Refused("heavy")
                self._parts, self._length = [], 0  # a long text outside of tables is nothing to us

    def text(self, text: str) -> None:
        if self._in_text:
            self._add(text)

    def end(self, tag: str) -> None:
        self._depth -= 1
        if tag == "t":
            self._in_text = False
        elif tag == "Fallback":
            self._doubled -= 1
        elif tag == "tbl":
            self._tables -= 1
            self._parts, self._last = ([], "") if not self._tables else (self._parts, self._last)
        elif tag == "p" and self._tables:
            self._add("\n")
        elif tag == "p":
            words = " ".join("".join(self._parts).split())
            self._last, self._parts, self._length = words or self._last, [], 0
        elif self._tables == 1 and tag == "tc":
            self._rows.add("".join(self._parts), self._span, merged=self._merged)
        elif self._tables == 1 and tag == "tr":
            self._rows.end_row()


def main(most_rows: str, most_cells: str) -> None:
    """Write the rows of every table, then the words above each, or the reason of a refusal."""
    write_rows(lambda write: _tables(write, int(most_rows), int(most_cells)))


def _tables(write: Write, most_rows: int, most_cells: int) -> dict[str, Any]:
    archive = opened_archive(sys.stdin.buffer)
    member = archive.find(_DOCUMENT)
    if member is None:
        raise Refused("other")
    document = _Document(TableRows(write, most_rows, most_cells))
    parse(archive.chunks(member), document.start, document.end, document.text)
    return {"above": document.above}
