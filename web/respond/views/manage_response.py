"""What a respondent may do with their response: continue on another device, change college, delete it."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from restitution.text.language import gettext as _
from storage.responses.responses import CampaignClosed, UnknownCollege, change_college, delete_response
from web.http.addresses import reached_address
from web.http.database import connection
from web.respond.blueprint import blueprint
from web.respond.forms import ButtonForm, ChooseCollegeForm, FormProblem
from web.respond.pages.qr import qr_code
from web.respond.pages.response_page import response_page
from web.respond.response_access import OpenResponse, code_entry_address, code_of, csrf_meta, open_response
from web.respond.views.lent_devices import next_address


@blueprint.get("/<key>/plus-tard")
def later(key: str) -> str:
    """Show the code and the address that resume this response, to keep, copy or scan with another device."""
    access = open_response(key)
    address = reached_address(url_for("respond.review", key=key))
    return render_template(
        "respond/continue_later.html",
        campaign=access.campaign,
        key=key,
        code=code_of(access),
        code_entry=code_entry_address(),
        address=address,
        picture=qr_code(address),
    )


@blueprint.get("/<key>/college")
def college(key: str) -> str:
    """Show the colleges to choose from; the answers are kept."""
    return _colleges(open_response(key))


@blueprint.post("/<key>/college")
def move(key: str) -> Response | tuple[str, int]:
    """Move the response to another college."""
    access = open_response(key)
    form = ChooseCollegeForm(request.form, meta=csrf_meta(key))
    if form.refusal:
        return _colleges(access, FormProblem(form.refusal)), 400
    try:
        change_college(connection(), key, form.college.data or "")
    except UnknownCollege:
        return _colleges(access, FormProblem(_("Choisissez l’un des groupes proposés."), "college")), 422
    return redirect(url_for("respond.review", key=key), 303)


def _colleges(access: OpenResponse, problem: FormProblem | None = None) -> str:
    if not access.response.campaign_open:
        raise CampaignClosed
    return response_page("respond/college.html", access, problem, current=access.response.college)


@blueprint.get("/<key>/supprimer")
def confirm_deletion(key: str) -> str:
    """Say what deleting means, before it is done."""
    return _deletion(open_response(key))


@blueprint.post("/<key>/supprimer")
def delete(key: str) -> str | tuple[str, int]:
    """Erase the response for good. Idempotent."""
    access = open_response(key)
    if refusal := ButtonForm(request.form, meta=csrf_meta(key)).refusal:
        return _deletion(access, FormProblem(refusal)), 400
    link = access.lent_token
    delete_response(connection(), key)
    return render_template("respond/deleted.html", campaign=access.campaign, next=next_address(link) if link else "")


def _deletion(access: OpenResponse, problem: FormProblem | None = None) -> str:
    if not access.response.campaign_open:
        raise CampaignClosed
    return response_page("respond/delete.html", access, problem, count=access.response.document.answered)
