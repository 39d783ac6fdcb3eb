"""The registry of fields: each part of an answer has its field class here, and its template of the same name in web."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from flask_babel import LazyString, lazy_gettext
from wtforms import Field, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # new in 3.3, the stubs lag
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from questionnaires.answers import DONT_KNOW, NOT_APPLICABLE, value_of
from questionnaires.questionnaire import Question

_NOT_A_LEVEL = lazy_gettext("Cette réponse n’existe pas dans la grille. Choisissez l’une des phrases proposées.")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def cleaned(text: str | None) -> str:
    """A typed text without what nobody types: control characters, Windows line ends, blanks around it.

    >>> cleaned(" une salle\\r\\nouverte\\x00 ")
    'une salle\\nouverte'
    """
    return _CONTROLS.sub("", (text or "").replace("\r\n", "\n").replace("\r", "\n")).strip()


class LevelField(RadioField):
    """A level of the question, « Je ne sais pas », « Sans objet ici », or nothing chosen."""

    def __init__(self, question: Question, **kwargs: Any) -> None:
        super().__init__(  # type: ignore[call-arg]  # the messages are new in 3.3, the stubs lag
            question.stem,
            coerce=value_of,
            choices=[*_level_choices(question), *_silent_choices()],
            invalid_value_message=_NOT_A_LEVEL,
            invalid_choice_message=_NOT_A_LEVEL,
            **kwargs,
        )

    def pre_validate(self, form: BaseForm) -> None:
        """Accept that nothing is chosen; refuse a level that this question does not have."""
        if self.data is not None:
            super().pre_validate(form)


def _level_choices(question: Question) -> list[SelectChoice]:
    return [
        SelectChoice(str(level.value), level.label, render_kw={"sentence": level.sentence}) for level in question.levels
    ]


def _silent_choices() -> list[SelectChoice]:
    return [
        SelectChoice(DONT_KNOW, lazy_gettext("Je ne sais pas")),
        SelectChoice(NOT_APPLICABLE, lazy_gettext("Sans objet ici")),
    ]


class AtMost:
    """Refuses a text beyond a limit, saying both lengths; nothing is cut on the writer's behalf."""

    def __init__(self, limit: int, sentence: LazyString) -> None:
        self.limit = limit
        self.sentence = sentence

    def __call__(self, _form: BaseForm, field: Field) -> None:
        """Raise ``ValidationError`` when the field's text is longer than the limit."""
        length = len(field.data or "")
        if length > self.limit:
            raise ValidationError(str(self.sentence) % {"length": _grouped(length), "limit": _grouped(self.limit)})


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


class ReasonField(TextAreaField):
    """Why a skill is « sans objet ici »."""

    validators = (
        AtMost(
            300,
            lazy_gettext(
                "Votre raison compte %(length)s caractères ; la limite est de %(limit)s. "
                "Elle vous est rendue en entier ci-dessous : raccourcissez-la pour l’enregistrer."
            ),
        ),
    )

    def __init__(self, _question: Question, **kwargs: Any) -> None:
        super().__init__(lazy_gettext("Pourquoi ? (si vous le souhaitez)"), filters=[cleaned], **kwargs)


class CommentField(TextAreaField):
    """An example or a comment, read by others only after moderation."""

    validators = (
        AtMost(
            2000,
            lazy_gettext(
                "Votre commentaire compte %(length)s caractères ; la limite est de %(limit)s. "
                "Il vous est rendu en entier ci-dessous : raccourcissez-le pour l’enregistrer."
            ),
        ),
    )

    def __init__(self, _question: Question, **kwargs: Any) -> None:
        super().__init__(lazy_gettext("Un exemple, un commentaire"), filters=[cleaned], **kwargs)


FIELDS: Final[Mapping[str, Callable[[Question], Field]]] = MappingProxyType(
    {"level": LevelField, "reason": ReasonField, "comment": CommentField}
)
"""Each part of an answer, named as in ``Answer.for_form``, with its field class."""


def field_name(code: str, part: str = "level") -> str:
    """The name of a field in the page; prefixed, since a code such as ``data`` would hide a form's own method.

    A colon stands in no code, so no two fields of a page share a name.

    >>> field_name("COO-1"), field_name("COO-1", "comment")
    ('q_COO-1', 'q_COO-1:comment')
    """
    return f"q_{code}" if part == "level" else f"q_{code}:{part}"
