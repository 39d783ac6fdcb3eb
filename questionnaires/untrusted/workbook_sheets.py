"""Parsing of every visible sheet of an untrusted workbook (XLSX) into JSON lines, for a grid.

Each row is written as ``[[sheet, line], [[column, text, mark]…]]``: ``f`` marks a formula, ``n`` a number. Run by
``questionnaires.untrusted.process``; imports the standard library only.
"""

import json
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any, Final

from questionnaires.untrusted.archives import Archive, Refused
from questionnaires.untrusted.workbook import _BUDGET, _OUTPUT, _Book, _Enough, _Sheet, parse

MOST_SHEETS: Final = 30


class _MarkedSheet(_Sheet):
    """The handler of a sheet that also marks numbers."""

    def _end_cell(self) -> None:
        count = len(self._row)
        super()._end_cell()
        if len(self._row) > count:
            column, text, mark = self._row[-1]
            number = self._cell.get("t", "n") == "n"
            self._row[-1] = (column, text, "f" if mark else "n" if number else "")


def main(most_rows: str, most_cells: str) -> None:
    """Write the rows of every sheet, then their names and merged cells, or the reason of a refusal."""
    written = 0

    def write(row: object) -> None:
        nonlocal written
        line = json.dumps(row, separators=(",", ":")) + "\n"
        written += len(line)
        if written > _OUTPUT:
            raise Refused("heavy")
        sys.stdout.write(line)

    last: dict[str, Any]
    try:
        last = {"sheets": _read(sys.stdin.buffer, (int(most_rows), int(most_cells)), write)}
    except Refused as refusal:
        last = {"refused": refusal.why, "where": refusal.where}
    except (ValueError, OverflowError):
        last = {"refused": "damaged", "where": ""}
    except MemoryError:
        last = {"refused": "heavy", "where": ""}
    sys.stdout.write(json.dumps(last) + "\n")


def _read(file: IO[bytes], most: tuple[int, int], write: Callable[[object], None]) -> list[dict[str, Any]]:
    archive = Archive(file, _BUDGET)
    if sum(member.file_size for member in archive.members) > _BUDGET:
        raise Refused("heavy")
    book = _Book(archive)
    texts, styles = book.texts(), book.styles()
    found = []
    for place, (name, member) in enumerate(book.sheets[:MOST_SHEETS]):
        sheet = _MarkedSheet(texts, styles, most, lambda row, at=place: write([[at, row[0]], row[1]]))  # type: ignore[misc]
        with suppress(_Enough):
            parse(book.chunks(member), sheet.start, sheet.end, sheet.text)
        found.append({"name": name[:60], "merged": sheet.merged})
    return found
