"""How this site and an identity provider exchange bytes: no redirection, ten seconds, half a megabyte.

``Session`` is the part of a client of HTTP that Authlib asks for.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.error import URLError
from urllib.parse import quote_plus, urlencode
from urllib.request import HTTPErrorProcessor, HTTPRedirectHandler, Request, build_opener

if TYPE_CHECKING:
    from authlib.oauth2.auth import ClientAuth

PATIENCE = 10.0
LARGEST = 512 * 1024


class ProviderUnusable(Exception):
    """The provider does not answer as the standard says; the message is for the log."""


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        """A provider's endpoints answer; they do not send elsewhere."""


_opener = build_opener(_NoRedirect, HTTPErrorProcessor)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an endpoint has answered, as Authlib reads it; only what succeeded gets here."""

    content: bytes
    media_type: str
    status_code: ClassVar = 200

    def json(self) -> Any:
        """Return the content. Raises ``ValueError``."""
        try:
            return json.loads(self.content)
        except RecursionError as error:
            raise ValueError("it goes too deep") from error

    def raise_for_status(self) -> None:
        """Never: ``fetched`` has raised already."""


class Session:
    """What Authlib is given to post with."""

    def post(self, address: str, data: dict[str, str], headers: dict[str, str], auth: "ClientAuth") -> Fetched:
        """Post a form, signed by ``auth``. The headers are copied: Authlib gives the same ones to every request."""
        address, signed, body = auth.prepare("POST", address, dict(headers), urlencode(data))
        return fetched(address, signed, body.encode())


def sign_with_basic(
    client: "ClientAuth", _method: str, uri: str, headers: dict[str, str], body: str
) -> tuple[str, dict[str, str], str]:
    """Add our identifier and secret, encoded first as RFC 6749 § 2.3.1 wants; Authlib joins them as they are."""
    pair = f"{quote_plus(client.client_id)}:{quote_plus(client.client_secret)}"
    return uri, headers | {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}, body


def fetched(address: str, headers: Mapping[str, str], body: bytes | None = None) -> Fetched:
    """Ask an endpoint, and return its answer. Raises ``ProviderUnusable``."""
    asked = {**headers, "Accept": "application/json, application/jwt"}
    try:
        request = Request(address, body, asked)  # noqa: S310  # its scheme is checked before
        with _opener.open(request, timeout=PATIENCE) as answer:
            content = answer.read(LARGEST + 1)
            kind = answer.headers.get_content_type()
    except (URLError, HTTPException, OSError, ValueError) as error:
        raise ProviderUnusable(f"{address}: {error}") from error
    if len(content) > LARGEST:
        raise ProviderUnusable("it answers too much")
    return Fetched(content, kind)


def json_object(answer: Fetched) -> dict[str, Any]:
    """Return the object of JSON that was fetched. Raises ``ProviderUnusable``."""
    try:
        found = answer.json()
    except ValueError as error:
        raise ProviderUnusable("it does not answer in JSON") from error
    if not isinstance(found, dict):
        raise ProviderUnusable("it does not answer with an object")
    return found


def text_of(found: Mapping[str, Any], name: str) -> str:
    """Return the text that bears this name. Raises ``ProviderUnusable``."""
    value = found.get(name)
    if not isinstance(value, str):
        raise ProviderUnusable(f"it gives no {name}")
    return value
