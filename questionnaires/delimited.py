"""Tables of text from outside (CSV): any source as numbered rows, and what is wrong in its form.

Knows separators, encodings, quotes and ragged lines. Ignores what the columns mean.
Nothing stops at the first problem: each is noted in ``Findings`` and reading goes on as far as it makes sense.
"""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, Final

from grille import Problem
from grille.source import UNDECODED, foreign_encoding, why_not

Source = Path | str | IO[str] | IO[bytes]
Progress = Callable[[int, float | None], None]
Numbered = tuple[int, list[str]]

SEPARATORS: Final = (",", ";")
AT_ONCE: Final = 10_000
LISTED: Final = 1_000
_NAMES: Final = {",": "des virgules", ";": "des points-virgules"}
_EXPORT: Final = "exportez-le à nouveau (dans le tableur : « Enregistrer sous », format « CSV UTF-8 »)."


@dataclass
class Findings:
    """What is wrong in one file: the first ``LISTED`` problems in full, all of them counted."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    total: int = 0

    def add(self, message: str, line: int | None = None, column: str | None = None) -> None:
        """Note one problem."""
        self.total += 1
        if len(self.problems) < LISTED:
            self.problems.append(Problem(self.file, line, message, column))

    def count_only(self, more: int) -> None:
        """Count problems that are too many to be told one by one."""
        self.total += more

    def in_order(self) -> list[Problem]:
        """The problems in the order of the lines, those of the whole file first."""
        return sorted(self.problems, key=lambda problem: problem.line or 0)


@dataclass
class Lines:
    """The lines of an open source, and how much of it has been read: from 0 to 1, or ``None`` when nobody knows."""

    text: Iterator[str]
    share: Callable[[], float | None]


@dataclass
class Table:
    """A header and the rows under it. Rows are lists of cells, as many as the header has; blank rows are left out."""

    header: list[str]
    header_line: int
    rows: Iterator[Numbered]

    def chunks(self, size: int = AT_ONCE) -> Iterator[list[Numbered]]:
        """The rows a few thousands at a time, so that a long table never stands whole in memory."""
        while chunk := list(islice(self.rows, size)):
            yield chunk


def name_of(source: Source) -> str:
    """What to call a source in a sentence."""
    name = source if isinstance(source, str | Path) else getattr(source, "name", None)
    return str(name) if isinstance(name, str | Path) else "tableau"


@contextmanager
def opened(source: Source, findings: Findings) -> Iterator[Lines | None]:
    """The lines of a file, or of an open text or binary buffer (left open); ``None`` when it cannot be read as text."""
    if not isinstance(source, str | Path):
        with _buffer(source, findings) as lines:
            yield lines
        return
    try:
        file = Path(source).open("rb")  # noqa: SIM115 - closed below, once the opening has succeeded
    except (OSError, ValueError) as error:
        findings.add(why_not(error) if isinstance(error, OSError) else "ce nom de fichier n’est pas possible.")
        yield None
        return
    with file, _decoded(file, findings, Path(source).stat().st_size) as lines:
        yield lines


@contextmanager
def _buffer(source: IO[Any], findings: Findings) -> Iterator[Lines | None]:
    if isinstance(source.read(0), str):
        yield Lines(_cleaned(source, findings), lambda: None)
        return
    buffered = io.BufferedReader(source)  # type: ignore[type-var]
    try:
        with _decoded(buffered, findings, 0) as lines:
            yield lines
    finally:
        buffered.detach()


@contextmanager
def _decoded(binary: "io.BufferedReader[Any]", findings: Findings, size: int) -> Iterator[Lines | None]:
    encoding = foreign_encoding(binary.peek(400)[:400])
    if encoding:
        findings.add(f"ce tableau est en {encoding} ; il doit être en UTF-8 : {_EXPORT}")
        yield None
        return
    text = io.TextIOWrapper(binary, "utf-8-sig", errors="surrogateescape", newline="")
    try:
        yield Lines(_cleaned(text, findings), lambda: binary.tell() / size if size else None)
    finally:
        text.detach()


def _cleaned(lines: Iterator[str] | IO[str], findings: Findings) -> Iterator[str]:
    """The lines, those that are not UTF-8 read as Windows-1252 so that whatever else is wrong is found too."""
    foreign = False
    for number, line in enumerate(lines, 1):
        if not line.isascii() and UNDECODED.search(line):
            if not foreign:
                findings.add(
                    "cette ligne n’est pas en UTF-8 (le tableau semble être en Windows-1252 ou ISO-8859-1) : "
                    + _EXPORT,
                    number,
                )
            foreign = True
            line = line.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
        if "\0" in line:
            findings.add("cette ligne contient un octet nul, ce n’est pas du texte : effacez-le.", number)
            line = line.replace("\0", "")
        yield line


def table_of(lines: Iterator[str], known: Collection[str], findings: Findings) -> Table | None:
    """The table that the lines hold, its separator guessed from its header; ``None`` when there is no header.

    ``known`` are the columns that may be met: the header's names take their spelling (« College » is ``college``).
    """
    skipped: list[str] = []
    for line in lines:
        skipped.append(line)
        if line.strip(" \t\r\n;,"):
            break
    else:
        findings.add("ce tableau est vide : il commence par une ligne de noms de colonnes.")
        return None
    separator = _separator(skipped[-1], known)
    rows = _rows(chain(skipped, lines), separator, findings)
    first = next(rows, None)
    if first is None:
        return None
    line_number, cells = first
    header = _header(cells, known)
    return Table(header, line_number, _even(rows, len(header), separator, findings))


def _separator(header: str, known: Collection[str]) -> str:
    """The separator that makes the most known columns out of the header, then the most columns."""

    def found(separator: str) -> tuple[int, int]:
        cells = _header(header.rstrip("\r\n").replace('"', "").split(separator), known)
        return sum(cell in known for cell in cells), len(cells)

    return max(SEPARATORS, key=found)


def _header(cells: Sequence[str], known: Collection[str]) -> list[str]:
    names = [canonical(cell, known) for cell in cells]
    while names and not names[-1]:
        names.pop()
    return names


def canonical(text: str, known: Collection[str]) -> str:
    """The known spelling of a word, whatever its case and the spaces around it; the word itself when it is unknown.

    >>> canonical(" Elus ", ["elus", "agents"]), canonical("maires", ["elus"])
    ('elus', 'maires')
    """
    word = text.strip()
    if word in known:
        return word
    alike = [name for name in known if name.casefold() == word.casefold()]
    return alike[0] if len(alike) == 1 else word


def _rows(lines: Iterator[str], separator: str, findings: Findings) -> Iterator[Numbered]:
    """Every row that is not blank, with the line it starts on."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            findings.add(_broken_quotes(str(error)), line)
            if "limit" in str(error):
                return
            continue
        if row is None:
            return
        if any(row):
            yield line, row


def _broken_quotes(error: str) -> str:
    if "end of data" in error or "limit" in error:
        return "un guillemet ouvert sur cette ligne n’est jamais refermé : refermez-le ou retirez-le."
    if "new-line" in error:
        return "cette ligne contient un retour à la ligne isolé : retirez-le."
    return "un guillemet est mal placé sur cette ligne : entourez toute la cellule, ou retirez-le."


def _even(rows: Iterator[Numbered], width: int, separator: str, findings: Findings) -> Iterator[Numbered]:
    """The rows that have as many cells as the header; empty cells beyond its last column are cut off."""
    for line, row in rows:
        if len(row) > width and not any(cell.strip() for cell in row[width:]):
            del row[width:]
        if len(row) == width:
            yield line, row
        else:
            findings.add(_ragged(row, width, separator), line)


def _ragged(row: list[str], width: int, separator: str) -> str:
    other = SEPARATORS[1 - SEPARATORS.index(separator)]
    if len(row) == 1 and row[0].count(other) == width - 1:
        return (
            f"cette ligne est séparée par {_NAMES[other]} alors que les noms de colonnes le sont par "
            f"{_NAMES[separator]} : gardez un seul séparateur."
        )
    cells = "1 cellule" if len(row) == 1 else f"{len(row)} cellules"
    remedy = "complétez-la" if len(row) < width else "retirez ce qui est en trop, ou mettez la cellule entre guillemets"
    return f"cette ligne a {cells} pour {width} colonnes : {remedy}."


def check_header(table: Table, known: Sequence[str], required: Collection[str], findings: Findings) -> list[str | None]:
    """The known column behind each cell of a row, ``None`` where there is none; notes what is wrong in the header."""
    positions: dict[str, int] = {}
    for position, name in enumerate(table.header, 1):
        if name in positions:
            first = positions[name]
            said = f"cette colonne est écrite deux fois (positions {first} et {position}) : gardez-en une seule."
            findings.add(said, table.header_line, shown(name))
        elif name in known:
            positions[name] = position
        else:
            findings.add(_unknown(name, position, known, findings.total < LISTED // 10), table.header_line)
    for name in required:
        if name not in positions:
            findings.add(f"la colonne « {name} » manque : ajoutez-la.", table.header_line)
    kept = {position: name for name, position in positions.items()}
    return [kept.get(position) for position in range(1, len(table.header) + 1)]


def _unknown(name: str, position: int, known: Sequence[str], suggest: bool) -> str:
    if not name:
        return f"la colonne en position {position} n’a pas de nom : nommez-la ou retirez-la."
    if re.search(r"[,;\t]", name):
        return "les noms de colonnes doivent être séparés par des virgules, ou par des points-virgules, sans mélange."
    return f"la colonne « {shown(name)} » est inconnue : {suggestion(name, known) if suggest else 'retirez-la.'}"


def suggestion(word: str, known: Sequence[str]) -> str:
    """What to write instead of an unknown word."""
    close = get_close_matches(word.casefold(), known, n=1) or get_close_matches(word.upper(), known, n=1)
    return f"vouliez-vous dire « {close[0]} » ?" if close else f"écrivez {enumeration(known)}, ou retirez-la."


def enumeration(words: Sequence[str], most: int = 8) -> str:
    """A few words as a French list.

    >>> enumeration(["élus", "agents", "habitants"])
    'élus, agents ou habitants'
    """
    if len(words) > most:
        return ", ".join(words[:most]) + "…"
    return " ou ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""


def shown(text: str) -> str:
    """A cell's text as it can be printed in a sentence: short, and with nothing invisible in it."""
    plain = "".join(sign if sign.isprintable() else "�" for sign in text.strip())
    return plain if len(plain) <= 40 else f"{plain[:39]}…"
