"""The columns of a table made by another software, converted to those of our table of answers."""

import csv
import io
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from grille import FileProblem, Grid
from grille.formats.workbook_grid import column_letters
from grille.messages import counted
from grille.messages import message as _
from questionnaires.answers_table import DESCRIPTORS
from questionnaires.column_mapping import ColumnMapping
from questionnaires.fields import cleaned
from questionnaires.outside.beside import BEFORE, COMMENT, BesideColumn, beside_columns
from questionnaires.outside.recognition import RecognisedExport
from questionnaires.outside.tools import Tool, identifiers, unsent
from questionnaires.words import canonical, enumeration, printable_cell, stripped_cell
from questionnaires.workbooks import SparseRow

_MOST_UNKNOWN: Final = 100

Body = list[tuple[int, list[str] | SparseRow]]


@dataclass
class ForeignColumns:
    """The columns of a foreign table, converted for ``read_answers``."""

    header: list[str]
    mapping: ColumnMapping
    grid: Grid

    def __post_init__(self) -> None:
        exported = self.mapping if isinstance(self.mapping, RecognisedExport) else None
        self.tool: Tool = exported.tool if exported else ""
        self.technical = exported.technical if exported else frozenset[str]()
        self.keep_unknown = exported is not None and not exported.tool
        skills = [skill.code for skill in self.grid.skills]
        self.beside = beside_columns(skills)
        known = [*DESCRIPTORS, *skills, *self.beside]
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
                yield _("%(letters)s (sans nom)", letters=column_letters(position))

    @property
    def left_out(self) -> tuple[str, ...]:
        """The columns of the file that are not read."""
        kept = {position for position, _ in self.kept}
        return tuple(
            printable_cell(name)
            for position, name in enumerate(self.header)
            if position not in kept and name.strip() and name not in self.technical
        )

    @property
    def absent(self) -> tuple[str, ...]:
        """The columns that the mapping renames but the file lacks."""
        there = {name.strip() for name in self.header}
        return tuple(printable_cell(name) for name, ours in self.mapping.columns.items() if ours and name not in there)

    def unasked(self, body: Body, asked: Container[str] | None) -> Iterator[tuple[str, str]]:
        """Yield the skills that have answers although they are not asked, each with its column in the file."""
        for position, name in self.kept:
            if asked is None or name in DESCRIPTORS or name in asked:
                continue
            if any(row[position] for _, row in body):
                yield name, self.header[position].strip()

    def sent(self, body: Body) -> tuple[Body, list[str]]:
        """Return the rows of the answers that were sent, and what to say of the table that was recognised."""
        kept = [(line, row) for line, row in body if not unsent(self._cells(row), self.tool)]
        remarks: list[str] = []
        if self.tool:
            remarks.append(_("Export de %(tool)s reconnu : il est lu sans correspondance.", tool=self.tool))
        if left := len(body) - len(kept):
            remarks.append(
                counted(
                    "%(n)s réponse commencée n’a pas été envoyée : elle n’est pas prise. Pour la prendre aussi, "
                    "retirez la colonne « submitdate ».",
                    "%(n)s réponses commencées n’ont pas été envoyées : elles ne sont pas prises. Pour les prendre "
                    "aussi, retirez la colonne « submitdate ».",
                    left,
                )
            )
        return kept, remarks

    def people(self, body: Body, lines: list[int], college: str) -> tuple[tuple[str, ...], ...]:
        """Return what identifies the person of each of these lines, if the tool that made the table says it."""
        if not self.tool or self.original("respondent"):
            return ()
        place = next((position for position, name in self.kept if name == "college"), None)
        found = {
            line: identifiers(self._cells(row), self.tool, college if place is None else stripped_cell(row[place]))
            for line, row in body
        }
        return tuple(found[line] for line in lines)

    def _cells(self, row: list[str] | SparseRow) -> dict[str, str]:
        """Return the cells that a tool added, by the name of their column without capitals."""
        return {self.header[place].casefold(): stripped_cell(row[place]) for place in self._added}

    @cached_property
    def _added(self) -> list[int]:
        return [position for position, name in enumerate(self.header) if name in self.technical]

    def written(self, body: Body, college: str) -> tuple[str, list[int]]:
        """Return our table as CSV text, and the line of the file for each of its rows."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        fixed = [college] if college else []
        ours = [(position, name) for position, name in self.kept if name not in self.beside]
        writer.writerow([*(["college"] if college else []), *(name for _, name in ours)])
        lines = []
        for line, row in body:
            cells = [self._cell(name, self.header[position].strip(), row[position]) for position, name in ours]
            if college or any(cells) or any(row[position].strip() for position, _name in self._beside_kept):
                writer.writerow([*fixed, *cells])
                lines.append(line)
        return text.getvalue(), lines

    @cached_property
    def _beside_kept(self) -> list[tuple[int, BesideColumn]]:
        """The position of each column that goes with a level."""
        return [(position, self.beside[name]) for position, name in self.kept if name in self.beside]

    def hindsight(self, body: Body, lines: Container[int]) -> str:
        """Return what these lines say of the year before, as CSV text under the codes of skills; "" without any."""
        columns = [(position, one) for position, one in self._beside_kept if one.part == BEFORE]
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["college", *(one.code for _, one in columns)])
        for line, row in body:
            if line in lines:
                cells = [self._cell(one.name, self.header[place].strip(), row[place]) for place, one in columns]
                writer.writerow([self.grid.colleges[0].code, *cells])
        return text.getvalue() if columns else ""

    def comments(self, body: Body) -> Iterator[tuple[int, BesideColumn, str]]:
        """Yield the comments, each with its line and its column."""
        for position, one in self._beside_kept:
            if one.part == COMMENT:
                original = self.header[position].strip()
                found = ((line, cleaned(self.mapping.value(original, row[position]))) for line, row in body)
                yield from ((line, one, text) for line, text in found if text)

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
