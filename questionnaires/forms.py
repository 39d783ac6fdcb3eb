"""The form of a page: a field per question, and the answers read from what was sent."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from wtforms import Form

from questionnaires.answers import UNANSWERED, Answer
from questionnaires.fields import QuestionField, field_name, parts_of
from questionnaires.questionnaire import Page

_PREFIX = "q_"


class PageForm(Form):
    """The questions of one page.

    ``shown`` has the fingerprints of the answers that the page displayed. ``whole`` is its last input: it is missing
    from a request that was cut on the way, so that the answers missing too are not taken for withdrawn."""

    page: ClassVar[Page]
    shown: str
    whole: bool

    def process(self, formdata: Any = None, *args: Any, **kwargs: Any) -> None:
        """Read every question, ``shown`` and ``whole``."""
        self.shown = formdata.get("shown", "") if formdata else ""
        self.whole = bool(formdata and formdata.get("whole"))
        super().process(formdata, *args, **kwargs)

    def question(self, code: str) -> QuestionField:
        """Return the field of a question. Raises ``KeyError`` when the page does not ask it."""
        field = self[_PREFIX + code]
        assert isinstance(field, QuestionField)  # noqa: S101  # nothing else has the prefix
        return field

    def changes(self, stored: Mapping[str, Answer]) -> dict[str, Answer]:
        """Return the answers that differ from those that the page displayed; a refused value keeps the stored one."""
        sent = {code: self.question(code).over(stored.get(code, UNANSWERED)) for code in self.page.codes}
        seen = self._seen(stored)
        return {code: answer for code, answer in sent.items() if answer.fingerprint != seen[code]}

    def _seen(self, stored: Mapping[str, Answer]) -> dict[str, str]:
        """Return the fingerprints of the answers that the page displayed; of the stored ones where it sent none."""
        said = dict(zip(self.page.codes, self.shown.split(), strict=False))
        return {code: stored.get(code, UNANSWERED).fingerprint for code in self.page.codes} | said

    def shown_after(self, changes: Mapping[str, Answer], stored: Mapping[str, Answer]) -> str:
        """Return ``shown`` as it is once these changes are saved, without what another tab has changed meanwhile."""
        saved = {code: answer.fingerprint for code, answer in changes.items()}
        return " ".join((self._seen(stored) | saved).values())

    def typed(self, stored: Mapping[str, Answer]) -> dict[str, Answer]:
        """Return the answers to show again with errors: the stored ones, with what was typed, even if too long."""
        touched = {*self.changes(stored), *(code for code in self.page.codes if self.question(code).problems)}
        answers = {code: stored.get(code, UNANSWERED) for code in self.page.codes}
        return answers | {code: self.question(code).typed_over(answers[code]) for code in touched}

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield the refused values in the order of the page: ``(name of the input, sentence)``."""
        for code in self.page.codes:
            yield from self.question(code).problems.items()


def shown(answers: Iterable[Answer]) -> str:
    """Return the value of the hidden input ``PageForm.shown`` for a page that displays these answers."""
    return " ".join(answer.fingerprint for answer in answers)


def unknown_fields(page: Page, names: Iterable[str]) -> list[str]:
    """Return the submitted codes that this page does not ask."""
    known = {field_name(one.code, part) for one in page.questions for part in parts_of(one)}
    return [name.removeprefix(_PREFIX) for name in names if name.startswith(_PREFIX) and name not in known]


def page_form(page: Page) -> type[PageForm]:
    """Return the form class of a page. It is costly to make: cache it."""
    fields: dict[str, Any] = {_PREFIX + question.code: QuestionField.about(question) for question in page.questions}
    return type("PageForm", (PageForm,), {"page": page, **fields})
