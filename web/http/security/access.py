"""Who is signed in, and what they may do: every view that shows more than public pages asks here."""

from flask import Flask, g, redirect, request, url_for
from flask_login import LoginManager, current_user
from flask_login.mixins import AnonymousUserMixin, UserMixin
from werkzeug.wrappers import Response

from accounts.permissions import Action, allowed, may_see_results, territories_where
from storage.accounts.accounts import Account, Grant
from storage.accounts.sign_in_sessions import SignInSession, find_sign_in_session
from storage.campaigns.campaigns import Campaign, campaigns_of
from storage.campaigns.territories import Territory
from web.http.database import connection

API = "/api/"
"""What begins the addresses that other software asks."""


class Visitor(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """The signed-in user: their account, and the session that this browser holds."""

    def __init__(self, token: str, session: SignInSession, account: Account) -> None:
        self._token, self.session, self.account = token, session, account

    def get_id(self) -> str:
        """Return what the browser keeps: the session's token, which can be revoked."""
        return self._token

    @property
    def grants(self) -> tuple[Grant, ...]:
        """The roles of the user, with their territories, those on which they try everything included."""
        return self.account.effective_grants


class AnonymousVisitor(AnonymousUserMixin):  # type: ignore[misc]  # as above
    """A user who is not signed in."""

    grants: tuple[Grant, ...] = ()


def init_app(app: Flask) -> None:
    """Set up Flask-Login."""
    manager = LoginManager()
    # Templates ask for current_user by name: pages that do not, respondents' ones, never open the session.
    manager.init_app(app, add_context_processor=False)
    app.jinja_env.globals["current_user"] = current_user
    manager.anonymous_user = AnonymousVisitor
    manager.session_protection = None  # it would keep a hash of the address and of the browser in the cookie
    manager.user_loader(_visitor)
    manager.unauthorized_handler(ask_to_sign_in)
    app.jinja_env.globals["may"] = may
    app.jinja_env.globals["Action"] = Action


def _visitor(token: str) -> Visitor | None:
    if request.path.startswith(API):  # other software comes with a key: see ``api_keys``
        return None
    found = find_sign_in_session(connection(), token)
    g.signed_in = found is not None
    return Visitor(token, *found) if found else None


def ask_to_sign_in() -> Response:
    """Redirect to the sign-in page, which leads back here."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", suite=wanted), 303)


def may(action: Action, territory: Territory | None = None) -> bool:
    """Whether the user may do ``action`` on that territory."""
    return allowed(current_user.grants, action, territory.id if territory else None)


def may_somewhere(action: Action) -> bool:
    """Whether the user may do ``action`` on at least one territory."""
    return territories_where(current_user.grants, action) != frozenset()


def may_see(campaign: Campaign) -> bool:
    """Whether the user may see the results of that campaign."""
    closed, published = campaign.status == "closed", campaign.published_at is not None
    return may_see_results(current_user.grants, campaign.territory.id, closed=closed, published=published)


def campaigns_here(territory: Territory) -> list[Campaign]:
    """Return the campaigns of a territory, read once per request that only reads."""
    if request.method not in ("GET", "HEAD"):
        return campaigns_of(connection(), territory)
    kept: dict[int, list[Campaign]] = g.setdefault("campaigns", {})
    if territory.id not in kept:
        kept[territory.id] = campaigns_of(connection(), territory)
    return kept[territory.id]
