"""A device that passes from hand to hand: given back, it opens nothing of whoever answered on it."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from storage.campaigns.share_links import find_link
from storage.responses.next_person import token_of_link
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
from web.respond.response_access import (
    OpenResponse,
    code_entry_address,
    code_of,
    csrf_meta,
    csrf_token,
    open_response,
    secret,
)

GIVEN_BACK = "rendu"


@blueprint.get("/<key>/ici")
def here(key: str) -> str:
    """Ask whoever opens the link again on a device whether they are the one who began: kept there, shown by it."""
    return here_page(open_response(key))


def here_page(access: OpenResponse) -> str:
    return render_template(
        "respond/here.html",
        campaign=access.campaign,
        key=access.key,
        csrf_token=csrf_token(access.key),
        link=lent_token(access),
    )


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
    """Return where a device goes once it is given back: the link that it was lent with, else where codes are typed."""
    if token and find_link(connection(), token):
        return url_for("respond.welcome", token=token, appareil=GIVEN_BACK)
    return url_for("respond.code_entry", appareil=GIVEN_BACK)


def lent_token(access: OpenResponse) -> str:
    """Return the token of the link that this device was lent with; empty when it was not."""
    number = access.response.lent_link
    return (token_of_link(connection(), number, secret()) or "") if number else ""


def return_page(access: OpenResponse, problem: FormProblem | None = None) -> str:
    response = access.response
    return render_template(
        "respond/return_device.html",
        campaign=access.campaign,
        key=access.key,
        csrf_token=csrf_token(access.key),
        link=lent_token(access),
        unsent=response.campaign_open and not response.submitted_at and response.document.answered,
        is_open=response.campaign_open,
        code=code_of(access),
        code_entry=code_entry_address(),
        problems=[problem] if problem else [],
    )
