"""Closing the connections of a thread when the thread or its application ends."""

import weakref
from contextlib import suppress
from typing import Protocol


class Closable(Protocol):
    """An object with a ``close`` method that may be called several times."""

    def close(self) -> None:
        """Release its resources."""


class ClosedAtEnd:
    """Closes a connection when this object is collected: Python 3.13 warns of connections left open."""

    def __init__(self, what: Closable) -> None:
        # Not __del__: within a circle of objects, the connection could be taken apart first.
        weakref.finalize(self, _close, what).atexit = False


def _close(what: Closable) -> None:
    """Close the connection and ignore errors: no caller is left to handle them."""
    with suppress(Exception):
        what.close()
