"""The field of a question, and the registry of its parts: each has its reader here and its template of the same name.

A question is several inputs but one answer, so it is one WTForms field that encapsulates them: its ``data`` is an
``Answer``. It also costs half of what a field per input does (decision 0052).
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, ClassVar, Final, Protocol

from flask_babel import LazyString, lazy_gettext
from wtforms import Field
from wtforms.utils import unset_value
from wtforms.validators import ValidationError

from grille.messages import Count
from grille.typed import typed_text
from questionnaires.answers import UNANSWERED, Answer, State, Value
from questionnaires.questionnaire import Question


def cleaned(text: str) -> str:
    """A typed text as it is kept (``grille.typed``), without the blanks around it.

    >>> cleaned(" une salle\\r\\nouverte\\x00 ")
    'une salle\\nouverte'
    """
    return typed_text(text).strip()


class Part(Protocol):
    """One input of a question: which attribute of ``Answer`` it gives, and how what was sent for it is read."""

    attribute: ClassVar[str]

    unsent: ClassVar[str | None]
    """What an input that was not sent stands for: browsers send nothing for a choice not made; ``None`` is no word."""

    given_back: ClassVar[bool]
    """Whether something that cannot be read is shown again, to be corrected where it was typed."""

    def read(self, sent: str) -> Value | str | None:
        """The value sent. Raises ``ValidationError`` with a sentence that says what to do."""
        ...


class Level:
    """A level of the question, « Je ne sais pas », « Sans objet ici », or nothing chosen."""

    attribute: ClassVar[str] = "value"
    unsent: ClassVar[str | None] = ""
    given_back: ClassVar[bool] = False

    def __init__(self, question: Question) -> None:
        self._accepted: dict[str, Value | None] = {"": None, **{str(value): value for value in question.values}}

    def read(self, sent: str) -> Value | None:
        """The value chosen; a level that this question does not have is refused."""
        try:
            return self._accepted[sent]
        except KeyError:
            raise ValidationError(str(_NOT_A_LEVEL)) from None


_NOT_A_LEVEL = lazy_gettext("Cette réponse n’existe pas dans la grille. Choisissez l’une des phrases proposées.")


class Before(Level):
    """The same, about the year before, « avec le recul »; a page that does not ask it leaves what is stored."""

    attribute: ClassVar[str] = "before"
    unsent: ClassVar[str | None] = None


class Text:
    """A text of the respondent's own up to a limit; beyond it nothing is cut, and both lengths are said."""

    attribute: ClassVar[str]
    unsent: ClassVar[str | None] = None
    given_back: ClassVar[bool] = True
    limit: ClassVar[int]
    too_long: ClassVar[LazyString]

    def __init__(self, _question: Question) -> None:
        """The same for every question."""

    def read(self, sent: str) -> str:
        """The text, cleaned."""
        text = cleaned(sent)
        if len(text) > self.limit:
            raise ValidationError(str(self.too_long) % {"length": Count(len(text)), "limit": Count(self.limit)})
        return text


class Reason(Text):
    """Why a skill is « sans objet ici »."""

    attribute = "reason"
    limit = 300
    too_long = lazy_gettext(
        "Votre raison compte %(length)s caractères ; la limite est de %(limit)s. "
        "Elle vous est rendue en entier ci-dessous : raccourcissez-la pour l’enregistrer."
    )


class Comment(Text):
    """An example or a comment, read by others only after moderation."""

    attribute = "comment"
    limit = 2000
    too_long = lazy_gettext(
        "Votre commentaire compte %(length)s caractères ; la limite est de %(limit)s. "
        "Il vous est rendu en entier ci-dessous : raccourcissez-le pour l’enregistrer."
    )


PARTS: Final[Mapping[str, type[Level | Reason | Comment]]] = MappingProxyType(
    {"level": Level, "before": Before, "reason": Reason, "comment": Comment}
)
"""Each part of an answer, named as in ``Answer.for_form``, with what reads it."""


def parts_of(question: Question) -> list[str]:
    """The parts of the answer that a question asks for: what the year before was is asked by some campaigns only."""
    return [name for name in PARTS if name != "before" or question.retrospective]


def field_name(code: str, part: str = "level") -> str:
    """The name of an input in the page; prefixed, since a code such as ``data`` would hide a form's own method.

    A colon stands in no code, so no two inputs of a page share a name.

    >>> field_name("COO-1"), field_name("COO-1", "comment")
    ('q_COO-1', 'q_COO-1:comment')
    """
    return f"q_{code}" if part == "level" else f"q_{code}:{part}"


class QuestionField(Field):
    """One question of a form. ``data`` is the answer sent; ``problems`` says what of it cannot be read, by input."""

    def __init__(self, parts: Mapping[str, Part], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._parts = parts
        self._read: dict[str, Any] = {}
        self._typed: dict[str, Any] = {}
        self.problems: dict[str, str] = {}

    @classmethod
    def about(cls, question: Question) -> Field:
        """The field of a question, unbound; how its inputs are read is worked out once, not for each request."""
        parts = {field_name(question.code, name): PARTS[name](question) for name in parts_of(question)}
        return cls(parts=parts, label=question.stem)

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:  # noqa: ARG002
        """Read every input that was sent."""
        for name, part in self._parts.items():
            sent = formdata.get(name) if formdata is not None else None
            if sent is not None:
                self._take(name, part, sent)
            elif part.unsent is not None:
                self._read[part.attribute] = part.read(part.unsent)
        self.data = self.over(UNANSWERED)
        if self.data.state is not State.NOT_APPLICABLE:
            self.problems.pop(f"{self.name}:reason", None)
        self.process_errors = list(self.problems.values())

    def _take(self, name: str, part: Part, sent: str) -> None:
        try:
            self._read[part.attribute] = self._typed[part.attribute] = part.read(sent)
        except ValidationError as problem:
            self.problems[name] = problem.args[0]
            if part.given_back:
                self._typed[part.attribute] = cleaned(sent)

    def over(self, stored: Answer) -> Answer:
        """What was sent, over what is stored where it could not be read."""
        return replace(stored, **self._read)

    def typed_over(self, stored: Answer) -> Answer:
        """What must be shown again: what was typed, readable or not, over what is stored."""
        return replace(stored, **self._typed)
