"""The guards of views: each says what a visitor must be allowed to do before the view is called.

Someone signed out is asked to sign in; what they typed in a form is given back. For someone without the right, the
page does not exist (404), which tells nothing of what others have. ``guarded_action`` of a guarded view is read by
``tests/web/test_routes.py``.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, current_app, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.permissions import Action
from storage.campaigns.campaigns import campaign_by_slug
from storage.campaigns.territories import territory_by_slug
from web.http.access import ask_to_sign_in, may, require
from web.http.database import connection
from web.http.errors import signed_out

View = Callable[..., Any]


def signed_in(view: View) -> View:
    """Guard a view that any account may see."""
    return _guarded(view, None, lambda **values: view(**values))


def for_everywhere(action: Action) -> Callable[[View], View]:
    """Guard a view about no territory in particular."""

    def decorate(view: View) -> View:
        def call(**values: Any) -> Any:
            require(action)
            return view(**values)

        return _guarded(view, action, call)

    return decorate


def for_territory(action: Action) -> Callable[[View], View]:
    """Call the view with the territory that ``place`` names in the address, if the visitor may do ``action`` there."""

    def decorate(view: View) -> View:
        def call(place: str, **values: Any) -> Any:
            territory = territory_by_slug(connection(), place)
            if territory is None or not may(action, territory):
                abort(404)
            return view(territory, **values)

        return _guarded(view, action, call)

    return decorate


def for_campaign(
    action: Action, *, states: tuple[str, ...] = ("open", "closed"), log_refusals: bool = False
) -> Callable[[View], View]:
    """Call the view with the campaign that ``slug`` names in the address, if the visitor may do ``action`` on its
    territory and the campaign is in one of these states. ``log_refusals`` writes a warning about each 404.
    """

    def decorate(view: View) -> View:
        def call(slug: str, **values: Any) -> Any:
            campaign = campaign_by_slug(connection(), slug)
            if campaign is None or campaign.status not in states or not may(action, campaign.territory):
                if log_refusals:
                    _log_refusal()
                abort(404)
            return view(campaign, **values)

        return _guarded(view, action, call)

    return decorate


def _guarded(view: View, action: Action | None, call: View) -> View:
    @wraps(view)
    def guarded(**values: Any) -> Any:
        return call(**values) if current_user.is_authenticated else _sign_in_first()

    guarded.guarded_action = action  # type: ignore[attr-defined]  # read by the test of routes
    return guarded


def _sign_in_first() -> ResponseReturnValue:
    return ask_to_sign_in() if request.method in {"GET", "HEAD"} else signed_out()


def _log_refusal() -> None:
    account = current_user.account.id
    current_app.logger.warning("review refused: account %s asked %s %s", account, request.method, request.path)
