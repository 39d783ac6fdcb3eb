"""A connection between browsers and a server that tests can cut, for pages and service workers alike.

What browsers offer to play at being offline does not reach their service workers.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import BrowserContext


class Cable:
    """Carries every connection on a port of its own to the server's, until it is cut."""

    def __init__(self, server: str) -> None:
        site, _, port = server.rpartition(":")
        self._server = int(port)
        self._ends: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._port = self._listener.getsockname()[1]
        self.url = f"{site}:{self._port}"
        self._lay()

    def _lay(self) -> None:
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _address = listener.accept()
                try:
                    far = socket.create_connection(("127.0.0.1", self._server))
                except OSError:
                    near.close()
                    continue
                self._ends += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=_carry, args=(one, other), daemon=True).start()

    def cut(self, *contexts: BrowserContext) -> None:
        """Nothing passes any more, and these browsers know it, as a phone that has lost its network."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._ends.clear()
        for context in contexts:
            context.set_offline(True)

    def mend(self, *contexts: BrowserContext) -> None:
        """Everything passes again."""
        self._listener = socket.create_server(("127.0.0.1", self._port))
        self._lay()
        for context in contexts:
            context.set_offline(False)


def _carry(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)
        other.shutdown(socket.SHUT_WR)


@contextmanager
def cable_to(server: str) -> Iterator[Cable]:
    """A cable to that server until the block ends."""
    cable = Cable(server)
    try:
        yield cable
    finally:
        cable.cut()
