"""The steps of signing in: the password, then the second step if there is one, then the session."""

from datetime import timedelta
from time import time
from urllib.parse import urlsplit

from flask import abort, redirect, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user
from werkzeug.wrappers import Response
from wtforms import PasswordField

from accounts import passwords
from accounts.audit_events import AuditEvent
from storage.accounts.accounts import Account, account_by_email, account_by_id, set_password_hash
from storage.accounts.second_steps import has_second_step
from storage.accounts.sign_in_sessions import find_sign_in_session, start_session
from storage.core.tokens import fingerprint
from storage.operations.audit_log import about, record, recorded
from web.accounts.known_devices import remember
from web.http.background_tasks import run_in_background
from web.http.database import connection
from web.http.security.access import Visitor
from web.http.security.rate_limits import (
    ALL_SIGN_INS,
    BLOCKED_NOTICES,
    PASSWORDS_OF_ONE_SESSION,
    SIGN_INS_FROM_ONE_PLACE,
    SIGN_INS_OF_ONE_ACCOUNT,
    SIGN_INS_OF_ONE_ACCOUNT_FROM_ONE_PLACE,
    SIGN_INS_OF_ONE_DEVICE,
    CountedAttempts,
    TooMany,
    allow_once,
    client_network,
    count_attempts,
)

SESSION_LASTS = timedelta(days=7)


def finish_sign_in(account: Account, suite: str) -> Response:
    """Begin the session, or redirect to the second step of accounts that have one."""
    if has_second_step(connection(), account):
        return wait_for_code(account, suite)
    sign_in(account)
    return redirect(safe_redirect_target(suite), 303)


def password_matches(account: Account | None, password: str, tried: CountedAttempts, of: str) -> bool:
    """Whether that is the password of ``account``; a right one makes the attempt count for nothing.

    Raises ``TooManyAtOnce``, and does not count the attempt, when too many passwords are being checked.
    """
    try:
        right = passwords.matches(account.password_hash if account else None, password, of)
    except passwords.TooManyAtOnce:
        tried.clear()
        raise
    if right:
        tried.clear()
    return right


def count_sign_in_attempt(email: str, known: str) -> CountedAttempts:
    """Count an attempt on this account; that it gets blocked is recorded at most once an hour.

    A device that the account knows is counted by itself: attempts made elsewhere never lock its owner out.
    """
    count_attempts((ALL_SIGN_INS, f"{email} {known or client_network()}"))
    if known:
        return count_attempts((SIGN_INS_OF_ONE_DEVICE, known))
    try:
        return count_attempts(
            (SIGN_INS_FROM_ONE_PLACE, client_network()),
            (SIGN_INS_OF_ONE_ACCOUNT_FROM_ONE_PLACE, f"{email} {client_network()}"),
            (SIGN_INS_OF_ONE_ACCOUNT, email),
        )
    except TooMany as refusal:
        if refusal.limit != SIGN_INS_FROM_ONE_PLACE and allow_once(BLOCKED_NOTICES, email):
            run_in_background(_tell_blocked, email)
        raise


def _tell_blocked(email: str) -> None:
    if account := account_by_email(connection(), email):
        record(connection(), AuditEvent.SIGN_IN_BLOCKED, None, about(account))


def renew_password_hash(account: Account, password: str) -> None:
    """Hash the password again if its hash costs less than today's hashes do."""
    if passwords.outdated(account.password_hash or ""):
        set_password_hash(connection(), account, passwords.hashed(password))


def sign_in(account: Account) -> None:
    """Begin a session in this browser, and make the account know its device."""
    session.clear()  # nothing that was in the browser before signing in may count afterwards
    with recorded(connection(), AuditEvent.SIGNED_IN, account.id):
        token = start_session(connection(), account, SESSION_LASTS)
    found = find_sign_in_session(connection(), token)
    assert found is not None  # noqa: S101  # just begun
    remember(found[1])
    login_user(Visitor(token, *found))


def safe_redirect_target(wanted: str) -> str:
    """Return the wanted page if it is on this site, else the page of the account."""
    parts = urlsplit(wanted.replace("\\", "/"))
    here = wanted.startswith("/") and not wanted.startswith("//") and not (parts.scheme or parts.netloc)
    return wanted if here and wanted.isprintable() else url_for("accounts.show")


_PATIENCE = 10 * 60
_WAITING = "second step"


def wait_for_code(account: Account, suite: str) -> Response:
    """Ask for the code of someone whose password was right; until it is given they are not signed in."""
    session.clear()
    session[_WAITING] = {"account": account.id, "at": int(time()), "password": _mark(account), "suite": suite}
    return redirect(url_for("accounts.ask_code"), 303)


def _mark(account: Account) -> str:
    return fingerprint(account.password_hash or "")[:16]


def waiting_account() -> tuple[Account, str]:
    """Return who is at the second step, and the page they wanted. Redirects to the sign-in when it expired."""
    kept = session.get(_WAITING) or {}
    account = account_by_id(connection(), kept["account"]) if time() - kept.get("at", 0) < _PATIENCE else None
    if account is None or account.disabled or kept["password"] != _mark(account):
        session.pop(_WAITING, None)
        abort(redirect(url_for("accounts.sign_in"), 303))
    return account, kept["suite"]


def confirm_password(field: PasswordField) -> bool:
    """Whether the field holds the password of the current user; if not, adds an error to it.

    Attempts are counted for this session alone.
    """
    tried = count_attempts((PASSWORDS_OF_ONE_SESSION, str(current_user.session.id)))
    if password_matches(current_user.account, field.data or "", tried, current_user.account.email):
        return True
    field.errors = [_("Ce n’est pas votre mot de passe actuel.")]
    return False
