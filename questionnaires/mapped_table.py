"""Reading of tables of answers from other software (KoboToolbox, LimeSurvey, a workbook) through a mapping.

Every problem is reported with the lines and columns of the file that was given.
"""

import io
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from grille import FileProblem, Grid
from grille.messages import counted
from grille.messages import message as _
from questionnaires.answers import DONT_KNOW, NOT_APPLICABLE, UNANSWERED, Answer, Value
from questionnaires.answers_table import DESCRIPTORS, AnswersErrors, read_answers
from questionnaires.column_mapping import ColumnMapping, refuse
from questionnaires.fields import Comment
from questionnaires.findings import TableFindings
from questionnaires.outside.beside import BEFORE
from questionnaires.outside.foreign_columns import Body, ForeignColumns
from questionnaires.outside.recognition import known_columns, recognised
from questionnaires.sheets import table_in
from questionnaires.words import printable_cell, stripped_cell
from questionnaires.workbooks import MOST_ROWS, Sheet

if TYPE_CHECKING:
    from pandas import DataFrame

Mode = Literal["individuel", "papier", "atelier"]


@dataclass(frozen=True, slots=True)
class ForeignTable:
    """The result of reading a foreign table: ``lines`` has the line of the file for each row of ``frame``.

    ``left_out`` are its columns that were not read, ``absent`` the columns that the mapping renames but the file lacks;
    ``remarks`` are French sentences about what is not visible at first sight in the file. ``identifiers`` are, for each
    row, what tells its person from the others in the exports of another tool; () when nothing does. ``beside`` has, for
    each row, the answers about the year before and the comments, by skill, in answers without value.
    """

    frame: "DataFrame"
    lines: list[int]
    left_out: tuple[str, ...]
    absent: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, ...], ...] = ()
    beside: tuple[Mapping[str, Answer], ...] = ()


def read_foreign(
    content: bytes,
    file_name: str,
    grid: Grid,
    mapping: ColumnMapping | None = None,
    college: str = "",
    asked: Container[str] | None = None,
) -> ForeignTable:
    """Return the answers of a table (CSV or XLSX) through a mapping; without one, as far as it is recognised.

    Columns unknown to the mapping and to the grid are left out with a mapping, and in an export of KoboToolbox, ODK or
    LimeSurvey; they are problems elsewhere.
    ``college`` is the college of every row, for a table without this column. Labels of colleges are accepted as codes.
    ``asked`` are the columns of answers that are asked (by default, all): an answer to another is a problem.
    Raises ``AnswersErrors`` with every problem, with the lines and columns of the file.
    """
    findings = TableFindings(file_name)
    usual = [*DESCRIPTORS, *(skill.code for skill in grid.skills)]
    sheet = table_in(content, [*(mapping.columns if mapping else known_columns(grid)), *usual], findings)
    refuse(findings)
    assert sheet is not None  # noqa: S101  # else there is a finding, and ``refuse`` raises
    header, *body = sheet.rows
    names = [stripped_cell(header[1][position]) for position in range(sheet.width)]
    own = ForeignColumns(names, mapping or recognised(names, grid), grid)
    if missing := own.nothing_kept():
        findings.add(missing, header[0])
        refuse(findings)
    _note_cells(sheet, own, header[0], findings)
    if college and (original := own.original("college")):
        findings.add(
            _("ce tableau dit déjà le collège de chacun : n’en choisissez pas un pour tous."), header[0], original
        )
        college = ""
    body, remarks = own.sent(body)
    text, lines = own.written(body, college)
    for name, original in own.unasked(body, asked):
        findings.add(
            _("« %(name)s » n’est pas demandé dans cette campagne : retirez cette colonne.", name=name),
            header[0],
            original,
        )
    beside, apart = _beside(own, body, lines, grid, header[0], file_name, findings)
    try:
        frame = read_answers(io.StringIO(text), grid)
    except AnswersErrors as errors:
        relocated = [own.relocated(problem, header[0], lines, file_name) for problem in errors.problems]
        problems = [*findings.problems, *relocated, *apart]
        raise AnswersErrors(problems, findings.total + errors.total + len(apart)) from errors
    if apart:
        raise AnswersErrors([*findings.problems, *apart], findings.total + len(apart))
    refuse(findings)
    left_out = (*own.left_out, *own.nameless(body))
    said = (*sheet.remarks, *remarks, *_computed(sheet, own))
    return ForeignTable(frame, lines, left_out, own.absent, said, own.people(body, lines, college), beside)


def _beside(
    own: ForeignColumns,
    body: Body,
    lines: list[int],
    grid: Grid,
    header: int,
    file_name: str,
    findings: TableFindings,
) -> tuple[tuple[Mapping[str, Answer], ...], list[FileProblem]]:
    """Return what goes with the levels of each of these lines, and what is wrong in it; long comments are findings."""
    said: dict[int, dict[str, Answer]] = {line: {} for line in lines}
    problems: list[FileProblem] = []
    if text := own.hindsight(body, said):
        try:
            rows = list(rows_as_answers(read_answers(io.StringIO(text), grid)))
            for line, row in zip(lines, rows, strict=True):
                said[line] = {code: Answer(before=one.value) for code, one in row.answers.items()}
        except AnswersErrors as errors:
            named = [replace(one, column=f"{one.column} {BEFORE}") for one in errors.problems]
            problems = [own.relocated(one, header, lines, file_name) for one in named]
    for line, column, comment in own.comments(body):
        if len(comment) > Comment.limit:
            words = _("ce commentaire a %(n)s signes : %(most)s au plus.", n=len(comment), most=Comment.limit)
            findings.add(words, line, own.original(column.name))
        elif line in said:
            kept = said[line].get(column.code, UNANSWERED)
            said[line][column.code] = kept.with_values({"comment": comment})
    return tuple(said[line] for line in lines), problems


def _note_cells(sheet: Sheet, own: ForeignColumns, header: int, findings: TableFindings) -> None:
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


def _computed(sheet: Sheet, own: ForeignColumns) -> Iterator[str]:
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


@dataclass(frozen=True, slots=True)
class RespondentRow:
    """The content of a row: its college, its description and its answers.

    ``also`` are other names of the respondent.
    """

    college: str
    mode: Mode
    answers: dict[str, Answer]
    respondent: str = ""
    also: tuple[str, ...] = ()

    @property
    def identifiers(self) -> tuple[str, ...]:
        """Everything that tells the person of this row from the others: the respondent, and its other names."""
        return tuple(name for name in (self.respondent, *self.also) if name)


def rows_as_answers(
    frame: "DataFrame",
    identifiers: Sequence[tuple[str, ...]] = (),
    beside: Sequence[Mapping[str, Answer]] = (),
) -> Iterator[RespondentRow]:
    """Yield each row of a table that was read, with its answers by skill; unanswered skills are left out.

    ``identifiers`` are those of a table without respondents, ``beside`` what goes with levels (``ForeignTable``).

    >>> from grille import current
    >>> table = read_foreign(b"college,COO-1,COO-2\\nelus,3,\\n", "x.csv", current())
    >>> next(rows_as_answers(table.frame)).answers
    {'COO-1': Answer(value=3, reason='', comment='', before=None, quotable=False)}
    """
    skills = [column for column in frame.columns if column not in DESCRIPTORS]
    for place, row in enumerate(frame.astype(object).where(frame.notna(), None).to_dict("records")):
        answers = {code: Answer(_value(row[code])) for code in skills if row[code] is not None}
        for code, more in beside[place].items() if beside else ():
            answers[code] = more.with_values({"value": answers.get(code, UNANSWERED).value})
        said = stripped_cell(str(row.get("respondent") or ""))
        respondent, *also = (identifiers[place] if identifiers else ()) or (said,)
        mode: Mode = row.get("mode") or "individuel"
        yield RespondentRow(str(row.get("college") or ""), mode, answers, respondent, tuple(also))


def _value(cell: object) -> Value:
    return cell if cell in (DONT_KNOW, NOT_APPLICABLE) else int(cell)  # type: ignore[call-overload]
