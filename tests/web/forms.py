"""Submits forms as a browser does: loads the page, then sends its token with the fields."""

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def token_in(html: str) -> str:
    """The token of the page's first form."""
    found = _TOKEN.search(html)
    assert found, "this page has no form"
    return found[1]


def post_form(client: FlaskClient, address: str, *, seen_at: str | None = None, **typed: str) -> TestResponse:
    """Open the page that holds the form, then send it."""
    token = token_in(client.get(seen_at or address).text)
    return client.post(address, data={"csrf_token": token, **typed})
