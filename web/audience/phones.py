"""A phone of the room: the code, then what the room looks at in large print, or what it is asked. No cookie."""

from __future__ import annotations

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.routing import BaseConverter

from restitution.text.language import gettext as _
from restitution.text.language import reason
from storage.audience.audiences import (
    Audience,
    AudienceOver,
    NotJoined,
    TooManyPhones,
    audience_by_code,
    has_joined,
    join_audience,
)
from storage.audience.watching import version_of
from storage.campaigns.campaigns import Campaign, campaign_by_id
from storage.core.database_errors import DatabaseUnavailable
from storage.core.errors import CampaignError
from storage.core.tokens import ROOM_CODE_LENGTH, ROOM_CODE_LETTERS, SHORTEST_NONCE, new_secret
from storage.responses.workshops import normal_code
from web.audience.asked import AskedPage, recorded
from web.http.database import connection
from web.http.security.rate_limits import (
    PHONES_FROM_ONE_PLACE,
    TooMany,
    client_network,
    count_attempts,
    count_code_attempt,
    refuse_blocked,
)
from web.http.stray_signs import code_at_end
from web.respond.blueprint import keep_private, wants_json
from web.respond.forms import ButtonForm
from web.respond.response_access import csrf_meta, csrf_token

LARGEST_BODY = 20_000
LONGEST_KEY = 64


class RoomCode(BaseConverter):
    """The code of a room in an address, capitals or not: no name of a campaign looks like it."""

    regex = f"[{ROOM_CODE_LETTERS}{ROOM_CODE_LETTERS.lower()}]{{{ROOM_CODE_LENGTH}}}"
    weight = 50  # before the names of campaigns


blueprint = Blueprint("audience", __name__, url_prefix="/seance")
blueprint.after_request(keep_private)


@blueprint.record
def _know_codes(state: BlueprintSetupState) -> None:
    state.app.url_map.converters["room"] = RoomCode


class Refused(Exception):
    """The code or the page is not valid: the answer says why and what to do."""

    def __init__(self, title: str, sentence: str, status: int, campaign: Campaign | None = None) -> None:
        super().__init__(sentence)
        self.title, self.sentence, self.status, self.campaign = title, sentence, status, campaign


@blueprint.before_request
def _limit_texts() -> None:
    request.max_content_length = request.max_form_memory_size = LARGEST_BODY


@blueprint.errorhandler(Refused)
def _refuse(refusal: Refused) -> ResponseReturnValue:
    if wants_json():
        return jsonify(problems=[refusal.sentence]), refusal.status
    html = render_template(
        "audience/refused.html", heading=refusal.title, sentence=refusal.sentence, campaign=refusal.campaign
    )
    return html, refusal.status


@blueprint.errorhandler(TooMany)
def _slow_down(refusal: TooMany) -> ResponseReturnValue:
    if refusal.limit is PHONES_FROM_ONE_PLACE:
        sentence = _("Beaucoup de téléphones arrivent d’ici en même temps. Attendez une minute, puis réessayez.")
    else:
        sentence = _(
            "Trop de codes inconnus ont été essayés d’ici en peu de temps. Attendez une minute, puis réessayez."
        )
    return _refuse(Refused(_("Trop d’essais en peu de temps"), sentence, 429))


@blueprint.errorhandler(DatabaseUnavailable)
def _wait(busy: DatabaseUnavailable) -> ResponseReturnValue:
    return _refuse(Refused(_("Un instant, s’il vous plaît"), str(busy), 503))


@blueprint.errorhandler(RequestEntityTooLarge)
def _refuse_flood(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    sentence = _("Votre envoi est trop lourd pour être lu. Revenez en arrière, raccourcissez votre texte, et renvoyez.")
    return _refuse(Refused(_("C’est trop long"), sentence, 413))


@blueprint.errorhandler(BadRequest)
def _refuse_broken(_error: BadRequest) -> ResponseReturnValue:
    sentence = _("Votre envoi est arrivé incomplet, sans doute à cause du réseau. Revenez en arrière, et renvoyez.")
    return _refuse(Refused(_("L’envoi a été coupé"), sentence, 400))


@blueprint.get("/")
def code_entry() -> ResponseReturnValue:
    """Show the form for the code of a room."""
    if code := normal_code(code_at_end(request.args.get("code", "")))[:ROOM_CODE_LENGTH]:
        if len(code) == ROOM_CODE_LENGTH and set(code) <= set(ROOM_CODE_LETTERS):
            return redirect(url_for("audience.join", room=code), 303)
        return _entry(_("Ce code n’est pas entier : six lettres ou chiffres, sans voyelle ni zéro.")), 422
    return _entry(_("Écrivez ici le code montré à l’écran.") if "code" in request.args else "")


def _entry(problem: str) -> str:
    return render_template("audience/code_entry.html", problem=problem, typed=request.args.get("code", "")[:40])


@blueprint.get("/<room:room>")
def join(room: str) -> ResponseReturnValue:
    """Say what the room does with its phones, and offer to join."""
    audience, campaign = _open(room)
    return _join_page(audience, campaign)


def _found(code: str) -> tuple[Audience, Campaign]:
    """The room of that code and its campaign; attempts with unknown codes are limited, as codes could be guessed."""
    tried = count_code_attempt()
    audience = audience_by_code(connection(), code)
    campaign = audience and campaign_by_id(connection(), audience.campaign_id)
    if not audience or not campaign:
        sentence = _("Regardez de nouveau le code sur l’écran : six lettres ou chiffres, sans voyelle ni zéro.")
        raise Refused(_("Aucune séance n’a ce code"), sentence, 404)
    tried.clear()
    return audience, campaign


def _open(code: str) -> tuple[Audience, Campaign]:
    audience, campaign = _found(code)
    if audience.ended:
        raise Refused(
            _("Cette séance est terminée"),
            _("On ne peut plus y répondre. Ce que la salle a choisi est dans le compte rendu de la séance."),
            410,
            campaign,
        )
    return audience, campaign


def _join_page(audience: Audience, campaign: Campaign, problem: str = "") -> str:
    nonce = new_secret()
    return render_template(
        "audience/join.html",
        audience=audience,
        campaign=campaign,
        nonce=nonce,
        csrf_token=csrf_token("room", audience.code, nonce),
        problem=problem,
    )


@blueprint.post("/<room:room>")
def start(room: str) -> ResponseReturnValue:
    """Join; a double click joins once, as the page has drawn the key of the phone."""
    audience, campaign = _open(room)
    key = request.form.get("nonce", "")
    form = ButtonForm(request.form, meta=csrf_meta("room", audience.code, key))
    if form.refusal or not SHORTEST_NONCE <= len(key) <= LONGEST_KEY:
        return _join_page(audience, campaign, _("Cette page est restée ouverte longtemps. Appuyez de nouveau.")), 400
    try:
        if not has_joined(connection(), audience, key):
            count_attempts((PHONES_FROM_ONE_PLACE, f"{audience.id} {client_network()}"))
        join_audience(connection(), audience, key)
    except AudienceOver:
        return redirect(url_for("audience.join", room=audience.code), 303)
    except TooManyPhones as full:
        return _join_page(audience, campaign, reason(full)), 429
    return redirect(url_for("audience.follow", room=audience.code, key=key), 303)


@blueprint.get("/<room:room>/etat")
def state(room: str) -> ResponseReturnValue:
    """Return the version of what the room looks at, for the scripts of phones; 304 when nothing has changed."""
    version = version_of(connection(), room)
    if version is None:
        refuse_blocked()
        count_code_attempt()
    reply = jsonify(version=version)
    reply.set_etag(str(version))
    return reply.make_conditional(request)


@blueprint.get("/<room:room>/<key>")
def follow(room: str, key: str) -> ResponseReturnValue:
    """Show what the room is asked, or the slide it looks at in large print."""
    return _page_of(room, key).html()


def _page_of(code: str, key: str) -> AskedPage:
    audience = audience_by_code(connection(), code)
    campaign = audience and campaign_by_id(connection(), audience.campaign_id)
    if audience and campaign and (audience.ended or has_joined(connection(), audience, key)):
        return AskedPage(audience, campaign, key)
    _found(code)
    raise Refused(_("Ce téléphone n’est plus dans la salle"), reason(NotJoined()), 404)


@blueprint.post("/<room:room>/<key>")
def answer(room: str, key: str) -> ResponseReturnValue:
    """Record what the phone answers; what cannot be recorded is given back, whole, with every problem."""
    page = _page_of(room, key)
    form = ButtonForm(request.form, meta=csrf_meta("room", page.audience.code, key))
    problems, status = [form.refusal] if form.refusal else [], 400
    if not problems:
        try:
            recorded(page, request.form)
        except CampaignError as refusal:
            problems, status = [reason(refusal)], 409 if isinstance(refusal, AudienceOver) else 422
    if wants_json():
        return jsonify(problems=problems, status=page.fresh().status), status if problems else 200
    if problems:
        return page.html(problems), status
    return redirect(url_for("audience.follow", room=page.audience.code, key=key), 303)
