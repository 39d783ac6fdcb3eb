"""Receives whole requests, within limits of time, size and number, before a thread works on them.

A thread never waits for a client. One loop reads what all of them send and writes what is left of their answers; a
client that is silent, or too slow, occupies that loop only, and is cut off.
"""

import logging
import select
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from typing import Any, Final

from waitress.adjustments import Adjustments  # type: ignore[import-untyped]
from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.parser import HTTPRequestParser  # type: ignore[import-untyped]
from waitress.receiver import FixedStreamReceiver  # type: ignore[import-untyped]
from waitress.server import TcpWSGIServer  # type: ignore[import-untyped]
from waitress.task import ErrorTask, WSGITask  # type: ignore[import-untyped]
from waitress.wasyncore import loop  # type: ignore[import-untyped]

from commands.serving.warm_threads import WarmThreads
from grille.messages import message as _

LOGGER = logging.getLogger("grille.reception")

PATIENCE = 20
"""Seconds: how long a connection may stay silent, and what a request or an answer is given beside its size."""

SLOWEST = 16 * 1024
"""Bytes per second that a request or an answer must go by, once patience is spent."""

IN_MEMORY = 64 * 1024
"""Bytes of a body that are kept in memory; a larger one goes to a temporary file."""

LARGEST_HEADERS = 32 * 1024
BODIES = 8
"""How many of the largest bodies may be on disk at once; the next ones wait to be read."""

MOST_CONNECTIONS = 2000


_SENTENCES = {
    413: _("Ce fichier est trop lourd : il n’a pas été reçu. Choisissez-en un plus léger."),
    431: _("Cette adresse est trop longue. Revenez à la page précédente."),
    500: _("Une erreur est survenue. Revenez à la page précédente, attendez un instant, puis réessayez."),
}
_NOT_UNDERSTOOD = _("Cette demande n’est pas comprise. Revenez à la page précédente.")


class _Refusal(ErrorTask):  # type: ignore[misc]  # waitress has no types
    """What is said of a request that cannot reach the application."""

    def execute(self) -> None:
        """Answer with one sentence."""
        error = self.request.error
        LOGGER.warning("Invalid request: %s", error.reason)
        body = _SENTENCES.get(error.code, _NOT_UNDERSTOOD).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers.append(("Content-Type", "text/plain; charset=utf-8"))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Answer(WSGITask):  # type: ignore[misc]  # waitress has no types
    """An answer; one without a body, such as « not modified », leaves the connection open for the next request."""

    _bare = False

    def build_response_header(self) -> bytes:
        """Return the status and the headers."""
        asked = self.request.headers.get("CONNECTION", "").lower()
        self._bare = not self.has_body and self.version == "1.1" and asked != "close"
        header: bytes = super().build_response_header()
        self._bare = False
        return header

    def set_close_on_finish(self) -> None:
        """Close once it is sent: waitress asks so of whatever has no length, even where there is nothing to measure."""
        if not self._bare:
            super().set_close_on_finish()


class _Nothing:
    """Where a body goes that will be refused: read, so that the refusal is heard, and kept nowhere."""

    def append(self, _data: bytes) -> None:
        """Discard the data."""

    def getfile(self) -> BytesIO:
        """Return an empty body."""
        return BytesIO()

    def close(self) -> None:
        """Do nothing."""


class _Request(HTTPRequestParser):  # type: ignore[misc]  # waitress has no types
    """A request; a body beyond what any page accepts is not kept: the application says so from its declared length."""

    def parse_header(self, header_plus: bytes) -> None:
        """Read the header; a body that is declared larger than any page accepts will be discarded."""
        super().parse_header(header_plus)
        if self.content_length > self.adj.largest:
            self.body_rcv = FixedStreamReceiver(self.content_length, _Nothing())

    @property
    def on_disk(self) -> int:
        """The most bytes that its body may take on disk."""
        if self.chunked:  # of a size that is never said: it counts as the largest, once it is no small one
            return int(self.adj.max_request_body_size) if self.body_bytes_received > IN_MEMORY else 0
        return self.content_length if IN_MEMORY < self.content_length <= self.adj.largest else 0


class _Connection(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    """A client, and since when it has been sending its request or taking its answer."""

    parser_class = _Request
    task_class = _Answer
    error_task_class = _Refusal
    began = 0.0
    owed = 0
    admitted: _Request | None = None

    def received(self, data: bytes) -> bool:
        """Read what the client sent, and note when its request began. Returns whether anything was read."""
        before = self.request
        more = super().received(data)
        if self.request is not before:
            self.began = time.monotonic()
        return bool(more)

    def service(self) -> None:
        """Answer the request, and note when, and how many bytes of the answer the client had still to take."""
        super().service()
        self.began, self.owed = time.monotonic(), self.total_outbufs_len

    def handle_close(self) -> None:
        """Close the connection, and the file of a body that has not arrived whole."""
        super().handle_close()
        if self.request is not None:
            self.request.close()

    def readable(self) -> bool:
        """Whether to read from it; False while its body must wait for others to be received."""
        return bool(super().readable()) and self._has_room()

    def _has_room(self) -> bool:
        request = self.request
        if request is None or request is self.admitted or not request.on_disk:
            return True
        if self.server.on_disk + request.on_disk > BODIES * self.adj.largest:
            return False
        self.server.on_disk += request.on_disk
        self.admitted = request
        return True

    @property
    def on_disk(self) -> int:
        """The most bytes that its bodies may take on disk."""
        arriving = self.admitted.on_disk if self.admitted is not None and self.admitted is self.request else 0
        return int(arriving + sum(request.on_disk for request in list(self.requests)))

    def is_slow(self, now: float) -> bool:
        """Whether the client sends or takes less than a slow network would allow: it is then cut off."""
        if self.requests:
            return False
        moved = self.owed - self.total_outbufs_len
        if self.request is not None:
            moved = self.request.header_bytes_received + self.request.body_bytes_received
        waiting = self.request is not None or self.total_outbufs_len > 0
        return bool(waiting and now - self.began > PATIENCE + max(0, moved) / SLOWEST)

    @property
    def busy(self) -> bool:
        """Whether a request is being received or answered, or an answer taken by the client."""
        return bool(self.request is not None or self.requests or self.total_outbufs_len)


class Reception(TcpWSGIServer):  # type: ignore[misc]  # waitress has no types
    """The server: receives on a socket that is already listening, and answers by threads."""

    channel_class = _Connection

    def __init__(self, application: Callable[..., Any], *values: Any, **named: Any) -> None:
        super().__init__(application, *values, **named)
        self.application: Callable[..., Any] = _noting_forwarded(self.application)

    on_disk = 0
    ending = False

    def maintenance(self, now: float) -> None:
        """Cut off silent or slow clients, and count again what bodies may take on disk; called once a second."""
        super().maintenance(now)
        connections = self.active_channels.values()
        for connection in list(connections):
            if connection.will_close or connection.is_slow(time.monotonic()):
                connection.handle_close()  # now: whoever takes nothing is never ready to be told
        self.on_disk = sum(connection.on_disk for connection in connections)

    def turn(self, seconds: float = 1) -> None:
        """Read and write once whatever is ready, waiting at most ``seconds``."""
        loop(timeout=seconds, use_poll=self.adj.asyncore_use_poll, map=self._map, count=1)

    def turns(self, seconds: float) -> None:
        """Repeat ``turn`` for about ``seconds``."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self.ending:
            self.turn(seconds)

    def end(self, seconds: float) -> None:
        """Accept no more connections; let those that have begun finish, for at most ``seconds``."""
        self.accepting = False
        until = time.monotonic() + seconds
        while time.monotonic() < until and any(one.busy for one in list(self.active_channels.values())):
            self.turn(0.05)
        self.task_dispatcher.shutdown(timeout=1)


FORWARDED: Final = "grille.forwarded"
"""Set in the environment of a request that a proxy handed on, whether or not its headers are believed."""

_OF_A_PROXY = ("HTTP_X_FORWARDED_", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA", "HTTP_CF_CONNECTING_IP")


def _noting_forwarded(application: Callable[..., Any]) -> Callable[..., Any]:
    """Note that a request came through a proxy before the headers that say so are dropped (``proxied`` not set)."""

    def noting(environ: dict[str, Any], start_response: Any) -> Any:
        if any(name.startswith(_OF_A_PROXY) for name in environ):
            environ[FORWARDED] = True
        return application(environ, start_response)

    return noting


def reception(
    app: Callable[..., Any], listening: socket.socket, threads: int, *, largest: int, proxied: bool
) -> Reception:
    """Return a server on that socket. ``largest``: the bytes of the largest body that any page accepts.

    The headers of a proxy (``X-Forwarded-…``) reach the application only when ``proxied``.
    """
    chosen = Adjustments(
        sockets=[listening],
        threads=threads,
        ident=None,
        connection_limit=_most_connections(),
        channel_timeout=PATIENCE,
        cleanup_interval=1,
        max_request_header_size=LARGEST_HEADERS,
        max_request_body_size=4 * largest,
        inbuf_overflow=IN_MEMORY,
        outbuf_high_watermark=1 << 40,
        log_socket_errors=False,
        clear_untrusted_proxy_headers=not proxied,
        asyncore_use_poll=hasattr(select, "poll"),
    )
    chosen.largest = largest
    dispatcher = WarmThreads()
    dispatcher.set_thread_count(threads)
    at = (listening.family, listening.type, listening.proto, listening.getsockname())
    return Reception(app, {}, True, listening, dispatcher=dispatcher, adj=chosen, bind_socket=False, sockinfo=at)


def _most_connections() -> int:
    """As many as the system lets us have files for, half of them for connections."""
    with suppress(ImportError):
        import resource

        allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        with suppress(OSError, ValueError):
            wanted = 2 * MOST_CONNECTIONS
            if allowed < wanted and (most == resource.RLIM_INFINITY or most > allowed):
                allowed = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
                resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, most))
        return min(MOST_CONNECTIONS, allowed // 2)
    return 250
