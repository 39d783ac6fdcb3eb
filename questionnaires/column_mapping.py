"""What the columns and the values of a table made elsewhere are called here.

A mapping is itself a table of three columns, ``colonne``, ``valeur``, ``devient``. Without ``valeur``, a row renames a
column (or drops it, when ``devient`` is empty); with it, a row renames a value of that column, or of all (``*``)::

    colonne;valeur;devient
    groupe_coo/COO_1;;COO-1
    *;ne_sait_pas;NSP
    profil;conseil;elus
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from questionnaires.answers_table import AnswersErrors
from questionnaires.delimited_text import check_header, opened, table_of
from questionnaires.findings import TableFindings
from questionnaires.words import plain

MAPPING_COLUMNS: Final = ("colonne", "valeur", "devient")
EVERYWHERE: Final = "*"


@dataclass(frozen=True)
class ColumnMapping:
    """What the columns and the values of a foreign table are called here."""

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def column(self, name: str) -> str:
        """Our name for a column, empty when it is dropped, its own when nothing is said."""
        return self.columns.get(name, name)

    def value(self, column: str, value: str) -> str:
        """Our name for a value of that column."""
        text = plain(value)
        return self.values.get((column, text), self.values.get((EVERYWHERE, text), value))


def read_mapping(content: bytes, file_name: str) -> ColumnMapping:
    """Read a mapping. Raises ``AnswersErrors`` with every problem, each with its line.

    >>> read_mapping(b"colonne;valeur;devient\\nQ1;;COO-1\\n*;A1;0\\n", "kobo.csv").value("Q1", "A1")
    '0'
    """
    findings = TableFindings(file_name)
    columns: dict[str, str] = {}
    values: dict[tuple[str, str], str] = {}
    for line, (column, value, becomes) in _mapping_rows(content, findings):
        if not column or (column == EVERYWHERE and not value):
            findings.add("écrivez le nom d’une colonne, ou « * » avec une valeur.", line, "colonne")
        elif value:
            values[column, value] = becomes
        else:
            columns[column] = becomes
    refuse(findings)
    return ColumnMapping(columns, values)


def _mapping_rows(content: bytes, findings: TableFindings) -> Iterator[tuple[int, list[str]]]:
    with opened(io.BytesIO(content), findings) as lines:
        table = table_of(lines.text, MAPPING_COLUMNS, findings) if lines else None
        if table is None:
            return
        names = check_header(table, MAPPING_COLUMNS, MAPPING_COLUMNS, findings)
        if not set(MAPPING_COLUMNS) <= set(names):
            return
        for line, row in table.rows:
            cells = dict(zip(names, row, strict=True))
            yield line, [cells[name].strip() for name in MAPPING_COLUMNS]


def refuse(findings: TableFindings) -> None:
    """Raise ``AnswersErrors`` with everything that was found, if anything was."""
    if findings.total:
        raise AnswersErrors(findings.in_order(), findings.total)
