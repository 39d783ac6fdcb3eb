"""The problems of a file that a user gave, worded so that they can correct it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grille.messages import Message, counted
from grille.messages import message as _

SHOWN = 50


@dataclass(frozen=True)
class FileProblem:
    """A problem to correct: the file, the line (and the column of a table) when they are known, and what to do.

    ``sheet`` is that of a workbook of several sheets.

    >>> print(FileProblem("grille.yaml", 12, "la clé « titre » est inconnue : retirez-la."))
    grille.yaml:12 : la clé « titre » est inconnue : retirez-la.
    >>> print(FileProblem("réponses.csv", 3, "« 7 » n’est pas un niveau.", column="COO-1"))
    réponses.csv:3, colonne COO-1 : « 7 » n’est pas un niveau.
    """

    file: str
    line: int | None
    message: str
    column: str | None = None
    sheet: str | None = None

    @property
    def sentence(self) -> Message:
        """The whole sentence, its place first."""
        if self.sheet is not None:
            return _("%(place)s\u00a0: %(message)s", place=", ".join(self._in_sheet()), message=self.message)
        line = "" if self.line is None else f":{self.line}"
        if self.column is None:
            return _("%(file)s%(line)s\u00a0: %(message)s", file=self.file, line=line, message=self.message)
        return _(
            "%(file)s%(line)s, colonne %(column)s\u00a0: %(message)s",
            file=self.file,
            line=line,
            column=self.column,
            message=self.message,
        )

    def _in_sheet(self) -> Iterator[str]:
        yield self.file
        yield _("feuille « %(sheet)s »", sheet=self.sheet or "")
        if self.line is not None:
            yield _("ligne %(line)s", line=self.line)
        if self.column is not None:
            yield _("colonne %(column)s", column=self.column)

    def __str__(self) -> str:
        return str(self.sentence)


class FileErrors(ValueError):
    """Every problem of a file. ``total`` is larger than ``len(problems)`` when there are too many to be kept.

    >>> errors = FileErrors([FileProblem("a.csv", line, "ligne vide.") for line in range(1, 100)], total=4_000)
    >>> list(errors.lines(limit=1))
    ['a.csv:1 : ligne vide.', '… et 3 999 autres']
    """

    def __init__(self, problems: Iterable[FileProblem], total: int | None = None) -> None:
        self.problems = tuple(problems)
        self.total = len(self.problems) if total is None else total
        super().__init__(self.problems, self.total)

    def lines(self, limit: int = SHOWN) -> Iterator[str]:
        """Yield the problems as text, at most ``limit`` of them, then a line with the number of the others."""
        shown = self.problems[:limit]
        yield from (problem.sentence for problem in shown)
        rest = self.total - len(shown)
        if rest:
            yield counted("… et %(n)s autre", "… et %(n)s autres", rest)

    def __str__(self) -> str:
        return "\n".join(self.lines())


class GridErrors(FileErrors):
    """Raised for a grid file that cannot be used, with all its problems."""
