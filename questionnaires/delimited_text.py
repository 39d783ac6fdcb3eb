"""Parsing of CSV into rows with their line numbers, and the problems of its form.

Knows separators, quotes and rows of unequal lengths. Ignores encodings (``text_sources``) and the meaning of columns.
Reading does not stop at the first problem: each is noted in ``TableFindings``.
"""

import csv
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from grille.messages import counted
from grille.messages import message as _
from questionnaires.findings import LISTED, TableFindings
from questionnaires.words import canonical, printable_cell, stripped_cell, suggestion

Progress = Callable[[int, float | None], None]
Numbered = tuple[int, list[str]]

SEPARATORS: Final = (",", ";")
AT_ONCE: Final = 10_000
MOST_COLUMNS: Final = 1_000
_MOST_SIGNS: Final = 20_000
_SAMPLED: Final = 5
_TITLES: Final = 20
_NAMES: Final = {",": _("des virgules"), ";": _("des points-virgules")}
TOO_WIDE: Final = _(
    "ce tableau a plus de %(most_columns)s colonnes : gardez celles qui servent.", most_columns=MOST_COLUMNS
)


@dataclass
class CsvTable:
    """A header and its rows, each a list of as many cells as the header has; blank rows are left out."""

    header: list[str]
    header_line: int
    rows: Iterator[Numbered]

    def chunks(self, size: int = AT_ONCE) -> Iterator[list[Numbered]]:
        """Yield the rows in lists of ``size``, so that a long table is never entirely in memory."""
        while chunk := list(islice(self.rows, size)):
            yield chunk


def table_of(
    lines: Iterator[str], known: Collection[str], findings: TableFindings, likely: Collection[str] = ()
) -> CsvTable | None:
    """Return the table of these lines, its separator guessed; None when there is no usable header.

    ``known`` are the columns expected: names of the header are brought to their spelling (« College » to ``college``).
    ``likely`` are other names that help to guess the separator.
    """
    skipped: list[str] = []
    for line in lines:
        skipped.append(line)
        if line.strip(" \t\r\n;,"):
            break
    else:
        findings.add(_("ce tableau est vide : il commence par une ligne de noms de colonnes."))
        return None
    below = list(islice(lines, _SAMPLED))
    header_text = skipped[-1]
    if max(map(header_text.count, SEPARATORS)) > _MOST_SIGNS:
        findings.add(TOO_WIDE, len(skipped))
        return None
    separator = _separator(header_text, below, {*known, *likely})
    rows = _rows(chain(skipped, below, lines), separator, findings)
    first = next(rows, None)
    if first is None:
        return None
    line_number, cells = first
    header = _header(cells, known)
    return CsvTable(header, line_number, _even(rows, len(header), separator, findings))


def without_titles(lines: Iterator[str], known: Collection[str]) -> tuple[Iterator[str], int]:
    """Return the lines, with the titles above the header made blank, and the header's line number (0: no titles).

    >>> lines, line = without_titles(iter(["Enquête 2026;;\\n", "college;COO-1\\n", "elus;3\\n"]), ["college"])
    >>> next(lines), line
    ('\\n', 2)
    """
    head = list(islice(lines, _TITLES))
    names = {stripped_cell(name).casefold() for name in known}
    place = next((place for place, line in enumerate(head) if _has_one_of(names, line)), 0)
    above = "".join(head[:place])
    if not above.strip(" \t\r\n;,") or above.count('"') % 2:
        return chain(head, lines), 0
    return chain(["\n"] * place, head[place:], lines), place + 1


def _has_one_of(names: set[str], line: str) -> bool:
    if max(map(line.count, SEPARATORS)) > _MOST_SIGNS:
        return False
    with suppress(csv.Error):
        cells = chain.from_iterable(next(csv.reader([line], delimiter=separator), []) for separator in SEPARATORS)
        return any(stripped_cell(cell).casefold() in names for cell in cells)
    return False


def _separator(header: str, below: Sequence[str], known: Collection[str]) -> str:
    """Return the best separator: the one that makes the most known columns of the header.

    Ties go to the one that cuts the most lines below into as many cells, then to the most frequent one in the header.
    Characters between quotes do not count: a label may contain more commas than there are columns.
    """
    bare = _unquoted(header)
    samples = [text for line in below if (text := _unquoted(line)).strip()]

    def found(separator: str) -> tuple[int, int, int]:
        cells: list[str] = []
        with suppress(csv.Error):  # reported when the rows are read
            cells = _header(next(csv.reader([header], delimiter=separator), []), known)
        cuts = bare.count(separator)
        alike = sum(text.count(separator) == cuts > 0 for text in samples)
        return sum(cell in known for cell in cells), alike, cuts

    return max(SEPARATORS, key=found)


def _unquoted(line: str) -> str:
    """Return a line without its quoted parts; a quote that is not closed extends to the end."""
    return re.sub(r'"[^"]*(?:"|$)', "", line)


def _header(cells: Sequence[str], known: Collection[str]) -> list[str]:
    names = [canonical(cell, known) for cell in cells]
    while names and not names[-1]:
        names.pop()
    return names


def _rows(lines: Iterator[str], separator: str, findings: TableFindings) -> Iterator[Numbered]:
    """Yield the rows that are not blank, each with the number of its first line."""
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
    if "limit" in error:
        return _(
            "un guillemet ouvert sur cette ligne n’est jamais refermé, ou une cellule est trop longue : refermez-le, "
            "ou raccourcissez-la."
        )
    if "end of data" in error:
        return _("un guillemet ouvert sur cette ligne n’est jamais refermé : refermez-le ou retirez-le.")
    if "new-line" in error:
        return _("cette ligne contient un retour à la ligne isolé : retirez-le.")
    return _("un guillemet est mal placé sur cette ligne : entourez toute la cellule, ou retirez-le.")


def _even(rows: Iterator[Numbered], width: int, separator: str, findings: TableFindings) -> Iterator[Numbered]:
    """Yield the rows with as many cells as the header, empty cells beyond it removed; note the others as problems."""
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
        return _(
            "cette ligne est séparée par %(names)s alors que les noms de colonnes le sont par "
            "%(names2)s : gardez un seul séparateur.",
            names=_NAMES[other],
            names2=_NAMES[separator],
        )
    cells = counted("%(n)s cellule", "%(n)s cellules", len(row))
    columns = counted("%(n)s colonne", "%(n)s colonnes", width)
    remedy = (
        _("complétez-la")
        if len(row) < width
        else _("retirez ce qui est en trop, ou mettez la cellule entre guillemets")
    )
    return _("cette ligne a %(cells)s pour %(columns)s : %(remedy)s.", cells=cells, columns=columns, remedy=remedy)


def check_header(
    header: Sequence[str], line: int, known: Sequence[str], required: Collection[str], findings: TableFindings
) -> list[str | None]:
    """Return the known column of each cell of a row (None: unknown), and note what is wrong in the header."""
    positions: dict[str, int] = {}
    for position, name in enumerate(header, 1):
        if name in positions:
            first = positions[name]
            said = _(
                "cette colonne est écrite deux fois (positions %(first)s et %(position)s) : gardez-en une seule.",
                first=first,
                position=position,
            )
            findings.add(said, line, printable_cell(name))
        elif name in known:
            positions[name] = position
        else:
            findings.add(_unknown(name, position, known, findings.total < LISTED // 10), line)
    for name in required:
        if name not in positions:
            findings.add(_("la colonne « %(name)s » manque : ajoutez-la.", name=name), line)
    kept = {position: name for name, position in positions.items()}
    return [kept.get(position) for position in range(1, len(header) + 1)]


def _unknown(name: str, position: int, known: Sequence[str], suggest: bool) -> str:
    if not name:
        return _("la colonne en position %(position)s n’a pas de nom : nommez-la ou retirez-la.", position=position)
    if re.search(r"[,;\t]", name):
        return _(
            "les noms de colonnes doivent être séparés par des virgules, ou par des points-virgules, sans mélange."
        )
    return _(
        "la colonne « %(shown)s » est inconnue : %(advice)s",
        shown=printable_cell(name),
        advice=suggestion(name, known) if suggest else _("retirez-la."),
    )
