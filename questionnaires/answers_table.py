"""The table of answers (CSV), one row per respondent: read entirely, or refused with all its problems.

Columns: ``college``; if wanted ``campaign``, ``territory``, ``mode`` (individuel, papier, atelier), ``respondent``;
then one per skill code, holding a level, ``NSP`` (don't know), ``SO`` (not applicable), or nothing.

The file is streamed, and each distinct text of a column is parsed once: 200,000 respondents take seconds.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from grille import FileErrors, Grid
from grille.messages import message as _
from questionnaires.answers import DONT_KNOW, NOT_APPLICABLE
from questionnaires.delimited_text import CsvTable, Numbered, Progress, check_header, table_of
from questionnaires.findings import LISTED, TableFindings
from questionnaires.text_sources import Source, name_of, opened
from questionnaires.words import canonical, enumeration, printable_cell, suggestion

DESCRIPTORS: Final = ("college", "campaign", "territory", "mode", "respondent")
MODES: Final = ("individuel", "papier", "atelier")
WORKSHOP: Final = "atelier"

Codes = NDArray[np.int16]

_BLANK: Final = -1
_WRONG: Final = -2
_IN_WORKSHOP: Final = -3
_WHOLE = re.compile(r"([+-]?)0*([0-9]{1,9})(?:[.,]0{0,2})?")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[ \u00a0\u202f'’.,][0-9]{3})+(?:[.,]0*)?")
_SPACED = re.compile(r"[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+")


class AnswersErrors(FileErrors):
    """Raised for a table that cannot be used, with all its problems; none of its answers is taken."""


def read_answers(source: Source, grid: Grid, progress: Progress | None = None) -> pd.DataFrame:
    """Return the table of answers (CSV, ``,`` or ``;``, UTF-8) of a path or an open buffer.

    The result has one row per respondent and the columns of the file, in their order. ``college`` and ``mode`` are
    categories, other descriptions are texts. A skill's column is ``float64`` (NaN for unanswered) when it has levels
    only, else categories: integers for levels, ``"NSP"``, ``"SO"``. ``3.0``, `` 3 `` and ``3,0`` are read as level 3,
    ``nsp`` as ``NSP``. The college of a workshop may be missing.

    ``progress(rows, share)`` is called regularly with the number of rows read and the share of the file, from 0 to 1
    (None: unknown). Raises ``AnswersErrors`` with every problem, each with its line and column.

    >>> import io
    >>> from grille import current
    >>> read_answers(io.StringIO("college;COO-1;COO-2\\nelus;3;NSP\\nelus;;4,0\\n"), current())
      college  COO-1 COO-2
    0    elus    3.0   NSP
    1    elus    NaN     4
    """
    findings = TableFindings(name_of(source))
    answers = None
    with opened(source, findings) as lines:
        if lines is not None:
            table = table_of(lines.text, _columns(grid), findings)
            answers = _TableReading(table, grid, findings).frame(progress, lines.share) if table else None
    if findings.total or answers is None:
        raise AnswersErrors(findings.in_order(), findings.total)
    return answers


def _columns(grid: Grid) -> list[str]:
    return [*DESCRIPTORS, *(skill.code for skill in grid.skills)]


class _TableReading:
    """The reading of a table: the meaning of each column's texts, and the chunks of codes read so far."""

    def __init__(self, table: CsvTable, grid: Grid, findings: TableFindings) -> None:
        self.table, self.grid, self.findings = table, grid, findings
        skills = [skill.code for skill in grid.skills]
        self.names = check_header(table.header, table.header_line, [*DESCRIPTORS, *skills], ["college"], findings)
        self.present = [name for name in self.names if name is not None]
        if not set(skills) & set(self.present):
            findings.add(
                _("aucune colonne de savoir-faire : ajoutez %(enumeration)s", enumeration=enumeration(skills, 3)),
                table.header_line,
            )
        self.colleges = [college.code for college in grid.colleges]
        self.levels = [level.value for level in grid.levels]
        self.meanings = {name: self._meanings(name) for name in self.present}
        self.chunks: dict[str, list[Any]] = {name: [] for name in self.present}
        self.respondents: dict[tuple[str, ...], int] = {}

    def frame(self, progress: Progress | None, share: Callable[[], float | None]) -> pd.DataFrame | None:
        """Read every row, and return the table; None when something is wrong in it."""
        count = 0
        for chunk in self.table.chunks() if self.present else ():
            self._take(chunk)
            count += len(chunk)
            if progress:
                progress(count, share())
        if not count and not self.findings.total:
            self.findings.add(_("ce tableau n’a aucune réponse : ajoutez une ligne par répondant."))
        if self.findings.total:
            return None
        return pd.DataFrame({name: self._column(name) for name in self.present})

    def _meanings(self, name: str) -> "_Meanings | None":
        if name == "college":
            return _Meanings(lambda text: self._college(text))
        if name == "mode":
            return _Meanings(_mode)
        return None if name in DESCRIPTORS else _Meanings(lambda text: self._level(text))

    def _college(self, text: str) -> int:
        word = canonical(text, self.colleges)
        if word in self.colleges:
            return self.colleges.index(word)
        return _BLANK if not word else _IN_WORKSHOP if word.casefold() == WORKSHOP else _WRONG

    def _level(self, text: str) -> int:
        word = text.strip().upper()
        if not word:
            return _BLANK
        if word in (DONT_KNOW, NOT_APPLICABLE):
            return len(self.levels) + (word == NOT_APPLICABLE)
        value = whole_number(word)
        return self.levels.index(value) if value in self.levels else _WRONG

    def _take(self, chunk: list[Numbered]) -> None:
        lines = [line for line, _ in chunk]
        cells = dict(zip(self.names, zip(*(row for _, row in chunk), strict=True), strict=True))
        coded: dict[str, Codes] = {}
        for name in self.present:
            meanings = self.meanings[name]
            if meanings is None:
                self.chunks[name].append([text.strip() for text in cells[name]])
            else:
                coded[name] = meanings.codes(cells[name])
                self.chunks[name].append(coded[name])
                self._note(name, coded[name] == _WRONG, lines, cells[name], self._advice(name))
        self._check_colleges(coded, lines, cells)
        self._check_respondents(lines, cells)

    def _note(
        self, name: str, wrong: NDArray[np.bool_], lines: list[int], texts: Sequence[str], say: Callable[[str], str]
    ) -> None:
        """Note the problem of each wrong cell of a column; beyond the limit of the list, only count them."""
        rows = np.flatnonzero(wrong).tolist()
        room = max(0, LISTED - len(self.findings.problems))
        for row in rows[:room]:
            self.findings.add(say(texts[row]), lines[row], name)
        self.findings.count_only(len(rows[room:]))

    def _advice(self, name: str) -> Callable[[str], str]:
        if name == "college":
            return lambda text: _(
                "« %(shown)s » n’est pas un collège : %(instead)s",
                shown=printable_cell(text),
                instead=_instead(text, self.colleges),
            )
        if name == "mode":
            return lambda text: _(
                "« %(shown)s » n’est pas un mode de réponse : %(instead)s",
                shown=printable_cell(text),
                instead=_instead(text, MODES),
            )
        return lambda text: _("« %(shown)s » %(why)s", shown=printable_cell(text), why=self._why(text))

    def _why(self, text: str) -> str:
        scale = _(
            "écrivez un niveau de %(lowest)s à %(highest)s, %(dont_know)s, %(not_applicable)s ou rien.",
            lowest=self.grid.lowest,
            highest=self.grid.highest,
            dont_know=DONT_KNOW,
            not_applicable=NOT_APPLICABLE,
        )
        word = text.strip()
        if whole_number(word) is not None:
            return _("est hors de l’échelle : %(scale)s", scale=scale)
        if _THOUSANDS.fullmatch(word):
            return _("a un séparateur de milliers : %(scale)s", scale=scale)
        if re.fullmatch(r"[+-]?[0-9]+[.,][0-9]+", word):
            return _("n’est pas un niveau entier : %(scale)s", scale=scale)
        return _("n’est pas un niveau : %(scale)s", scale=scale)

    def _check_colleges(self, coded: dict[str, Codes], lines: list[int], cells: dict[str | None, Any]) -> None:
        """Note the rows without a known college; only workshops may have none, or have ``atelier`` as college."""
        college = coded.get("college")
        if college is None:
            return
        alone = coded["mode"] != MODES.index(WORKSHOP) if "mode" in coded else np.ones(len(lines), dtype=bool)
        texts = cells["college"]
        missing = _("le collège manque : écrivez %(enumeration)s.", enumeration=enumeration(self.colleges))
        self._note("college", alone & (college == _BLANK), lines, texts, lambda _: missing)
        workshop = _("un atelier n’est pas un collège : écrivez « atelier » dans la colonne « mode ».")
        self._note("college", alone & (college == _IN_WORKSHOP), lines, texts, lambda _: workshop)

    def _check_respondents(self, lines: list[int], cells: dict[str | None, Any]) -> None:
        """Note the respondents who have several rows for one campaign of a territory."""
        if "respondent" not in cells:
            return
        keys = [self.chunks[name][-1] for name in ("respondent", "campaign", "territory") if name in cells]
        for line, key in zip(lines, zip(*keys, strict=True), strict=True):
            first = self.respondents.setdefault(key, line) if key[0] else line
            if first != line:
                said = _(
                    "le répondant « %(shown)s » a déjà répondu ligne %(first)s : gardez une seule de ses réponses.",
                    shown=printable_cell(key[0]),
                    first=first,
                )
                self.findings.add(said, line, "respondent")

    def _column(self, name: str) -> Any:
        chunks = self.chunks[name]
        if name in DESCRIPTORS and self.meanings[name] is None:
            return pd.array([text for chunk in chunks for text in chunk], dtype="str")
        codes: Codes = np.concatenate(chunks)
        if name == "college":
            return pd.Categorical.from_codes(np.maximum(codes, _BLANK), pd.Index(self.colleges))
        if name == "mode":
            return pd.Categorical.from_codes(codes, pd.Index(MODES))
        return _skill_column(codes, self.levels)


def _skill_column(codes: Codes, levels: list[int]) -> Any:
    """Return a skill's column: numbers when it has levels only, else categories, which are fast to count."""
    if codes.max(initial=_BLANK) < len(levels):
        return np.array([*levels, np.nan], dtype=np.float64)[codes]
    return pd.Categorical.from_codes(codes, pd.Index([*levels, DONT_KNOW, NOT_APPLICABLE], dtype=object))


class _Meanings(dict[str, int]):
    """The codes of the texts of a column; each distinct text is parsed once, then looked up."""

    def __init__(self, understand: Callable[[str], int]) -> None:
        super().__init__()
        self.understand = understand

    def __missing__(self, text: str) -> int:
        code = self[text] = self.understand(text)
        return code

    def codes(self, texts: Iterable[str]) -> Codes:
        """Return the codes of these texts."""
        return np.fromiter(map(self.__getitem__, texts), np.int16)


def _mode(text: str) -> int:
    word = canonical(text, MODES)
    return 0 if not word else MODES.index(word) if word in MODES else _WRONG


def _instead(text: str, known: Sequence[str]) -> str:
    close = suggestion(text.strip(), known)
    return close if close.endswith("?") else _("écrivez %(enumeration)s.", enumeration=enumeration(known))


def whole_number(text: str) -> int | None:
    """Return the integer of a cell, None when there is none. Three decimals are refused: they may be thousands.

    >>> [whole_number(text) for text in ("3", "3.0", "3,00", "-1", "03", "2.5", "1,000", "1 000", "")]
    [3, 3, 3, -1, 3, None, None, None, None]
    """
    found = _WHOLE.fullmatch(text)
    return int(found[1] + found[2]) if found else None


def check_form(source: Source) -> None:
    """Check a table as far as possible without its grid: encoding, quotes, number of cells in each row.

    Raises ``AnswersErrors`` with every problem.
    """
    findings = TableFindings(name_of(source))
    with opened(source, findings) as lines:
        table = table_of(lines.text, DESCRIPTORS, findings) if lines else None
        for _ in table.rows if table else ():
            pass
    if findings.total:
        raise AnswersErrors(findings.in_order(), findings.total)
