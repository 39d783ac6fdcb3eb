"""Responses given again by this process, as long as their source has not changed.

For people who are not signed in. An address that was answered from a copy is remembered with its headers; the next
time, one query reads the revision of its territory, and the copy's file is sent before Flask handles the request.
Whatever decides who may see a campaign changes the revision too. Unknown or outdated addresses, and requests with a
session, go through the application; so does everything when the database cannot be read: the application says why.
"""

import gzip
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, current_app, g, request

from storage.core.database_errors import DatabaseNotReady, SQLError
from storage.core.revisions import current_revision
from storage.operations.published_copies import Name, folder_of, path_in, read_copy
from web.http.language import language_of
from web.http.request_log import tell_known

MOST_KNOWN = 512
_Key = tuple[object, ...]
_Headers = list[tuple[str, str]]
_STAY = {"content-security-policy", "content-location"}
"""Headers about the content that a 304 has too."""

_OF_THE_MOMENT = {"Content-Length", "Date"}
"""Headers that are written anew."""


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """A response: the copy that it was made of, and its headers.

    ``unpack`` for a browser that does not accept gzip; ``whole`` unless the headers are those of a 304.
    """

    name: Name
    path: str
    tag: str
    headers: _Headers
    still: Callable[[], bool] | None
    unpack: bool
    whole: bool
    route: str


class KnownAnswers(OrderedDict[_Key, KnownAnswer]):
    """A WSGI middleware with the last responses of an application, by address."""

    def __init__(self, app: Flask) -> None:
        super().__init__()
        self._app, self._next = app, app.wsgi_app
        self._cookie = app.config["SESSION_COOKIE_NAME"]

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer what is known, and let the application answer the rest."""
        started, answer = time.perf_counter(), self._known(environ)
        if answer is not None:
            found = _replayed(answer, environ)
            if found is not None:
                return self._sent(found, answer, environ, start_response, started)
        return self._next(environ, start_response)

    def remember(self, key: _Key, answer: KnownAnswer) -> None:
        """Remember that response; the oldest is forgotten when there are many."""
        self[key] = answer
        if len(self) > MOST_KNOWN:
            self.popitem(last=False)

    def key(self, environ: dict[str, Any]) -> _Key:
        """Return what distinguishes one response from another: the address, and what the browser accepts."""
        where = (environ.get("SCRIPT_NAME"), environ.get("PATH_INFO"), environ.get("QUERY_STRING"))
        return (*where, "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""), language_of(self._app, environ))

    def may_know(self, environ: dict[str, Any]) -> bool:
        """Whether the request has no session, and asks for the whole content."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or "HTTP_RANGE" in environ:
            return False
        return self._cookie not in environ.get("HTTP_COOKIE", "")

    def _known(self, environ: dict[str, Any]) -> KnownAnswer | None:
        """The answer of this address, when it was given before and nothing that it rests on has changed."""
        answer = self.get(self.key(environ)) if self and self.may_know(environ) else None
        if answer is None:
            return None
        try:
            revision = current_revision(self._app.extensions["database"].get(), answer.name.territory)
        except (SQLError, DatabaseNotReady):
            return None
        current = revision == answer.name.revision and (answer.still is None or answer.still())
        return answer if current else None

    def _sent(
        self,
        found: tuple[str, _Headers, bytes],
        answer: KnownAnswer,
        environ: dict[str, Any],
        start_response: Any,
        started: float,
    ) -> Iterable[bytes]:
        status, headers, content = found
        if self._app.config["LOG_REQUESTS"]:
            tell_known(environ["REQUEST_METHOD"], answer.route, int(status[:3]), len(content), started)
        start_response(status, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [content]


def init_app(app: Flask) -> None:
    """Put the middleware in front of the application, and remember its responses."""
    answers = app.extensions["known_answers"] = KnownAnswers(app)
    folder = folder_of(app.config["DATABASE"])

    def remember(response: Response) -> Response:
        if "known_answer" in g and response.status_code in {200, 304} and "Set-Cookie" not in response.headers:
            name, still, unpack = g.known_answer
            headers = [(field, text) for field, text in response.headers if field not in _OF_THE_MOMENT]
            tag, whole, route = response.get_etag()[0] or "", response.status_code == 200, str(request.url_rule)
            answer = KnownAnswer(name, path_in(folder, name), tag, headers, still, unpack, whole, route)
            answers.remember(answers.key(request.environ), answer)
        return response

    app.after_request(remember)  # before all others, therefore called after them
    app.wsgi_app = answers  # type: ignore[method-assign]


def know_answer(name: Name, still: Callable[[], bool] | None = None, *, unpack: bool = False) -> None:
    """Remember the response to this request, once it is complete, until the revision of its name changes.

    ``still`` says, outside of any request, whether the address still stands for that copy.
    """
    if current_app.extensions["known_answers"].may_know(request.environ):
        g.known_answer = name, still, unpack


def _replayed(answer: KnownAnswer, environ: dict[str, Any]) -> tuple[str, _Headers, bytes] | None:
    """The status, the headers and the body; None when the copy is gone."""
    if f'"{answer.tag}"' in environ.get("HTTP_IF_NONE_MATCH", ""):
        return "304 NOT MODIFIED", [one for one in answer.headers if _is_of_304(one[0].lower())], b""
    content = read_copy(answer.path) if answer.whole else None
    if content is None:
        return None
    if answer.unpack:
        content = gzip.decompress(content)
    return "200 OK", [*answer.headers, ("Content-Length", str(len(content)))], content


def _is_of_304(header: str) -> bool:
    return not header.startswith("content-") or header in _STAY
