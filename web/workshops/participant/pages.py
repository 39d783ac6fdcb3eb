"""What the pages of a participant show: a question in the words of a college, rendered once for all participants."""

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
from web.http.language import reader
from web.respond.blueprint import plain_wording
from web.respond.forms import FormProblem
from web.respond.pages.compiled import CompiledPage
from web.respond.pages.questions import compiled, placeholders_of_answer, placeholders_of_problems
from web.respond.pages.wording import Wording, grid_in, wording_of
from web.respond.response_access import OpenResponse, csrf_token

_KEPT = 200  # pages of one question, of about 10 kB


@dataclass(frozen=True)
class AskedSkill:
    """A skill as a college is asked about it: its form, and its page ready to be filled in."""

    page: Page
    form: type[PageForm]
    compiled: CompiledPage


@dataclass(frozen=True)
class Participant:
    """A participant of a workshop: their response, and the skill of their page."""

    workshop: Workshop
    campaign: Campaign
    access: OpenResponse
    skill: str

    @property
    def stored(self) -> Mapping[str, Answer]:
        """Their answers so far, by skill code."""
        return self.access.response.document.answers


def _asked(campaign: Campaign, skill: str, college: str, wording: Wording, _language: str) -> AskedSkill:
    questionnaire = Questionnaire(grid_in(campaign, wording), "full", college, wording.plain)
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


def _ready(participant: Participant) -> AskedSkill:
    pages = current_app.extensions["workshop_pages"]
    asked: AskedSkill = pages(
        participant.campaign,
        participant.skill,
        participant.access.response.college or "",
        wording_of(participant.campaign, plain_wording()),
        reader(),
    )
    return asked


def _end(participant: Participant) -> str:
    return render_template(
        "workshops/participant/end.html",
        campaign=participant.campaign,
        key=participant.access.key,
        is_open=participant.campaign.status == "open",
    )


def _filled(
    participant: Participant, typed: Mapping[str, Answer] | None = None, problems: tuple[FormProblem, ...] = ()
) -> str:
    ready, stored, code = _ready(participant), participant.stored, participant.skill
    here = stored.get(code, UNANSWERED)
    values = {
        "csrf": csrf_token(participant.access.key),
        "shown": shown([here]),
        "code": participant.workshop.code,
        "state": url_for("participant.state", code=participant.workshop.code),
        "current": participant.workshop.current,
        "where": _(
            "Savoir-faire %(n)s sur %(total)s", n=_number(participant, code), total=len(participant.workshop.skills)
        ),
        "status": _status(here, saved=not problems),
        "reached_skills": _reached_skills(participant),
        "own": url_for("respond.later", key=participant.access.key),
    }
    values.update(placeholders_of_answer(ready.page.questions[0], (typed or stored).get(code, UNANSWERED)))
    if problems:
        values.update(placeholders_of_problems(problems))
    return ready.compiled.fill(values)


def _number(participant: Participant, code: str) -> int:
    return participant.workshop.skills.index(code) + 1


def _status(answer: Answer, *, saved: bool) -> str:
    if not saved:
        return _("Pas encore enregistré")
    return _("✓ Enregistré") if answer.answered else _("Pas encore de réponse")


def _reached_skills(participant: Participant) -> Markup:
    """The skills that the group has come to, each with whether it is answered."""
    html = render_template(
        "workshops/participant/reached_skills.html", participant=participant, grid=participant.campaign.grid
    )
    return Markup(html)  # noqa: S704  # a template of ours, which escapes
