"""Sending to other software: never inside, to an address resolved once, whatever it answers."""

import socket
import threading
from contextlib import closing
from ipaddress import ip_address
from typing import Any

import pytest

from tests.web.listening import Listening
from web.http import receivers
from web.http.receivers import ReceiverUnusable, is_outside, post, problem_of, resolved


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://logiciel.example/", "en https"),
        ("logiciel.example", "en https"),
        ("file:///etc/passwd", "en https"),
        ("https://", "en https"),
        ("https://[::1", "n’est pas lisible"),
        ("https://logiciel.example:99999/", "n’est pas lisible"),
        ("https://moi:secret@logiciel.example/", "mot de passe"),
        ("https://logiciel.example/#ici", "#"),
        ("https://logiciel.example/\r\nX: 1", "signes rares"),
    ],
)
def test_an_address_that_cannot_be_a_receiver_is_said(address: str, said: str) -> None:
    assert said in problem_of(address, inside=False)
    assert problem_of("https://logiciel.example:8443/a?b=c", inside=False) == ""


INSIDE = (
    *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"),
    *("::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "ff02::1"),
)


@pytest.mark.parametrize("number", INSIDE)
def test_no_address_inside_is_taken_for_one_outside(number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_outside(ip_address(number))
    family = socket.AF_INET6 if ":" in number else socket.AF_INET
    found = [
        (family, socket.SOCK_STREAM, 6, "", (number, 443)),
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 443)),
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_how: found)
    with pytest.raises(ReceiverUnusable, match="intérieur du réseau"):
        resolved("https://logiciel.example/", inside=False)


def test_a_name_is_resolved_once_and_its_number_called(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, called = [], []

    def find(name: str, port: int, **_how: Any) -> list[Any]:
        asked.append(name)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8" if len(asked) == 1 else "127.0.0.1", port))]

    def call(where: tuple[str, int], _patience: float) -> socket.socket:
        called.append(where)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", find)
    monkeypatch.setattr(socket, "create_connection", call)
    with pytest.raises(ReceiverUnusable, match="pas répondu"):
        post(resolved("https://logiciel.example/", inside=False), {}, b"")
    assert (asked, called) == (["logiciel.example"], [("8.8.8.8", 443)])


def test_a_redirection_is_not_followed(listening: Listening) -> None:
    listening.answer = (302, {"Location": f"http://127.0.0.1:{listening.server_port}/ailleurs"})
    with pytest.raises(ReceiverUnusable, match="renvoie ailleurs") as refused:
        post(resolved(listening.address, inside=True), {}, b"{}")
    assert (refused.value.code, len(listening.got)) == (302, 1)


def raw(answer: bytes, *, forever: bytes = b"") -> tuple[socket.socket, threading.Thread]:
    """Software that accepts one connection, writes that, then the rest until nobody listens."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with closing(server.accept()[0]) as link:
            try:
                link.sendall(answer)
                while forever:
                    link.sendall(forever)
            except OSError:
                return

    thread = threading.Thread(target=serve)
    thread.start()
    return server, thread


@pytest.mark.parametrize(
    ("answer", "forever", "arrives"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n", b"x" * 65536, True),
        (b"HTTP/1.1 200 OK\r\nX: ", b"x" * 65536, False),
        (b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n", False),
        (b"SSH-2.0-OpenSSH\r\n", b"", False),
        (b"", b"", False),
    ],
)
def test_whatever_it_answers_it_costs_little(
    answer: bytes, forever: bytes, arrives: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receivers, "PATIENCE", 30.0 if arrives else 0.5)
    server, thread = raw(answer, forever=forever)
    with closing(server):
        receiver = resolved(f"http://127.0.0.1:{server.getsockname()[1]}/", inside=True)
        if arrives:
            assert post(receiver, {}, b"{}") == 200
        else:
            with pytest.raises(ReceiverUnusable, match="pas répondu"):
                post(receiver, {}, b"{}")
        thread.join()


def test_one_that_never_answers_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receivers, "PATIENCE", 0.2)
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(ReceiverUnusable, match="pas répondu"):
            post(resolved(address, inside=True), {}, b"{}")
