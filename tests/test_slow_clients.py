"""The real server with silent or slow clients: all others are served, and no request is lost."""

import http.client
import os
import re
import signal
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import cycle, islice
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from commands.serving.reception import PATIENCE
from tests.serving import HELD, LiveServer, serving

MANY = 200


def address(server: LiveServer) -> tuple[str, int]:
    """Where it listens."""
    host, _, port = server.url.removeprefix("http://").partition(":")
    return host, int(port)


@contextmanager
def slow_clients(server: LiveServer) -> Iterator[list[tuple[socket.socket, bytes]]]:
    """So many connections that hold on to the server, each with what it sends next."""
    with ExitStack() as open_ones:
        held = []
        for first, *more in islice(cycle(HELD), MANY):
            client = open_ones.enter_context(socket.create_connection(address(server)))
            client.sendall(first)
            held.append((client, b"".join(more)))
        yield held


def status(server: LiveServer, path: str) -> int:
    """What someone is answered before the slow ones are cut off: among threads that they hold, it would take longer."""
    with closing(http.client.HTTPConnection(*address(server), timeout=PATIENCE - 2)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status


def test_slow_clients_keep_nobody_waiting(live_server: LiveServer) -> None:
    with slow_clients(live_server) as held:
        for _ in range(5):
            for client, more in held:
                client.sendall(more)
            assert status(live_server, "/repondre/essai") == 200


def test_a_stop_lets_what_has_begun_end(demo_database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKERS", "2")
    with serving(demo_database.parent) as server:
        while len(server.processes) < 3:
            assert status(server, "/healthz") == 200
        with socket.create_connection(address(server), timeout=20) as client:
            head = "POST /repondre/essai HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n"
            client.sendall(f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\n".encode())
            assert client.recv(100).startswith(b"HTTP/1.1 100")
            os.kill(server.pid, signal.SIGTERM)
            client.sendall(b"a=b")
            assert client.recv(15).startswith(b"HTTP/1.1 4")


def test_a_killed_worker_is_replaced_while_the_port_stays_open(demo_database: Path) -> None:
    with serving(demo_database.parent) as server:
        os.kill(server.processes[1], signal.SIGKILL)
        assert status(server, "/repondre/essai") == 200


def test_readers_do_not_wait_for_a_lock_that_another_program_holds(demo_database: Path) -> None:
    """Twice as many people save as there are threads, while the lock is held: pages are read before the first gives up.

    A busy machine may read too slowly for that once; were readers held by the writers, they would be each time.
    """
    with (
        serving(demo_database.parent) as server,
        closing(sqlite3.connect(demo_database, isolation_level=None)) as other,
    ):
        begun = begin_form(server)
        other.execute("BEGIN IMMEDIATE")
        assert any(read_while_saving(server, begun) for _attempt in range(5))
        other.execute("ROLLBACK")
        with socket.create_connection(address(server), 20) as client:
            client.sendall(begun)
            assert client.recv(12) == b"HTTP/1.1 303"


def is_readable(client: socket.socket) -> bool:
    """Whether an answer has come. Not select(): it refuses the numbers of files above 1,023 that a long run reaches."""
    with DefaultSelector() as selector:
        selector.register(client, EVENT_READ)
        return bool(selector.select(0))


def read_while_saving(server: LiveServer, begun: bytes) -> bool:
    """Whether four pages are read while the first of sixteen people who save still waits for the lock."""
    with ExitStack() as open_ones:
        saving = [open_ones.enter_context(socket.create_connection(address(server), 60)) for _ in range(16)]
        saving[0].sendall(begun)
        assert status(server, "/grilles") == 200  # the first has come in
        for client in saving[1:]:
            client.sendall(begun)
        for path in ("/repondre/essai", "/grilles", "/", "/repondre/essai"):
            assert status(server, path) == 200
        readable = is_readable(saving[0])
        assert {client.recv(12) for client in saving} == {b"HTTP/1.1 503"}
        return not readable


def begin_form(server: LiveServer) -> bytes:
    """The request of someone who begins to answer."""
    page = urlopen(f"{server.url}/repondre/essai").read().decode()
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))
    body = urlencode({**hidden, "college": "habitants"})
    head = f"POST /repondre/essai HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\nConnection: close\r\n"
    return f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}".encode()
