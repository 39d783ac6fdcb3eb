"""Question pages shown and saved before Flask, as long as nothing about them is out of the ordinary (decision 0260).

They are most of what a server is asked for. They are made by the same functions as in the views, without a request of
Flask around them, and sent with the headers of the application's own last answer of that kind. Whatever is unusual goes
to the application, as if nobody had looked at it: the first page of a process, a closed campaign, a form with a
problem, a database that does not answer.
"""

import gzip
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from typing import Any, Self, cast
from urllib.parse import parse_qsl

from flask import Flask, Response

from web.http.forms.typed_text import Typed
from web.http.language import is_the_same_for_all
from web.http.request_log import tell_known
from web.respond.blueprint import PLAIN, SCRIPT
from web.respond.pages.questions import page_asked_of, page_for
from web.respond.pages.saved_page import next_address, script_content
from web.respond.request_queue import in_turn
from web.respond.response_access import open_response
from web.respond.saving import read_form, save_page

_ADDRESS = re.compile(r"/repondre/([\w-]{8,64})/([1-9][0-9]?)", re.ASCII)
_ROUTE = "/repondre/<key>/<rank:number>"
_WORDINGS = {"": False, f"lecture={PLAIN}": True}
_FORM = "application/x-www-form-urlencoded"
_LARGEST_FORM = 64 * 1024
_OWN = {"Content-Length", "Location", "Date"}
"""Headers of one answer, not of all of its kind."""

Headers = list[tuple[str, str]]


class Kind(Enum):
    """The ordinary answers."""

    PAGE = "200 OK"
    COMPRESSED = "200 OK, compressed"
    SAVED = "303 SEE OTHER"
    REPLY = "200 OK, for a script"

    @property
    def status(self) -> str:
        """Its status."""
        return self.value.partition(",")[0]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question page that is asked for, or sent: ``form`` is then what was typed."""

    key: str
    number: int
    plain: bool
    kind: Kind
    root: str
    form: bytes | None = None

    @classmethod
    def read(cls, environ: dict[str, Any]) -> Self | None:
        """Return what is asked for; None if it is anything else. The form can be read again afterwards."""
        address = _ADDRESS.fullmatch(environ["PATH_INFO"])
        plain = _WORDINGS.get(environ.get("QUERY_STRING", ""))
        if address is None or plain is None:
            return None
        about = (address[1], int(address[2]), plain)
        root = environ.get("SCRIPT_NAME", "")
        if environ["REQUEST_METHOD"] == "GET":
            kind = Kind.COMPRESSED if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "") else Kind.PAGE
            return cls(*about, kind, root)
        form = _form(environ) if environ["REQUEST_METHOD"] == "POST" else None
        kind = Kind.REPLY if environ.get("HTTP_ACCEPT") == SCRIPT else Kind.SAVED
        return cls(*about, kind, root, form) if form else None


def _form(environ: dict[str, Any]) -> bytes | None:
    length = environ.get("CONTENT_LENGTH") or ""
    if environ.get("CONTENT_TYPE") != _FORM or not length.isdigit() or int(length) > _LARGEST_FORM:
        return None
    form: bytes = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = BytesIO(form)
    return form


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent, beside the headers that all answers of its kind have."""

    body: bytes
    location: str = ""


class DirectAnswers:
    """A WSGI middleware that answers for the pages of questions of an application."""

    def __init__(self, app: Flask) -> None:
        self._app, self._next = app, app.wsgi_app
        self._headers: dict[Kind, Headers] = {}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer what is ordinary, and let the application answer the rest."""
        started, asked = time.perf_counter(), Asked.read(environ)
        if asked is None or not is_the_same_for_all(self._app):
            return self._next(environ, start_response)
        answer = self._answer(asked) if asked.kind in self._headers else None
        if answer is None:
            return self._next(environ, self._noting(asked.kind, start_response))
        own = [("Content-Length", str(len(answer.body)))] + ([("Location", answer.location)] if answer.location else [])
        start_response(asked.kind.status, [*self._headers[asked.kind], *own])
        if self._app.config["LOG_REQUESTS"]:
            tell_known(environ["REQUEST_METHOD"], _ROUTE, int(asked.kind.status[:3]), len(answer.body), started)
        return [answer.body]

    def _noting(self, kind: Kind, start_response: Any) -> Any:
        """Remember the headers of the application's answer, if it is an ordinary one."""

        def start(status: str, headers: Headers, *more: Any) -> Any:
            named = dict(headers)
            ordinary = status == kind.status and ("Content-Encoding" in named) == (kind is Kind.COMPRESSED)
            if ordinary and "Set-Cookie" not in named:
                self._headers[kind] = [one for one in headers if one[0] not in _OWN]
            return start_response(status, headers, *more)

        return start

    def _answer(self, asked: Asked) -> Answer | None:
        with self._app.app_context(), in_turn():
            try:
                return _shown(asked) if asked.form is None else self._saved(asked, asked.form)
            except Exception:  # whatever it is, the application meets it too, and says what to do
                return None

    def _saved(self, asked: Asked, form: bytes) -> Answer | None:
        access = open_response(asked.key)
        page = page_asked_of(access, asked.number, asked.plain)
        if page is None or not access.response.campaign_open:
            return None
        typed = _typed(form)
        sent = read_form(page.form, typed, asked.key, access.response.document.answers)
        if sent.refusal or sent.problems:
            return None
        result = save_page(access, sent)
        if result.problems:
            return None
        leads = next_address(asked.root, asked.key, page, typed)
        if asked.kind is Kind.SAVED:
            return Answer(b"", leads)
        reply = cast(Response, self._app.json.response(script_content(page, sent, result, leads)))
        return Answer(reply.get_data())


def _typed(form: bytes) -> Typed:
    """Return the fields of a form, read as werkzeug does (``FormDataParser``), without a stream."""
    return Typed(parse_qsl(form.decode(), keep_blank_values=True, errors="werkzeug.url_quote"))


def _shown(asked: Asked) -> Answer | None:
    access = open_response(asked.key)
    if not access.response.campaign_open:
        return None
    page = page_for(access, asked.number, asked.plain).encode()
    return Answer(gzip.compress(page, 1, mtime=0) if asked.kind is Kind.COMPRESSED else page)


def init_app(app: Flask) -> None:
    """Put the middleware in front of the application."""
    app.wsgi_app = DirectAnswers(app)  # type: ignore[method-assign]
