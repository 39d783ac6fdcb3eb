"""The forms of local questions: prepared with the campaign, then corrected while it is open."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext
from wtforms import FieldList, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # its types are older

from questionnaires.local.questions import LONGEST_QUESTION, MOST_QUESTIONS, LocalQuestion
from restitution.text.language import localized
from storage.campaigns.validation import local_question_problems
from web.http.forms.fields import AtMost, CountedForm

_ = lazy_gettext


class AmendedLocalQuestionForm(CountedForm):
    """A local question of an open campaign: it is known by its place, and never added nor removed."""

    text = StringField(_("La question"), [AtMost(LONGEST_QUESTION, _("Cette question"))])
    choices = TextAreaField(_("Les réponses proposées, une par ligne"))
    easy = StringField(_("La même, en mots faciles"), [AtMost(LONGEST_QUESTION, _("Cette question"))])

    def over(self, question: LocalQuestion) -> LocalQuestion:
        """Return the question with what was typed."""
        choices = tuple((self.choices.data or "").splitlines())
        return replace(question, text=self.text.data or "", choices=choices, easy=self.easy.data or "").settled


class LocalQuestionForm(AmendedLocalQuestionForm):
    """A local question of a campaign being prepared."""

    kind = SelectField(
        _("On y répond par"),
        choices=[
            SelectChoice("closed", _("un choix dans une liste")),
            SelectChoice("open", _("une réponse libre")),
        ],
    )

    @property
    def question(self) -> LocalQuestion:
        """The question that the row describes."""
        return self.over(LocalQuestion("", is_open=self.kind.data == "open"))

    @property
    def kept(self) -> bool:
        """Whether anything was typed: an empty row is not asked."""
        return any((field.data or "").strip() for field in (self.text, self.choices, self.easy))


def values_of(question: LocalQuestion) -> dict[str, str]:
    """Return the values of the row of a question."""
    kind = "open" if question.is_open else "closed"
    return {"text": question.text, "kind": kind, "choices": "\n".join(question.choices), "easy": question.easy}


def questions_of(rows: "FieldList[Any]") -> tuple[LocalQuestion, ...]:
    """Return the questions that these rows describe."""
    return tuple(row.form.question for row in rows if row.form.kept)


def amended_questions(asked: Sequence[LocalQuestion], rows: "FieldList[Any]") -> tuple[LocalQuestion, ...]:
    """Return the questions of an open campaign with what was typed in their rows."""
    return tuple(row.form.over(one) for one, row in zip(asked, rows, strict=False))


def add_problems(rows: Sequence[Any], questions: Sequence[LocalQuestion]) -> bool:
    """Add to the fields of these rows the problems of their questions, and return whether there are any."""
    found = list(local_question_problems(questions))
    for place, name, problem in found:
        field = rows[place].form[name]
        if problem not in (said := [str(error) for error in field.errors]):
            field.errors = [*said, str(localized(problem))]
    return bool(found)


def rearranged(rows: Sequence[dict[str, Any]], wanted: str) -> Iterator[dict[str, Any]]:
    """Yield the values of rows after a button was pressed: ``ajouter``, ``monter-1``, ``descendre-0``, ``retirer-2``.

    >>> list(rearranged([{"text": "a"}, {"text": "b"}], "monter-1"))
    [{'text': 'b'}, {'text': 'a'}]
    """
    act, _dash, number = wanted.partition("-")
    order, place = list(range(len(rows))), int(number) if number.isdecimal() and len(number) == 1 else len(rows)
    other = place + {"monter": -1, "descendre": 1}.get(act, 0)
    if place in order and other in order:
        order[place], order[other] = order[other], order[place]
    yield from (rows[one] for one in order if not (act == "retirer" and one == place))
    if act == "ajouter" and len(rows) < MOST_QUESTIONS:
        yield {}
