"""One skill at a time, at the group's pace: shown, saved, and followed when the facilitator goes on."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from flask import Flask, current_app, jsonify, redirect, render_template, request, url_for
from flask import Response as Reply
from flask.blueprints import BlueprintSetupState
from markupsafe import Markup
from werkzeug.wrappers import Response

from questionnaires import Answer, Page, Questionnaire
from questionnaires.answers import UNANSWERED, answers_in
from questionnaires.fields import field_name
from questionnaires.forms import PageForm, page_form, shown
from restitution.language import gettext as _
from restitution.radar import axes_of
from storage.campaigns import Campaign
from storage.database import DatabaseUnavailable, writing
from storage.responses import CampaignClosed, UnknownResponse, save_answers
from storage.workshops import Workshop, WorkshopOver, has_joined, join_workshop, workshop_by_code
from web.database import connection
from web.limits import guessing, refuse_blocked
from web.respond.answering import refusal_of, withdrawn
from web.respond.blueprint import plain_wording, wants_json
from web.respond.capability import Opened, mark, opened, protected
from web.respond.compiled import CompiledPage
from web.respond.question_pages import Problem, compiled, holes_of_answer, holes_of_problems
from web.workshop.blueprint import Refused, blueprint, found, workshop_of

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
        return answers_in(self.way.response.document)


@blueprint.record
def _keep_pages(state: BlueprintSetupState) -> None:
    cast(Flask, state.app).extensions["workshop_pages"] = lru_cache(_KEPT)(_asked)


def _asked(campaign: Campaign, skill: str, college: str, plain: bool) -> AskedSkill:
    questionnaire = Questionnaire(campaign.grid, "full", college, plain)
    page = next(page for page in questionnaire.pages if skill in page.codes)
    question = next(question for question in page.questions if question.code == skill)
    html = render_template(
        "workshop/question.html",
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


@blueprint.get("/<code>/etat")
def state(code: str) -> Response:
    """Where the group is, for the scripts of phones: a few bytes, or none when nothing has changed."""
    refuse_blocked()
    workshop = workshop_by_code(connection(), code)
    if workshop is None:
        guessing()
    reply = jsonify(skill=workshop.current if workshop and not workshop.ended else "")
    reply.set_etag(f"{workshop.version}-{workshop.ended}" if workshop else "none")
    return reply.make_conditional(request)


@blueprint.get("/<code>/<key>")
def answer(code: str, key: str) -> Response | str:
    """The skill that the group is talking about, or an earlier one; at the end, where one's response goes on."""
    seat = _seat(code, key, request.args.get("savoir", ""))
    if seat.workshop.ended:
        return _end(seat)
    return _filled(seat)


def _seat(code: str, key: str, wanted: str) -> Seat:
    way = opened(key)
    workshop, campaign = workshop_of(code) if has_joined(connection(), way.response.id, code) else found(code)
    if way.response.campaign_id != campaign.id or way.response.mode == "atelier":
        raise UnknownResponse
    return Seat(workshop, campaign, way, wanted if wanted in workshop.met else workshop.current)


def _end(seat: Seat) -> str:
    return render_template(
        "workshop/end.html", campaign=seat.campaign, key=seat.way.key, is_open=seat.campaign.status == "open"
    )


def _filled(seat: Seat, typed: Mapping[str, Answer] | None = None, problems: tuple[Problem, ...] = ()) -> str:
    ready, stored, code = _ready(seat), seat.stored, seat.skill
    here = stored.get(code, UNANSWERED)
    values = {
        "csrf": mark(seat.way.key),
        "shown": shown([here]),
        "code": seat.workshop.code,
        "state": url_for("workshop.state", code=seat.workshop.code),
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
    html = render_template("workshop/met.html", seat=seat, grid=seat.campaign.grid)
    return Markup(html)  # noqa: S704  # a template of ours, which escapes


@blueprint.post("/<code>/<key>")
def save(code: str, key: str) -> Response | Reply | str | tuple[str, int] | tuple[Reply, int]:
    """Save the answer to one skill; what cannot be saved is given back, whole."""
    wanted = request.form.get("savoir", "")
    seat = _seat(code, key, wanted)
    if seat.workshop.ended:
        raise _over(seat)
    if wanted != seat.skill:
        raise Refused(_("Ce savoir-faire n’est pas encore ouvert"), _not_met(), 422, key, seat.campaign)
    form = _ready(seat).form(request.form, meta=protected(key))
    stored, problems, status = _saved(seat, form)
    if wants_json():
        return _told(form, seat, stored, problems, status)
    if problems:
        return _filled(seat, form.typed(stored), problems), status
    return redirect(url_for("workshop.answer", code=seat.workshop.code, key=key, savoir=_stay(seat)), 303)


def _not_met() -> str:
    return _("Le groupe n’y est pas encore arrivé, ou il n’est pas au programme. Revenez à l’atelier.")


def _over(seat: Seat) -> Refused:
    if seat.campaign.status != "open":
        return Refused(_("La collecte est terminée"), CampaignClosed.sentence, 409, seat.way.key, seat.campaign)
    sentence = _("Votre dernier choix n’est pas enregistré ici, mais vous pouvez encore répondre à votre adresse.")
    return Refused(_("L’atelier est terminé"), sentence, 409, seat.way.key, seat.campaign)


def _stay(seat: Seat) -> str | None:
    """An earlier skill stays shown once it is saved; the group's own is what the address shows by itself."""
    return None if seat.skill == seat.workshop.current else seat.skill


def _saved(seat: Seat, form: PageForm) -> tuple[Mapping[str, Answer], tuple[Problem, ...], int]:
    """What is stored now, what could not be, and the status that says it."""
    stored = seat.stored
    if refusal := refusal_of(form):
        return stored, (refusal,), 400
    changes = withdrawn(form.changes(stored), request.form.get("effacer"), form, stored)
    try:
        if changes:
            with writing(connection()):
                stored = answers_in(save_answers(connection(), seat.way.key, changes).document)
                join_workshop(connection(), seat.workshop, seat.way.response.id)
    except WorkshopOver:
        raise _over(seat) from None
    except DatabaseUnavailable as busy:
        return seat.stored, (Problem(str(busy)),), 503
    problems = tuple(Problem(sentence, field) for field, sentence in form.problems())
    return stored, problems, 422 if problems else 200


def _told(
    form: PageForm, seat: Seat, stored: Mapping[str, Answer], problems: tuple[Problem, ...], status: int
) -> tuple[Reply, int]:
    """What the page's script needs after saving."""
    here = stored.get(seat.skill, UNANSWERED)
    said = {
        "shown": form.shown_after({seat.skill: here}, stored) if status < 400 else form.shown,
        "status": _status(here, saved=not problems),
        "problems": [{"field": one.field, "sentence": one.sentence} for one in problems],
    }
    return jsonify(said), status
