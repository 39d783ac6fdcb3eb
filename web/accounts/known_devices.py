"""Devices where an account has signed in, recognised by a signed cookie.

Attempts made elsewhere never lock the owner of an account out of such a device.

The cookie is sent to the pages of signing in only. It names accounts by number, each with a random number for this
device and a digest of the account's ``device_key``: once that changes (another password, « oublier mes appareils »), no
device is recognised any more. It gives no access by itself.
"""

from datetime import timedelta
from time import time
from typing import Any

from flask import Response, after_this_request, current_app, g, request, url_for
from itsdangerous import BadSignature, URLSafeSerializer

from storage.accounts.accounts import Account
from storage.core.tokens import fingerprint, new_secret

LASTS = timedelta(days=180)
_MOST_ACCOUNTS = 5
_DAY = 86_400

Known = dict[str, list[Any]]


def device(account: Account | None = None) -> str:
    """Return the key under which this device's attempts are counted; empty if the account never signed in here.

    Without an account: if any account did.
    """
    known = _known()
    if account is None:
        return next((f"device {number}" for number, *_ in known.values()), "")
    number, mark, _day = known.get(str(account.id), ("", "", 0))
    return f"device {number}" if mark and mark == _mark(account) else ""


def remember(account: Account) -> None:
    """Make the response to this request set the cookie by which the account knows this device."""
    known = getattr(g, "devices", None) or _known()
    number, *_ = known.pop(str(account.id), [new_secret()])
    entries = [*known.items(), (str(account.id), [number, _mark(account), int(time()) // _DAY])]
    g.devices = dict(entries[-_MOST_ACCOUNTS:])
    after_this_request(_give)


def _give(response: Response) -> Response:
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(
        _name(),
        _signer().dumps(g.devices),
        max_age=LASTS,
        path=url_for("accounts.sign_in"),
        secure=secure,
        httponly=True,
        samesite="Lax",
    )
    return response


def _known() -> Known:
    """What the cookie says, if we signed it, of accounts that signed in lately enough."""
    try:
        known: Known = _signer().loads(request.cookies.get(_name(), ""))
    except BadSignature:
        return {}
    oldest = time() // _DAY - LASTS.days
    return {number: entry for number, entry in known.items() if entry[2] > oldest}


def _name() -> str:
    return "__Secure-device" if current_app.config["SESSION_COOKIE_SECURE"] else "device"


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), "device known to accounts")


def _mark(account: Account) -> str:
    return fingerprint(account.device_key)[:22]
