"""Evidence of observable facts: added, removed, and downloaded as a file, never shown as a page."""

from typing import Any

from flask import Response, abort, current_app, flash, redirect, request, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from restitution.text.language import reason
from storage.campaigns.campaigns import Campaign
from storage.review.evidence import (
    AddressRefused,
    Evidence,
    add_address,
    add_file,
    file_path,
    find_evidence,
    remove_evidence,
)
from storage.review.file_types import FileRefused
from web.http.database import connection
from web.http.errors import error_page
from web.http.forms.submit_once import once
from web.http.security.audit import audit, audited
from web.review.blueprint import blueprint, reviewing
from web.review.pages.skill import skill_of, skill_page

# A form around the file weighs little.
AROUND = 64 * 1024


@blueprint.url_value_preprocessor
def let_files_in(endpoint: str | None, values: dict[str, Any] | None) -> None:  # noqa: ARG001  # Flask gives both
    """Raise the limit of the request's size for evidence: 2 MB elsewhere. Runs before anything is read."""
    if endpoint == "review.add_evidence":
        request.max_content_length = largest() * 1024 * 1024 + AROUND


def largest() -> int:
    """Return the largest size of a file, in megabytes."""
    return int(current_app.config["EVIDENCE_MEGABYTES"])


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(error: RequestEntityTooLarge) -> Any:
    """Return the skill's page again, with the limit; the usual page for any other form."""
    if request.endpoint != "review.add_evidence":
        return error
    try:
        return _refused_file(**(request.view_args or {}))
    except HTTPException as other:  # from inside a handler, Flask would make it an error of ours
        return error_page(other)


@reviewing()
def _refused_file(campaign: Campaign, code: str) -> Any:
    from web.review.forms import EvidenceForm

    adding = EvidenceForm(skill_of(campaign, code), formdata=None)
    words = _(
        "Ce fichier est trop lourd : %(n)s Mo au plus. Réduisez-le, ou donnez l’adresse où il se trouve.", n=largest()
    )
    adding.file.errors = [words]
    return skill_page(campaign, code, adding=adding), 413


@blueprint.post("/campagnes/<slug>/revue/savoir-faire/<code>/preuves")
@reviewing()
@once("review.skill")
def add_evidence(campaign: Campaign, code: str) -> Any:
    """Add a file or an address to a fact."""
    from web.review.forms import EvidenceForm

    adding = EvidenceForm(skill_of(campaign, code))
    if adding.validate_on_submit() and _kept(campaign, code, adding):
        flash(_("La preuve est ajoutée."))
        return redirect(url_for("review.skill", slug=campaign.slug, code=code, _anchor="faits"), 303)
    return skill_page(campaign, code, adding=adding), 422


def _kept(campaign: Campaign, code: str, adding: Any) -> bool:
    """Keep what the form carries; False, and the reason beside its field, when it cannot be."""
    db, fact, by = connection(), int(adding.fact.data), current_user.account
    try:
        with audited(AuditEvent.EVIDENCE_ADDED, campaign, code=code):
            if adding.file.data:
                add_file(db, campaign, code, fact, adding.file.data.filename, adding.file.data.read(), by)
            else:
                add_address(db, campaign, code, fact, adding.address.data, by)
    except FileRefused as refused:
        adding.file.errors = [reason(refused)]
        return False
    except AddressRefused as refused:
        adding.address.errors = [reason(refused)]
        return False
    return True


@blueprint.get("/campagnes/<slug>/revue/preuves/<int:number>")
@reviewing(Action.SEE_CLOSED_RESULTS)
def evidence(campaign: Campaign, number: int) -> Response:
    """Download the file; browsers neither show nor run it here."""
    found = _found(campaign, number)
    if found.sha256 is None:
        abort(404)
    path = file_path(connection(), found.sha256)
    if not path.is_file():
        abort(404)
    audit(AuditEvent.EVIDENCE_READ, campaign, code=found.skill, number=number)
    response = send_file(path, found.media_type, as_attachment=True, download_name=found.name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.post("/campagnes/<slug>/revue/preuves/<int:number>/retirer")
@reviewing()
@once("review.history")
def take_away(campaign: Campaign, number: int) -> Any:
    """Remove evidence from its fact."""
    found = _found(campaign, number)
    with audited(AuditEvent.EVIDENCE_REMOVED, campaign, code=found.skill, number=number):
        remove_evidence(connection(), campaign, found)
    flash(_("La preuve « %(name)s » est retirée.", name=found.name))
    return redirect(url_for("review.skill", slug=campaign.slug, code=found.skill, _anchor="faits"), 303)


def _found(campaign: Campaign, number: int) -> Evidence:
    return find_evidence(connection(), campaign, number) or abort(404)
