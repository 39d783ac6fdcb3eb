"""Reading of the first sheet of an uploaded workbook, with remarks on what is not visible at first sight.

The workbook itself is opened in a separate process with limits (``questionnaires.untrusted``).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, Final

import orjson

from grille.messages import message as _
from questionnaires.findings import TableFindings
from questionnaires.untrusted.cells import column_of
from questionnaires.untrusted.process import USUAL, Limits, ReadingBusy, ReadingStopped, ReadingUnbounded, run
from questionnaires.words import printable_cell

MOST_ROWS: Final = 20_000
MOST_CELLS: Final = 500_000
HEAVIEST: Final = 20 * 1024 * 1024
"""The maximum size of an uploaded table, in bytes, whatever its format."""

ZIP: Final = b"PK"
OLE: Final = b"\xd0\xcf\x11\xe0"

_AGAIN: Final = _("ouvrez-le dans un tableur, puis « Enregistrer sous » un classeur XLSX neuf, ou en CSV UTF-8.")
SENTENCES: Final = {
    "damaged": _(
        "ce classeur ne s’ouvre pas : il est abîmé, ou ce n’en est pas un ; enregistrez-le de nouveau en XLSX, "
        "ou en CSV UTF-8."
    ),
    "encrypted": _("ce classeur est protégé par un mot de passe : retirez-le, puis enregistrez de nouveau."),
    "other": _("ce classeur n’est pas au format XLSX : %(again)s", again=_AGAIN),
    "heavy": _("ce classeur est trop lourd une fois ouvert : gardez les colonnes utiles, %(again)s", again=_AGAIN),
    "cells": _("ce classeur a trop de cellules (500 000 au plus) : partagez-le, ou %(again)s", again=_AGAIN),
    "members": _("ce classeur est fait de trop de morceaux : %(again)s", again=_AGAIN),
    "far": _(
        "ce classeur a du texte au-delà de la 1 000e colonne ou de la dernière ligne d’une feuille : effacez ces "
        "cellules, ou copiez le tableau dans un classeur neuf."
    ),
}
_NOT_OPENED: Final = {
    "unbounded": _(
        "ce serveur n’ouvre aucun tableau, car il ne peut pas s’en protéger : prévenez la personne qui l’installe."
    ),
    "busy": _("d’autres fichiers sont en cours de lecture : rien n’a été lu, renvoyez celui-ci dans une minute."),
}


class SparseRow(dict[int, str]):
    """The non-empty cells of a row, by position from 0 (wide sheets may have few); other positions read as ""."""

    def __missing__(self, position: int) -> str:
        return ""


@dataclass
class Sheet:
    """A table as it was read: the header and the rows, each with its line from 1, and remarks in French.

    ``uncomputed`` are the cells (line, position) whose formula has no reliable result, ``computed`` those whose formula
    has one; ``merged`` are ranges of cells: first and last line, first and last position. Positions start from 0.
    """

    rows: list[tuple[int, list[str] | SparseRow]]
    uncomputed: set[tuple[int, int]] = field(default_factory=set)
    computed: set[tuple[int, int]] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        """The number of columns of the widest row."""
        return max((max(row, default=-1) + 1 if isinstance(row, dict) else len(row) for _, row in self.rows), default=0)

    def note_too_many_rows(self, findings: TableFindings) -> bool:
        """Return whether there are more rows under the header than the maximum, and note the problem if so."""
        too_many = len(self.rows) > MOST_ROWS + 1
        if too_many:
            said = _(
                "ce tableau a plus de %(most_rows)s lignes : partagez-le en plusieurs fichiers.", most_rows=MOST_ROWS
            )
            findings.add(said, self.rows[MOST_ROWS + 1][0])
        return too_many

    def add(self, line: int, cells: list[tuple[int, str, str]], texts: dict[str, str]) -> None:
        """Add a row of a workbook; ``texts`` has the texts already read, so that equal ones are stored once."""
        row = SparseRow()
        for position, text, mark in cells:
            row[position] = texts.setdefault(text, text)
            if mark:
                (self.uncomputed if mark == "F" else self.computed).add((line, position))
        self.rows.append((line, row))


def read_sheet(content: bytes, findings: TableFindings) -> Sheet | None:
    """Return the first visible sheet with content; None, with the reason in the findings, when there is none."""
    if content.startswith(OLE):
        findings.add(
            _("ce classeur est protégé par un mot de passe, ou dans l’ancien format XLS : %(again)s", again=_AGAIN)
        )
        return None
    sheet, texts = Sheet([]), dict[str, str]()
    said = read_apart(
        lambda line, cells: sheet.add(line, cells, texts),
        SENTENCES,
        "workbook",
        content,
        *(str(MOST_ROWS + 1), str(MOST_CELLS)),
    )
    if isinstance(said, str):
        findings.add(said)
        return None
    sheet.rows.sort(key=lambda row: row[0])
    sheet.remarks = _remarks(said)
    sheet.merged = [found for reference in said.get("merged", ()) if (found := _range(reference))]
    return sheet


def read_apart(
    add: Callable[[int, list[Any]], None],
    why: Mapping[str, str],
    reader: str,
    content: bytes,
    *arguments: str,
    limits: Limits = USUAL,
) -> dict[str, Any] | str:
    """Run a reader in its process, call ``add`` with each row (line, cells), and return the object that it ends with.

    Return a French sentence instead when the file is refused or cannot be read; ``why`` has the sentences of refusals.
    """
    try:
        with run(reader, content, *arguments, limits=limits) as output:
            said = _last_word(add, output)
    except ReadingBusy:
        return _NOT_OPENED["busy"]
    except ReadingUnbounded:
        return _NOT_OPENED["unbounded"]
    except (ReadingStopped, orjson.JSONDecodeError):
        return why["heavy"]
    if refused := said.get("refused"):
        where = said.get("where")
        return _("%(why)s (%(where)s)", why=why[refused], where=printable_cell(where)) if where else why[refused]
    return said


def _last_word(add: Callable[[int, list[Any]], None], output: IO[bytes]) -> dict[str, Any]:
    for written in output:
        one = orjson.loads(written)
        if isinstance(one, dict):
            return one
        add(*one)
    return {"refused": "heavy"}


def _range(reference: str) -> tuple[int, int, int, int] | None:
    found = re.fullmatch(r"([A-Za-z]+)([0-9]{1,7}):([A-Za-z]+)([0-9]{1,7})", reference)
    if found is None:
        return None
    left, top, right, bottom = found.groups()
    return int(top), int(bottom), column_of(f"{left}1") - 1, column_of(f"{right}1") - 1


def _remarks(said: dict[str, Any]) -> list[str]:
    remarks: list[str] = []
    if said.get("others"):
        names = ", ".join(f"« {printable_cell(name)} »" for name in said["others"])
        remarks.append(
            _(
                "Seule la feuille « %(shown)s » est lue ; pas : %(names)s.",
                shown=printable_cell(said["sheet"]),
                names=names,
            )
        )
    if said.get("hidden_sheets"):
        remarks.append(_("Les feuilles masquées de ce classeur ne sont pas lues."))
    if said.get("hidden_rows"):
        remarks.append(
            _("Des lignes masquées, ou filtrées, sont lues comme les autres : %(said)s.", said=said["hidden_rows"])
        )
    if said.get("hidden_columns"):
        remarks.append(_("Des colonnes masquées sont lues comme les autres."))
    return remarks
