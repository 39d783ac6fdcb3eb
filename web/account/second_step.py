"""The second step: turned on and off in one's account, and asked for after the password."""

from textwrap import wrap
from typing import Any

from flask import abort, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response

from accounts.codes import address_of
from accounts.deeds import Deed
from storage.accounts import Account
from storage.audit import recorded
from storage.second_steps import (
    confirm_second_step,
    offer_second_step,
    offered_secret,
    remove_second_step,
    renew_recovery_codes,
    second_step,
    use_code,
    use_recovery_code,
)
from storage.sessions import revoke_others
from web.access import signed_in
from web.account.blueprint import blueprint
from web.account.devices import device
from web.account.forms import CodeForm, ConfirmForm
from web.account.own import confirmed
from web.account.signing import begin, inside
from web.account.waiting import waiting
from web.database import connection
from web.limits import SECOND_STEPS_FROM_ONE_PLACE, SECOND_STEPS_OF_ONE_ACCOUNT, Tried, limited, place
from web.once import keep, kept, once
from web.trace import traced


@blueprint.get("/connexion/code")
def ask_code() -> str:
    """The field for the code."""
    waiting()
    return render_template("account/code.html", form=CodeForm(formdata=None))


@blueprint.post("/connexion/code")
def check_code() -> Any:
    """Come in with a code of the app, or a recovery code; each serves once."""
    account, suite = waiting()
    form = CodeForm()
    if form.validate_on_submit():
        tried = _tried(account)
        if _is_right(account, form.passcode.data or ""):
            tried.was_right()
            begin(account)
            return redirect(inside(suite), 303)
        form.passcode.errors = [_("Ce code ne convient pas, ou il a déjà servi. Attendez le suivant.")]
    return render_template("account/code.html", form=form), 422


def _tried(account: Account) -> Tried:
    """Count a try; a device that the account knows is counted by itself, as for its password."""
    known = device(account)
    if known:
        return limited((SECOND_STEPS_FROM_ONE_PLACE, known))
    return limited(
        (SECOND_STEPS_FROM_ONE_PLACE, f"{account.id} {place()}"), (SECOND_STEPS_OF_ONE_ACCOUNT, str(account.id))
    )


def _is_right(account: Account, typed: str) -> bool:
    if use_code(connection(), account, typed, _secret()):
        return True
    with recorded(connection(), Deed.RECOVERY_CODE_USED, account.id):
        return use_recovery_code(connection(), account, typed)


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])


@blueprint.get("/compte/codes")
@signed_in
def codes() -> str:
    """Where one's second step stands."""
    return _page(ConfirmForm(formdata=None), CodeForm(formdata=None))


def _page(confirm: ConfirmForm, code: CodeForm) -> str:
    from restitution.documents.qr import qr_svg

    account = current_user.account
    secret = offered_secret(connection(), account, _secret())
    grouped = " ".join(wrap(secret or "", 4))
    picture = qr_svg(address_of(secret, account.email), title=_("À lire avec votre application")) if secret else ""
    return render_template(
        "account/codes.html",
        step=second_step(connection(), account),
        secret=grouped,
        qr=Markup(picture),  # noqa: S704  # drawn by segno
        confirm=confirm,
        code=code,
    )


@blueprint.post("/compte/codes")
@signed_in
def offer_codes() -> Any:
    """Begin to turn it on: a secret to give to one's app."""
    form = ConfirmForm()
    if not (form.validate_on_submit() and confirmed(form.password)):
        return _page(form, CodeForm(formdata=None)), 422
    offer_second_step(connection(), current_user.account, _secret())
    return redirect(url_for("account.codes"), 303)


@blueprint.post("/compte/codes/confirmer")
@signed_in
@once("account.codes")
def confirm_codes() -> Any:
    """Turn it on, with a first code; the recovery codes are shown this once."""
    form, account = CodeForm(), current_user.account
    if form.validate_on_submit():
        tried = limited((SECOND_STEPS_FROM_ONE_PLACE, f"session {current_user.session.id}"))
        with traced(Deed.CODES_ENABLED):
            drawn = confirm_second_step(connection(), account, form.passcode.data or "", _secret())
            if drawn:
                revoke_others(connection(), account, current_user.session.id)
        if drawn:
            tried.was_right()
            return _shown_once(drawn)
        form.passcode.errors = [_("Ce code ne convient pas. Vérifiez l’heure de votre téléphone, et tapez le suivant.")]
    return _page(ConfirmForm(formdata=None), form), 422


def _shown_once(drawn: list[str]) -> Response:
    """To the page of those codes, where they stand for an hour: reloaded, it draws no others."""
    return redirect(url_for("account.recovery_codes", vus=keep("recovery codes", drawn)), 303)


@blueprint.get("/compte/codes/secours")
@signed_in
def recovery_codes() -> Response:
    """The recovery codes just drawn, within the hour; afterwards, where one's second step stands."""
    drawn = kept("recovery codes", request.args.get("vus", ""))
    if drawn is None:
        return redirect(url_for("account.codes"), 303)
    response = make_response(render_template("account/recovery.html", codes=drawn))
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/compte/codes/secours")
@signed_in
@once("account.codes")
def new_recovery_codes() -> Any:
    """Other recovery codes, for those who know the password."""
    form = ConfirmForm()
    found = second_step(connection(), current_user.account)
    if found is None or not found.confirmed:
        abort(404)
    if not (form.validate_on_submit() and confirmed(form.password)):
        return _page(form, CodeForm(formdata=None)), 422
    with traced(Deed.RECOVERY_CODES_DRAWN):
        drawn = renew_recovery_codes(connection(), current_user.account)
    return _shown_once(drawn)


@blueprint.post("/compte/codes/desactiver")
@signed_in
def remove_codes() -> Any:
    """Turn it off, for those who know the password."""
    form = ConfirmForm()
    if not (form.validate_on_submit() and confirmed(form.password)):
        return _page(form, CodeForm(formdata=None)), 422
    with traced(Deed.CODES_DISABLED):
        remove_second_step(connection(), current_user.account)
    flash(_("Les codes ne sont plus demandés : votre mot de passe suffit."))
    return redirect(url_for("account.codes"), 303)
