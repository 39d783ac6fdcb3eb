"""Requests that another process answers: what they compute takes libraries that who serves respondents does without.

A room or a view says that it computes (``computes``); its requests, from people who are signed in, are handed over
before anything of them is read. What everybody may read is handed over only when no copy of it exists
(``published_pages``). Without such a process (tests, another server, a command), everything is computed here.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

from flask import Blueprint, Flask, Response, abort, current_app, request
from flask_login import current_user

from storage.operations.published_copies import CopyNotReady

RELAY: Final = "relay"
"""The extension that takes a request to the other process; the server puts it there (``commands.serving.relay``)."""

_HANDED_OVER: Final = "grille.handed_over"
_UNANSWERED: Final = "grille.unanswered"
_MARK: Final = "computes"

Computing = TypeVar("Computing", bound=Callable[..., Any] | Blueprint)


def computes(one: Computing) -> Computing:
    """Say that this view, or every view of this room, computes; for those that nobody reaches without an account."""
    setattr(one, _MARK, True)
    return one


def hand_over() -> None:
    """Leave the current request to the process that computes, if there is one: nothing after this runs here."""
    if current_app.extensions.get(RELAY):
        request.environ[_HANDED_OVER] = True
        abort(Response())  # never sent


def is_handed_over() -> bool:
    """Whether another process answers the current request."""
    return _HANDED_OVER in request.environ


class HeavyRequests:
    """A WSGI middleware, next to the application, that fetches the answers to what was handed over."""

    def __init__(self, app: Flask) -> None:
        self._app, self._next = app, app.wsgi_app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer as the application does, or as the other process does; if that stays silent, say so."""
        if not self._app.extensions.get(RELAY):
            return self._next(environ, start_response)
        body = self._next(environ, _silent(environ, start_response))
        if _HANDED_OVER not in environ:
            return body
        _close(body)
        del environ[_HANDED_OVER]
        answer = self._app.extensions[RELAY].ask(environ)
        if answer is None:
            environ[_UNANSWERED] = True
            return self._next(environ, start_response)
        status, headers, chunks = answer
        start_response(status, headers)
        return chunks  # type: ignore[no-any-return]


def _silent(environ: dict[str, Any], start_response: Any) -> Callable[..., Any]:
    def begin(*values: Any) -> Any:
        return None if _HANDED_OVER in environ else start_response(*values)

    return begin


def _close(body: Iterable[bytes]) -> None:
    if close := getattr(body, "close", None):
        close()


def init_app(app: Flask) -> None:
    """Put the middleware around the application, and hand over what computes."""
    app.wsgi_app = HeavyRequests(app)  # type: ignore[method-assign]
    app.before_request(_hand_over_what_computes)


def _hand_over_what_computes() -> None:
    if _UNANSWERED in request.environ:
        raise CopyNotReady
    if current_app.extensions.get(RELAY) and _is_marked() and _is_somebody():
        hand_over()


def _is_somebody() -> bool:
    """Whether somebody is signed in, or other software gives a key: whoever is nobody is refused here."""
    return current_user.is_authenticated or "Authorization" in request.headers


def _is_marked() -> bool:
    room = current_app.blueprints.get(request.blueprint or "")
    view = current_app.view_functions.get(request.endpoint or "")
    return hasattr(room, _MARK) or hasattr(view, _MARK)
