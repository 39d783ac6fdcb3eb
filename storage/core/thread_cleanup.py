"""Closing what a thread keeps, when the thread ends or the application that it worked for is forgotten."""

import weakref
from contextlib import suppress
from typing import Protocol


class Closable(Protocol):
    """Anything that can be closed, several times if need be."""

    def close(self) -> None:
        """Give back what it holds."""


class ClosedAtEnd:
    """Closes a connection that it stands beside once nobody keeps this: Python from 3.13 warns of those left open."""

    def __init__(self, what: Closable) -> None:
        # Not __del__: within a circle of objects, the connection could be taken apart first.
        weakref.finalize(self, _close, what).atexit = False


def _close(what: Closable) -> None:
    """Close; there is nobody left to tell that it could not be done."""
    with suppress(Exception):
        what.close()
