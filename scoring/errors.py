"""Errors in answers or rules, reported all at once, each with a sentence that says how to correct it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from grille.grid import Grid
from grille.messages import Count, Message, counted, marked, message
from grille.messages import message as _

_SHOWN = 20

Refused = Callable[[str], Message]
"""A function that returns the sentence refusing a cell, given the text of the cell."""


class ScoringError(ValueError):
    """Base class of the errors: ``problems`` has all of them, ``str()`` shows the first twenty."""

    def __init__(self, problems: Iterable[object]) -> None:
        self.problems = tuple(problems)
        super().__init__(_as_text(self.problems))


class RulesError(ScoringError):
    """Raised for rules that cannot be applied."""


class AnswersError(ScoringError):
    """Raised for answers that cannot be read; its problems are ``AnswersProblem``."""


class NotPublishedError(ScoringError):
    """Raised when a figure is asked for that is hidden or does not exist."""


@dataclass(frozen=True)
class AnswersProblem:
    """A problem of a table of answers.

    ``row`` is the number of the response, from 1 (the header is not counted); None for a problem of a whole column or
    table.

    >>> print(AnswersProblem(_("« 7 » n’est pas un niveau."), row=3, column="COO-1"))
    réponse n° 3, colonne COO-1 : « 7 » n’est pas un niveau.
    """

    message: Message
    row: int | None = None
    column: str | None = None

    @property
    def sentence(self) -> Message:
        """The whole sentence, its place first."""
        said = {"row": self.row, "column": self.column, "message": self.message}
        if self.row and self.column:
            return _("réponse n° %(row)s, colonne %(column)s\u00a0: %(message)s", **said)
        if self.row:
            return _("réponse n° %(row)s\u00a0: %(message)s", **said)
        if self.column:
            return _("colonne %(column)s\u00a0: %(message)s", **said)
        return self.message

    def __str__(self) -> str:
        return str(self.sentence)


def _as_text(problems: tuple[object, ...]) -> str:
    lines = [str(problem) for problem in problems[:_SHOWN]]
    hidden = len(problems) - len(lines)
    rest = [counted("… et %(n)s autre problème.", "… et %(n)s autres problèmes.", hidden)] if hidden else []
    return "\n".join([*lines, *rest])


def unknown_college(rule: str, college: str, grid: Grid, known: Sequence[str]) -> Message:
    """Return the sentence for a rule that names a college that the grid does not have."""
    return _(
        "%(name)s\u00a0: le collège «\u00a0%(college)s\u00a0» n’est pas dans la grille %(grid)s\u202f; ses collèges "
        "sont %(known)s.",
        name=rule,
        college=college,
        grid=f"{grid.id} {grid.version}",
        known=", ".join(known),
    )


def unknown_column(name: object, grid: Grid, others: Sequence[str]) -> Message:
    """Return the sentence for a column that is neither a skill nor one of the others."""
    return _(
        "colonne «\u00a0%(name)s\u00a0» inconnue\u00a0: retirez-la, ou corrigez son nom (un code de savoir-faire de la "
        "grille %(grid)s, ou %(others)s).",
        name=name,
        grid=f"{grid.id} {grid.version}",
        others=", ".join(others),
    )


def repeated_column(name: object, times: int) -> Message:
    """Return the sentence for a column that is present several times."""
    return _(
        "colonne «\u00a0%(name)s\u00a0» présente %(times)s fois\u00a0: n’en gardez qu’une.", name=name, times=times
    )


def no_college_column() -> Message:
    """Return the sentence for a table without a column of colleges."""
    return _("la colonne «\u00a0college\u00a0» manque\u00a0: ajoutez-la, avec le collège de chaque réponse.")


def no_mode(modes: Sequence[str]) -> Refused:
    """Return the function that refuses a cell with an unknown mode."""
    expected = _("écrivez %(modes)s ou %(last)s.", modes=", ".join(modes[:-1]), last=modes[-1])
    return _refused(marked("«\u00a0%(value)s\u00a0» n’est pas un mode de réponse\u202f; %(expected)s"), expected)


def no_college(colleges: Sequence[str]) -> Refused:
    """Return the function that refuses a cell with an unknown college."""
    expected = _("écrivez l’un des collèges de la campagne\u00a0: %(colleges)s.", colleges=", ".join(colleges))
    refusal = marked("«\u00a0%(value)s\u00a0» n’est pas un collège de la campagne\u202f; %(expected)s")
    return _refused(refusal, expected)


def no_level(grid: Grid) -> Refused:
    """Return the function that refuses a cell without a level of the grid."""
    expected = _("écrivez un niveau de %(low)s à %(high)s, NSP, SO, ou rien.", low=grid.lowest, high=grid.highest)
    return _refused(marked("«\u00a0%(value)s\u00a0» n’est pas un niveau de la grille\u202f; %(expected)s"), expected)


def _refused(refusal: str, expected: Message) -> Refused:
    def refused(value: str) -> Message:
        if not value:
            return _("la case est vide\u202f; %(expected)s", expected=expected)
        return message(refusal, value=value, expected=expected)

    return refused


def other_cells(n: int) -> Message:
    """Return the sentence for ``n`` other wrong cells, which are not listed."""
    return counted("et %(n)s autre case illisible.", "et %(n)s autres cases illisibles.", n)


def several_campaigns(names: Sequence[str]) -> Message:
    """Return the sentence for a table with several campaigns."""
    return counted(
        "la table mêle %(n)s campagne (%(names)s)\u00a0: gardez-en une seule.",
        "la table mêle %(n)s campagnes (%(names)s)\u00a0: gardez-en une seule.",
        len(names),
        names=", ".join(names[:5]),
    )


def too_many_answers(college: str, answers: int, size: int) -> Message:
    """Return the sentence for a college with more answers than people."""
    return counted(
        "collège «\u00a0%(college)s\u00a0»\u00a0: %(n)s réponse pour un effectif déclaré de %(size)s\u202f; corrigez "
        "l’effectif, ou retirez les réponses en trop.",
        "collège «\u00a0%(college)s\u00a0»\u00a0: %(n)s réponses pour un effectif déclaré de %(size)s\u202f; corrigez "
        "l’effectif, ou retirez les réponses en trop.",
        answers,
        college=college,
        size=Count(size),
    )
