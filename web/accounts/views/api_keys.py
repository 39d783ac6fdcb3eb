"""The keys that an account gives to other software: made, shown once, revoked."""

from datetime import timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.audit_events import AuditEvent
from accounts.scopes import SCOPES, Scope
from storage.accounts.api_keys import TooManyKeys, keys_of, make_key, revoke_key
from storage.core.database import writing
from web.accounts.blueprint import blueprint
from web.accounts.drawn_secrets import show_secret
from web.accounts.forms import KeyForm
from web.accounts.sign_in_flow import confirm_password
from web.http.database import connection
from web.http.forms.submit_once import once, save_outcome
from web.http.security.audit import audit, audited
from web.http.security.guards import signed_in

_SHOWN = "api key"


@blueprint.get("/compte/cles")
@signed_in
def keys() -> str:
    """List one's keys, and offer to make another."""
    return _page(KeyForm(formdata=None))


def _page(form: KeyForm) -> str:
    return render_template(
        "accounts/api_keys.html", form=form, keys=keys_of(connection(), current_user.account), scopes=SCOPES
    )


@blueprint.post("/compte/cles")
@signed_in
@once("accounts.keys")
def add_key() -> ResponseReturnValue:
    """Make a key, the password being given; it is then shown, once."""
    form = KeyForm()
    if not (form.validate_on_submit() and confirm_password(form.password)):
        return _page(form), 422
    try:
        secret = _made(form)
    except TooManyKeys as refusal:
        form.name.errors = [str(refusal)]
        return _page(form), 422
    return redirect(url_for("accounts.key_made", vue=save_outcome(_SHOWN, secret)), 303)


def _made(form: KeyForm) -> str:
    lasts, scopes = timedelta(days=int(form.lasts.data)), [Scope(one) for one in form.scopes.data or ()]
    with writing(connection()):
        number, secret = make_key(connection(), current_user.account, form.name.data or "", scopes, lasts)
        audit(AuditEvent.API_KEY_MADE, number=number)
    return secret


@blueprint.get("/compte/cles/nouvelle")
@signed_in
def key_made() -> Response:
    """Show the key just made, for an hour; afterwards, redirect to the list."""
    shown = request.args.get("vue", "")
    return show_secret(_SHOWN, shown, "accounts/api_key_made.html", otherwise=url_for("accounts.keys"))


@blueprint.post("/compte/cles/<int:number>/revoquer")
@signed_in
def remove_key(number: int) -> Response:
    """Revoke one of one's keys: whatever used it is refused from now on."""
    with audited(AuditEvent.API_KEY_REVOKED, number=number):
        revoked = revoke_key(connection(), current_user.account, number)
    if not revoked:
        abort(404)
    flash(_("Cette clé est révoquée : elle n’ouvre plus rien."))
    return redirect(url_for("accounts.keys"), 303)
