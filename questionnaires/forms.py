"""The form of one page: a field per question, and what was sent read back as answers."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from wtforms import Form

from questionnaires.answers import UNANSWERED, Answer
from questionnaires.fields import QuestionField, field_name, parts_of
from questionnaires.questionnaire import Page

_PREFIX = "q_"


class PageForm(Form):
    """The questions of one page. ``shown`` says which answers the page displayed; ``whole``, its last input, that it
    arrived to its end, so that what a body cut on the way lacks is never taken for answers withdrawn."""

    page: ClassVar[Page]
    shown: str
    whole: bool

    def process(self, formdata: Any = None, *args: Any, **kwargs: Any) -> None:
        """Read every field, and what the page says about itself: no field of it needs a label, an error or a widget."""
        self.shown = formdata.get("shown", "") if formdata else ""
        self.whole = bool(formdata and formdata.get("whole"))
        super().process(formdata, *args, **kwargs)

    def question(self, code: str) -> QuestionField:
        """The field of a question. Raises ``KeyError`` when the page does not ask it."""
        field = self[_PREFIX + code]
        assert isinstance(field, QuestionField)  # noqa: S101  # nothing else has the prefix
        return field

    def changes(self, stored: Mapping[str, Answer]) -> dict[str, Answer]:
        """What was answered otherwise than the page showed; what cannot be read leaves the stored answer alone."""
        sent = {code: self.question(code).over(stored.get(code, UNANSWERED)) for code in self.page.codes}
        seen = self._seen(stored)
        return {code: answer for code, answer in sent.items() if answer.fingerprint != seen[code]}

    def _seen(self, stored: Mapping[str, Answer]) -> dict[str, str]:
        """The fingerprints of what the page showed; of what is stored where it does not say."""
        said = dict(zip(self.page.codes, self.shown.split(), strict=False))
        return {code: stored.get(code, UNANSWERED).fingerprint for code in self.page.codes} | said

    def shown_after(self, changes: Mapping[str, Answer], stored: Mapping[str, Answer]) -> str:
        """What the page shows once these changes are saved: not what another tab has changed meanwhile."""
        saved = {code: answer.fingerprint for code, answer in changes.items()}
        return " ".join((self._seen(stored) | saved).values())

    def typed(self, stored: Mapping[str, Answer]) -> dict[str, Answer]:
        """What a page given back must show: what was typed, too long or not, over what is stored."""
        touched = {*self.changes(stored), *(code for code in self.page.codes if self.question(code).problems)}
        answers = {code: stored.get(code, UNANSWERED) for code in self.page.codes}
        return answers | {code: self.question(code).typed_over(answers[code]) for code in touched}

    def problems(self) -> Iterator[tuple[str, str]]:
        """What cannot be read, in the order of the page: ``(name of the input, sentence)``."""
        for code in self.page.codes:
            yield from self.question(code).problems.items()


def shown(answers: Iterable[Answer]) -> str:
    """What a page says that it displayed, to be sent back with it (``PageForm.shown``)."""
    return " ".join(answer.fingerprint for answer in answers)


def unknown_fields(page: Page, names: Iterable[str]) -> list[str]:
    """Return the submitted codes that this page does not ask."""
    known = {field_name(one.code, part) for one in page.questions for part in parts_of(one)}
    return [name.removeprefix(_PREFIX) for name in names if name.startswith(_PREFIX) and name not in known]


def page_form(page: Page) -> type[PageForm]:
    """The form class of a page. Costly enough to be kept rather than made again."""
    fields: dict[str, Any] = {_PREFIX + question.code: QuestionField.about(question) for question in page.questions}
    return type("PageForm", (PageForm,), {"page": page, **fields})
