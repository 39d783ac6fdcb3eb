"""The request log: one line per request, without personal data, whatever people send."""

import io
import json
import logging
import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from flask import Flask

from app import create_app
from commands.serving.server_log import JsonLines, redacted
from settings import Settings
from storage.campaigns.share_links import create_link
from storage.core.database import migrate
from storage.responses.responses import start_response
from tests.conftest import application
from tests.serving import serving
from tests.web.conftest import Open
from tests.web.test_routes import ROUTES

SECRET = "s3cr3t-of-this-test-only"
ROOM = "QXWVYT"  # as a code of a room may be
PERSON = "camille.secrete@exemple.fr"
ADDRESS = "203.0.113.77"
PLANTED = (SECRET, ROOM, PERSON, ADDRESS, quote(PERSON), "Secrète")

# Asked every few seconds by those who watch.
QUIET = {"/healthz", "/livez", "/readyz", "/metrics"}


class Log:
    """What would be written on the error stream."""

    def __init__(self) -> None:
        self._stream = io.StringIO()
        self.handler = logging.StreamHandler(self._stream)
        self.handler.setFormatter(JsonLines())

    @property
    def text(self) -> str:
        """All of it."""
        return self._stream.getvalue()

    @property
    def lines(self) -> list[dict[str, object]]:
        """Its lines, each a JSON object."""
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def log() -> Iterator[Log]:
    """The log of the process, as the server writes it, at its most talkative."""
    log, root = Log(), logging.getLogger()
    level = root.level
    root.addHandler(log.handler)
    root.setLevel(logging.DEBUG)
    logging.getLogger("grille").setLevel(logging.INFO)
    yield log
    root.removeHandler(log.handler)
    root.setLevel(level)


@pytest.fixture
def logged_app(database_path: Path) -> Flask:
    """An application that tells its requests."""
    return create_app(
        Settings(data=database_path.parent, secret_key="a secret that only tests can know", log_requests=True)
    )


def planted(rule: str) -> str:
    """The address of a route where every part that can vary is a secret, with more of them behind."""
    address = re.sub(r"<(int|rank):\w+>", "7", re.sub(r"<(path:)?\w+>", SECRET, rule)).replace("<room:room>", ROOM)
    return f"{address}?email={quote(PERSON)}&key={SECRET}"


def test_no_route_lets_anything_sent_into_the_log(logged_app: Flask, log: Log) -> None:
    client = logged_app.test_client()
    headers = {
        "User-Agent": f"Secrète/{SECRET}".encode().decode("latin-1"),
        "Referer": f"https://exemple.fr/repondre/{SECRET}",
        "X-Forwarded-For": ADDRESS,
        "Cookie": f"grille={SECRET}",
        "Authorization": f"Bearer {SECRET}",
    }
    form = {"email": PERSON, "password": SECRET, "text": f"Secrète {PERSON}", "csrf_token": SECRET}
    for route in ROUTES:
        method, rule = route.split(" ", 1)
        client.open(
            planted(rule),
            method=method,
            headers=headers,
            data=form if method == "POST" else None,
            environ_base={"REMOTE_ADDR": ADDRESS},
        )
    client.get(f"/nulle-part/{SECRET}")
    client.open("/", method=SECRET.upper())
    logged_routes = {(line["method"], line["route"]) for line in log.lines if line["event"] == "request"}
    missing = {tuple(route.split(" ", 1)) for route in ROUTES} - logged_routes - {("GET", quiet) for quiet in QUIET}
    assert not missing
    assert [word for word in PLANTED if word.lower() in log.text.lower()] == []


def test_keys_and_links_that_exist_are_not_logged_either(logged_app: Flask, log: Log, campaign: Open) -> None:
    db = logged_app.extensions["database"].get()
    token, key = create_link(db, campaign("open")), start_response(db, campaign("open", "Là"), "habitants")
    client = logged_app.test_client()
    assert client.get(f"/repondre/{token}").status_code == 200
    assert client.get(f"/repondre/{key}/1").status_code == 200
    assert {line["route"] for line in log.lines} == {"/repondre/<token>", "/repondre/<key>/<rank:number>"}
    assert token not in log.text
    assert key not in log.text


def test_a_line_says_what_is_needed_and_nothing_else(logged_app: Flask, log: Log) -> None:
    logged_app.test_client().get("/grilles")
    (line,) = log.lines
    assert set(line) == {"time", "level", "event", "method", "route", "status", "ms", "bytes", "reference"}
    assert (line["method"], line["route"], line["status"]) == ("GET", "/grilles", 200)


def test_an_error_is_logged_by_its_places_and_the_page_gives_its_reference(logged_app: Flask, log: Log) -> None:
    def broken(secret: str) -> str:
        try:
            raise KeyError(secret)
        except KeyError as error:
            raise ValueError(f"{PERSON} {secret}") from error

    logged_app.add_url_rule("/broken/<secret>", "broken", broken)
    answer = logged_app.test_client().get(f"/broken/{SECRET}")
    assert answer.status_code == 500
    error, request = log.lines
    assert [one["type"] for one in error["error"]] == ["ValueError", "KeyError"]  # type: ignore[attr-defined]
    assert "test_request_log.py" in str(error["error"])
    assert error["reference"] == request["reference"]
    assert str(error["reference"]) in answer.text
    assert [word for word in PLANTED if word in log.text] == []


def test_files_and_health_are_logged_only_when_they_fail(
    logged_app: Flask, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = logged_app.test_client()
    client.get("/static/css/tokens.css")
    for address in QUIET - {"/metrics"}:  # which fails where no tool has its token
        client.get(address)
    assert log.lines == []
    monkeypatch.setattr("storage.core.database.ROOM", 1 << 60)
    client.get("/healthz")
    assert [line["event"] for line in log.lines][1:] == ["request"]
    assert "disque est plein" in log.text


def test_nothing_is_logged_unless_it_is_asked(database_path: Path, log: Log) -> None:
    application(database_path.parent).test_client().get("/grilles")
    assert log.lines == []


@pytest.mark.parametrize(
    "message",
    [
        f"Error handling request /repondre/{SECRET}/2",
        f"Invalid request from ip={ADDRESS}: Invalid HTTP request line: 'GET /{SECRET}'",
        f"no account for {PERSON}",
        f"https://exemple.fr/repondre/{SECRET}?x={PERSON}",
        f"from [2001:db8::7]:443 and 2001:db8::7 with {SECRET}",
    ],
)
def test_what_libraries_quote_is_taken_out(message: str) -> None:
    said = redacted(message)
    assert "…" in said
    assert not re.search(r"s3cr3t|camille|203\.0|2001", said)


def test_the_server_itself_writes_json_and_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    migrate(data / "grille.db")
    monkeypatch.setenv("LOG_REQUESTS", "1")
    with serving(data) as server:
        headers = {"User-Agent": SECRET, "Referer": f"https://exemple.fr/{SECRET}"}
        with suppress(OSError):
            urlopen(Request(f"{server.url}/repondre/{SECRET}", headers=headers))
        for raw in (
            f"GET /{SECRET} HTTP/9.9\r\n\r\n",
            f"{SECRET}\r\n\r\n",
            f"GET /{SECRET} HTTP/1.1\r\n{SECRET}\r\n\r\n",
        ):
            _send(server.url, raw.encode())
        urlopen(f"{server.url}/grille").close()
    written = data.with_suffix(".log").read_text()
    lines = [json.loads(line) for line in written.splitlines() if line.startswith("{")]
    assert {line.get("route") for line in lines} >= {"/repondre/<token>", "/grille"}
    assert any("Invalid request" in str(line["event"]) for line in lines)
    assert SECRET not in written
    assert SECRET.upper() not in written


def _send(url: str, raw: bytes) -> None:
    host, _, port = url.rpartition("/")[2].partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(raw)
        connection.recv(4096)
