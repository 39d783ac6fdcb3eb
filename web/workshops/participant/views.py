"""The views of a participant: the code, one's college, one skill after another."""

from functools import lru_cache
from typing import cast

from flask import Flask, jsonify, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from questionnaires.answers import UNANSWERED
from restitution.text.language import gettext as _
from storage.campaigns.campaigns import Campaign
from storage.core.database import writing
from storage.core.database_errors import DatabaseUnavailable
from storage.core.tokens import SHORTEST_NONCE, new_secret
from storage.responses.responses import (
    CampaignClosed,
    UnknownCollege,
    UnknownResponse,
    find_response,
    start_response,
)
from storage.responses.starting import begun_with
from storage.responses.workshops import Workshop, WorkshopOver, has_joined, join_workshop, normal_code, workshop_by_code
from web.http.database import connection
from web.http.security.rate_limits import TooMany, count_code_attempt, refuse_blocked
from web.http.security.start_limits import count_start
from web.http.stray_signs import code_at_end
from web.respond.blueprint import wants_json
from web.respond.forms import FormProblem, StartForm
from web.respond.response_access import csrf_meta, csrf_token, open_response
from web.respond.saving import SaveResult, SentPage, read_form, save_page
from web.respond.views.welcome import CROWDED
from web.workshops.participant.blueprint import Refused, blueprint, workshop_of, workshop_of_typed_code
from web.workshops.participant.pages import _KEPT, Participant, _asked, _end, _filled, _ready, _status


@blueprint.get("/")
def code_entry() -> Response | str:
    """Show the form for the code of a workshop."""
    if code := normal_code(code_at_end(request.args.get("code", ""))):
        return redirect(url_for("participant.join", code=code), 303)
    problems = [FormProblem(_("Écrivez ici le code montré à l’écran."), "code")] if "code" in request.args else []
    return render_template("workshops/participant/code_entry.html", problems=problems)


@blueprint.get("/<code>")
def join(code: str) -> Response | str:
    """Say what the workshop is for and what becomes of answers, then ask for one's college."""
    workshop, campaign = _open(code)
    return _join_page(workshop, campaign)


def _open(code: str) -> tuple[Workshop, Campaign]:
    workshop, campaign = workshop_of_typed_code(code)
    if workshop.ended:
        closed = campaign.status != "open"
        raise Refused(
            _("Cet atelier est terminé"),
            _("La collecte est close : on ne peut plus y répondre.")
            if closed
            else _("On ne peut plus le rejoindre. Vos réponses, si vous en avez donné, restent à votre adresse."),
            410,
            campaign=campaign,
        )
    return workshop, campaign


def _join_page(workshop: Workshop, campaign: Campaign, problem: FormProblem | None = None) -> str:
    nonce = new_secret()
    wanted = request.args.get("college")
    return render_template(
        "workshops/participant/join.html",
        workshop=workshop,
        campaign=campaign,
        colleges=[one for one in campaign.colleges if one.code == wanted] or campaign.colleges,
        nonce=nonce,
        csrf_token=csrf_token(workshop.code, nonce),
        problems=[problem] if problem else [],
    )


@blueprint.post("/<code>")
def start(code: str) -> Response | tuple[str, int]:
    """Begin a response for that college and count the phone; idempotent: a double click begins one."""
    workshop, campaign = _open(code)
    nonce = request.form.get("nonce", "")
    form = StartForm(request.form, meta=csrf_meta(workshop.code, nonce))
    if form.refusal or len(nonce) < SHORTEST_NONCE:
        sentence = _("Cette page est restée ouverte longtemps. Choisissez de nouveau, et c’est parti.")
        return _join_page(workshop, campaign, FormProblem(sentence)), 400
    college = form.college.data or ""
    try:
        if not begun_with(connection(), campaign, nonce) and college in {one.code for one in campaign.colleges}:
            count_start(campaign)
        key = _joined(workshop, campaign, college, nonce)
    except UnknownCollege:
        return _join_page(workshop, campaign, FormProblem(_("Choisissez l’un des groupes proposés."), "college")), 422
    except TooMany:
        return _join_page(workshop, campaign, FormProblem(str(CROWDED))), 429
    except WorkshopOver:
        return _open(code) and (_join_page(workshop, campaign), 200)
    return redirect(url_for("participant.answer", code=workshop.code, key=key), 303)


def _joined(workshop: Workshop, campaign: Campaign, college: str, nonce: str) -> str:
    with writing(connection()):
        key = start_response(connection(), campaign, college, nonce=nonce)
        response = find_response(connection(), key)
        assert response is not None  # noqa: S101  # just begun
        join_workshop(connection(), workshop, response.id)
    return key


@blueprint.record
def _keep_pages(state: BlueprintSetupState) -> None:
    cast(Flask, state.app).extensions["workshop_pages"] = lru_cache(_KEPT)(_asked)


@blueprint.get("/<code>/etat")
def state(code: str) -> Response:
    """Return the current skill of the group for the scripts of phones; 304 when nothing has changed."""
    refuse_blocked()
    workshop = workshop_by_code(connection(), code)
    if workshop is None:
        count_code_attempt()
    reply = jsonify(skill=workshop.current if workshop and not workshop.ended else "")
    reply.set_etag(f"{workshop.version}-{workshop.ended}" if workshop else "none")
    return reply.make_conditional(request)


@blueprint.get("/<code>/<key>")
def answer(code: str, key: str) -> Response | str:
    """Show the skill under discussion, or an earlier one; at the end, where one's response continues."""
    participant = _participant(code, key, request.args.get("savoir", ""))
    if participant.workshop.ended:
        return _end(participant)
    return _filled(participant)


def _participant(code: str, key: str, wanted: str) -> Participant:
    access = open_response(key)
    workshop, campaign = (
        workshop_of(code) if has_joined(connection(), access.response.id, code) else workshop_of_typed_code(code)
    )
    if access.response.campaign_id != campaign.id or access.response.mode == "atelier":
        raise UnknownResponse
    return Participant(workshop, campaign, access, wanted if wanted in workshop.reached_skills else workshop.current)


@blueprint.post("/<code>/<key>")
def save(code: str, key: str) -> ResponseReturnValue:
    """Save the answer to one skill; what cannot be saved is given back, whole."""
    wanted = request.form.get("savoir", "")
    participant = _participant(code, key, wanted)
    if participant.workshop.ended:
        raise _over(participant)
    if wanted != participant.skill:
        raise Refused(_("Ce savoir-faire n’est pas encore ouvert"), _not_reached(), 422, key, participant.campaign)
    sent = read_form(_ready(participant).form, request.form, key, participant.stored)
    result = _saved(participant, sent)
    if wants_json():
        return _script_reply(participant, sent, result)
    if result.problems:
        return _filled(participant, sent.form.typed(result.stored), result.problems), result.status
    return redirect(
        url_for("participant.answer", code=participant.workshop.code, key=key, savoir=_stay(participant)), 303
    )


def _not_reached() -> str:
    return _("Le groupe n’y est pas encore arrivé, ou il n’est pas au programme. Revenez à l’atelier.")


def _over(participant: Participant) -> Refused:
    if participant.campaign.status != "open":
        return Refused(
            _("La collecte est terminée"), CampaignClosed.sentence, 409, participant.access.key, participant.campaign
        )
    sentence = _("Votre dernier choix n’est pas enregistré ici, mais vous pouvez encore répondre à votre adresse.")
    return Refused(_("L’atelier est terminé"), sentence, 409, participant.access.key, participant.campaign)


def _stay(participant: Participant) -> str | None:
    """An earlier skill stays shown once it is saved; the group's own is what the address shows by itself."""
    return None if participant.skill == participant.workshop.current else participant.skill


def _saved(participant: Participant, sent: SentPage) -> SaveResult:
    """Store the answer and count the phone in, in one transaction."""
    if not sent.changes:
        return save_page(participant.access, sent)
    try:
        with writing(connection()):
            result = save_page(participant.access, sent)
            join_workshop(connection(), participant.workshop, participant.access.response.id)
    except WorkshopOver:
        raise _over(participant) from None
    except DatabaseUnavailable as busy:
        return SaveResult(participant.access.response, {}, (FormProblem(str(busy)),), 503)
    return result


def _script_reply(participant: Participant, sent: SentPage, result: SaveResult) -> ResponseReturnValue:
    """What the page's script needs after saving."""
    here = result.stored.get(participant.skill, UNANSWERED)
    reply = {
        "shown": sent.form.shown_after({participant.skill: here}, result.stored)
        if result.status < 400
        else sent.form.shown,
        "status": _status(here, saved=not result.problems),
        "problems": [{"field": one.field, "sentence": one.sentence} for one in result.problems],
    }
    return jsonify(reply), result.status
