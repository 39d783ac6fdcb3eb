"""Forms that must not act twice, and pages that show the outcome of one after a redirect."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, ParamSpec

from flask import Flask, current_app, flash, make_response, redirect, request, url_for
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response

from restitution.text.language import gettext as _
from storage.core.tokens import new_secret
from storage.operations.sent_forms import (
    claim_form,
    form_key,
    keep_outcome,
    outcome_of,
    release_form,
    settle_form,
    where_it_led,
)
from web.http.database import connection

P = ParamSpec("P")

_MARK: Final = "form_mark"
_LOOKS, _BETWEEN = 50, 0.1  # seconds: a second click waits for the first one's end, but not for ever


def init_app(app: Flask) -> None:
    """Give ``form_mark`` to templates."""
    app.jinja_env.globals["form_mark"] = form_mark


def form_mark() -> Markup:
    """Return a hidden field that identifies this form, new at each rendering: sent twice, the form acts once."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(_MARK, new_secret())


def once(page: str) -> Callable[[Callable[P, Any]], Callable[P, Any]]:
    """Guard a view against a form sent twice: the same mark and content lead where they led the first time.

    Only a redirect counts as done: any other answer (a form to correct) leaves the form free. ``page`` is the endpoint
    to which a second click goes when the first has not ended yet.
    """
    return lambda view: _once(view, page)


def _once(view: Callable[P, Any], page: str) -> Callable[P, Any]:
    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Any:
        if request.method != "POST" or not request.form.get(_MARK) or not current_user.is_authenticated:
            return view(*args, **kwargs)
        fields = [(name, text) for name, text in request.form.items(multi=True) if name != "csrf_token"]
        files = [(name, file.filename or "") for name, file in request.files.items(multi=True)]
        key = form_key(current_user.account, request.path, fields + files)
        if not claim_form(connection(), current_user.account, key):
            return redirect(_led(key) or _going_on(page), 303)
        return _done(key, lambda: view(*args, **kwargs))

    return guarded


def _done(key: str, view: Callable[[], Any]) -> Any:
    response: Response | None = None
    try:
        response = make_response(view())
    finally:
        if response is not None and response.status_code == 303:
            settle_form(connection(), key, response.headers["Location"])
        else:
            release_form(connection(), key)
    return response


def _led(key: str) -> str | None:
    """Where the first of two led; waits a little for it to end."""
    for _look in range(_LOOKS):
        if address := where_it_led(connection(), key):
            return address
        time.sleep(_BETWEEN)
    return None


def _going_on(page: str) -> str:
    flash(_("Votre envoi est en cours. Rechargez cette page dans un instant pour voir ce qu’il a donné."))
    return url_for(page, **(request.view_args or {}))


def save_outcome(page: str, outcome: object) -> str:
    """Save what that page will show, for an hour and for the current user. Returns its reference."""
    secret = str(current_app.config["SECRET_KEY"])
    return keep_outcome(connection(), current_user.account, {"page": page, "outcome": outcome}, secret)


def saved_outcome(page: str, reference: str) -> Any:
    """Return what was saved for that page, reference and user; None once expired, or for another user."""
    found = outcome_of(connection(), current_user.account, reference, str(current_app.config["SECRET_KEY"]))
    return found["outcome"] if found and found["page"] == page else None
