"""What the API says is said in English to a request that prefers it, and in French to all others."""

from base64 import b64encode
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from accounts.scopes import Scope
from grille.messages import message
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import unpublish_campaign
from storage.core.database_errors import DatabaseUnavailable
from storage.core.engine import Database
from tests.web.api.conftest import Software
from tests.web.api.test_writing import ACTION
from tests.web.conftest import Open
from web.http.errors import Explained
from web.http.security.rate_limits import API_FROM_ONE_PLACE, TooMany

V1, MY = "/api/v1", "/api/v1/my"
ENGLISH = {"Accept-Language": "en-GB,en;q=0.9,fr;q=0.5"}


def both(ask: Callable[..., TestResponse]) -> tuple[TestResponse, TestResponse]:
    """The same request in French, then in English; each answer says its language, and is a problem."""
    french, english = ask(headers={}), ask(headers=ENGLISH)
    assert french.status_code == english.status_code, (french.text, english.text)
    for answer, language in ((french, "fr"), (english, "en")):
        assert answer.mimetype == "application/problem+json", answer.text
        assert answer.headers["Content-Language"] == language
        assert "Accept-Language" in answer.headers["Vary"]
    assert french.headers.get("Retry-After") == english.headers.get("Retry-After")
    return french, english


def test_every_problem_is_in_french_and_in_english(
    client: FlaskClient,
    software: Software,
    campaign: Open,
    database: Database,
) -> None:
    closed, shown = campaign("closed"), campaign("published", "Ailleurs")
    pilot, reader = software("pilot"), software("reader", "Là", [Scope.READ])
    tables = f"{MY}/campaigns/{campaign('open', 'Ici', 2027).slug}/imports"
    drafts, action = f"{MY}/territories/ici/campaigns", f"{MY}/territories/ici/actions/1"
    settings = {"name": "Bilan", "year": 2027, "grid": "territoires-engagement/2026.1", "colleges": []}
    added = pilot.post(f"{MY}/territories/ici/actions", json=ACTION)
    assert added.status_code == 201

    def tried(code: int, said: str, ask: Callable[..., TestResponse]) -> None:
        french, english = both(ask)
        assert english.status_code == code
        problems = french.json["title"] + french.json["detail"], english.json["title"] + english.json["detail"]
        assert said in problems[1]
        assert said not in problems[0]
        assert {letter for letter in problems[1] if letter in "éèêàùç’\u00a0\u202f"} == set()
        assert len(french.json.get("errors", ())) == len(english.json.get("errors", ()))

    def get(who: FlaskClient, address: str) -> Callable[..., TestResponse]:
        return lambda headers: who.get(address, headers=headers)

    def post(address: str, **body: Any) -> Callable[..., TestResponse]:
        more = body.pop("more", {})
        return lambda headers: pilot.post(address, headers=headers | more, **body)

    tried(400, "several times: q", get(client, f"{V1}/territories?q=a&q=b"))
    tried(400, "ASCII characters", post(drafts, json=settings, more={"Idempotency-Key": "k" * 300}))
    tried(401, "A key is needed", get(client, f"{MY}/key"))
    assert client.get(f"{MY}/key", headers=ENGLISH).headers["WWW-Authenticate"] == "Bearer"
    tried(403, "preparing, opening", get(reader, f"{MY}/campaigns/{closed.slug}/links"))
    tried(404, "does not exist", get(client, "/api/v2/nothing"))
    tried(405, "not used in that way", lambda headers: client.delete(f"{V1}/campaigns", headers=headers))
    changed = ACTION | {"title": "Autre", "version": 9}
    tried(409, "now at version 1", lambda headers: pilot.put(action, json=changed, headers=headers))
    tried(409, "closed: a new link", post(f"{MY}/campaigns/{closed.slug}/links", json={}))
    tried(413, "2 MB at most", post(drafts, data=b" " * 10_000_000, content_type="application/json"))
    tried(422, "Send JSON, under", post(drafts, data=b"a=b", content_type="text/plain"))
    tried(422, "/name: this is too long: 80 at most.", post(drafts, json=settings | {"name": "x" * 90, "year": "a"}))
    tried(422, "threshold is 0", post(drafts, json=settings | {"k": 0}))
    table = {"name": "a.csv", "content": b64encode(b"college,COO-1\nelu,2\nelus,12\nagents,1 000\n").decode()}
    tried(422, "a.csv:3, column COO-1: “12” is outside the scale: write", post(tables, json={"table": table}))
    table = {"name": "a.xlsx", "content": b64encode(b"PK\x03\x04 what is no workbook").decode()}
    tried(422, "a.xlsx: this workbook does not open", post(tables, json={"table": table}))
    unpublish_campaign(database, shown)
    gone = f"{V1}/campaigns/{shown.slug}"
    with patch("web.api.views.first_publications", lambda *_known: {1: "2026-01-01"}):
        tried(410, "were withdrawn", get(client, gone))

    limit = TooMany(API_FROM_ONE_PLACE, timedelta(minutes=7))
    for error, code, said in (
        (limit, 429, "Try again in 8 minutes."),
        (DatabaseUnavailable("busy"), 503, "unavailable for now"),
    ):
        with patch("web.api.views.territory_page", side_effect=error):
            tried(code, said, get(client, f"{V1}/territories"))


def test_a_sentence_without_english_is_said_in_french_under_an_english_title(client: FlaskClient) -> None:
    with patch("web.http.errors._not_found", lambda: message("Une phrase que personne n’a traduite.")):
        assert client.get("/api/v1/nothing", headers=ENGLISH).json["detail"] == "Une phrase que personne n’a traduite."
    unknown = Explained(message("Un titre"), message("Une phrase."))
    with patch("web.http.errors.explanation_of", lambda _code: unknown):
        said = client.get("/api/v1/nothing", headers=ENGLISH).json
        assert (said["title"], said["detail"]) == ("Not Found", "Une phrase.")
        assert client.get("/api/v1/nothing").json["title"] == "Un titre"


def test_only_what_is_said_changes_its_language(client: FlaskClient, shown: Campaign) -> None:
    for address in ("/", "/api", "/nothing", f"/restitution/{shown.slug}", f"{V1}/campaigns/{shown.slug}/results"):
        english, french = client.get(address, headers=ENGLISH), client.get(address)
        assert english.data == french.data, address
        assert "Content-Language" not in english.headers
        assert "Accept-Language" not in english.headers.get("Vary", "")
    for language, summary in (("fr;q=0.8, en;q=0.2", "Les grilles"), ("en", "The grids"), ("de", "Les grilles")):
        described = client.get(f"{V1}/openapi.json", headers={"Accept-Language": language})
        assert described.json["paths"][f"{V1}/grids"]["get"]["summary"] == summary
        assert described.headers["Content-Language"] == ("en" if language == "en" else "fr")
