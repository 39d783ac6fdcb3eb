"""The form field of a question, and the registry of its parts; each part has a template of the same name.

A question has several inputs but one answer: it is a single field, whose ``data`` is an ``Answer`` (decisions 0052 and
0262).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar, Final, Protocol

from flask_babel import LazyString, lazy_gettext

from grille.messages import Count
from grille.typed import typed_text
from questionnaires.answers import TICKED, UNANSWERED, Answer, State, Value
from questionnaires.local.questions import LONGEST_ANSWER
from questionnaires.questionnaire import Question


def cleaned(text: str) -> str:
    """Return a typed text in the form to store (see ``grille.typed``), without the spaces around it.

    >>> cleaned(" une salle\\r\\nouverte\\x00 ")
    'une salle\\nouverte'
    """
    return typed_text(text).strip()


class ValueRefused(Exception):
    """A value that was sent is not accepted; the message is a sentence that says what to do."""


class Part(Protocol):
    """An input of a question: the attribute of ``Answer`` that it fills, and how the value sent is read."""

    attribute: ClassVar[str]

    unsent: ClassVar[str | None]
    """The value of an input that was not sent, as browsers do for a choice not made; None leaves the stored value."""

    given_back: ClassVar[bool]
    """Whether a value that is refused is shown again, to be corrected in place."""

    def read(self, sent: str) -> Value | str | None:
        """Return the value sent. Raises ``ValueRefused`` with a French sentence that says what to do."""
        ...


class Level:
    """The choice of a level, of « Je ne sais pas », of « Sans objet ici », or of nothing."""

    attribute: ClassVar[str] = "value"
    unsent: ClassVar[str | None] = ""
    given_back: ClassVar[bool] = False

    def __init__(self, question: Question) -> None:
        self._accepted: dict[str, Value | None] = {"": None, **{str(value): value for value in question.values}}

    def read(self, sent: str) -> Value | None:
        """Return the value chosen. Raises ``ValueRefused`` for a level that the question does not have."""
        try:
            return self._accepted[sent]
        except KeyError:
            raise ValueRefused(str(_NOT_A_LEVEL)) from None


_NOT_A_LEVEL = lazy_gettext("Cette réponse n’existe pas dans la grille. Choisissez l’une des phrases proposées.")


class Before(Level):
    """The same choice for the year before, « avec le recul »; a page that does not ask it keeps the stored value."""

    attribute: ClassVar[str] = "before"
    unsent: ClassVar[str | None] = None


class Text:
    """A text written by the respondent. One beyond the limit is refused, never cut."""

    attribute: ClassVar[str]
    unsent: ClassVar[str | None] = None
    given_back: ClassVar[bool] = True
    limit: ClassVar[int]
    too_long: ClassVar[LazyString]

    def __init__(self, _question: Question) -> None:
        """Accept the question, as every part does; a text does not depend on it."""

    def read(self, sent: str) -> str:
        """Return the text, cleaned. Raises ``ValueRefused``, with both lengths, when it is too long."""
        text = cleaned(sent)
        if len(text) > self.limit:
            raise ValueRefused(str(self.too_long) % {"length": Count(len(text)), "limit": Count(self.limit)})
        return text


class Reason(Text):
    """The reason why a skill is « sans objet ici »."""

    attribute = "reason"
    limit = 300
    too_long = lazy_gettext(
        "Votre raison compte %(length)s caractères ; la limite est de %(limit)s. "
        "Elle vous est rendue en entier ci-dessous : raccourcissez-la pour l’enregistrer."
    )


class Comment(Text):
    """An example or a comment, shown to others only after moderation."""

    attribute = "comment"
    limit = 2000
    too_long = lazy_gettext(
        "Votre commentaire compte %(length)s caractères ; la limite est de %(limit)s. "
        "Il vous est rendu en entier ci-dessous : raccourcissez-le pour l’enregistrer."
    )


class FreeAnswer(Text):
    """The answer to an open local question."""

    attribute = "comment"
    limit = LONGEST_ANSWER
    too_long = lazy_gettext(
        "Votre réponse compte %(length)s caractères ; la limite est de %(limit)s. "
        "Elle vous est rendue en entier ci-dessous : raccourcissez-la pour l’enregistrer."
    )


class Quote:
    """The box « peut être cité » of a comment; a page that does not have it withdraws what was ticked."""

    attribute: ClassVar[str] = "quotable"
    unsent: ClassVar[str | None] = ""
    given_back: ClassVar[bool] = False

    def __init__(self, _question: Question) -> None:
        """Accept the question, as every part does; the box does not depend on it."""

    def read(self, sent: str) -> bool:
        """Return whether the box is ticked: anything that no page sends leaves it empty."""
        return sent == TICKED


PARTS: Final[Mapping[str, type[Level | Text | Quote]]] = MappingProxyType(
    {"level": Level, "before": Before, "reason": Reason, "comment": Comment, "text": FreeAnswer, "quote": Quote}
)
"""The class of each part of an answer, by its name in its form."""


def field_name(code: str, part: str = "level") -> str:
    """Return the name of an input in the page. The prefix keeps a code such as ``data`` from hiding a form's attribute.

    No code contains a colon, so the names of a page's inputs are all different.

    >>> field_name("COO-1"), field_name("COO-1", "comment")
    ('q_COO-1', 'q_COO-1:comment')
    """
    return f"q_{code}" if part == "level" else f"q_{code}:{part}"


class QuestionField:
    """A question of a form: ``data`` is the answer sent, ``problems`` the sentence of each refused input, by name."""

    def __init__(self, code: str, parts: Mapping[str, Part], sent: Mapping[str, str]) -> None:
        self.name = field_name(code)
        self._read: dict[str, Value | str | None] = {}
        self._typed: dict[str, Value | str | None] = {}
        self.problems: dict[str, str] = {}
        for name, part in parts.items():
            text = sent.get(name)
            if text is not None:
                self._take(name, part, text)
            elif part.unsent is not None:
                self._read[part.attribute] = part.read(part.unsent)
        if "comment" in self._typed:
            self._typed.setdefault("quotable", False)  # a box that is not ticked is not sent
        self.data = self.over(UNANSWERED)
        if self.data.state is not State.NOT_APPLICABLE:
            self.problems.pop(field_name(code, "reason"), None)

    def _take(self, name: str, part: Part, sent: str) -> None:
        try:
            self._read[part.attribute] = self._typed[part.attribute] = part.read(sent)
        except ValueRefused as problem:
            self.problems[name] = problem.args[0]
            if part.given_back:
                self._typed[part.attribute] = cleaned(sent)

    def over(self, stored: Answer) -> Answer:
        """Return the stored answer with the values sent, except those that were refused."""
        return stored.with_values(self._read)

    def typed_over(self, stored: Answer) -> Answer:
        """Return the answer to show again: the stored one with everything that was typed, refused or not."""
        return stored.with_values(self._typed)


def parts_read(question: Question) -> dict[str, Part]:
    """Return the reader of each input of a question, by the name of the input."""
    return {field_name(question.code, name): PARTS[name](question) for name in question.asks}
