"""The blueprint of /repondre, and the headers of all its pages: no caching, no address sent to other sites."""

import gzip
from collections.abc import Sequence

from flask import Blueprint, Response, jsonify, render_template, request
from flask_babel import lazy_gettext
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from restitution.text.language import gettext as _
from restitution.text.language import reason
from storage.campaigns.campaigns import Campaign
from storage.core.database_errors import DatabaseNotReady, DatabaseUnavailable, SQLError
from storage.responses.responses import (
    CampaignCancelled,
    CampaignClosed,
    ResponseDeleted,
    ResponseRefused,
    UnknownResponse,
)
from web.http.errors import RETRY_AFTER, is_outage, typed_sentences

blueprint = Blueprint("respond", __name__, url_prefix="/repondre")

PLAIN = "facile"
SCRIPT = "application/json"
"""What the script of a page accepts, and nobody else."""

_WORTH_COMPRESSING = 1024
_LARGEST_BODY = 4_000_000


class LinkRefused(Exception):  # named like storage's refusals, which it stands beside
    """A link that is unknown, revoked or used; its page says why and what to do."""

    def __init__(
        self, title: str, sentence: str, status: int, campaign: Campaign | None = None, *, over: bool = False
    ) -> None:
        """``over`` says that no code opens anything of that campaign any more."""
        super().__init__(sentence)
        self.title, self.sentence, self.status, self.campaign = title, sentence, status, campaign
        self.over = over


def plain_wording() -> bool:
    """Whether this address asks for the easy-to-read wording, which every link of the page then carries on."""
    return request.args.get("lecture") == PLAIN


def wants_json() -> bool:
    """Whether the request comes from the page's own script, which reads JSON."""
    return request.headers.get("Accept") == SCRIPT


@blueprint.url_defaults
def _carry_wording(_endpoint: str, values: dict[str, object]) -> None:
    """Every address of these pages keeps the wording chosen, unless it says otherwise."""
    if plain_wording():
        values.setdefault("lecture", PLAIN)


@blueprint.context_processor
def _wording() -> dict[str, object]:
    return {"plain": plain_wording()}


@blueprint.before_request
def _allow_long_texts() -> None:
    """A comment far too long must be read to be given back: 100 kB of accents weigh six times that in a form."""
    request.max_content_length = request.max_form_memory_size = _LARGEST_BODY


@blueprint.errorhandler(LinkRefused)
def _refuse_link(refusal: LinkRefused) -> tuple[str, int]:
    return _page(refusal.title, refusal.sentence, refusal.campaign, over=refusal.over), refusal.status


@blueprint.errorhandler(ResponseRefused)
def _refuse_response(refusal: ResponseRefused) -> tuple[Response | str, int]:
    title, status = _TITLES.get(type(refusal), _OTHERWISE)
    if wants_json():
        return jsonify(sentence=reason(refusal)), status
    if isinstance(refusal, CampaignCancelled):
        # What the device still keeps is given back by the next page, which then forgets it.
        texts = typed_sentences() if request.method == "POST" else []
        return _page(str(title), reason(refusal), ended=True, over=True, to_give_back=True, given_back=texts), status
    closed, ended = isinstance(refusal, CampaignClosed), isinstance(refusal, ResponseDeleted)
    return _page(str(title), reason(refusal), closed=closed, ended=ended), status


def cancelled_page(texts: Sequence[str]) -> tuple[str, int]:
    """Return the page of a cancelled campaign with the texts that a device could not save, and the status."""
    title, status = _TITLES[CampaignCancelled]
    return _page(str(title), reason(CampaignCancelled()), ended=True, over=True, given_back=texts), status


_TITLES = {
    UnknownResponse: (lazy_gettext("Cette adresse n’ouvre aucun questionnaire"), 404),
    CampaignCancelled: (lazy_gettext("Cette campagne a été annulée"), 410),
    ResponseDeleted: (lazy_gettext("Ces réponses ont été supprimées"), 410),
    CampaignClosed: (lazy_gettext("La collecte est terminée"), 409),
}
_OTHERWISE = (lazy_gettext("Ce n’est pas possible"), 400)


@blueprint.errorhandler(DatabaseUnavailable)
@blueprint.errorhandler(DatabaseNotReady)
@blueprint.errorhandler(SQLError)
def _wait(error: Exception) -> tuple[str, int, dict[str, str]]:
    """What was typed stays in the page, to be sent again: nothing of it is lost, and nothing of it was kept."""
    if not is_outage(error):
        raise error
    fields = list(request.form.items(multi=True))
    html = _page(_("Un instant, s’il vous plaît"), WAIT if fields else _LATER, fields=fields, written=typed_sentences())
    return html, 503, {"Retry-After": RETRY_AFTER}


WAIT = lazy_gettext(
    "Le site ne peut rien enregistrer pour le moment. Ce que vous avez répondu est gardé dans cette page : "
    "laissez-la ouverte, attendez un instant, puis envoyez de nouveau."
)
_LATER = lazy_gettext(
    "Le site est indisponible pour le moment. Tout ce qui était enregistré le reste : revenez dans un instant."
)


@blueprint.errorhandler(RequestEntityTooLarge)
def _refuse_flood(_error: RequestEntityTooLarge) -> tuple[str, int]:
    sentence = _("Votre envoi est trop lourd pour être lu. Revenez en arrière, raccourcissez vos textes, et renvoyez.")
    return _page(_("C’est trop long"), sentence), 413


@blueprint.errorhandler(BadRequest)
def _refuse_broken(_error: BadRequest) -> tuple[str, int]:
    sentence = _(
        "Votre envoi est arrivé incomplet, sans doute à cause du réseau. "
        "Revenez en arrière : ce que vous aviez écrit y est encore. Puis envoyez de nouveau."
    )
    return _page(_("L’envoi a été coupé"), sentence), 400


def _page(title: str, sentence: str, campaign: Campaign | None = None, **content: object) -> str:
    return render_template(
        "respond/refused.html", heading=title, sentence=sentence, campaign=campaign, key=_key(), **content
    )


def _key() -> str | None:
    return (request.view_args or {}).get("key")


@blueprint.after_request
def keep_private(response: Response) -> Response:
    """Set the headers of a private page: no caching, no referrer, no search engine; and compress it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return _compressed(response)


def _compressed(response: Response) -> Response:
    """The page as gzip when the browser takes it: at its fastest, a quarter of the weight for 0.05 ms."""
    if (response.content_length or 0) < _WORTH_COMPRESSING:
        return response
    response.headers["Vary"] = "Accept-Encoding"
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.set_data(gzip.compress(response.get_data(), compresslevel=1, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
