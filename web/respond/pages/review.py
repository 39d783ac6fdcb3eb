"""What the page before submission shows: every answer in words.

Like a question page, it is compiled once for a campaign, a college and a wording, then filled in for each person.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from flask import Flask, current_app, render_template
from flask.blueprints import BlueprintSetupState
from markupsafe import Markup

from questionnaires import Answer, Questionnaire
from questionnaires.answers import Value
from questionnaires.questionnaire import Question
from restitution.chart_data.radar import axes_asked
from restitution.text.language import gettext as _
from storage.campaigns.campaigns import Campaign
from web.http.language import reader
from web.respond.blueprint import blueprint, plain_wording
from web.respond.forms import FormProblem
from web.respond.pages.compiled import SOMEONE, CompiledPage
from web.respond.pages.questions import (
    answered,
    compiled,
    latest_kept,
    questionnaire_for,
    questionnaire_of,
)
from web.respond.pages.wording import Wording, wording_of
from web.respond.response_access import OpenResponse, csrf_token

State = Literal["sent", "all", "one", "some"]
"""Whether the answers were sent; before that, how many of the questions have one."""

_KEPT = 100  # pages, of about 25 kB
_NAME = "review_pages"
_QUOTED = Markup("<q>{}</q>")


@dataclass(frozen=True)
class ReviewPage:
    """The page, ready to be filled in, with the words of each value of each question, by its code."""

    questionnaire: Questionnaire
    compiled: CompiledPage
    said: Mapping[tuple[str, Value], Markup]
    before: Mapping[tuple[str, Value], Markup]
    change: str
    quote: Markup


@blueprint.record
def _keep_pages(state: BlueprintSetupState) -> None:
    cast(Flask, state.app).extensions[_NAME] = lru_cache(_KEPT)(_review_page)


def review_page(access: OpenResponse, problem: FormProblem | None = None) -> str:
    make = _review_page if problem else current_app.extensions[_NAME]
    wording = wording_of(access.campaign, plain_wording())
    which = access.campaign, access.response.college or "", wording, _state(access), reader()
    ready: ReviewPage = make(*which, *([problem] if problem else []))
    return ready.compiled.fill(dict(_values(ready, access)))


def _state(access: OpenResponse) -> State:
    if access.response.submitted_at:
        return "sent"
    questions, count = len(questionnaire_of(access).questions), _answered(access)
    return "all" if count == questions else "one" if count == 1 else "some"


def _answered(access: OpenResponse) -> int:
    return sum(answered(page, access.response.document.answers) for page in questionnaire_of(access).pages)


def _review_page(
    campaign: Campaign, college: str, wording: Wording, state: State, _language: str, problem: FormProblem | None = None
) -> ReviewPage:
    questionnaire = questionnaire_for(campaign, college, wording)
    html = render_template(
        "respond/review.html",
        campaign=campaign,
        college=campaign.college(college),
        questionnaire=questionnaire,
        state=state,
        key=SOMEONE,
        labels={**_labels(questionnaire), "quote": _quote(plain=questionnaire.plain)},
        here="respond.review",
        whose={"key": SOMEONE},
        problems=[problem] if problem else [],
        axes=axes_asked(campaign.grid),
    )
    words = {(one.code, value): text for one in questionnaire.questions for value, text in _words(one).items()}
    said = {which: Markup("<b>{}</b>").format(text) for which, text in words.items()}
    then = Markup('<span class="then">{} {}</span>')
    before = {which: then.format(_before(), text) for which, text in words.items()}
    quote = Markup('<span class="then">{}</span>').format(_quote(plain=questionnaire.plain))
    return ReviewPage(questionnaire, compiled(html), said, before, _("Changer"), quote)


def _values(ready: ReviewPage, access: OpenResponse) -> Iterator[tuple[str, str]]:
    yield "key", access.key
    if not access.response.submitted_at:
        yield "csrf", csrf_token(access.key)
        yield "latest", str(latest_kept(access) or 0)
        if "answered" in ready.compiled.placeholders:
            yield "answered", str(_answered(access))
    answers = access.response.document.answers
    for question in ready.questionnaire.questions:
        if answer := answers.get(question.code):
            yield from _values_of_answer(ready, question, answer)


def _values_of_answer(ready: ReviewPage, question: Question, answer: Answer) -> Iterator[tuple[str, str]]:
    code = question.code
    if question.answered_by(answer):
        yield f"said {code}", "" if answer.value is None else ready.said[code, answer.value]
        yield f"change {code}", ready.change
    if question.retrospective and answer.before is not None:
        yield f"before {code}", ready.before[code, answer.before]
    if answer.reason:
        yield f"reason {code}", _QUOTED.format(answer.reason)
    if answer.comment:
        yield f"comment {code}", _QUOTED.format(answer.comment)
    if answer.comment and answer.quotable:
        yield f"quote {code}", ready.quote


def _quote(*, plain: bool) -> str:
    return _("On peut le lire à tout le monde") if plain else _("Peut être cité")


def _words(question: Question) -> dict[Value, str]:
    """Every value that may be chosen, in words."""
    return {value: question.label_of(value) for value in question.values}


def _labels(questionnaire: Questionnaire) -> dict[str, object]:
    """The same words, for the script that shows what a device keeps.

    Those of the first question hold for all; in easy words, those of a question that has its own are under its code.
    """
    labels = {one.code: {str(value): words for value, words in _words(one).items()} for one in questionnaire.questions}
    common = next(iter(labels.values()))
    own = {code: words for code, words in labels.items() if words != common}
    return {**common, **own, "before": _before()}


def _before() -> str:
    return _("Avec le recul, l’an dernier :")
