"""Takes requests from the processes that answer to the one that computes, through sockets that only they hold.

Each request is a pair of connected sockets: one end is sent to whoever computes next, the other brings the answer. A
request waits until somebody takes it; the process of jobs then starts a child if there is none.
"""

import select
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from io import BufferedReader
from tempfile import SpooledTemporaryFile
from threading import BoundedSemaphore
from typing import Any, Final

import orjson
from flask import Flask

PATIENCE: Final = 20.0
"""Seconds that who reads waits for an answer; the page that comes then tries again by itself."""

PATIENCE_FOR_FORMS: Final = 120.0
"""Seconds that who sends a form waits: trying again would do it again."""

_READING: Final = {"GET", "HEAD", "OPTIONS"}
_IN_MEMORY, _CHUNK = 64 * 1024, 64 * 1024
_Answer = tuple[str, list[tuple[str, str]], Iterator[bytes]]


class _Ended(Exception):
    """Who computed an answer has ended before it was there."""


class _Places:
    """How many threads of a process that answers may be occupied by others' requests: the rest are for respondents."""

    def __init__(self, served: int, waiting: int) -> None:
        self._served, self._all = BoundedSemaphore(served), BoundedSemaphore(served + waiting)

    @contextmanager
    def taken(self, seconds: float) -> Iterator[bool]:
        """Hold a place during the block; False when there is none."""
        with ExitStack() as held:
            free = self._all.acquire(blocking=False)
            if free:
                held.callback(self._all.release)
                free = self._served.acquire(timeout=seconds)
            if free:
                held.callback(self._served.release)
            yield free


class Relay:
    """What both sides share, made before they part."""

    def __init__(self) -> None:
        self._asking, self._taking = socket.socketpair(type=socket.SOCK_DGRAM)
        self._asking.setblocking(False)
        self._taking.setblocking(False)
        self._readers, self._writers = _Places(2, 1), _Places(2, 1)

    def ask(self, environ: dict[str, Any]) -> _Answer | None:
        """Return the answer of the process that computes; None when it does not come in time."""
        reads = environ["REQUEST_METHOD"] in _READING
        places, patience = (self._readers, PATIENCE) if reads else (self._writers, PATIENCE_FOR_FORMS)
        with places.taken(patience / 2) as free:
            for _attempt in range(2 if reads else 1) if free else ():
                with suppress(_Ended):
                    return self._asked(environ, patience)
            return None

    def _asked(self, environ: dict[str, Any], patience: float) -> _Answer | None:
        ours, theirs = socket.socketpair()
        ours.settimeout(patience)
        try:
            with theirs:
                socket.send_fds(self._asking, [b"1"], [theirs.fileno()])
            with ours.makefile("wb") as there:
                _write_request(there, environ)
            ours.shutdown(socket.SHUT_WR)
            return _read_answer(ours)
        except ConnectionError as error:
            raise _Ended from error
        except OSError:  # too late, or too many wait
            return None
        finally:
            ours.close()  # what is read of an answer is held by its file

    def is_waiting(self, seconds: float = 0.0) -> bool:
        """Whether a request waits to be taken, looked for during so many seconds."""
        return bool(select.select([self._taking], [], [], seconds)[0])

    def close(self) -> None:
        """Close both ends, in this process."""
        self._asking.close()
        self._taking.close()

    def take(self) -> socket.socket | None:
        """Take a request, if there is one."""
        with suppress(BlockingIOError):
            _one, descriptors, _flags, _address = socket.recv_fds(self._taking, 1, 1)
            if descriptors:
                return socket.socket(fileno=descriptors[0])
        return None


def _write_request(there: Any, environ: dict[str, Any]) -> None:
    """Write what is known of the request as a line, then its body."""
    plain = {name: value for name, value in environ.items() if isinstance(value, str | bool)}
    there.write(orjson.dumps(plain) + b"\n")
    left = int(environ.get("CONTENT_LENGTH") or 0)
    while left > 0 and (chunk := environ["wsgi.input"].read(min(left, _CHUNK))):
        there.write(chunk)
        left -= len(chunk)


def _read_answer(ours: socket.socket) -> _Answer:
    answer = ours.makefile("rb")
    begun = answer.readline()
    if not begun.endswith(b"\n"):
        answer.close()
        raise _Ended
    status, headers = orjson.loads(begun)
    return status, [(name, value) for name, value in headers], _chunks(answer)


def _chunks(answer: BufferedReader) -> Iterator[bytes]:
    with answer:
        while chunk := answer.read(_CHUNK):
            yield chunk


def answer_request(app: Flask, asked: socket.socket) -> None:
    """Have the application answer a request that was taken, unless whoever asked has gone meanwhile."""
    asked.settimeout(PATIENCE_FOR_FORMS)
    with asked, suppress(BrokenPipeError, ConnectionError, TimeoutError), SpooledTemporaryFile(_IN_MEMORY) as body:
        with asked.makefile("rb") as sent:
            line = sent.readline()
            shutil.copyfileobj(sent, body)
        if line.endswith(b"\n") and not _is_gone(asked):
            body.seek(0)
            _answer(app, {**orjson.loads(line), **_OF_A_PROCESS, "wsgi.input": body}, asked)


def _is_gone(asked: socket.socket) -> bool:
    """Whether nobody would read the answer: a form whose sender was told so must not act after all."""
    look = select.poll()
    look.register(asked, 0)
    return bool(look.poll(0))


_OF_A_PROCESS: Final = {
    "wsgi.version": (1, 0),
    "wsgi.errors": sys.stderr,
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
}


def _answer(app: Flask, environ: dict[str, Any], asked: socket.socket) -> None:
    begun: list[Any] = []

    def begin(status: str, headers: list[tuple[str, str]], _error: object = None) -> Any:
        begun[:] = status, headers

    content = Flask.wsgi_app(app, environ, begin)
    try:
        asked.sendall(orjson.dumps(begun) + b"\n")
        for chunk in content:
            asked.sendall(chunk)
    finally:
        if close := getattr(content, "close", None):
            close()
