"""A device that passes from hand to hand: given back, it opens nothing of whoever answered on it."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from storage.campaigns.share_links import find_link
from storage.responses.responses import (
    CampaignCancelled,
    CampaignClosed,
    ResponseDeleted,
    UnknownResponse,
    submit_response,
)
from storage.responses.resume_codes import renew_key
from web.http.database import connection
from web.respond.blueprint import blueprint
from web.respond.forms import FormProblem, GiveBackForm
from web.respond.pages.response_page import response_page
from web.respond.response_access import OpenResponse, code_entry_address, code_of, csrf_meta, open_response, secret

GIVEN_BACK = "rendu"


@blueprint.get("/<key>/ici")
def here(key: str) -> str:
    """Ask whoever opens the link again on a device whether they are the one who began: kept there, shown by it."""
    return here_page(open_response(key))


def here_page(access: OpenResponse) -> str:
    return response_page("respond/here.html", access, link=access.lent_token)


@blueprint.get("/<key>/rendre")
def confirm_return(key: str) -> str:
    """Say what giving the device back means, and the code that opens these answers again elsewhere."""
    return return_page(open_response(key))


@blueprint.post("/<key>/rendre")
def return_device(key: str) -> Response | tuple[str, int]:
    """Renew the key, so that what this device has in its history opens nothing, then go to the next person's page.

    Idempotent: a second click finds the key renewed already. The browser is asked to drop the pages it keeps.
    """
    form = GiveBackForm(request.form, meta=csrf_meta(key))
    if form.refusal:
        return return_page(open_response(key), FormProblem(form.refusal)), 400
    try:
        if form.submit.data:
            submit_response(connection(), key)
        give_back(key)
    except (UnknownResponse, CampaignCancelled, ResponseDeleted, CampaignClosed):
        pass
    reply = redirect(next_address(form.link.data or ""), 303)
    reply.headers["Clear-Site-Data"] = '"cache"'
    return reply


def give_back(key: str) -> None:
    """Renew the key of a response. Raises ``UnknownResponse`` or ``ResponseDeleted``."""
    renew_key(connection(), key, secret())


def next_address(token: str) -> str:
    """Return where a device goes once it is given back: the link that it was lent with, else where codes are typed.

    The wording that the person before chose is theirs: it is not carried on.
    """
    if token and find_link(connection(), token):
        return url_for("respond.welcome", token=token, appareil=GIVEN_BACK, lecture=None)
    return url_for("respond.code_entry", appareil=GIVEN_BACK, lecture=None)


def return_page(access: OpenResponse, problem: FormProblem | None = None) -> str:
    response = access.response
    return response_page(
        "respond/return_device.html",
        access,
        problem,
        link=access.lent_token,
        unsent=response.campaign_open and not response.submitted_at and response.document.answered,
        is_open=response.campaign_open,
        code=code_of(access),
        code_entry=code_entry_address(),
    )
