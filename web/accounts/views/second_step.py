"""The second step: set up in one's account, and asked for after the password."""

from textwrap import wrap
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response

from accounts.audit_events import AuditEvent
from accounts.one_time_codes import address_of
from storage.accounts.accounts import Account
from storage.accounts.second_steps import (
    confirm_second_step,
    offer_second_step,
    offered_secret,
    remove_second_step,
    renew_recovery_codes,
    second_step,
    use_code,
    use_recovery_code,
)
from storage.accounts.sign_in_sessions import revoke_others
from storage.operations.audit_log import recorded
from web.accounts.blueprint import blueprint
from web.accounts.drawn_secrets import show_secret
from web.accounts.forms import CodeForm, ConfirmForm
from web.accounts.known_devices import device
from web.accounts.sign_in_flow import confirm_password, safe_redirect_target, sign_in, waiting_account
from web.http.database import connection
from web.http.forms.submit_once import once, save_outcome
from web.http.security.audit import audited
from web.http.security.guards import signed_in
from web.http.security.rate_limits import (
    SECOND_STEPS_FROM_ONE_PLACE,
    SECOND_STEPS_OF_ONE_ACCOUNT,
    CountedAttempts,
    client_network,
    count_attempts,
)


@blueprint.get("/connexion/code")
def ask_code() -> str:
    """Show the form for the code."""
    waiting_account()
    return render_template("accounts/second_step_code.html", form=CodeForm(formdata=None))


@blueprint.post("/connexion/code")
def check_code() -> Any:
    """Sign in with a one-time code or a recovery code; each works once."""
    account, suite = waiting_account()
    form = CodeForm()
    if form.validate_on_submit():
        tried = _tried(account)
        if _is_right(account, form.passcode.data or ""):
            tried.clear()
            sign_in(account)
            return redirect(safe_redirect_target(suite), 303)
        form.passcode.errors = [_("Ce code ne convient pas, ou il a déjà servi. Attendez le suivant.")]
    return render_template("accounts/second_step_code.html", form=form), 422


def _tried(account: Account) -> CountedAttempts:
    """Count a try; a device that the account knows is counted by itself, as for its password."""
    known = device(account)
    if known:
        return count_attempts((SECOND_STEPS_FROM_ONE_PLACE, known))
    return count_attempts(
        (SECOND_STEPS_FROM_ONE_PLACE, f"{account.id} {client_network()}"),
        (SECOND_STEPS_OF_ONE_ACCOUNT, str(account.id)),
    )


def _is_right(account: Account, typed: str) -> bool:
    if use_code(connection(), account, typed, _secret()):
        return True
    with recorded(connection(), AuditEvent.RECOVERY_CODE_USED, account.id):
        return use_recovery_code(connection(), account, typed)


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])


@blueprint.get("/compte/codes")
@signed_in
def codes() -> str:
    """Show whether one's second step is set up."""
    return _page(ConfirmForm(formdata=None), CodeForm(formdata=None))


def _page(confirm: ConfirmForm, code: CodeForm) -> str:
    from restitution.charts.qr_code import qr_svg

    account = current_user.account
    secret = offered_secret(connection(), account, _secret())
    grouped = " ".join(wrap(secret or "", 4))
    picture = qr_svg(address_of(secret, account.email), title=_("À lire avec votre application")) if secret else ""
    return render_template(
        "accounts/second_step_settings.html",
        step=second_step(connection(), account),
        secret=grouped,
        qr=Markup(picture),  # noqa: S704  # drawn by segno
        confirm=confirm,
        code=code,
    )


@blueprint.post("/compte/codes")
@signed_in
def offer_codes() -> Any:
    """Begin the set-up: show a secret to copy into one's app."""
    form = ConfirmForm()
    if not (form.validate_on_submit() and confirm_password(form.password)):
        return _page(form, CodeForm(formdata=None)), 422
    offer_second_step(connection(), current_user.account, _secret())
    return redirect(url_for("accounts.codes"), 303)


@blueprint.post("/compte/codes/confirmer")
@signed_in
@once("accounts.codes")
def confirm_codes() -> Any:
    """Complete the set-up with a first code; the recovery codes are then shown, once."""
    form, account = CodeForm(), current_user.account
    if form.validate_on_submit():
        tried = count_attempts((SECOND_STEPS_FROM_ONE_PLACE, f"session {current_user.session.id}"))
        with audited(AuditEvent.CODES_ENABLED):
            drawn = confirm_second_step(connection(), account, form.passcode.data or "", _secret())
            if drawn:
                revoke_others(connection(), account, current_user.session.id)
        if drawn:
            tried.clear()
            return _shown_once(drawn)
        form.passcode.errors = [_("Ce code ne convient pas. Vérifiez l’heure de votre téléphone, et tapez le suivant.")]
    return _page(ConfirmForm(formdata=None), form), 422


def _shown_once(drawn: list[str]) -> Response:
    """To the page of those codes, where they stand for an hour: reloaded, it draws no others."""
    return redirect(url_for("accounts.recovery_codes", vus=save_outcome("recovery codes", drawn)), 303)


@blueprint.get("/compte/codes/secours")
@signed_in
def recovery_codes() -> Response:
    """Show the recovery codes just drawn, for an hour; afterwards, redirect to the page of the second step."""
    drawn, otherwise = request.args.get("vus", ""), url_for("accounts.codes")
    return show_secret("recovery codes", drawn, "accounts/recovery.html", otherwise=otherwise)


@blueprint.post("/compte/codes/secours")
@signed_in
@once("accounts.codes")
def new_recovery_codes() -> Any:
    """Draw new recovery codes; the password must be given."""
    form = ConfirmForm()
    found = second_step(connection(), current_user.account)
    if found is None or not found.confirmed:
        abort(404)
    if not (form.validate_on_submit() and confirm_password(form.password)):
        return _page(form, CodeForm(formdata=None)), 422
    with audited(AuditEvent.RECOVERY_CODES_DRAWN):
        drawn = renew_recovery_codes(connection(), current_user.account)
    return _shown_once(drawn)


@blueprint.post("/compte/codes/desactiver")
@signed_in
def remove_codes() -> Any:
    """Turn the second step off; the password must be given."""
    form = ConfirmForm()
    if not (form.validate_on_submit() and confirm_password(form.password)):
        return _page(form, CodeForm(formdata=None)), 422
    with audited(AuditEvent.CODES_DISABLED):
        remove_second_step(connection(), current_user.account)
    flash(_("Les codes ne sont plus demandés : votre mot de passe suffit."))
    return redirect(url_for("accounts.codes"), 303)
