"""What a person must put right before anything is computed: every problem at once, each a sentence with its remedy."""

from collections.abc import Iterable
from dataclasses import dataclass

_SHOWN = 20


class ScoringError(ValueError):
    """Something to put right; ``problems`` holds every one of them, ``str()`` the first twenty."""

    def __init__(self, problems: Iterable[object]) -> None:
        self.problems = tuple(problems)
        super().__init__(_as_text(self.problems))


class RulesError(ScoringError):
    """Conventions that cannot be applied."""


class AnswersError(ScoringError):
    """Answers that cannot be read; its problems are ``AnswersProblem``."""


class NotPublishedError(ScoringError):
    """A figure that is hidden, or that does not exist, was asked for."""


@dataclass(frozen=True)
class AnswersProblem:
    """One thing wrong in a table of answers.

    ``row`` is the response's position, the first being 1 (headings are not counted); ``None`` when the whole column,
    or the whole table, is concerned.

    >>> print(AnswersProblem("« 7 » n’est pas un niveau.", row=3, column="COO-1"))
    réponse n° 3, colonne COO-1 : « 7 » n’est pas un niveau.
    """

    message: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        place = [f"réponse n° {self.row}" if self.row else "", f"colonne {self.column}" if self.column else ""]
        where = ", ".join(part for part in place if part)
        return f"{where} : {self.message}" if where else self.message


def _as_text(problems: tuple[object, ...]) -> str:
    lines = [str(problem) for problem in problems[:_SHOWN]]
    hidden = len(problems) - len(lines)
    return "\n".join([*lines, f"… et {hidden} autres problèmes."] if hidden else lines)
