"""The parts of an untrusted XLSX workbook (its sheets, shared texts and styles), and the JSON lines of its readers.

Runs in the process of ``questionnaires.untrusted.process``; imports the standard library only.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable
from typing import IO, Any, Final
from xml.parsers import expat

from questionnaires.untrusted.archives import Archive, Refused
from questionnaires.untrusted.cells import Attributes, Styles, unescaped

_BUDGET: Final = 60 * 1024 * 1024
_MOST_SHARED: Final = 12 * 1024 * 1024
_OUTPUT: Final = 11 * 1024 * 1024

Write = Callable[[object], None]


def write_lines(read: Callable[["Book", Write], dict[str, Any]]) -> None:
    """Print as JSON each row that ``read`` writes of the workbook on standard input, then the object that it returns.

    For a workbook that is refused, the last object is the reason.
    """
    write_rows(lambda write: read(Book(opened_archive(sys.stdin.buffer)), write))


def write_rows(read: Callable[[Write], dict[str, Any]]) -> None:
    """Print as JSON each row that ``read`` writes of the file on standard input, then the object that it returns.

    For a file that is refused, the last object is the reason.
    """
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
        last = read(write)
    except Refused as refusal:
        last = {"refused": refusal.why, "where": refusal.where}
    except (ValueError, OverflowError):
        last = {"refused": "damaged", "where": ""}
    except MemoryError:
        last = {"refused": "heavy", "where": ""}
    sys.stdout.write(json.dumps(last) + "\n")


def opened_archive(file: IO[bytes]) -> Archive:
    """Return the archive of an office file. Raises ``Refused`` when it is damaged or declares too much."""
    archive = Archive(file, _BUDGET)
    if sum(member.file_size for member in archive.members) > _BUDGET:
        raise Refused("heavy")
    return archive


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


class Book:
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
