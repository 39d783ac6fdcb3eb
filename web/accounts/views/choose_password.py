"""Links to choose a password: accepting an invitation, replacing a forgotten password."""

from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts import passwords
from accounts.audit_events import AuditEvent
from storage.accounts.accounts import Account, account_by_email, normal_email
from storage.accounts.password_links import Kind, LinkSpent, account_of_link, choose_password
from storage.operations.audit_log import recorded
from web.accounts.blueprint import blueprint
from web.accounts.forms import ForgottenForm, NewPasswordForm
from web.accounts.known_devices import device, remember
from web.accounts.password_links import send_reset_link
from web.accounts.sign_in_flow import sign_in
from web.http.background_tasks import run_in_background
from web.http.database import connection
from web.http.mail import configured
from web.http.security.rate_limits import (
    RESETS_FROM_ONE_PLACE,
    RESETS_OF_ONE_ADDRESS,
    RESETS_OF_ONE_ADDRESS_FROM_ONE_PLACE,
    WRONG_ACCOUNT_LINKS,
    client_network,
    count_attempts,
)


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
def accept(token: str) -> Any:
    """Accept an invitation: choose a first password, and be signed in."""
    return _choose(token, "invitation")


@blueprint.route("/connexion/nouveau/<token>", methods=["GET", "POST"])
def reset(token: str) -> Any:
    """Choose another password, then sign in with it."""
    return _choose(token, "reset")


def _choose(token: str, kind: Kind) -> Any:
    account = account_of_link(connection(), token, kind)
    if account is None:
        count_attempts(
            (WRONG_ACCOUNT_LINKS, client_network())
        )  # one that opens is never refused: nobody finds 256 bits by trying
        return _kept_secret(render_template("accounts/link_spent.html", kind=kind), 404)
    form = NewPasswordForm((account.name, account.email))
    if form.validate_on_submit():
        try:
            return _chosen(token, kind, account, passwords.hashed(form.new_password.data or ""))
        except LinkSpent:
            return _kept_secret(render_template("accounts/link_spent.html", kind=kind), 404)
    page = render_template("accounts/choose_password.html", form=form, account=account, kind=kind)
    return _kept_secret(page, 422 if form.errors else 200)


def _chosen(token: str, kind: Kind, account: Account, password_hash: str) -> ResponseReturnValue:
    event = AuditEvent.INVITATION_ACCEPTED if kind == "invitation" else AuditEvent.PASSWORD_RESET
    with recorded(connection(), event, account.id):
        account = choose_password(connection(), token, kind, password_hash)
    remember(account)  # who reads the mail of an account is its owner: no flood of sign-ins keeps them out
    if kind == "invitation":
        sign_in(account)
        flash(_("Bienvenue. Votre mot de passe est choisi."))
        return redirect(url_for("accounts.show"), 303)
    flash(_("Votre mot de passe est changé. Connectez-vous avec le nouveau."))
    return redirect(url_for("accounts.sign_in"), 303)


def _kept_secret(page: str, code: int) -> Response:
    """A page whose address is a secret: no cache keeps it, no other site hears of it."""
    response = make_response(page, code)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@blueprint.route("/connexion/oubli", methods=["GET", "POST"])
def forgotten() -> Any:
    """Ask for a link by mail. The answer, and its delay, are the same whether the address has an account or not."""
    form = ForgottenForm()
    if configured() and form.validate_on_submit():
        email = normal_email(form.email.data or "")
        _ask(email)
        run_in_background(send_reset_link, email)
        return redirect(url_for("accounts.forgotten", demande=1), 303)
    asked = configured() and "demande" in request.args
    page = render_template("accounts/forgotten.html", form=form, asked=asked, by_mail=configured())
    return page, 422 if form.errors else 200


def _ask(email: str) -> None:
    """Count one request. A device of the account is counted by itself: nobody else can use up what it may ask."""
    known = device(account_by_email(connection(), email))
    if known:
        count_attempts((RESETS_OF_ONE_ADDRESS_FROM_ONE_PLACE, known))
        return
    count_attempts(
        (RESETS_FROM_ONE_PLACE, client_network()),
        (RESETS_OF_ONE_ADDRESS_FROM_ONE_PLACE, f"{email} {client_network()}"),
        (RESETS_OF_ONE_ADDRESS, email),
    )
