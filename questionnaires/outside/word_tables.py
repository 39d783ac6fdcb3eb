"""Tables of a text document (DOCX), or pasted from a word processor, read in a separate process with limits."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from grille.errors import FileProblem, GridErrors
from grille.messages import message as _
from grille.typed import typed_text
from questionnaires.workbooks import OLE, ZIP, read_apart

MOST_ROWS: Final = 1_000
MOST_CELLS: Final = 20_000

_SENTENCES: Final = {
    "damaged": _(
        "ce document ne s’ouvre pas : il est abîmé, ou ce n’en est pas un ; enregistrez-le de nouveau en DOCX."
    ),
    "encrypted": _("ce document est protégé par un mot de passe : retirez-le, puis enregistrez de nouveau."),
    "other": _("ce document n’est pas au format DOCX : ouvrez-le, puis « Enregistrer sous » un document DOCX."),
    "heavy": _(
        "ce document est trop lourd une fois ouvert, ou une de ses cellules trop longue : gardez le tableau seul."
    ),
    "cells": _(
        "ce document a plus de tableau qu’une grille n’en demande : %(rows)s lignes et %(cells)s cellules au plus.",
        rows=MOST_ROWS,
        cells=MOST_CELLS,
    ),
    "members": _("ce document est fait de trop de morceaux : copiez le tableau dans un document neuf."),
    "far": _("ce tableau a plus de 60 colonnes : gardez celles de la grille."),
}


@dataclass
class WordTable:
    """A table: the words above it, and its rows. ``wide`` are the rows that are one cell as wide as the table."""

    above: str = ""
    rows: list[list[str]] = field(default_factory=list)
    wide: list[int] = field(default_factory=list)

    @property
    def width(self) -> int:
        """The number of columns of the widest row."""
        return max(map(len, self.rows), default=0)


@dataclass(frozen=True)
class JoinedTable:
    """Several tables read as one, whose rows have as many cells each: the first one is the header.

    ``titled`` when its last column has the words that stood above; ``left_out`` is how many tables had another number
    of columns.
    """

    rows: list[list[str]]
    titled: bool
    left_out: int


def read_document(content: bytes, file: str) -> list[WordTable]:
    """Return the tables of a text document. Raises ``GridErrors`` when it cannot be read, or has none."""
    if content.startswith(OLE):
        said = _("ce document est protégé par un mot de passe, ou dans l’ancien format DOC : enregistrez-le en DOCX.")
        raise GridErrors([FileProblem(file, None, said)])
    if not content.startswith(ZIP):
        raise GridErrors([FileProblem(file, None, _SENTENCES["other"])])
    return _read("document_tables", content, file)


def read_pasted(text: str) -> list[WordTable]:
    """Return the tables that were pasted. Raises ``GridErrors`` when there is none."""
    return _read("pasted_table", text.encode("utf-8", "replace"), _("le texte collé"))


def _read(reader: str, content: bytes, file: str) -> list[WordTable]:
    tables: dict[int, WordTable] = {}

    def add(place: Any, cells: list[Any]) -> None:
        table = tables.setdefault(place[0], WordTable())
        row = [""] * (max(column for column, _text, _mark in cells) + 1)
        for column, text, _mark in cells:
            row[column] = typed_text(text).strip()
        if len(cells) == 1 and cells[0][2] == "w":
            table.wide.append(len(table.rows))
        table.rows.append(row)

    said = read_apart(add, _SENTENCES, reader, content, str(MOST_ROWS), str(MOST_CELLS))
    if isinstance(said, str):
        raise GridErrors([FileProblem(file, None, said)])
    for at, above in enumerate(said["above"]):
        if at in tables:
            tables[at].above = typed_text(above).strip()
    found = [table for table in tables.values() if table.width > 1]
    if not found:
        raise GridErrors([FileProblem(file, None, _("aucun tableau de deux colonnes au moins : il en faut un."))])
    return found


def joined(tables: list[WordTable]) -> JoinedTable:
    """Return the tables that have the columns of the largest one as one table, headers said once.

    Where several words stand above tables, or rows are one wide cell, they become a last column (``titled``): they
    often name a family.
    """
    largest = max(tables, key=lambda one: len(one.rows))
    header = next((row for at, row in enumerate(largest.rows) if at not in largest.wide), [])
    alike = [table for table in tables if table.width == largest.width]
    found = [one for table in alike for one in _titled(table) if one[0] != header]
    titled = len({title for _row, title in found}) > 1
    rows = []
    for row, title in [(header, ""), *found]:
        padded = [*row, *[""] * (largest.width - len(row))]
        rows.append([*padded, title] if titled else padded)
    return JoinedTable(rows, titled, len(tables) - len(alike))


def _titled(table: WordTable) -> Iterator[tuple[list[str], str]]:
    """The rows of a table, each with the words above it; a title without a row is a row of its own."""
    title, alone = table.above, False
    for at, row in enumerate(table.rows):
        if at not in table.wide:
            alone = False
            yield row, title
            continue
        if alone:
            yield [], title
        title, alone = row[0], True
    if alone:
        yield [], title
