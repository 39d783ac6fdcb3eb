"""Questions that a campaign adds to those of its grid: never scored, and never crossed with scores or one another."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any, Final

import orjson

from grille.typed import typed_line

MOST_QUESTIONS: Final = 3
FEWEST_CHOICES: Final = 2
MOST_CHOICES: Final = 8
LONGEST_QUESTION: Final = 200
LONGEST_CHOICE: Final = 80
LONGEST_ANSWER: Final = 1000

LOCAL: Final = "@"
"""Begins their codes (``@1`` to ``@3``), and no code of a grid; alone, the code of their page."""

CODES: Final = tuple(f"{LOCAL}{rank}" for rank in range(1, MOST_QUESTIONS + 1))
RANKS: Final[Mapping[str, int]] = MappingProxyType({code: rank for rank, code in enumerate(CODES, 1)})


@dataclass(frozen=True, slots=True)
class LocalQuestion:
    """A question of a campaign's own: one of these choices, or a free answer when it ``is_open``.

    ``easy`` is the question in easy-to-read French (FALC), if its author wrote it.
    """

    text: str
    choices: tuple[str, ...] = ()
    easy: str = ""
    is_open: bool = False

    @property
    def settled(self) -> "LocalQuestion":
        """The same, as it is stored: each text on one line, and no choice beside a free answer.

        >>> LocalQuestion(" Quel  jour ? ", ("Lundi ", "Mardi")).settled.choices
        ('Lundi', 'Mardi')
        """
        choices = () if self.is_open else tuple(line for one in self.choices if (line := typed_line(one)))
        return LocalQuestion(typed_line(self.text), choices, typed_line(self.easy), self.is_open)


def is_local(code: str) -> bool:
    """Return whether a code is one of a local question, rather than of a skill."""
    return code.startswith(LOCAL)


def as_stored(questions: Iterable[LocalQuestion]) -> str:
    """Return the JSON of these questions.

    >>> questions_in(as_stored([LocalQuestion("Quel jour ?", ("Lundi", "Mardi"))]))[0].choices
    ('Lundi', 'Mardi')
    """
    return orjson.dumps([asdict(one) for one in questions]).decode()


def questions_in(stored: str) -> tuple[LocalQuestion, ...]:
    """Return the questions of their JSON; none when it is damaged: lists go on, and the check of the database says it.

    >>> questions_in('[{"text": 3')
    ()
    """
    try:
        rows: list[dict[str, Any]] = orjson.loads(stored)
        return tuple(LocalQuestion(**{**row, "choices": tuple(row["choices"])}) for row in rows)
    except (ValueError, TypeError, KeyError):
        return ()


def is_possible(code: str, value: object) -> bool:
    """Return whether a response can hold that value at that code: a rank among choices, or a text.

    >>> [is_possible("@1", value) for value in (1, 8, 9, 0, True, "Un texte")], is_possible("@4", 1)
    ([True, True, False, False, False, True], False)
    """
    if code not in RANKS:
        return False
    if isinstance(value, str):
        return bool(value)
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_CHOICES
