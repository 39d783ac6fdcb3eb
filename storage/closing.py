"""Closing what a thread keeps, when the thread ends or the application that it worked for is forgotten."""

from contextlib import suppress
from typing import Protocol


class Closable(Protocol):
    """Anything that can be closed, several times if need be."""

    def close(self) -> None:
        """Give back what it holds."""


class ClosedAtEnd:
    """Closes a connection that it stands beside once nobody keeps either: Python from 3.13 warns of those left open."""

    def __init__(self, what: Closable) -> None:
        self._what = what

    def __del__(self) -> None:
        """Close; there is nobody left to tell that it could not be done."""
        with suppress(Exception):
            self._what.close()
