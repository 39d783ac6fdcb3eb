"""Reading of tables of answers from other software (KoboToolbox, LimeSurvey, a workbook) through a mapping.

Every problem is reported with the lines and columns of the file that was given.
"""

import csv
import io
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from grille import FileProblem, Grid
from grille.messages import counted
from grille.messages import message as _
from questionnaires.answers import DONT_KNOW, NOT_APPLICABLE, Answer, Value
from questionnaires.answers_table import DESCRIPTORS, AnswersErrors, read_answers
from questionnaires.column_mapping import ColumnMapping, refuse
from questionnaires.findings import TableFindings
from questionnaires.sheets import table_in
from questionnaires.words import canonical, enumeration, printable_cell, stripped_cell
from questionnaires.workbooks import MOST_ROWS, Sheet, SparseRow, letters

if TYPE_CHECKING:
    from pandas import DataFrame

Mode = Literal["individuel", "papier", "atelier"]

_MOST_UNKNOWN: Final = 100


@dataclass(frozen=True, slots=True)
class ForeignTable:
    """The result of reading a foreign table: ``lines`` has the line of the file for each row of ``frame``.

    ``left_out`` are its columns that were not read, ``absent`` the columns that the mapping renames but the file lacks;
    ``remarks`` are French sentences about what is not visible at first sight in the file.
    """

    frame: "DataFrame"
    lines: list[int]
    left_out: tuple[str, ...]
    absent: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def read_foreign(
    content: bytes,
    file_name: str,
    grid: Grid,
    mapping: ColumnMapping | None = None,
    college: str = "",
    asked: Container[str] | None = None,
) -> ForeignTable:
    """Return the answers of a table (CSV or XLSX) through a mapping.

    Columns unknown to the mapping and to the grid are left out with a mapping, and are problems without one.
    ``college`` is the college of every row, for a table without this column. Labels of colleges are accepted as codes.
    ``asked`` are the skills that are asked (by default, all): an answer to another is a problem.
    Raises ``AnswersErrors`` with every problem, with the lines and columns of the file.
    """
    findings = TableFindings(file_name)
    mapping, keep_unknown = mapping or ColumnMapping(), mapping is None
    known = [*mapping.columns, *DESCRIPTORS, *(skill.code for skill in grid.skills)]
    sheet = table_in(content, known, findings)
    refuse(findings)
    assert sheet is not None  # noqa: S101  # else there is a finding, and ``refuse`` raises
    header, *body = sheet.rows
    own = _Columns([header[1][position] for position in range(sheet.width)], mapping, grid, keep_unknown)
    if missing := own.nothing_kept():
        findings.add(missing, header[0])
        refuse(findings)
    _note_cells(sheet, own, header[0], findings)
    if college and (original := own.original("college")):
        findings.add(
            _("ce tableau dit déjà le collège de chacun : n’en choisissez pas un pour tous."), header[0], original
        )
        college = ""
    text, lines = own.written(body, college)
    for name, original in own.unasked(body, asked):
        findings.add(
            _("« %(name)s » n’est pas demandé dans cette campagne : retirez cette colonne.", name=name),
            header[0],
            original,
        )
    try:
        frame = read_answers(io.StringIO(text), grid)
    except AnswersErrors as errors:
        relocated = [own.relocated(problem, header[0], lines, file_name) for problem in errors.problems]
        raise AnswersErrors([*findings.problems, *relocated], findings.total + errors.total) from errors
    refuse(findings)
    left_out = (*own.left_out, *own.nameless(body))
    return ForeignTable(frame, lines, left_out, own.absent, (*sheet.remarks, *_computed(sheet, own)))


def _note_cells(sheet: Sheet, own: "_Columns", header: int, findings: TableFindings) -> None:
    """Note as problems the cells whose value cannot be trusted: formulas without result, merged cells."""
    names = {position: own.header[position].strip() for position, _ in own.kept}
    for line, position in sorted(sheet.uncomputed):
        if position in names and line > header:
            findings.add(
                _(
                    "cette cellule est une formule sans résultat sûr (vide, ou 0) : recopiez la colonne avec « Collage "
                    "spécial », « Valeurs », puis enregistrez."
                ),
                line,
                names[position],
            )
    filled = {line for line, _ in sheet.rows if line > header}
    for first, last, left, right in sheet.merged:
        under = [names[position] for position in range(left, min(right, len(own.header)) + 1) if position in names]
        if under and last > header and any(line in filled for line in range(first, min(last, first + MOST_ROWS) + 1)):
            findings.add(
                _("des cellules sont fusionnées ici : séparez-les, et écrivez la valeur de chacune."),
                max(first, header + 1),
                under[0],
            )


def _computed(sheet: Sheet, own: "_Columns") -> Iterator[str]:
    """Yield a French remark for each column that has formulas with a result."""
    names = {position: printable_cell(own.header[position]) for position, _ in own.kept}
    columns = sorted({position for _, position in sheet.computed if position in names})
    for position in columns:
        lines = sorted(line for line, column in sheet.computed if column == position)
        where = counted(
            "ligne %(first)s", "%(n)s cellules, lignes %(first)s à %(last)s", len(lines), first=lines[0], last=lines[-1]
        )
        yield _(
            "Colonne « %(names)s », %(where)s : formules ; leur dernier résultat enregistré est lu.",
            names=names[position],
            where=where,
        )


Body = list[tuple[int, list[str] | SparseRow]]


@dataclass
class _Columns:
    """The columns of a foreign table, converted for ``read_answers``."""

    header: list[str]
    mapping: ColumnMapping
    grid: Grid
    keep_unknown: bool

    def __post_init__(self) -> None:
        self.header = [stripped_cell(name) for name in self.header]
        known = [*DESCRIPTORS, *(skill.code for skill in self.grid.skills)]
        ours = [canonical(self.mapping.column(name.strip()), known) for name in self.header]
        unknown = [position for position, name in enumerate(ours) if name and name not in known]
        shown = unknown[:_MOST_UNKNOWN] if self.keep_unknown else []
        self.kept = [
            (position, name)
            for position, name in enumerate(ours)
            if name and (name in known or position in shown or self.header[position].strip() in self.mapping.columns)
        ]
        self.labels = {college.label.casefold(): college.code for college in self.grid.colleges}

    def original(self, name: str) -> str | None:
        """Return the name that the file gives to one of our columns; None when it lacks it."""
        return next((self.header[position].strip() for position, ours in self.kept if ours == name), None)

    def nothing_kept(self) -> str:
        """Return a French sentence when no column of the file is one of ours, else ""."""
        if self.kept:
            return ""
        names = enumeration([f"« {printable_cell(name)} »" for name in self.header if name.strip()])
        if self.absent:
            wanted = enumeration([f"« {name} »" for name in self.absent])
            return _(
                "ce tableau n’a aucune des colonnes que la correspondance nomme (%(wanted)s) ; "
                "les siennes sont %(names)s : "
                "écrivez ces noms dans la correspondance, tels quels.",
                wanted=wanted,
                names=names,
            )
        return _(
            "aucune colonne de ce tableau n’est lue ; les siennes sont %(names)s : nommez-les dans la correspondance.",
            names=names,
        )

    def nameless(self, body: Body) -> Iterator[str]:
        """Yield the columns without a name that have content; they are not read."""
        for position, name in enumerate(self.header):
            if not name.strip() and any(row[position].strip() for _, row in body):
                yield _("%(letters)s (sans nom)", letters=letters(position))

    @property
    def left_out(self) -> tuple[str, ...]:
        """The columns of the file that are not read."""
        kept = {position for position, _ in self.kept}
        return tuple(
            printable_cell(name) for position, name in enumerate(self.header) if position not in kept and name.strip()
        )

    @property
    def absent(self) -> tuple[str, ...]:
        """The columns that the mapping renames but the file lacks."""
        there = {name.strip() for name in self.header}
        return tuple(printable_cell(name) for name, ours in self.mapping.columns.items() if ours and name not in there)

    def unasked(self, body: Body, asked: Container[str] | None) -> Iterator[tuple[str, str]]:
        """Yield the skills that have answers although they are not asked, each with its column in the file."""
        skills = {skill.code for skill in self.grid.skills}
        for position, name in self.kept:
            if asked is not None and name in skills and name not in asked and any(row[position] for _, row in body):
                yield name, self.header[position].strip()

    def written(self, body: Body, college: str) -> tuple[str, list[int]]:
        """Return our table as CSV text, and the line of the file for each of its rows."""
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
        ours = " ".join(stripped_cell(self.mapping.value(original, value)).split())
        return self.labels.get(ours.casefold(), ours) if name == "college" else ours

    def relocated(self, problem: FileProblem, header_line: int, lines: list[int], file_name: str) -> FileProblem:
        """Return the problem with the line and the column of the file that was given."""
        originals = {name: self.header[position].strip() for position, name in self.kept}
        line = problem.line
        if line is not None:
            line = header_line if line == 1 else lines[line - 2]
        return replace(problem, file=file_name, line=line, column=originals.get(problem.column or "", problem.column))


@dataclass(frozen=True, slots=True)
class RespondentRow:
    """The content of a row: its college, its description and its answers."""

    college: str
    mode: Mode
    answers: dict[str, Answer]
    respondent: str = ""


def rows_as_answers(frame: "DataFrame") -> Iterator[RespondentRow]:
    """Yield each row of a table that was read, with its answers by skill; unanswered skills are left out.

    >>> from grille import current
    >>> table = read_foreign(b"college,COO-1,COO-2\\nelus,3,\\n", "x.csv", current())
    >>> next(rows_as_answers(table.frame)).answers
    {'COO-1': Answer(value=3, reason='', comment='', before=None)}
    """
    skills = [column for column in frame.columns if column not in DESCRIPTORS]
    for row in frame.astype(object).where(frame.notna(), None).to_dict("records"):
        answers = {code: Answer(_value(row[code])) for code in skills if row[code] is not None}
        respondent = stripped_cell(str(row.get("respondent") or ""))
        yield RespondentRow(str(row.get("college") or ""), row.get("mode") or "individuel", answers, respondent)


def _value(cell: object) -> Value:
    return cell if cell in (DONT_KNOW, NOT_APPLICABLE) else int(cell)  # type: ignore[call-overload]
