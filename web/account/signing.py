"""Signing in and signing out."""

from datetime import timedelta
from urllib.parse import urlsplit

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response as Redirection

from accounts import passwords
from accounts.deeds import Deed
from storage.accounts import Account, account_by_email, account_by_id, normal_email, set_password_hash
from storage.audit import about, record, recorded
from storage.second_steps import has_second_step
from storage.sessions import find_session, revoke_session, start_session
from web.access import Visitor
from web.account.blueprint import blueprint
from web.account.devices import device, remember
from web.account.forms import SignInForm
from web.account.waiting import wait_for_code
from web.behind import behind
from web.database import connection
from web.limits import (
    ALL_SIGN_INS,
    BLOCKED_TOLD,
    SIGN_INS_FROM_ONE_PLACE,
    SIGN_INS_OF_ONE_ACCOUNT,
    SIGN_INS_OF_ONE_ACCOUNT_FROM_ONE_PLACE,
    SIGN_INS_OF_ONE_DEVICE,
    TooMany,
    Tried,
    limited,
    once,
    place,
)
from web.mail import configured
from web.trace import traced

SESSION_LASTS = timedelta(days=7)


@blueprint.get("/connexion")
def sign_in() -> str | Redirection:
    """The form; someone already signed in goes on."""
    if current_user.is_authenticated:
        return redirect(inside(request.args.get("suite", "")))
    return _page(SignInForm(formdata=None, suite=request.args.get("suite", "")))


def _page(form: SignInForm) -> str:
    return render_template("account/sign_in.html", form=form, by_mail=configured())


@blueprint.post("/connexion")
def open_session() -> Redirection | tuple[str, int]:
    """Begin a session; an unknown address, a wrong password and a closed account take as long and say the same."""
    form = SignInForm()
    if form.validate_on_submit():
        email, password = normal_email(form.email.data or ""), form.password.data or ""
        found = account_by_email(connection(), email)
        tried = _tried(email, device(found))
        account = None if found is None or found.disabled else found
        right = opens(account, password, tried, email)
        if account and right:
            _keep_up(account, password)
            return further(account_by_id(connection(), account.id) or account, form.suite.data or "")
        form.form_errors.append(_("Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez-les."))
    return _page(form), 422


def further(account: Account, suite: str) -> Redirection:
    """Come in, or go to the second step of those who have one."""
    if has_second_step(connection(), account):
        return wait_for_code(account, suite)
    begin(account)
    return redirect(inside(suite), 303)


def opens(account: Account | None, password: str, tried: Tried, of: str) -> bool:
    """Whether that is the password of the account ``of`` that address. A try that is right, or not judged for the
    crowd, is given back.
    """
    try:
        right = passwords.matches(account.password_hash if account else None, password, of)
    except passwords.TooManyAtOnce:
        tried.was_right()
        raise
    if right:
        tried.was_right()
    return right


def _tried(email: str, known: str) -> Tried:
    """Count a try on this account; that it is blocked for new devices is told once an hour.

    A device that it knows is counted by itself, so that no try made elsewhere keeps its owner out.
    """
    limited((ALL_SIGN_INS, f"{email} {known or place()}"))
    if known:
        return limited((SIGN_INS_OF_ONE_DEVICE, known))
    try:
        return limited(
            (SIGN_INS_FROM_ONE_PLACE, place()),
            (SIGN_INS_OF_ONE_ACCOUNT_FROM_ONE_PLACE, f"{email} {place()}"),
            (SIGN_INS_OF_ONE_ACCOUNT, email),
        )
    except TooMany as refusal:
        if refusal.limit != SIGN_INS_FROM_ONE_PLACE and once(BLOCKED_TOLD, email):
            behind(_tell_blocked, email)
        raise


def _tell_blocked(email: str) -> None:
    if account := account_by_email(connection(), email):
        record(connection(), Deed.SIGN_IN_BLOCKED, None, about(account))


def _keep_up(account: Account, password: str) -> None:
    """Hash the password again when it was hashed with less than today's cost."""
    if passwords.outdated(account.password_hash or ""):
        set_password_hash(connection(), account, passwords.hashed(password))


def begin(account: Account) -> None:
    """Begin a session in this browser, which the account knows from then on, and tell it."""
    session.clear()  # nothing that was in the browser before signing in may count afterwards
    with recorded(connection(), Deed.SIGNED_IN, account.id):
        token = start_session(connection(), account, SESSION_LASTS)
    found = find_session(connection(), token)
    assert found is not None  # noqa: S101  # just begun
    remember(found[1])
    login_user(Visitor(token, *found))


def inside(wanted: str) -> str:
    """Where the person was going, if that is on this site; else their account."""
    parts = urlsplit(wanted.replace("\\", "/"))
    here = wanted.startswith("/") and not wanted.startswith("//") and not (parts.scheme or parts.netloc)
    return wanted if here and wanted.isprintable() else url_for("account.show")


@blueprint.post("/deconnexion")
def sign_out() -> Redirection | str:
    """End this browser's session, here and in the database; those who came by a provider can end theirs there too."""
    from web.account.federation import PROOF, way_out

    proof = session.get(PROOF)
    if current_user.is_authenticated:
        with traced(Deed.SIGNED_OUT):
            revoke_session(connection(), current_user.account, current_user.session.id)
        logout_user()
        session.clear()
        if address := way_out(proof):
            return render_template("account/signed_out.html", way_out=address)
        flash(_("Vous êtes déconnecté."))
    return redirect(url_for("public.home"), 303)
