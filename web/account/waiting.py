"""Between the password and the second step: who waits there, in a signed cookie that says nothing of the password."""

from time import time

from flask import abort, redirect, session, url_for
from werkzeug.wrappers import Response

from storage.accounts import Account, account_by_id
from storage.tokens import fingerprint
from web.database import connection

_PATIENCE = 10 * 60
_WAITING = "second step"


def wait_for_code(account: Account, suite: str) -> Response:
    """Ask for the code of someone whose password was right; until then they are nobody."""
    session.clear()
    session[_WAITING] = {"account": account.id, "at": int(time()), "password": _mark(account), "suite": suite}
    return redirect(url_for("account.ask_code"), 303)


def _mark(account: Account) -> str:
    return fingerprint(account.password_hash or "")[:16]


def waiting() -> tuple[Account, str]:
    """Who is at the second step, and where they were going. Back to the beginning when that was too long ago."""
    kept = session.get(_WAITING) or {}
    account = account_by_id(connection(), kept["account"]) if time() - kept.get("at", 0) < _PATIENCE else None
    if account is None or account.disabled or kept["password"] != _mark(account):
        session.pop(_WAITING, None)
        abort(redirect(url_for("account.sign_in"), 303))
    return account, kept["suite"]
