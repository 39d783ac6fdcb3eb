"""What is wrong in a file that someone gave us, said so that they can put it right."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grille.messages import Message, counted
from grille.messages import message as _

SHOWN = 50


@dataclass(frozen=True)
class FileProblem:
    """One thing to put right: in which file, on which line (and in which column of a table), and what to do.

    >>> print(FileProblem("grille.yaml", 12, "la clé « titre » est inconnue : retirez-la."))
    grille.yaml:12 : la clé « titre » est inconnue : retirez-la.
    >>> print(FileProblem("réponses.csv", 3, "« 7 » n’est pas un niveau.", column="COO-1"))
    réponses.csv:3, colonne COO-1 : « 7 » n’est pas un niveau.
    """

    file: str
    line: int | None
    message: str
    column: str | None = None

    @property
    def sentence(self) -> Message:
        """Where it is, and what to do."""
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

    def __str__(self) -> str:
        return str(self.sentence)


class FileErrors(ValueError):
    """Everything wrong in a file, at once. ``total`` may exceed ``len(problems)``: tables can be wrong a million times.

    >>> errors = FileErrors([FileProblem("a.csv", line, "ligne vide.") for line in range(1, 100)], total=4_000)
    >>> list(errors.lines(limit=1))
    ['a.csv:1 : ligne vide.', '… et 3 999 autres']
    """

    def __init__(self, problems: Iterable[FileProblem], total: int | None = None) -> None:
        self.problems = tuple(problems)
        self.total = len(self.problems) if total is None else total
        super().__init__(self.problems, self.total)

    def lines(self, limit: int = SHOWN) -> Iterator[str]:
        """The problems as text, at most ``limit`` of them, then how many are left: the count is never hidden."""
        shown = self.problems[:limit]
        yield from (problem.sentence for problem in shown)
        rest = self.total - len(shown)
        if rest:
            yield counted("… et %(n)s autre", "… et %(n)s autres", rest)

    def __str__(self) -> str:
        return "\n".join(self.lines())


class GridErrors(FileErrors):
    """A grid file that cannot be used, with every reason why."""
