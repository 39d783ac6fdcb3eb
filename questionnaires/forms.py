"""The form of a page: a field per question, and the answers read from what was sent."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import ClassVar, Final

from questionnaires.answers import UNANSWERED, Answer
from questionnaires.fields import Part, QuestionField, parts_read
from questionnaires.questionnaire import Page

_PREFIX = "q_"
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


class PageForm:
    """The questions of one page, as they were sent.

    ``shown`` has the fingerprints of the answers that the page displayed. ``whole`` is its last input: it is missing
    from a request that was cut on the way, so that the answers missing too are not taken for withdrawn. Whether the
    form comes from its page is checked before (``web.respond.saving``).
    """

    page: ClassVar[Page]
    parts: ClassVar[Mapping[str, Mapping[str, Part]]]
    """The reader of each input, by code, then by name; made once, not for each request."""

    def __init__(self, sent: Mapping[str, str] = _NOTHING) -> None:
        self.shown = sent.get("shown", "")
        self.whole = bool(sent.get("whole"))
        self._fields = {code: QuestionField(code, parts, sent) for code, parts in self.parts.items()}

    def question(self, code: str) -> QuestionField:
        """Return the field of a question. Raises ``KeyError`` when the page does not ask it."""
        return self._fields[code]

    def changes(self, stored: Mapping[str, Answer]) -> dict[str, Answer]:
        """Return the answers that differ from those that the page displayed; a refused value keeps the stored one."""
        sent = {code: self.question(code).over(stored.get(code, UNANSWERED)) for code in self.page.codes}
        seen = self._seen(stored)
        return {code: answer for code, answer in sent.items() if answer.fingerprint != seen[code]}

    def _seen(self, stored: Mapping[str, Answer]) -> dict[str, str]:
        """Return the fingerprints of the answers that the page displayed; of the stored ones where it sent none."""
        said = dict(zip(self.page.codes, self.shown.split(), strict=False))
        return {code: said.get(code) or stored.get(code, UNANSWERED).fingerprint for code in self.page.codes}

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


def unknown_fields(form: type[PageForm] | PageForm, names: Iterable[str]) -> list[str]:
    """Return the submitted codes that the page of that form does not ask."""
    known = {name for parts in form.parts.values() for name in parts}
    return [name.removeprefix(_PREFIX) for name in names if name.startswith(_PREFIX) and name not in known]


def page_form(page: Page) -> type[PageForm]:
    """Return the form class of a page. It is costly to make: cache it."""
    parts = {question.code: parts_read(question) for question in page.questions}
    return type("PageForm", (PageForm,), {"page": page, "parts": parts})
