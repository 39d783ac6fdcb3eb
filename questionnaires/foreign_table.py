"""Tables of answers made elsewhere (KoboToolbox, LimeSurvey, a workbook): named as ours by a mapping, then read.

A mapping is itself a table of three columns, ``colonne``, ``valeur``, ``devient``. Without ``valeur``, a row renames a
column (or drops it, when ``devient`` is empty); with it, a row renames a value of that column, or of all (``*``)::

    colonne;valeur;devient
    groupe_coo/COO_1;;COO-1
    *;ne_sait_pas;NSP
    profil;conseil;elus

Every problem is told in the terms of the file that was given: its lines, its columns.
"""

import csv
import io
import zipfile
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

from grille import Grid, Problem
from questionnaires.answers import DONT_KNOW, NOT_APPLICABLE, Answer, Value
from questionnaires.answers_table import DESCRIPTORS, AnswersErrors, read_answers
from questionnaires.delimited import Findings, Numbered, canonical, check_header, opened, shown, table_of

if TYPE_CHECKING:
    from pandas import DataFrame

Mode = Literal["individuel", "papier", "atelier"]

MAPPING_COLUMNS: Final = ("colonne", "valeur", "devient")
EVERYWHERE: Final = "*"
MOST_ROWS: Final = 20_000
_HEAVIEST: Final = 60 * 1024 * 1024


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
        text = value.strip()
        return self.values.get((column, text), self.values.get((EVERYWHERE, text), value))


def read_mapping(content: bytes, file_name: str) -> ColumnMapping:
    """Read a mapping. Raises ``AnswersErrors`` with every problem, each with its line.

    >>> read_mapping(b"colonne;valeur;devient\\nQ1;;COO-1\\n*;A1;0\\n", "kobo.csv").value("Q1", "A1")
    '0'
    """
    findings = Findings(file_name)
    columns: dict[str, str] = {}
    values: dict[tuple[str, str], str] = {}
    for line, (column, value, becomes) in _mapping_rows(content, findings):
        if not column or (column == EVERYWHERE and not value):
            findings.add("écrivez le nom d’une colonne, ou « * » avec une valeur.", line, "colonne")
        elif value:
            values[column, value] = becomes
        else:
            columns[column] = becomes
    _raise(findings)
    return ColumnMapping(columns, values)


def _mapping_rows(content: bytes, findings: Findings) -> Iterator[tuple[int, list[str]]]:
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


@dataclass(frozen=True, slots=True)
class ForeignTable:
    """A foreign table that was read: ``lines`` are those of the file behind each row of ``frame``.

    ``left_out`` are its columns that were not read, ``absent`` those that the mapping renames and that it has not.
    """

    frame: "DataFrame"
    lines: list[int]
    left_out: tuple[str, ...]
    absent: tuple[str, ...]


def read_foreign(
    content: bytes,
    file_name: str,
    grid: Grid,
    mapping: ColumnMapping | None = None,
    college: str = "",
    asked: Container[str] | None = None,
) -> ForeignTable:
    """Read a table of answers (CSV or XLSX) through a mapping.

    With a mapping, columns that neither it nor the grid names are left out; without one, they are problems.
    ``college`` is that of every row, for a table that has no such column. Labels of colleges are taken for their codes.
    ``asked`` are the skills that are asked (all, by default): an answer to another is a problem.
    Raises ``AnswersErrors`` with every problem, in the terms of the file.
    """
    findings = Findings(file_name)
    rows = list(_rows(content, findings))
    _raise(findings)
    header, *body = rows
    own = _Columns(header[1], mapping or ColumnMapping(), grid, keep_unknown=mapping is None)
    if college and (original := own.original("college")):
        findings.add(
            "ce tableau dit déjà le collège de chacun : n’en choisissez pas un pour tous.", header[0], original
        )
        college = ""
    text, lines = own.written(body, college)
    for name, original in own.unasked(body, asked):
        findings.add(f"« {name} » n’est pas demandé dans cette campagne : retirez cette colonne.", header[0], original)
    try:
        frame = read_answers(io.StringIO(text), grid)
    except AnswersErrors as errors:
        retold = [own.retold(problem, header[0], lines, file_name) for problem in errors.problems]
        raise AnswersErrors([*findings.problems, *retold], findings.total + errors.total) from errors
    _raise(findings)
    return ForeignTable(frame, lines, own.left_out, own.absent)


@dataclass
class _Columns:
    """The columns of a foreign table, as they are written for our own reader."""

    header: list[str]
    mapping: ColumnMapping
    grid: Grid
    keep_unknown: bool

    def __post_init__(self) -> None:
        known = [*DESCRIPTORS, *(skill.code for skill in self.grid.skills)]
        ours = [canonical(self.mapping.column(name.strip()), known) for name in self.header]
        self.kept = [
            (position, name)
            for position, name in enumerate(ours)
            if name and (name in known or self.keep_unknown or self.header[position].strip() in self.mapping.columns)
        ]
        self.labels = {college.label.casefold(): college.code for college in self.grid.colleges}

    def original(self, name: str) -> str | None:
        """What the file calls one of our columns, when it has it."""
        return next((self.header[position].strip() for position, ours in self.kept if ours == name), None)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The columns of the file that are not read."""
        kept = {position for position, _ in self.kept}
        return tuple(shown(name) for position, name in enumerate(self.header) if position not in kept and name.strip())

    @property
    def absent(self) -> tuple[str, ...]:
        """The columns that the mapping renames and that the file has not."""
        there = {name.strip() for name in self.header}
        return tuple(shown(name) for name, ours in self.mapping.columns.items() if ours and name not in there)

    def unasked(self, body: list[Numbered], asked: Container[str] | None) -> Iterator[tuple[str, str]]:
        """The skills that are not asked and yet have an answer, each with the column of the file."""
        skills = {skill.code for skill in self.grid.skills}
        for position, name in self.kept:
            if asked is not None and name in skills and name not in asked and any(row[position] for _, row in body):
                yield name, self.header[position].strip()

    def written(self, body: list[Numbered], college: str) -> tuple[str, list[int]]:
        """Our table, a line per row, and the line of the file behind each."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        fixed = [college] if college else []
        writer.writerow([*(["college"] if college else []), *(name for _, name in self.kept)])
        lines = []
        for line, row in body:
            cells = [self._cell(name, self.header[position].strip(), row[position]) for position, name in self.kept]
            if college or any(cells):
                writer.writerow([*fixed, *cells])
                lines.append(line)
        return text.getvalue(), lines

    def _cell(self, name: str, original: str, value: str) -> str:
        ours = " ".join(self.mapping.value(original, value).split())
        return self.labels.get(ours.casefold(), ours) if name == "college" else ours

    def retold(self, problem: Problem, header_line: int, lines: list[int], file_name: str) -> Problem:
        """The same problem with the line and the column of the file that was given."""
        originals = {name: self.header[position].strip() for position, name in self.kept}
        line = problem.line
        if line is not None:
            line = header_line if line == 1 else lines[line - 2]
        return replace(problem, file=file_name, line=line, column=originals.get(problem.column or "", problem.column))


def _rows(content: bytes, findings: Findings) -> Iterator[Numbered]:
    """The header and the rows of a CSV or a workbook, each with its line."""
    if not content.strip():
        findings.add("ce fichier est vide.")
        return
    yield from _limited(
        _workbook(content, findings) if content[:2] == b"PK" else _delimited(content, findings), findings
    )


def _limited(rows: Iterable[Numbered], findings: Findings) -> Iterator[Numbered]:
    count = -1
    for count, row in enumerate(rows):
        if count > MOST_ROWS:
            findings.add(f"ce tableau a plus de {MOST_ROWS} lignes : partagez-le en plusieurs fichiers.", row[0])
            return
        yield row
    if count < 1 and not findings.total:
        findings.add(
            "ce tableau n’a aucune réponse : il lui faut une ligne de noms de colonnes, puis une par personne."
        )


def _delimited(content: bytes, findings: Findings) -> Iterator[Numbered]:
    with opened(io.BytesIO(content), findings) as lines:
        table = table_of(lines.text, (), findings) if lines else None
        if table is not None:
            yield table.header_line, table.header
            yield from table.rows


def _workbook(content: bytes, findings: Findings) -> Iterator[Numbered]:
    """The rows of the first sheet that has any."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _HEAVIEST:
                findings.add("ce classeur est trop lourd une fois ouvert : enregistrez-le en CSV UTF-8.")
                return
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        yield from _even(_cells(row) for row in book.worksheets[0].iter_rows(values_only=True))
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError):
        findings.add("ce classeur ne s’ouvre pas : enregistrez-le de nouveau, ou en CSV UTF-8.")


def _cells(row: Iterable[object]) -> list[str]:
    return ["" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell) for cell in row]


def _even(rows: Iterable[list[str]]) -> Iterator[Numbered]:
    """The rows that are not blank, all as long as the first."""
    width = 0
    for line, row in enumerate(rows, 1):
        if any(cell.strip() for cell in row):
            width = width or max(index for index, cell in enumerate(row, 1) if cell.strip())
            yield line, [*row, *[""] * width][:width]


def _raise(findings: Findings) -> None:
    if findings.total:
        raise AnswersErrors(findings.in_order(), findings.total)


@dataclass(frozen=True, slots=True)
class Told:
    """What one row of a table says."""

    college: str
    mode: Mode
    answers: dict[str, Answer]


def told(frame: "DataFrame") -> Iterator[Told]:
    """Each row of a table that was read, as answers by skill; silence is left out.

    >>> from grille import current
    >>> table = read_foreign(b"college,COO-1,COO-2\\nelus,3,\\n", "x.csv", current())
    >>> next(told(table.frame)).answers
    {'COO-1': Answer(value=3, reason='', comment='', before=None)}
    """
    skills = [column for column in frame.columns if column not in DESCRIPTORS]
    for row in frame.astype(object).where(frame.notna(), None).to_dict("records"):
        answers = {code: Answer(_value(row[code])) for code in skills if row[code] is not None}
        yield Told(str(row.get("college") or ""), row.get("mode") or "individuel", answers)


def _value(cell: object) -> Value:
    return cell if cell in (DONT_KNOW, NOT_APPLICABLE) else int(cell)  # type: ignore[call-overload]
