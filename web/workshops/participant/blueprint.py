"""The blueprint of /atelier: as under /repondre, no cookie, no caching, no address sent to other sites."""

from flask import Blueprint, jsonify, render_template, request
from flask import Response as Page
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from restitution.text.language import gettext as _
from restitution.text.language import reason
from storage.campaigns.after_opening.cancelled import cancelled_campaign
from storage.campaigns.campaigns import Campaign, campaign_by_id
from storage.core.database_errors import DatabaseUnavailable
from storage.responses.responses import CampaignCancelled, ResponseDeleted, ResponseRefused, UnknownResponse
from storage.responses.workshops import Workshop, workshop_by_code
from web.http.database import connection
from web.http.security.rate_limits import TooMany, count_code_attempt
from web.respond.blueprint import PLAIN, keep_private, plain_wording, wants_json

blueprint = Blueprint("participant", __name__, url_prefix="/atelier")
blueprint.after_request(keep_private)

_LARGEST_BODY = 200_000


class Refused(Exception):
    """The code, the workshop or the page is not valid: the answer says why, what to do, and where one's answers are."""

    def __init__(self, title: str, sentence: str, status: int, key: str = "", campaign: Campaign | None = None) -> None:
        super().__init__(sentence)
        self.title, self.sentence, self.status, self.key, self.campaign = title, sentence, status, key, campaign


def workshop_of(code: str) -> tuple[Workshop, Campaign]:
    """Return the workshop of that code and its campaign. Raises ``Refused`` when there is none."""
    workshop = workshop_by_code(connection(), code)
    campaign = workshop and campaign_by_id(connection(), workshop.campaign_id)
    if not workshop and cancelled_campaign(connection(), code):
        raise Refused(_("Cette campagne a été annulée"), CampaignCancelled.sentence, 410)
    if not workshop or not campaign:
        raise Refused(
            _("Aucun atelier n’a ce code"),
            _("Regardez de nouveau le code sur l’écran : six lettres ou chiffres, sans voyelle ni zéro."),
            404,
        )
    return workshop, campaign


def workshop_of_typed_code(code: str) -> tuple[Workshop, Campaign]:
    """Return the same; attempts with unknown codes are limited, as codes could be guessed."""
    tried = count_code_attempt()
    workshop = workshop_of(code)
    tried.clear()
    return workshop


@blueprint.url_defaults
def _carry_wording(_endpoint: str, values: dict[str, object]) -> None:
    """Every address of these pages keeps the wording chosen, unless it says otherwise."""
    if plain_wording():
        values.setdefault("lecture", PLAIN)


@blueprint.context_processor
def _wording() -> dict[str, object]:
    return {"plain": plain_wording()}


@blueprint.before_request
def _limit_texts() -> None:
    request.max_content_length = request.max_form_memory_size = _LARGEST_BODY


@blueprint.errorhandler(Refused)
def _refuse(refusal: Refused) -> tuple[str | Page, int]:
    if wants_json():
        return jsonify(sentence=reason(refusal)), refusal.status
    return _page(refusal.title, refusal.sentence, refusal.key, refusal.campaign), refusal.status


@blueprint.errorhandler(ResponseRefused)
def _refuse_response(refusal: ResponseRefused) -> tuple[str | Page, int]:
    if isinstance(refusal, UnknownResponse):
        sentence = _("Elle est peut-être incomplète. Rejoignez de nouveau l’atelier avec le code montré à l’écran.")
        return _refuse(Refused(_("Cette adresse ne mène à aucune réponse"), sentence, 404))
    if isinstance(refusal, CampaignCancelled):
        return _refuse(Refused(_("Cette campagne a été annulée"), reason(refusal), 410))
    if isinstance(refusal, ResponseDeleted):
        return _refuse(Refused(_("Ces réponses ont été supprimées"), reason(refusal), 410))
    return _refuse(Refused(_("Ce n’est pas possible"), reason(refusal), 409, _key()))


@blueprint.errorhandler(TooMany)
def _slow_down(_refusal: TooMany) -> tuple[str | Page, int]:
    sentence = _("Trop de codes inconnus ont été essayés d’ici en peu de temps. Attendez une minute, puis réessayez.")
    return _refuse(Refused(_("Trop d’essais en peu de temps"), sentence, 429, _key()))


@blueprint.errorhandler(DatabaseUnavailable)
def _wait(busy: DatabaseUnavailable) -> tuple[str, int]:
    return _page(_("Un instant, s’il vous plaît"), str(busy), _key()), 503


@blueprint.errorhandler(RequestEntityTooLarge)
def _refuse_flood(_error: RequestEntityTooLarge) -> tuple[str, int]:
    sentence = _("Votre envoi est trop lourd pour être lu. Revenez en arrière, raccourcissez vos textes, et renvoyez.")
    return _page(_("C’est trop long"), sentence, _key()), 413


@blueprint.errorhandler(BadRequest)
def _refuse_broken(_error: BadRequest) -> tuple[str, int]:
    sentence = _("Votre envoi est arrivé incomplet, sans doute à cause du réseau. Revenez en arrière, et renvoyez.")
    return _page(_("L’envoi a été coupé"), sentence, _key()), 400


def _key() -> str:
    return str((request.view_args or {}).get("key", ""))


def _page(title: str, sentence: str, key: str = "", campaign: Campaign | None = None) -> str:
    return render_template(
        "workshops/participant/refused.html", heading=title, sentence=sentence, key=key, campaign=campaign
    )
