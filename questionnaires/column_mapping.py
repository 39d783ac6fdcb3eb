"""Mappings from the columns and values of a table made by another software to ours.

A mapping is itself a table of three columns, ``colonne``, ``valeur``, ``devient``. Without ``valeur``, a row renames a
column (or drops it, when ``devient`` is empty); with it, a row renames a value of that column, or of all (``*``)::

    colonne;valeur;devient
    groupe_coo/COO_1;;COO-1
    *;ne_sait_pas;NSP
    profil;conseil;elus
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from grille.messages import message as _
from questionnaires.answers_table import AnswersErrors
from questionnaires.delimited_text import check_header
from questionnaires.findings import TableFindings
from questionnaires.sheets import read_delimited
from questionnaires.words import canonical, stripped_cell

MAPPING_COLUMNS: Final = ("colonne", "valeur", "devient")
EVERYWHERE: Final = "*"


@dataclass(frozen=True)
class ColumnMapping:
    """The new names of a foreign table's columns and values."""

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def column(self, name: str) -> str:
        """Return our name for a column: "" when it is dropped, its own name when the mapping does not mention it."""
        return self.columns.get(name, name)

    def value(self, column: str, value: str) -> str:
        """Return our name for a value of that column; the value itself when the mapping does not mention it."""
        text = stripped_cell(value)
        return self.values.get((column, text), self.values.get((EVERYWHERE, text), value))


def read_mapping(content: bytes, file_name: str) -> ColumnMapping:
    """Return the mapping of a file's content. Raises ``AnswersErrors`` with every problem, each with its line.

    >>> read_mapping(b"colonne;valeur;devient\\nQ1;;COO-1\\n*;A1;0\\n", "kobo.csv").value("Q1", "A1")
    '0'
    """
    findings = TableFindings(file_name)
    columns: dict[str, str] = {}
    values: dict[tuple[str, str], str] = {}
    for line, (column, value, becomes) in _mapping_rows(content, findings):
        if not column or (column == EVERYWHERE and not value):
            findings.add(_("écrivez le nom d’une colonne, ou « * » avec une valeur."), line, "colonne")
        elif value:
            values[column, value] = becomes
        else:
            columns[column] = becomes
    refuse(findings)
    return ColumnMapping(columns, values)


def _mapping_rows(content: bytes, findings: TableFindings) -> Iterator[tuple[int, list[str]]]:
    sheet = read_delimited(content, MAPPING_COLUMNS, findings)
    if not sheet or not sheet.rows or sheet.note_too_many_rows(findings):
        return
    (header_line, header), *rows = sheet.rows
    named = [canonical(header[position], MAPPING_COLUMNS) for position in range(sheet.width)]
    names = check_header(named, header_line, MAPPING_COLUMNS, MAPPING_COLUMNS, findings)
    if not set(MAPPING_COLUMNS) <= set(names):
        return
    places = [names.index(name) for name in MAPPING_COLUMNS]
    for line, row in rows:
        yield line, [row[place].strip() for place in places]


def refuse(findings: TableFindings) -> None:
    """Raise ``AnswersErrors`` with the problems found, if there are any."""
    if findings.total:
        raise AnswersErrors(findings.in_order(), findings.total)
