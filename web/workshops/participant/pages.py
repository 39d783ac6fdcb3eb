"""What a participant's pages are given: a question in the words of a college, made once for all."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app, render_template, url_for
from markupsafe import Markup

from questionnaires import Answer, Page, Questionnaire
from questionnaires.answers import UNANSWERED
from questionnaires.fields import field_name
from questionnaires.forms import PageForm, page_form, shown
from restitution.chart_data.radar import axes_of
from restitution.text.language import gettext as _
from storage.campaigns.campaigns import Campaign
from storage.responses.workshops import Workshop
from web.respond.blueprint import plain_wording
from web.respond.forms import Problem
from web.respond.pages.compiled import CompiledPage
from web.respond.pages.questions import compiled, holes_of_answer, holes_of_problems
from web.respond.response_access import Opened, mark

_KEPT = 200  # pages of one question, of about 10 kB


@dataclass(frozen=True)
class AskedSkill:
    """One skill as one college is asked about it: its form, and its page ready to be filled."""

    page: Page
    form: type[PageForm]
    compiled: CompiledPage


@dataclass(frozen=True)
class Seat:
    """A participant in a workshop: their response, and the skill that their page is about."""

    workshop: Workshop
    campaign: Campaign
    way: Opened
    skill: str

    @property
    def stored(self) -> Mapping[str, Answer]:
        """What they have answered so far."""
        return self.way.response.document.answers


def _asked(campaign: Campaign, skill: str, college: str, plain: bool) -> AskedSkill:
    questionnaire = Questionnaire(campaign.grid, "full", college, plain)
    page = next(page for page in questionnaire.pages if skill in page.codes)
    question = next(question for question in page.questions if question.code == skill)
    html = render_template(
        "workshops/participant/question.html",
        campaign=campaign,
        college=campaign.college(college),
        family=page.family,
        question=question,
        field_name=field_name,
        own=next(axis for axis in axes_of(campaign.grid) if axis.code == page.family.code),
    )
    alone = Page(1, page.family, (question,))
    return AskedSkill(alone, page_form(alone), compiled(html))


def _ready(seat: Seat) -> AskedSkill:
    pages = current_app.extensions["workshop_pages"]
    asked: AskedSkill = pages(seat.campaign, seat.skill, seat.way.response.college or "", plain_wording())
    return asked


def _end(seat: Seat) -> str:
    return render_template(
        "workshops/participant/end.html",
        campaign=seat.campaign,
        key=seat.way.key,
        is_open=seat.campaign.status == "open",
    )


def _filled(seat: Seat, typed: Mapping[str, Answer] | None = None, problems: tuple[Problem, ...] = ()) -> str:
    ready, stored, code = _ready(seat), seat.stored, seat.skill
    here = stored.get(code, UNANSWERED)
    values = {
        "csrf": mark(seat.way.key),
        "shown": shown([here]),
        "code": seat.workshop.code,
        "state": url_for("participant.state", code=seat.workshop.code),
        "current": seat.workshop.current,
        "where": _("Savoir-faire %(n)s sur %(total)s", n=_number(seat, code), total=len(seat.workshop.skills)),
        "status": _status(here, saved=not problems),
        "met": _met(seat),
        "own": url_for("respond.later", key=seat.way.key),
    }
    values.update(holes_of_answer(code, (typed or stored).get(code, UNANSWERED)))
    if problems:
        values.update(holes_of_problems(problems))
    return ready.compiled.fill(values)


def _number(seat: Seat, code: str) -> int:
    return seat.workshop.skills.index(code) + 1


def _status(answer: Answer, *, saved: bool) -> str:
    if not saved:
        return _("Pas encore enregistré")
    return _("✓ Enregistré") if answer.answered else _("Pas encore de réponse")


def _met(seat: Seat) -> Markup:
    """The skills that the group has come to, each with whether it is answered."""
    html = render_template("workshops/participant/met.html", seat=seat, grid=seat.campaign.grid)
    return Markup(html)  # noqa: S704  # a template of ours, which escapes
