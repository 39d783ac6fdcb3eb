"""The form of one page: its fields made from the registry, and what was sent read back as answers."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from wtforms import Field, Form, HiddenField, TextAreaField

from questionnaires.answers import UNANSWERED, Answer
from questionnaires.fields import FIELDS, field_name
from questionnaires.questionnaire import Page

ANSWER_FIELD = "q_"


class PageForm(Form):
    """The questions of one page. ``shown`` says which answers the page displayed, ``whole`` closes the form: a body cut
    on the way lacks it, so that missing fields are never taken for answers withdrawn."""

    page: ClassVar[Page]

    shown = HiddenField()
    whole = HiddenField()

    def part(self, code: str, part: str) -> Field:
        """The field of one part of an answer."""
        return self[field_name(code, part)]

    @property
    def is_whole(self) -> bool:
        """Whether the form arrived to its end."""
        return bool(self.whole.data)

    def changes(self, stored: Mapping[str, Answer]) -> dict[str, Answer]:
        """What was answered otherwise than the page showed; a part that is not valid leaves the stored one alone."""
        shown = dict(zip(self.page.codes, (self.shown.data or "").split(), strict=False))
        sent = {code: self._read(code, stored) for code in self.page.codes}
        return {
            code: answer
            for code, answer in sent.items()
            if answer.fingerprint != shown.get(code, stored.get(code, UNANSWERED).fingerprint)
        }

    def typed(self, stored: Mapping[str, Answer]) -> dict[str, Answer]:
        """What a page given back must show: what was typed, too long or not, over what is stored."""
        return {
            code: self._read(code, stored, lambda field: bool(field.raw_data) and (_is_text(field) or not field.errors))
            for code in self.page.codes
        }

    def _read(
        self,
        code: str,
        stored: Mapping[str, Answer],
        readable: Callable[[Field], bool] = lambda field: not field.errors,
    ) -> Answer:
        fields = {attribute: self.part(code, part) for part, attribute in _ATTRIBUTES.items()}
        read = {attribute: field.data for attribute, field in fields.items() if readable(field)}
        return replace(stored.get(code, UNANSWERED), **read)

    def problems(self) -> Iterator[tuple[str, str]]:
        """The invalid fields of answers, in the order of the page: ``(id of the field, sentence)``."""
        for code in self.page.codes:
            for field in (self.part(code, part) for part in FIELDS):
                yield from ((field.id, str(error)) for error in field.errors)


_ATTRIBUTES = {"level": "value", "reason": "reason", "comment": "comment"}


def _is_text(field: Field) -> bool:
    return isinstance(field, TextAreaField)


def shown(answers: Iterable[Answer]) -> str:
    """What a page says that it displayed, to be sent back with it (``PageForm.shown``)."""
    return " ".join(answer.fingerprint for answer in answers)


def strangers(page: Page, names: Iterable[str]) -> list[str]:
    """The skill codes that were sent although this page does not ask about them, such as those of another form."""
    known = {field_name(code, part) for code in page.codes for part in FIELDS}
    return [name.removeprefix(ANSWER_FIELD) for name in names if name.startswith(ANSWER_FIELD) and name not in known]


def page_form(page: Page) -> type[PageForm]:
    """The form class of a page, one field per part of each answer. Costly enough to be kept rather than made again."""
    fields: dict[str, Any] = {
        field_name(question.code, part): field(question)
        for question in page.questions
        for part, field in FIELDS.items()
    }
    return type("PageForm", (PageForm,), {"page": page, **fields})
