"""The addresses of the API: what every request meets, and how an answer is described."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Blueprint, Response, current_app, request
from pydantic import BaseModel, ValidationError

from grille.messages import Message
from grille.messages import message as _
from web.http.errors import Explained, page
from web.http.security.api_keys import KeyRefused
from web.http.security.rate_limits import API_FROM_ONE_PLACE, client_network, count_attempts

PREFIX = "/api/v1"

blueprint = Blueprint("api", __name__)

View = TypeVar("View", bound=Callable[..., Any])
Q = TypeVar("Q", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Described:
    """What the description says of a view: in a few words, its answer, its parameters and its possible errors."""

    summary: Message
    answer: type[BaseModel]
    query: type[BaseModel] | None
    errors: tuple[int, ...]
    code: int = 200
    body: type[BaseModel] | None = None


DESCRIPTIONS: dict[str, Described] = {}
"""By the name of the view."""


class BadRequest(Exception):
    """A request that the API cannot answer; the sentence says what is wrong and what to do."""


def described(
    summary: Message,
    answer: type[BaseModel],
    query: type[BaseModel] | None = None,
    *,
    errors: tuple[int, ...] = (),
    code: int = 200,
    body: type[BaseModel] | None = None,
) -> Callable[[View], View]:
    """Say what a view answers, for the description of the API; and what must be sent to it, if anything must."""

    def decorate(view: View) -> View:
        DESCRIPTIONS[view.__name__] = Described(summary, answer, query, errors, code, body)
        return view

    return decorate


def asked(model: type[Q]) -> Q:
    """Return the parameters of the request. Raises ``BadRequest`` with all that is wrong with them."""
    repeated = sorted(name for name in request.args if len(request.args.getlist(name)) > 1)
    if repeated:
        raise BadRequest(_("Ces paramètres sont donnés plusieurs fois : %(names)s.", names=", ".join(repeated)))
    try:
        return model.model_validate(request.args.to_dict())
    except ValidationError as error:
        names = sorted({str(one["loc"][0]) for one in error.errors()})
        known = ", ".join(model.model_fields)
        raise BadRequest(
            _(
                "Ces paramètres ne peuvent pas être lus : %(names)s. Cette adresse connaît : %(known)s.",
                names=", ".join(names),
                known=known,
            )
        ) from error


@blueprint.before_request
def count_request() -> None:
    """Refuse a network that asks without end."""
    count_attempts((API_FROM_ONE_PLACE, client_network()))


@blueprint.errorhandler(BadRequest)
def bad_request(error: BadRequest) -> tuple[str, int]:
    """Say what is wrong with the request."""
    return page(Explained(_("Cette demande n’a pas été comprise"), error.args[0]), 400)


@blueprint.errorhandler(KeyRefused)
def key_refused(error: KeyRefused) -> tuple[str, int, dict[str, str]]:
    """Say why a key does not serve, and what to do; ``WWW-Authenticate`` says it to programs (RFC 6750)."""
    title = _("Il faut une clé") if error.code == 401 else _("Cette clé ne suffit pas")
    said, code = page(Explained(title, error.args[0]), error.code)
    reason = "invalid_token" if "Authorization" in request.headers else ""
    named = f' error="{reason if code == 401 else "insufficient_scope"}"' if reason else ""
    return said, code, {"WWW-Authenticate": f"Bearer{named}"}


@blueprint.after_request
def open_to_all(response: Response) -> Response:
    """Let the pages of other sites read what everybody may read: no cookie counts here."""
    if not asks_for_a_key(request.endpoint):
        response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def asks_for_a_key(endpoint: str | None) -> bool:
    """Whether the view of that endpoint is for who has a key."""
    return hasattr(current_app.view_functions.get(endpoint or ""), "needed_scope")


def answer(document: BaseModel) -> Response:
    """Return a document as JSON, with a validator."""
    return json_with_validator(document.model_dump_json())


def json_with_validator(content: str | bytes) -> Response:
    """Return JSON that is not sent again to whoever asks for it again unchanged."""
    response = Response(content, mimetype="application/json")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
