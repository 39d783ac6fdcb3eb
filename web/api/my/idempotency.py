"""``Idempotency-Key``: a request sent again, since its answer was lost, acts once.

As draft-ietf-httpapi-idempotency-key-header describes it.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from typing import Any, Final

from flask import Response, current_app, make_response, request
from flask_login import current_user

from grille.messages import message as _
from storage.accounts.idempotent_requests import (
    Known,
    Sent,
    claim_request,
    opened,
    release_request,
    settle_request,
)
from storage.core.database import writing
from storage.core.tokens import fingerprint
from web.api.refusals import Refused
from web.http.database import connection

View = Callable[..., Any]
HEADER: Final = "Idempotency-Key"
_LONGEST: Final = 255


def idempotent(*, atomic: bool = True) -> Callable[[View], View]:
    """Let the view act once for each ``Idempotency-Key``; without that header, at each request.

    It acts and its answer is kept in one transaction, unless it is not ``atomic``: a view that reads for long before
    it writes, and that knows by itself what it has already done. Stands under the guard of the right: whoever lost it
    gets no former answer. A refusal is not kept: the same key may be sent again with what was to be corrected.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **values: Any) -> Any:
            if HEADER not in request.headers:
                return view(*args, **values)
            sent = _sent()
            known = claim_request(connection(), sent)
            within = writing(connection()) if atomic and known is None else nullcontext()
            return _done(sent, lambda: view(*args, **values), within) if known is None else _again(known, sent)

        return guarded

    return decorate


def _sent() -> Sent:
    key = request.headers[HEADER]
    if not 0 < len(key) <= _LONGEST or not key.isascii() or not key.isprintable():
        raise Refused(_("« Idempotency-Key » est un texte tiré au hasard, de 1 à 255 signes ASCII."), 400)
    asked = f"{request.method} {request.full_path}\n{fingerprint(request.get_data().hex())}"
    return Sent(current_user.key, fingerprint(key), fingerprint(asked))


def _done(sent: Sent, view: Callable[[], Any], within: AbstractContextManager[object]) -> Response:
    try:
        with within:
            response = make_response(view())
            settle_request(connection(), sent, response.status_code, response.get_data(as_text=True), _secret())
    except BaseException:
        release_request(connection(), sent)
        raise
    return response


def _again(known: Known, sent: Sent) -> Response:
    if not known.same:
        raise Refused(_("Cette « Idempotency-Key » a déjà servi à une autre demande : tirez-en une autre."), 422)
    if known.code is None:
        raise Refused(_("La même demande est en cours : demandez de nouveau dans un instant."), 409)
    text = opened(known, sent, _secret())
    if text is None:
        raise Refused(_("Cette demande a déjà été faite ; ce qu’elle a répondu ne peut plus être lu."), 409)
    response = Response(text, known.code, mimetype="application/json")
    response.headers["Idempotency-Replayed"] = "true"
    return response


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])
