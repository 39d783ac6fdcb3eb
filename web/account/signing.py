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
from storage.limits import Limit
from storage.second_steps import has_second_step
from storage.sessions import find_session, revoke_session, start_session
from web.access import Visitor
from web.account.blueprint import blueprint
from web.account.forms import SignInForm
from web.account.waiting import wait_for_code
from web.behind import behind
from web.database import connection
from web.limits import TooMany, Tried, limited, once, place
from web.mail import configured
from web.trace import traced

SESSION_LASTS = timedelta(days=7)
FROM_ONE_PLACE = Limit("sign-ins from one place", 10, timedelta(minutes=10))
OF_ONE_ACCOUNT = Limit("sign-ins of one account", 30, timedelta(hours=1))
TOLD = Limit("blocked sign-ins told", 1, timedelta(hours=1))


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
        tried = _tried(email)
        found = account_by_email(connection(), email)
        account = None if found is None or found.disabled else found
        right = opens(account, password, tried)
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


def opens(account: Account | None, password: str, tried: Tried) -> bool:
    """Whether that is the account's password. A try that is right, or not judged for the crowd, is given back."""
    try:
        right = passwords.matches(account.password_hash if account else None, password)
    except passwords.TooManyAtOnce:
        tried.was_right()
        raise
    if right:
        tried.was_right()
    return right


def _tried(email: str) -> Tried:
    """Count a try from this place and on this account; that an account is blocked is told once an hour."""
    try:
        return limited((FROM_ONE_PLACE, place()), (OF_ONE_ACCOUNT, email))
    except TooMany as refusal:
        if refusal.limit == OF_ONE_ACCOUNT and once(TOLD, email):
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
    """Begin a session in this browser, and tell it."""
    session.clear()  # nothing that was in the browser before signing in may count afterwards
    with recorded(connection(), Deed.SIGNED_IN, account.id):
        token = start_session(connection(), account, SESSION_LASTS)
    found = find_session(connection(), token)
    assert found is not None  # noqa: S101  # just begun
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
