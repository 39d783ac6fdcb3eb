"""Guards of views: each says what the user must be allowed to do before the view is called.

Someone signed out is asked to sign in; what they typed in a form is given back. For someone without the right, the page
does not exist (404), which discloses nothing. ``guarded_action`` of a guarded view is read by
``tests/web/test_routes.py``.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, current_app, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.permissions import Action
from storage.campaigns.campaigns import Campaign, campaign_by_slug
from storage.campaigns.participation import has_collected
from storage.campaigns.territories import territory_by_slug
from web.http.database import connection
from web.http.errors import signed_out_page
from web.http.pages.published_pages import campaign_at
from web.http.security.access import ask_to_sign_in, may, may_see, may_somewhere

View = Callable[..., Any]
ANY_STATE = ("draft", "open", "closed")


def signed_in(view: View) -> View:
    """Guard a view that any account may see."""
    return _guarded(view, None, lambda **values: view(**values))


def for_everywhere(action: Action) -> Callable[[View], View]:
    """Guard a view that is about no territory: the user must be allowed ``action`` in general."""

    def decorate(view: View) -> View:
        return _allowed_when(lambda: may(action), view, action)

    return decorate


def for_somewhere(action: Action) -> Callable[[View], View]:
    """Guard a view for who may do ``action`` on one territory at least."""

    def decorate(view: View) -> View:
        return _allowed_when(lambda: may_somewhere(action), view, action)

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


def for_begun_territory(view: View) -> View:
    """Call the view, which is for everyone, with the territory of ``place`` once one of its campaigns has opened.

    Before, those who follow it are let in. Others get a 404 and are not asked to sign in.
    """

    @wraps(view)
    def begun(place: str, **values: Any) -> Any:
        territory = territory_by_slug(connection(), place)
        if territory is None or not (
            has_collected(connection(), territory) or may(Action.FOLLOW_COLLECTION, territory)
        ):
            abort(404)
        return view(territory, **values)

    return begun


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


def for_results(view: View) -> View:
    """Call the view with the campaign that ``slug`` names in the address, if the user may see its results.

    Others get a 404 and are not asked to sign in.
    """
    return _for_campaign_seen(view, may_see)


def for_results_to_come(view: View) -> View:
    """Guard as ``for_results`` does, but accept those who may follow the collection before there are results."""
    return _for_campaign_seen(
        view, lambda campaign: may_see(campaign) or may(Action.FOLLOW_COLLECTION, campaign.territory)
    )


def _for_campaign_seen(view: View, is_seen: Callable[[Campaign], bool]) -> View:
    def call(slug: str, **values: Any) -> Any:
        campaign = campaign_at(slug)
        if campaign is None or not is_seen(campaign):
            abort(404)
        return view(campaign, **values)

    return _marked(view, Action.SEE_PUBLISHED_RESULTS, call)


def _allowed_when(is_allowed: Callable[[], bool], view: View, action: Action) -> View:
    def call(**values: Any) -> Any:
        if not is_allowed():
            abort(404)
        return view(**values)

    return _guarded(view, action, call)


def _guarded(view: View, action: Action | None, call: View) -> View:
    return _marked(view, action, lambda **values: call(**values) if current_user.is_authenticated else _sign_in_first())


def _marked(view: View, action: Action | None, call: View) -> View:
    """Return ``call`` under the name of the view, with the action that it guards, which the test of routes reads."""

    @wraps(view)
    def guarded(**values: Any) -> Any:
        return call(**values)

    guarded.guarded_action = action  # type: ignore[attr-defined]  # read by the test of routes
    return guarded


def _sign_in_first() -> ResponseReturnValue:
    return ask_to_sign_in() if request.method in {"GET", "HEAD"} else signed_out_page()


def _log_refusal() -> None:
    account = current_user.account.id
    current_app.logger.warning("review refused: account %s asked %s %s", account, request.method, request.path)
