"""Entry pages: typing a link or a code, the welcome of a link, the college that begins a response."""

import re
from typing import NoReturn

from flask import redirect, request, url_for
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from questionnaires.fields import cleaned
from restitution.text.language import gettext as _
from storage.campaigns.after_opening.cancelled import CancelledCampaign, cancelled_campaign
from storage.campaigns.campaigns import Campaign, campaign_by_id
from storage.campaigns.share_links import INVITATION, Link, find_link
from storage.core.tokens import SHORTEST_NONCE, fingerprint, read_code
from storage.responses import link_codes
from storage.responses.responses import CampaignCancelled, UnknownCollege, find_response
from storage.responses.resume_codes import LENGTH, key_of, start_on_device, start_with_code, was_cancelled
from storage.responses.starting import InvitationUsed, begun_with, lend
from storage.responses.workshops import workshop_by_code
from web.http.database import connection
from web.http.security.rate_limits import TooMany, count_code_attempt
from web.http.security.start_limits import count_start
from web.http.stray_signs import code_at_end, without_punctuation
from web.respond.blueprint import LinkRefused, blueprint
from web.respond.forms import FormProblem, StartForm
from web.respond.pages.place import place_of
from web.respond.pages.welcome import code_entry_page, opening_sentence, welcome_page
from web.respond.response_access import OpenResponse, csrf_meta, open_response, secret

_CODE_IN_ADDRESS = re.compile(r"(?:(?:.*/)?repondre/)?([^/?#\s]+)[^\s]*")


@blueprint.get("/")
def code_entry() -> str:
    """Show the form where people type the link or the code that they have on paper."""
    return code_entry_page()


@blueprint.post("/")
def enter() -> Response | tuple[str, int]:
    """Open what was typed: a share link, whole or in part, its code, that of a workshop, or one that resumes.

    Sent as a form, not in the address: a code must not stay in a history or a log.
    """
    typed = cleaned(request.form.get("code", ""))
    if not typed:
        return code_entry_page(typed, _("Écrivez ou collez ici votre lien ou votre code.")), 422
    found = _CODE_IN_ADDRESS.fullmatch(without_punctuation(typed))
    token = without_punctuation(found[1]) if found else ""
    if token and _leads_somewhere(token):
        return redirect(url_for("respond.welcome", token=token), 303)
    try:
        return _by_code(typed)
    except TooMany:
        return code_entry_page(typed, _TOO_MANY), 429


def _by_code(typed: str) -> Response | tuple[str, int]:
    """Open what a short code opens; the same words for every code that opens nothing, whatever the reason."""
    tried = count_code_attempt()
    if workshop := workshop_by_code(connection(), code_at_end(typed)):
        tried.clear()
        return redirect(url_for("participant.join", code=workshop.code), 303)
    if token := _token_of_link(typed):
        tried.clear()
        return redirect(url_for("respond.welcome", token=token), 303)
    code = read_code(code_at_end(typed), LENGTH)
    key = key_of(connection(), code, secret()) if code else None
    if key is None:
        if _was_cancelled(typed):
            raise CampaignCancelled
        return code_entry_page(typed, _UNKNOWN_CODE), 422
    tried.clear()
    return redirect(place_of(_resumed(key)), 303)


def _token_of_link(typed: str) -> str | None:
    code = read_code(code_at_end(typed), link_codes.LENGTH)
    return link_codes.token_by_code(connection(), code, secret()) if code else None


def _was_cancelled(typed: str) -> bool:
    """Whether the code is that of a link or of a response of a campaign that was cancelled."""
    of_link, of_response = (read_code(code_at_end(typed), length) for length in (link_codes.LENGTH, LENGTH))
    found = (of_link and link_codes.was_cancelled(connection(), of_link, secret())) or (
        of_response and was_cancelled(connection(), of_response, secret())
    )
    return bool(found)


def _resumed(key: str) -> OpenResponse:
    """The response of a code; on a lent device, which says its link, it goes back to that link afterwards."""
    access, link = open_response(key), find_link(connection(), request.form.get("lien", ""))
    if link and link.lent and link.campaign_id == access.response.campaign_id:
        lend(connection(), key, link)
    return access


_UNKNOWN_CODE = lazy_gettext(
    "Rien ne s’ouvre avec ce lien ou ce code. Vérifiez-le lettre par lettre ; pour commencer, demandez un lien à la "
    "personne qui vous a invité."
)
_TOO_MANY = lazy_gettext(
    "Trop de codes inconnus ont été essayés d’ici en peu de temps. Réessayez dans une minute, ou ouvrez votre "
    "adresse complète : elle, elle marche toujours."
)


def _leads_somewhere(token: str) -> bool:
    known = find_link(connection(), token) or find_response(connection(), token)
    return bool(known or cancelled_campaign(connection(), fingerprint(token)))


@blueprint.get("/<token>")
def welcome(token: str) -> Response | str:
    """Say why, how long, how anonymously; redirect to one's own answers if the address is that of a response."""
    link, campaign = link_and_campaign(token)
    if link is None:
        return redirect(place_of(open_response(token)), 303)
    return welcome_page(token, link, campaign)


@blueprint.post("/<token>")
def start(token: str) -> Response | tuple[str, int]:
    """Begin a response for the chosen college, and go to its first page."""
    nonce = request.form.get("nonce", "")
    link, campaign = link_and_campaign(token, nonce)
    if link is None:
        return redirect(place_of(open_response(token)), 303)
    form = StartForm(request.form, meta=csrf_meta(token, nonce))
    if form.refusal or len(nonce) < SHORTEST_NONCE:
        sentence = _("Cette page est restée ouverte longtemps. Choisissez de nouveau, et c’est parti.")
        return welcome_page(token, link, campaign, FormProblem(sentence)), 400
    college = link.college or form.college.data
    try:
        key = begin(link, campaign, college, nonce)
    except UnknownCollege:
        return welcome_page(
            token, link, campaign, FormProblem(_("Choisissez l’un des groupes proposés."), "college")
        ), 422
    except TooMany:
        return welcome_page(token, link, campaign, FormProblem(str(CROWDED))), 429
    return redirect(url_for("respond.answer", key=key, number=1), 303)


def begin(link: Link, campaign: Campaign, college: str | None, nonce: str, *, on_device: bool = False) -> str:
    """Begin a response, or find the one that this nonce began, and return its key.

    ``on_device`` for a start that a lent device sends, and sends again until it is heard. Raises ``TooMany`` when this
    network begins too many, and as ``start_with_code`` does.
    """
    if link.kind != INVITATION and not begun_with(connection(), campaign, nonce) and _is_asked(campaign, college):
        count_start(campaign)
    start = start_on_device if on_device else start_with_code
    return start(connection(), campaign, link, college, nonce, secret())


CROWDED = lazy_gettext(
    "Beaucoup de réponses commencent d’ici en même temps. Attendez une minute, puis choisissez de nouveau : cette page "
    "reste valable."
)


def _is_asked(campaign: Campaign, college: str | None) -> bool:
    return college in {one.code for one in campaign.colleges}


def link_and_campaign(token: str, nonce: str = "") -> tuple[Link | None, Campaign]:
    """The link of that token and its open campaign. No link but a campaign: the token is someone's own key.

    An invitation that has served is refused, but for the ``nonce`` of the page that used it: a double click.
    """
    link = find_link(connection(), token)
    if link is None:
        return None, _campaign_of_key(token)
    campaign = campaign_by_id(connection(), link.campaign_id)
    assert campaign is not None  # noqa: S101  # a foreign key holds it
    _refuse_shut(link, campaign)
    if link.used and not begun_with(connection(), campaign, nonce):
        raise LinkRefused(_("Cette invitation a déjà servi"), InvitationUsed.sentence, 410, campaign)
    return link, campaign


def _campaign_of_key(token: str) -> Campaign:
    response = find_response(connection(), token)
    campaign = campaign_by_id(connection(), response.campaign_id) if response else None
    if campaign is None:
        refuse_unknown(token)
    return campaign


def refuse_unknown(token: str) -> NoReturn:
    """Raise ``LinkRefused`` for an address that opens nothing: cancelled, unknown, or left on a device given back."""
    if cancelled := cancelled_campaign(connection(), fingerprint(token)):
        raise LinkRefused(_("Cette campagne a été annulée"), _cancelled_words(cancelled), 410, over=True)
    raise LinkRefused(
        _("Cette adresse n’ouvre aucun questionnaire"),
        _(
            "Elle est peut-être incomplète, ou ce lien a été remplacé. Vérifiez-la lettre par lettre, "
            "ou demandez un nouveau lien à la personne qui vous a invité."
        ),
        404,
    )


def _cancelled_words(campaign: CancelledCampaign) -> str:
    return _(
        "« %(name)s » (%(territory)s, %(year)s) avait été ouverte par erreur : il n’y a rien à répondre, et toutes les "
        "réponses données ont été effacées. Merci de votre temps.",
        name=campaign.name,
        territory=campaign.territory,
        year=campaign.year,
    )


def _refuse_shut(link: Link, campaign: Campaign) -> None:
    if link.revoked:
        raise LinkRefused(
            _("Ce lien a été retiré"),
            _(
                "Il ne permet plus de commencer. Demandez un nouveau lien à la personne qui vous a invité. "
                "Si vous aviez déjà commencé, votre propre adresse fonctionne toujours."
            ),
            410,
            campaign,
        )
    if campaign.status == "draft":
        raise LinkRefused(_("La collecte n’est pas encore ouverte"), opening_sentence(campaign), 403, campaign)
    if campaign.status == "closed":
        raise LinkRefused(
            _("La collecte est terminée"),
            _("On ne peut plus y répondre. Merci de votre intérêt : le résultat sera présenté à tous."),
            410,
            campaign,
        )
