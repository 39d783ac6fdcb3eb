"""Signing in and signing out."""

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, logout_user
from werkzeug.wrappers import Response

from accounts.audit_events import AuditEvent
from storage.accounts.accounts import account_by_email, account_by_id, normal_email
from storage.accounts.sign_in_sessions import revoke_session
from web.accounts.blueprint import blueprint
from web.accounts.forms import SignInForm
from web.accounts.known_devices import device
from web.accounts.sign_in_flow import (
    count_sign_in_attempt,
    finish_sign_in,
    password_matches,
    renew_password_hash,
    safe_redirect_target,
)
from web.http.database import connection
from web.http.mail import configured
from web.http.security.audit import audited


@blueprint.get("/connexion")
def sign_in() -> str | Response:
    """Show the sign-in form; redirect someone who is signed in already."""
    if current_user.is_authenticated:
        return redirect(safe_redirect_target(request.args.get("suite", "")))
    return _page(SignInForm(formdata=None, suite=request.args.get("suite", "")))


def _page(form: SignInForm) -> str:
    return render_template("accounts/sign_in.html", form=form, by_mail=configured())


@blueprint.post("/connexion")
def open_session() -> Response | tuple[str, int]:
    """Sign in; an unknown address, a wrong password and a disabled account take as long and say the same."""
    form = SignInForm()
    if form.validate_on_submit():
        email, password = normal_email(form.email.data or ""), form.password.data or ""
        found = account_by_email(connection(), email)
        tried = count_sign_in_attempt(email, device(found))
        account = None if found is None or found.disabled else found
        right = password_matches(account, password, tried, email)
        if account and right:
            renew_password_hash(account, password)
            return finish_sign_in(account_by_id(connection(), account.id) or account, form.suite.data or "")
        form.form_errors.append(_("Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez-les."))
    return _page(form), 422


@blueprint.post("/deconnexion")
def sign_out() -> Response | str:
    """End this browser's session; someone signed in by a provider is offered to end its session too."""
    from web.accounts.identity_provider.client import PROOF, provider_sign_out_address

    proof = session.get(PROOF)
    if current_user.is_authenticated:
        with audited(AuditEvent.SIGNED_OUT):
            revoke_session(connection(), current_user.account, current_user.session.id)
        logout_user()
        session.clear()
        if address := provider_sign_out_address(proof):
            return render_template("accounts/signed_out.html", way_out=address)
        flash(_("Vous êtes déconnecté."))
    return redirect(url_for("public.home"), 303)
