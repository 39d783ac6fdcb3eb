"""Requests are received completely, within limits, before a thread handles them: real sockets, a simulated clock."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import Any

import pytest

from commands.serving import reception as reception_module
from commands.serving.reception import BODIES, IN_MEMORY, LARGEST_HEADERS, PATIENCE, SLOWEST, Reception, reception

LARGEST = 1024 * 1024


class Clock:
    """The time, as the server reads it."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def time(self) -> float:
        """Now."""
        return self.now

    monotonic = time


def echo(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    """An application that says what it received."""
    said = {name: str(value) for name, value in environ.items() if name.isupper() or name == "wsgi.url_scheme"}
    if environ["PATH_INFO"] == "/long":
        body = b"x" * 30_000_000
    else:
        body = json.dumps(said | {"length": len(environ["wsgi.input"].read())}).encode()
    if environ["PATH_INFO"] == "/unchanged":
        start("304 NOT MODIFIED", [("ETag", '"one"')])
        return []
    start("200 OK", [("Content-Length", str(len(body)))])
    return [body]


@dataclass
class Served:
    """A server whose loop is turned by hand."""

    server: Reception
    clock: Clock
    clients: list[socket.socket] = field(default_factory=list)

    def client(self, *parts: bytes, window: int = 0) -> socket.socket:
        """Someone who connects and sends that."""
        client = socket.socket()
        self.clients.append(client)
        if window:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
        client.settimeout(0.02)
        client.connect(self.server.socket.getsockname())
        for part in parts:
            client.sendall(part)
        self.turn()
        return client

    def turn(self, times: int = 6) -> None:
        """Let the server read and write what it can."""
        for _ in range(times):
            self.server.turn(0.01)

    def after(self, seconds: float) -> None:
        """Let that time pass."""
        self.clock.now += seconds
        self.turn()

    def until_answered(self) -> None:
        """Turn until the threads are done with every request: their speed is the machine's, not the clock's."""
        while any(connection.requests for connection in list(self.server.active_channels.values())):
            self.server.turn(0.01)

    def answer(self, client: socket.socket) -> bytes:
        """All that the server sends to that client, until it is cut off or the answer is whole."""
        received, more = b"", b"-"
        while more and not _is_whole(received):
            self.turn(1)
            try:
                more = client.recv(1 << 20)
            except TimeoutError:
                continue
            received += more
        self.until_answered()
        return received

    def is_cut(self, client: socket.socket) -> bool:
        """Whether the server has ended that connection without a word."""
        try:
            return client.recv(1) == b""
        except TimeoutError:
            return False
        except ConnectionError:
            return True


def _is_whole(received: bytes) -> bool:
    head, _, body = received.partition(b"\r\n\r\n")
    length = head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0]
    return bool(length) and len(body) >= int(length)


def echoed_by(received: bytes) -> dict[str, Any]:
    """What the application said that it received."""
    said: dict[str, Any] = json.loads(received.partition(b"\r\n\r\n")[2])
    return said


def serving(monkeypatch: pytest.MonkeyPatch, *, proxied: bool) -> Iterator[Served]:
    clock = Clock()
    for name in ("waitress.server.time", "waitress.channel.time"):
        monkeypatch.setattr(name, clock)
    monkeypatch.setattr(reception_module, "time", clock)
    server = reception(echo, socket.create_server(("127.0.0.1", 0)), 1, largest=LARGEST, proxied=proxied)
    made = Served(server, clock)
    yield made
    for client in made.clients:
        client.close()
    for connection in list(server.active_channels.values()):
        connection.handle_close()
    server.task_dispatcher.shutdown()
    server.close()


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    yield from serving(monkeypatch, proxied=False)


@pytest.fixture
def proxied(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    yield from serving(monkeypatch, proxied=True)


def head(length: int, path: str = "/", *more: str) -> bytes:
    """The head of a request with a body of that length."""
    lines = [f"POST {path} HTTP/1.1", "Host: x", f"Content-Length: {length}", *more]
    return "\r\n".join([*lines, "", ""]).encode()


GET = b"GET / HTTP/1.1\r\nHost: x\r\n"


def test_the_silent_and_the_slow_are_cut_off_and_the_others_are_not(served: Served) -> None:
    silent = served.client()
    half_a_head = served.client(GET + b"X-Slow: ")
    half_a_body = served.client(head(5_000) + b"a")
    kept = served.client(GET + b"\r\n")
    assert served.answer(kept).startswith(b"HTTP/1.1 200")
    uploading = served.client(head(LARGEST))
    slow = [half_a_head, half_a_body]
    for second in range(1, PATIENCE + 3):
        for client in slow:
            if second <= PATIENCE:
                client.sendall(b"x")
        uploading.sendall(b"x" * SLOWEST)
        served.after(1)
        if second == PATIENCE - 1:
            assert not any(map(served.is_cut, [silent, kept, *slow, uploading]))
    assert [served.is_cut(client) for client in (silent, kept, *slow)] == [True] * 4
    assert not served.is_cut(uploading)
    for client in (silent, kept, uploading, *slow):
        client.close()


def test_who_does_not_take_an_answer_holds_no_thread_and_is_cut_off(served: Served) -> None:
    for _ in range(3):
        served.client(b"GET /long HTTP/1.1\r\nHost: x\r\n\r\n", window=4096)
    with closing(served.client(GET + b"\r\n")) as client:
        assert served.answer(client).startswith(b"HTTP/1.1 200")
    assert len(served.server.active_channels) >= 3
    for _ in range(PATIENCE + 2):
        served.after(1)
    assert not served.server.active_channels


def test_a_body_too_large_is_read_and_not_kept_and_the_application_says_so(served: Served) -> None:
    with closing(served.client(head(LARGEST + 1))) as client:
        for _ in range(16):
            client.sendall(b"x" * (LARGEST // 16))
            served.turn(12)
        client.sendall(b"x")
        said = echoed_by(served.answer(client))
    assert (said["CONTENT_LENGTH"], said["length"]) == (str(LARGEST + 1), 0)


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        (head(4 * LARGEST), 413, "trop lourd"),
        (GET + b"X-Long: " + b"x" * LARGEST_HEADERS + b"\r\n\r\n", 431, "trop longue"),
        (b"GET /\r\nno header\r\n\r\n", 400, "n’est pas comprise"),
        (GET + b"Transfer-Encoding: gzip\r\n\r\n", 501, "n’est pas comprise"),
    ],
)
def test_what_cannot_reach_the_application_is_refused_in_one_sentence(
    served: Served, sent: bytes, status: int, words: str
) -> None:
    with closing(served.client(sent)) as client:
        received = served.answer(client)
    assert int(received.split()[1]) == status
    assert words in received.decode()


def test_a_body_in_chunks_is_whole(served: Served) -> None:
    chunked = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    with closing(served.client(chunked, b"5\r\nhello\r\n", b"1\r\n!\r\n", b"0\r\n\r\n")) as client:
        assert echoed_by(served.answer(client))["length"] == 6


def test_bodies_on_disk_are_few_and_the_next_ones_wait(served: Served) -> None:
    first = [served.client(head(LARGEST) + b"x") for _ in range(BODIES)]
    waiting = served.client(head(LARGEST), b"x" * IN_MEMORY)
    served.turn()
    assert served.server.on_disk == BODIES * LARGEST
    (channel,) = [one for one in served.server.active_channels.values() if one.request and not one.admitted]
    assert channel.request.body_bytes_received < IN_MEMORY
    small = served.client(head(5) + b"hello")
    assert echoed_by(served.answer(small))["length"] == 5
    for client in first:
        client.close()
    served.after(1.5)
    served.after(1.5)
    served.turn(20)
    assert channel.admitted is channel.request
    for client in (waiting, small):
        client.close()


CLAIMS = (
    b"X-Forwarded-Proto: https\r\nX-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Host: ailleurs.example\r\n"
    b"X-Forwarded-Prefix: /x\r\nForwarded: for=192.0.2.7\r\nSCRIPT_NAME: /x\r\nSCRIPT-NAME: /x\r\nPATH_INFO: /y\r\n\r\n"
)


def test_nothing_is_believed_of_a_proxy_that_nobody_announced(served: Served) -> None:
    with closing(served.client(GET + CLAIMS)) as client:
        said = echoed_by(served.answer(client))
    assert (said["wsgi.url_scheme"], said["SCRIPT_NAME"], said["PATH_INFO"]) == ("http", "", "/")
    assert said["REMOTE_ADDR"] == "127.0.0.1"
    assert {name for name in said if "FORWARDED" in name} <= {"HTTP_X_FORWARDED_PREFIX"}, "which nobody reads then"


def test_what_an_announced_proxy_says_reaches_the_application(proxied: Served) -> None:
    with closing(proxied.client(GET + CLAIMS)) as client:
        said = echoed_by(proxied.answer(client))
    assert (said["HTTP_X_FORWARDED_PROTO"], said["HTTP_X_FORWARDED_FOR"]) == ("https", "192.0.2.7")
    assert (said["SCRIPT_NAME"], said["PATH_INFO"]) == ("", "/")


@pytest.mark.parametrize(("more", "stays"), [(b"", True), (b"Connection: close\r\n", False)])
def test_what_has_not_changed_leaves_the_connection_open(more: bytes, stays: bool, served: Served) -> None:
    """A browser asks for the page and then for its files, and has them all: it need not connect again each time."""
    client = served.client(b"GET /unchanged HTTP/1.1\r\nHost: a\r\n" + more + b"\r\n")
    served.until_answered()
    received = b""
    while b"\r\n\r\n" not in received:
        served.turn(1)
        with suppress(TimeoutError):
            received += client.recv(1 << 16)
    assert received.startswith(b"HTTP/1.1 304")
    assert (b"Connection: close" not in received) is stays
    if stays:
        client.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert echoed_by(served.answer(client))["PATH_INFO"] == "/"
