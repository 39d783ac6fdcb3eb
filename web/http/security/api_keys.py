"""Who a request of other software is from: the account whose key it carries, never that of a cookie.

``Authorization: Bearer grille_…`` is read for the views that ask for a key, and for no other. The rights are those of
the account at that moment, within the scopes of the key: ``keyed`` guards a view, above the guard of its right.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, Request, current_app, g
from flask_login import LoginManager, current_user
from flask_login.mixins import UserMixin

from accounts.scopes import SCOPES, Scope
from grille.messages import message as _
from storage.accounts.accounts import Account, Grant
from storage.accounts.api_keys import ApiKey, find_key
from web.http.database import connection
from web.http.security.rate_limits import REQUESTS_OF_ONE_KEY, count_attempts

View = Callable[..., Any]
_SCHEME = "bearer "


class KeyRefused(Exception):
    """A request that its key does not allow; the sentence says why and what to do.

    ``code`` is 401 when there is no key in force, 403 when its scopes do not include this.
    """

    def __init__(self, sentence: str, code: int) -> None:
        super().__init__(sentence)
        self.code = code


class KeyHolder(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """Other software: the account that gave it a key, and that key."""

    def __init__(self, key: ApiKey, account: Account) -> None:
        self.key, self.account = key, account

    @property
    def grants(self) -> tuple[Grant, ...]:
        """The roles of the account at this moment."""
        return self.account.effective_grants


def init_app(app: Flask) -> None:
    """Read keys. Called after ``access.init_app``."""
    manager: LoginManager = app.login_manager  # type: ignore[attr-defined]  # set by Flask-Login
    manager.request_loader(_holder)


def _holder(request: Request) -> KeyHolder | None:
    if not hasattr(current_app.view_functions.get(request.endpoint or ""), "needed_scope"):
        return None
    g.key_problem = _missing()
    written = request.headers.get("Authorization", "")
    if not written.lower().startswith(_SCHEME):
        return None
    found = find_key(connection(), written[len(_SCHEME) :].strip())
    g.key_problem = _problem(found)
    g.signed_in = not g.key_problem  # nothing of what is answered may be kept on the way
    return None if found is None or g.key_problem else KeyHolder(*found)


def _missing() -> str:
    return _(
        "Cette adresse demande une clé, dans l’en-tête « Authorization: Bearer … ». Faites-en une sur votre compte."
    )


def _problem(found: tuple[ApiKey, Account] | None) -> str:
    """Why a key does not serve; "" when it does."""
    if found is None:
        return _("Cette clé n’existe pas, ou elle a été révoquée. Faites-en une autre sur votre compte.")
    key, account = found
    if account.disabled:
        return _("Le compte de cette clé est désactivé : demandez à l’équipe du programme de le réactiver.")
    if key.expired:
        return _("Cette clé a expiré. Faites-en une autre sur votre compte.")
    return ""


def keyed(scope: Scope | None = None) -> Callable[[View], View]:
    """Guard a view of the API: a key in force, whose scopes include that one; without one, any key.

    Raises ``KeyRefused``. ``needed_scope`` is read by the description of the API and by its tests.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**values: Any) -> Any:
            if not current_user.is_authenticated:
                raise KeyRefused(g.get("key_problem") or _missing(), 401)
            count_attempts((REQUESTS_OF_ONE_KEY, str(current_user.key.id)))
            if scope is not None and scope not in current_user.key.scopes:
                raise KeyRefused(
                    _("Cette clé ne permet pas cela. Il en faut une faite pour : %(asked)s.", asked=SCOPES[scope]), 403
                )
            return view(**values)

        guarded.needed_scope = scope  # type: ignore[attr-defined]  # read as said above
        return guarded

    return decorate
