"""One's own account: roles, sessions, password."""

from datetime import date

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts import passwords
from accounts.audit_events import AuditEvent
from accounts.permissions import LABELS, Role
from storage.accounts.accounts import account_by_id, forget_devices, set_password
from storage.accounts.identities import is_linked
from storage.accounts.second_steps import has_second_step
from storage.accounts.sign_in_sessions import SignInSession, revoke_session, sign_in_sessions_of
from storage.campaigns.accessible_territories import followed_scope
from storage.campaigns.campaigns import campaign_counts
from web.accounts.blueprint import blueprint
from web.accounts.forms import ChangePasswordForm
from web.accounts.known_devices import remember
from web.accounts.sign_in_flow import confirm_password
from web.http.database import connection
from web.http.pages.first_steps import first_steps
from web.http.pages.lists import show_territories
from web.http.security.audit import audited
from web.http.security.guards import signed_in


@blueprint.get("/compte")
@signed_in
def show() -> str:
    """Show one's roles and the browsers where one is signed in."""
    territories = show_territories(followed_scope(current_user.grants))
    return render_template(
        "accounts/profile.html",
        account=current_user.account,
        steps=first_steps(),
        territories=territories,
        campaigns=campaign_counts(connection(), [one.territory.id for one in territories.rows]),
        roles=[LABELS[Role(grant.role)] for grant in current_user.grants if grant.territory_id is None],
        sessions=[(one, date.fromisoformat(one.last_seen_on)) for one in _sessions()],
        this_session=current_user.session.id,
        codes=has_second_step(connection(), current_user.account),
        linked=is_linked(connection(), current_user.account, current_app.config["OIDC_ISSUER"] or ""),
    )


def _sessions() -> list[SignInSession]:
    return sign_in_sessions_of(connection(), current_user.account)


@blueprint.post("/compte/sessions/<int:number>")
@signed_in
def end_session(number: int) -> Response:
    """Sign out another browser of the same account."""
    if number not in {one.id for one in _sessions()}:
        abort(404)
    with audited(AuditEvent.SESSION_REVOKED, number=number):
        revoke_session(connection(), current_user.account, number)
    flash(_("L’autre appareil est déconnecté."))
    return redirect(url_for("accounts.show"), 303)


@blueprint.post("/compte/appareils/oublier")
@signed_in
def forget() -> Response:
    """Forget every known device of the account; nobody is signed out."""
    with audited(AuditEvent.DEVICES_FORGOTTEN):
        forget_devices(connection(), current_user.account)
    flash(_("Vos appareils sont oubliés. Ceux qui sont connectés le restent : déconnectez-les ci-dessous."))
    return redirect(url_for("accounts.show"), 303)


@blueprint.route("/compte/mot-de-passe", methods=["GET", "POST"])
@signed_in
def change_password() -> Response | tuple[str, int]:
    """Change one's password, the present one being given; other browsers are signed out, older links void."""
    account = current_user.account
    form = ChangePasswordForm((account.name, account.email))
    if form.validate_on_submit() and confirm_password(form.password):
        with audited(AuditEvent.PASSWORD_CHANGED):
            new_hash = passwords.hashed(form.new_password.data or "")
            set_password(connection(), account, new_hash, but=current_user.session.id)
        remember(account_by_id(connection(), account.id) or account)
        flash(_("Votre mot de passe est changé. Vos autres appareils sont déconnectés."))
        return redirect(url_for("accounts.show"), 303)
    return render_template("accounts/password.html", form=form), 422 if form.errors else 200
