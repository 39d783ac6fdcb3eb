"""The queue of writers: threads of one process take turns, and few wait for a lock held by another program.

They queue here rather than in SQLite's busy loop, which sleeps longer and longer and is not fair. Whoever only reads
needs a thread too: while another program keeps the database to itself, one thread waits for it, and the others are
told at once.
"""

import sqlite3
import threading
import time

STUCK_AFTER = 0.5
"""Seconds that the lock may take to come before the others stop waiting for it."""

_STEP = 0.1


class Writer:
    """The lock that orders the writing threads of one process."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._asking_since: float | None = None

    def take(self, patience: float) -> bool:
        """Wait for the turn at most ``patience`` seconds. Returns False as soon as the lock appears stuck."""
        until = time.monotonic() + patience
        while not self._is_stuck():
            left = until - time.monotonic()
            if self._turn.acquire(timeout=max(0, min(left, _STEP))):
                return True
            if left <= 0:
                return False
        return False

    def begin(self, conn: sqlite3.Connection, patience: float) -> None:
        """Take the lock of the database; the thread must hold the turn. Raises SQLite's error if it is not obtained."""
        self._asking_since = time.monotonic()
        try:
            _wait_at_most(conn, patience)
            conn.execute("BEGIN IMMEDIATE")
        finally:
            self._asking_since = None

    def __enter__(self) -> None:
        """Wait for the turn without limit."""
        self._turn.acquire()

    def __exit__(self, *_: object) -> None:
        """Release the turn."""
        self._turn.release()

    def end(self) -> None:
        """Release the turn."""
        self._turn.release()

    def _is_stuck(self) -> bool:
        since = self._asking_since
        return since is not None and time.monotonic() - since > STUCK_AFTER


def _wait_at_most(conn: sqlite3.Connection, seconds: float) -> None:
    conn.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
