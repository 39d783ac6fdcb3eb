"""What is heavy is computed beside the processes that answer people, as if they had computed it themselves."""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from threading import Thread
from typing import Any
from urllib.request import urlopen

import pytest
from flask import Flask, Response, request

from commands.serving.computing import ComputingThreads
from commands.serving.relay import Relay, answer_request
from tests.serving import LiveServer

RESULTS = "/restitution/villeroche-2026"
COMPUTED = (f"{RESULTS}/habitants", f"{RESULTS}/fichiers/radar.svg")


def test_who_answers_people_loads_nothing_that_computes(live_server: LiveServer) -> None:
    """Whatever is read first is computed by a child, and so are pages after that child has been killed."""
    for path in COMPUTED:
        with urlopen(f"{live_server.url}{path}", timeout=120) as answer:
            assert answer.read()
        child = live_server.computing
        assert child
        os.kill(child, signal.SIGKILL)
    assert not live_server.loaded


@pytest.fixture
def asked() -> list[str]:
    """The forms that the application has received."""
    return []


@pytest.fixture
def small_app(asked: list[str]) -> Flask:
    """An application that tells what it was sent."""
    app = Flask("small")

    @app.route("/<path:path>", methods=["GET", "POST"])
    def tell(path: str) -> Response:
        text = request.get_data(as_text=True)
        asked.append(text)
        return Response(f"{request.method} {path}?{request.query_string.decode()} {len(text)}", headers={"X-Said": "é"})

    return app


@pytest.fixture
def relay() -> Iterator[Relay]:
    with closing(Relay()) as relay:
        yield relay


def environ(method: str, path: str, body: bytes = b"") -> dict[str, Any]:
    """What a server gives an application for that request."""
    about = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": "a=%C3%A9", "CONTENT_LENGTH": str(len(body))}
    address = {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "SCRIPT_NAME": "", "wsgi.url_scheme": "http"}
    return {**about, **address, "wsgi.input": BytesIO(body), "an.object": object()}


def test_a_request_and_its_answer_go_through_whole(relay: Relay, small_app: Flask, asked: list[str]) -> None:
    computing = ComputingThreads(small_app, relay)
    computing.start()
    try:
        answer = relay.ask(environ("POST", "/a", b"x" * 3_000_000))
        assert answer is not None
        status, headers, chunks = answer
        assert (status, b"".join(chunks)) == ("200 OK", b"POST a?a=%C3%A9 3000000")
        assert dict(headers)["X-Said"] == "é"
        assert [len(text) for text in asked] == [3_000_000]
    finally:
        computing.end()


def lost(relay: Relay, times: int) -> Thread:
    """Somebody takes so many requests, and ends without an answer."""

    def lose() -> None:
        for _time in range(times):
            assert relay.is_waiting(60)
            taken = relay.take()
            assert taken
            taken.close()

    thread = Thread(target=lose)
    thread.start()
    return thread


def test_what_was_lost_is_read_again_but_never_sent_again(relay: Relay, small_app: Flask) -> None:
    first = lost(relay, 1)
    assert relay.ask(environ("POST", "/a", b"form")) is None
    first.join()
    second = lost(relay, 1)

    def answer_after() -> None:
        second.join()
        assert relay.is_waiting(60)
        taken = relay.take()
        assert taken
        answer_request(small_app, taken)

    last = Thread(target=answer_after)
    last.start()
    answer = relay.ask(environ("GET", "/a"))
    last.join()
    assert answer is not None
    assert b"".join(answer[2]) == b"GET a?a=%C3%A9 0"


def test_nothing_is_done_for_who_has_given_up(
    relay: Relay, small_app: Flask, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commands.serving.relay.PATIENCE_FOR_FORMS", 0.001)
    assert relay.ask(environ("POST", "/a", b"form")) is None
    while taken := relay.take():
        answer_request(small_app, taken)
    assert asked == []


def test_a_request_that_nobody_can_take_is_said_so(relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "send_fds", lambda *_given: (_ for _ in ()).throw(BlockingIOError()))
    assert relay.ask(environ("GET", "/a")) is None
