"""Sign in, sign out, and the page of one's own account."""

from datetime import date, timedelta
from urllib.parse import urlsplit

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response as Redirection

from accounts import passwords
from accounts.deeds import Deed
from accounts.rights import LABELS, Role
from storage.accounts import (
    Account,
    Session,
    account_by_email,
    find_session,
    normal_email,
    revoke_session,
    sessions_of,
    start_session,
)
from storage.audit import recorded
from storage.limits import Limit
from web.access import Visitor, signed_in
from web.account.forms import SignInForm
from web.database import connection
from web.limits import limited, place
from web.places import places_of
from web.trace import traced

blueprint = Blueprint("account", __name__)

SESSION_LASTS = timedelta(days=14)
FROM_ONE_PLACE = Limit("sign-ins from one place", 10, timedelta(minutes=10))
OF_ONE_ACCOUNT = Limit("sign-ins of one account", 30, timedelta(hours=1))


@blueprint.get("/connexion")
def sign_in() -> str | Redirection:
    """The form; someone already signed in goes on."""
    if current_user.is_authenticated:
        return redirect(_next())
    return render_template("account/sign_in.html", form=SignInForm(formdata=None, suite=request.args.get("suite", "")))


@blueprint.post("/connexion")
def open_session() -> Redirection | tuple[str, int]:
    """Begin a session; an unknown address, a wrong password and a closed account take as long and say the same."""
    form = SignInForm()
    if form.validate_on_submit():
        email = normal_email(form.email.data or "")
        tried = limited((FROM_ONE_PLACE, place()), (OF_ONE_ACCOUNT, email))
        account = account_by_email(connection(), email)
        right = passwords.matches(account.password_hash if account else None, form.password.data or "")
        if account and right and not account.disabled:
            tried.was_right()
            _begin(account)
            return redirect(_next(form.suite.data), 303)
        form.form_errors.append(_("Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez-les."))
    return render_template("account/sign_in.html", form=form), 422


def _begin(account: Account) -> None:
    session.clear()  # nothing that was in the browser before signing in may count afterwards
    with recorded(connection(), Deed.SIGNED_IN, account.id):
        token = start_session(connection(), account, SESSION_LASTS)
    found = find_session(connection(), token)
    assert found is not None  # noqa: S101  # just begun
    login_user(Visitor(token, *found))


def _next(wanted: str | None = None) -> str:
    """Where the person was going, if that is on this site; else their account."""
    wanted = wanted if wanted is not None else request.args.get("suite", "")
    parts = urlsplit(wanted.replace("\\", "/"))
    inside = wanted.startswith("/") and not wanted.startswith("//") and not (parts.scheme or parts.netloc)
    return wanted if inside and wanted.isprintable() else url_for("account.show")


@blueprint.post("/deconnexion")
def sign_out() -> Redirection:
    """End this browser's session, here and in the database."""
    if current_user.is_authenticated:
        with traced(Deed.SIGNED_OUT):
            revoke_session(connection(), current_user.account, current_user.session.id)
        logout_user()
        session.clear()
        flash(_("Vous êtes déconnecté."))
    return redirect(url_for("public.home"), 303)


@blueprint.get("/compte")
@signed_in
def show() -> str:
    """What someone may do where, and where they are signed in."""
    return render_template(
        "account/show.html",
        account=current_user.account,
        places=places_of(connection(), current_user.grants),
        roles=[LABELS[Role(grant.role)] for grant in current_user.grants if grant.territory_id is None],
        sessions=[(one, date.fromisoformat(one.last_seen_on)) for one in _sessions()],
        own=current_user.session.id,
    )


def _sessions() -> list[Session]:
    return sessions_of(connection(), current_user.account)


@blueprint.post("/compte/sessions/<int:number>")
@signed_in
def end_session(number: int) -> Redirection:
    """Sign out another browser of the same account."""
    if number not in {one.id for one in _sessions()}:
        abort(404)
    with traced(Deed.SESSION_REVOKED, number=number):
        revoke_session(connection(), current_user.account, number)
    flash(_("L’autre appareil est déconnecté."))
    return redirect(url_for("account.show"), 303)
