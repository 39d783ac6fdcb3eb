"""The page of a family for a college of a campaign: compiled once, then filled in with each person's answers."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache

from flask import Flask, current_app, render_template
from markupsafe import Markup

from questionnaires import Answer, Page, Questionnaire
from questionnaires.answers import UNANSWERED
from questionnaires.fields import field_name
from questionnaires.forms import PageForm, page_form, shown
from questionnaires.questionnaire import Question
from restitution.chart_data.radar import axes_asked
from restitution.text.language import gettext as _
from storage.campaigns.campaigns import Campaign
from web.http.language import reader
from web.respond.blueprint import plain_wording
from web.respond.forms import FormProblem
from web.respond.pages.compiled import CompiledPage, placeholder
from web.respond.pages.wording import Wording, grid_in, waits_for_review, wording_of
from web.respond.response_access import OpenResponse, csrf_token

_COUNT = "{count}"
_BLANKS = re.compile(r"\s*\n\s*")
_KEPT = 400  # pages, of about 40 kB: eight campaigns answered at once, whole


@dataclass(frozen=True)
class AskedPage:
    """What a page asks, and the class of its form; only words of it may change once the campaign is open."""

    questionnaire: Questionnaire
    page: Page
    form: type[PageForm]
    saved: str
    nothing: str

    @property
    def is_last(self) -> bool:
        """Whether it is the last page of questions."""
        return self.page.number == len(self.questionnaire.pages)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers of all pages, as they stand in addresses."""
        return frozenset(str(page.number) for page in self.questionnaire.pages)


@dataclass(frozen=True)
class QuestionPage(AskedPage):
    """A page ready to be filled in."""

    compiled: CompiledPage
    lent: Markup


class QuestionPages:
    """The compiled pages of an application. A changed campaign has another key, so no page is outdated."""

    def __init__(self, app: Flask) -> None:
        self.shown = lru_cache(_KEPT)(_question_page_in)
        self.asked = lru_cache(_KEPT)(_asked_page_in)
        app.jinja_env.globals["placeholder"] = placeholder
        app.extensions["question_pages"] = self


def _ready() -> QuestionPages:
    pages: QuestionPages = current_app.extensions["question_pages"]
    return pages


def question_page(campaign: Campaign, number: int, college: str, plain: bool) -> QuestionPage:
    """Return the page of that number. Raises ``IndexError`` when the questionnaire has no such page."""
    return _ready().shown(campaign, number, college, wording_of(campaign, plain), reader())


def asked_page(campaign: Campaign, number: int, college: str, plain: bool) -> AskedPage:
    """Return what the page of that number asks, without compiling it: enough to save it.

    Raises ``IndexError`` when the questionnaire has no such page.
    """
    return _ready().asked(campaign, number, college, wording_of(campaign, plain), reader())


def preview_page(campaign: Campaign, number: int, college: str, plain: bool) -> QuestionPage:
    """Return the same page, not cached: the campaign is a draft and may still change.

    Raises ``IndexError`` when the questionnaire has no such page.
    """
    return _question_page(campaign, number, college, wording_of(campaign, plain))


def _asked_page_in(campaign: Campaign, number: int, college: str, wording: Wording, _language: str) -> AskedPage:
    return _asked_page(campaign, number, college, wording)


def questionnaire_for(campaign: Campaign, college: str, wording: Wording) -> Questionnaire:
    """Return what a college of a campaign is asked on its screens, local questions included."""
    asked = grid_in(campaign, wording), campaign.form, college
    return Questionnaire(*asked, wording.plain, campaign.retrospective, campaign.local_questions)


def _asked_page(campaign: Campaign, number: int, college: str, wording: Wording) -> AskedPage:
    questionnaire = questionnaire_for(campaign, college, wording)
    if not 1 <= number <= len(questionnaire.pages):
        raise IndexError(number)
    page = questionnaire.pages[number - 1]
    saved = _("✓ Enregistré : %(count)s sur %(total)s", count=_COUNT, total=len(questionnaire.questions))
    return AskedPage(questionnaire, page, page_form(page), saved, _("Pas encore de réponse"))


def _question_page_in(campaign: Campaign, number: int, college: str, wording: Wording, _language: str) -> QuestionPage:
    return _question_page(campaign, number, college, wording)


def _question_page(campaign: Campaign, number: int, college: str, wording: Wording) -> QuestionPage:
    asked = _asked_page(campaign, number, college, wording)
    html = render_template(
        "respond/question_page.html",
        campaign=campaign,
        college=campaign.college(college),
        questionnaire=asked.questionnaire,
        page=asked.page,
        unreviewed=waits_for_review(campaign, wording, asked.page.codes),
        field_name=field_name,
        axes=axes_asked(campaign.grid),
    )
    lent = Markup(render_template("respond/return_button.html"))  # noqa: S704  # escaped there
    fixed = {one.name: getattr(asked, one.name) for one in fields(asked)}
    return QuestionPage(**fixed, compiled=compiled(html), lent=lent)


def compiled(html: str) -> CompiledPage:
    """Return the page with its placeholders, without the blank lines of templates."""
    return CompiledPage(_BLANKS.sub("\n", html).strip())


def rendered(
    ready: QuestionPage,
    token: str,
    stored: Mapping[str, Answer],
    typed: Mapping[str, Answer] | None = None,
    problems: Iterable[FormProblem] = (),
    latest: int | None = None,
    *,
    lent: bool = False,
) -> str:
    """Return the page for one person: the stored answers, or what was typed where it could not be saved.

    ``latest`` is the time of the last stored change, for a response that a device may keep in order to work offline.
    ``lent`` shows the button that gives a lent device back.
    """
    problems = tuple(problems)
    counts = [answered(page, stored) for page in ready.questionnaire.pages]
    values = {
        "csrf": token,
        "shown": shown(stored.get(code, UNANSWERED) for code in ready.page.codes),
        "status": _status(ready, sum(counts), saved=not problems),
    }
    values.update(_steps(ready.questionnaire, counts))
    if lent:
        values["lent"] = ready.lent
    if latest is not None:
        values["latest"] = Markup(' data-latest="{}"').format(latest)
    for question in ready.page.questions:
        code = question.code
        answer = (typed or stored).get(code, UNANSWERED)
        values.update(placeholders_of_answer(question, answer))
        if question.retrospective and answer.before is not None:
            values[f"selected {code} {answer.before}"] = " selected"
    if problems:
        values.update(placeholders_of_problems(problems))
    return ready.compiled.fill(values)


def _steps(questionnaire: Questionnaire, counts: Iterable[int]) -> Iterator[tuple[str, str]]:
    for page, count in zip(questionnaire.pages, counts, strict=True):
        if count:
            yield f"step {page.number}", " all" if count == len(page.codes) else " some"
            yield f"step {page.number} text", str(count)


def answered(page: Page, stored: Mapping[str, Answer]) -> int:
    """Return how many questions of a page have an answer."""
    return sum(one.code in stored and one.answered_by(stored[one.code]) for one in page.questions)


def status_of(asked: AskedPage, stored: Mapping[str, Answer], *, saved: bool) -> str:
    """Return the sentence that says whether everything on the page is saved."""
    return _status(asked, sum(answered(page, stored) for page in asked.questionnaire.pages), saved=saved)


def _status(asked: AskedPage, count: int, *, saved: bool) -> str:
    if not saved:
        return _("Pas encore tout enregistré")
    return asked.saved.replace(_COUNT, str(count)) if count else asked.nothing


def placeholders_of_answer(question: Question, answer: Answer) -> Iterator[tuple[str, str]]:
    """Yield the placeholders that an answer fills in; none for an empty answer."""
    code = question.code
    if "text" in question.asks and answer.comment:
        yield f"text {field_name(code, 'text')}", answer.comment
        return
    if answer.value is not None:
        yield f"checked {code} {answer.value}", " checked"
        yield f"clear {code}", ""
    if answer.reason:
        yield f"text {field_name(code, 'reason')}", answer.reason
    if answer.comment:
        yield f"text {field_name(code, 'comment')}", answer.comment
        yield f"open {field_name(code, 'comment')}", " open"
    if answer.quotable:
        yield f"checked {field_name(code, 'quote')}", " checked"


def placeholders_of_problems(problems: tuple[FormProblem, ...]) -> Iterator[tuple[str, str]]:
    """Yield the placeholders of the problems, at the top of the page and beside each field."""
    yield "status class", " waiting"
    yield "title", _("Erreur : ")
    yield "summary", Markup(render_template("respond/error_summary.html", problems=problems))  # noqa: S704  # escaped there
    for problem in problems:
        if problem.field:
            yield f"error {problem.field}", problem.sentence
            yield f"invalid {problem.field}", Markup(' aria-invalid="true"')


def script_reply(asked: AskedPage, stored: Mapping[str, Answer], problems: Iterable[FormProblem]) -> dict[str, object]:
    """Return what the page's script needs after saving: what is stored, in the page's own words, and what is not."""
    problems = tuple(problems)
    return {
        "status": status_of(asked, stored, saved=not problems),
        "answered": answered(asked.page, stored),
        "problems": [{"field": problem.field, "sentence": problem.sentence} for problem in problems],
    }


Stored = Mapping[str, Answer]


def questionnaire_read(access: OpenResponse) -> Questionnaire:
    """Return the questionnaire of this response in the words of the day when it was sent; before, in those of now."""
    wording = wording_of(access.campaign, plain_wording(), access.response.submitted_at)
    return questionnaire_for(access.campaign, access.response.college or "", wording)


def questionnaire_of(access: OpenResponse) -> Questionnaire:
    """Return the questionnaire of this response, in the wording of this address."""
    return asked_page(access.campaign, 1, access.response.college or "", plain_wording()).questionnaire


def page_asked_of(access: OpenResponse, number: int, plain: bool) -> AskedPage | None:
    """Return what the page of that number asks; None when the questionnaire has no such page."""
    try:
        return asked_page(access.campaign, number, access.response.college or "", plain)
    except IndexError:
        return None


def rendered_page(
    access: OpenResponse,
    asked: AskedPage,
    stored: Stored,
    typed: Stored | None = None,
    problems: Iterable[FormProblem] = (),
) -> str:
    """Return the page for one person, as ``rendered`` does, with the CSRF token of its address."""
    page, questionnaire = asked.page, asked.questionnaire
    ready = question_page(access.campaign, page.number, questionnaire.college, questionnaire.plain)
    return rendered(
        ready,
        csrf_token(access.key),
        stored,
        typed,
        problems,
        latest=None if typed else latest_kept(access),
        lent=access.response.lent_link is not None,
    )


def latest_kept(access: OpenResponse) -> int | None:
    """Return the time of the last stored change; None once the response is sent: no device may keep it then."""
    if access.response.submitted_at:
        return None
    return access.response.document.latest


def page_for(access: OpenResponse, number: int, plain: bool) -> str:
    """Return the page of that number as it is now. Raises ``IndexError`` when there is none."""
    ready = question_page(access.campaign, number, access.response.college or "", plain)
    stored, lent = access.response.document.answers, access.response.lent_link is not None
    return rendered(ready, csrf_token(access.key), stored, latest=latest_kept(access), lent=lent)
