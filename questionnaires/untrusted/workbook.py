"""Parsing of an untrusted XLSX workbook into JSON lines, from its cells only.

The declared dimension, the order of rows and the sizes of members are not trusted, and empty cells cost nothing. Each
row is written as ``[line, [[column, text, mark]…]]`` (columns from 0); then one object gives what else was found:
hidden rows and columns, merged cells, other sheets.

``mark`` is ``f`` for a formula, ``F`` for one without a stored result or with 0, which spreadsheets write before they
compute; ``""`` otherwise. Run by ``questionnaires.untrusted.process``; imports the standard library only.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import IO, Any, Final
from xml.parsers import expat

from questionnaires.untrusted.archives import Archive, Refused
from questionnaires.untrusted.cells import Styles, column_of, number, unescaped

MOST_COLUMNS: Final = 1_000
LAST_LINE: Final = 1_048_576
_BUDGET: Final = 60 * 1024 * 1024
_LONGEST_TEXT: Final = 100_000
_MOST_SHARED: Final = 12 * 1024 * 1024
_LISTED: Final = 200
_OUTPUT: Final = 11 * 1024 * 1024

Attributes = dict[str, str]


class _Enough(Exception):
    """Raised to stop reading at the maximum number of rows."""


def parse(
    chunks: Iterable[bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Parse XML, and call back with the local name of each element.

    Raises ``Refused`` for a document type declaration (which XLSX never has) or for damaged XML.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    if end:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if text:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _no_doctype
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, UnicodeError, LookupError) as error:
        raise Refused("damaged") from error


def _no_doctype(*_declared: object) -> None:
    raise Refused("damaged")


class _Book:
    """The parts of a workbook: its sheets in order, its shared texts and its styles."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.sheets: list[tuple[str, str]] = []
        self.hidden = 0
        main = next(iter(self._related("_rels/.rels", "", "/officeDocument").values()), "xl/workbook.xml")
        folder, _, name = main.rpartition("/")
        self._targets = self._related(f"{folder}/_rels/{name}.rels".lstrip("/"), folder)
        self._texts = self._related(f"{folder}/_rels/{name}.rels".lstrip("/"), folder, "/sharedStrings")
        self._looks = self._related(f"{folder}/_rels/{name}.rels".lstrip("/"), folder, "/styles")
        if archive.find(main) is None:
            raise Refused("other" if archive.find("content.xml") or archive.find("xl/workbook.bin") else "damaged")
        parse(self.chunks(main), self._sheet)

    def chunks(self, name: str) -> Iterable[bytes]:
        """Return the content of a part, in pieces; an empty one when there is no part with that name."""
        member = self._archive.find(name)
        return (b"<none/>",) if member is None else self._archive.chunks(member)

    def _related(self, name: str, folder: str, kind: str = "") -> dict[str, str]:
        """Return the names of the parts related to a part, by relationship id."""
        found: dict[str, str] = {}

        def start(tag: str, attributes: Attributes) -> None:
            target = attributes.get("Target", "")
            if tag == "Relationship" and attributes.get("Type", "").endswith(kind) and target:
                path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
                found[attributes.get("Id", "")] = re.sub(r"[^/]+/\.\./", "", path)

        parse(self.chunks(name), start)
        return found

    def _sheet(self, tag: str, attributes: Attributes) -> None:
        if tag != "sheet":
            return
        id_ = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        if attributes.get("state", "visible") != "visible":
            self.hidden += 1
        elif id_ in self._targets:
            self.sheets.append((attributes.get("name", ""), self._targets[id_]))

    def texts(self) -> list[str]:
        """Return the texts shared by cells, in the order of their indexes."""
        shared = _Texts()
        for name in self._texts.values():
            parse(self.chunks(name), shared.start, shared.end, shared.text)
        return shared.all

    def styles(self) -> Styles:
        """Return the styles of cells; a style that cannot be read is that of a plain number."""
        styles = Styles()
        try:
            for name in self._looks.values():
                parse(self.chunks(name), styles.start, styles.end)
        except Refused as refusal:
            if refusal.why != "damaged":
                raise
        except ValueError:
            return styles
        return styles


class _Texts:
    """XML handler of the table of shared texts; phonetic readings are left out."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._parts: list[str] = []
        self._size = 0
        self._open = self._phonetic = False

    def start(self, tag: str, _attributes: Attributes) -> None:
        if tag == "si":
            self._parts = []
        self._phonetic = self._phonetic or tag == "rPh"
        self._open = tag == "t" and not self._phonetic

    def text(self, text: str) -> None:
        if self._open:
            self._parts.append(text)
            self._size += len(text) + 8
            if self._size > _MOST_SHARED:
                raise Refused("heavy")

    def end(self, tag: str) -> None:
        self._open = False
        if tag == "rPh":
            self._phonetic = False
        elif tag == "si":
            self._size += 60
            self.all.append(unescaped("".join(self._parts)))


class _Sheet:
    """XML handler of a sheet; each row is written as soon as it ends."""

    def __init__(
        self, texts: list[str], styles: Styles, most: tuple[int, int], write: Callable[[object], None]
    ) -> None:
        self._texts, self._styles, self._write = texts, styles, write
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
        mark = ""
        if self._formula:
            mark = "F" if (kind == "n" and (not stored.strip() or text == "0")) else "f"
        if not text.strip() and mark != "F":
            return
        if not 1 <= self._column <= MOST_COLUMNS or not 1 <= self._line <= LAST_LINE:
            raise Refused("far", self._where())
        self.cells += 1
        if self.cells > self._most_cells:
            raise Refused("cells")
        self._row.append((self._column - 1, text, mark))

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
        last = _read(sys.stdin.buffer, (int(most_rows), int(most_cells)), write)
    except Refused as refusal:
        last = {"refused": refusal.why, "where": refusal.where}
    except (ValueError, OverflowError):
        last = {"refused": "damaged", "where": ""}
    except MemoryError:
        last = {"refused": "heavy", "where": ""}
    sys.stdout.write(json.dumps(last) + "\n")


def _read(file: IO[bytes], most: tuple[int, int], write: Callable[[object], None]) -> dict[str, Any]:
    archive = Archive(file, _BUDGET)
    if sum(member.file_size for member in archive.members) > _BUDGET:
        raise Refused("heavy")
    book = _Book(archive)
    texts, styles = book.texts(), book.styles()
    for place, (name, member) in enumerate(book.sheets):
        sheet = _Sheet(texts, styles, most, write)
        with suppress(_Enough):
            parse(book.chunks(member), sheet.start, sheet.end, sheet.text)
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
