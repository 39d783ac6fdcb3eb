"""Closes the connections of a thread when the thread or its application ends."""

import weakref
from contextlib import suppress
from typing import Protocol


class Closable(Protocol):
    """Anything that can be closed, several times if need be."""

    def close(self) -> None:
        """Release its resources."""


class ClosedAtEnd:
    """Closes a connection that it stands beside once nobody keeps this: Python from 3.13 warns of those left open."""

    def __init__(self, what: Closable) -> None:
        # Not __del__: within a circle of objects, the connection could be taken apart first.
        weakref.finalize(self, _close, what).atexit = False


def _close(what: Closable) -> None:
    """Close, ignoring errors: no caller is left to handle them."""
    with suppress(Exception):
        what.close()
