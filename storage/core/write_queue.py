"""The queue of writers: threads of one process take turns, then processes do.

They queue here rather than in SQLite's busy loop, which sleeps longer and longer and is not fair: the process that has
just written would write again before another wakes. While another program locks the whole database, only one thread of
each process waits for it; the others fail at once, so that threads remain for readers.
"""

import os
import sqlite3
import threading
import time
import weakref
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from struct import Struct

from storage.core.file_locks import AVAILABLE, open_lock, try_lock, unlock

STUCK_AFTER = 0.5
"""Seconds without any process of ours obtaining the lock before the others stop waiting for it."""

_STEP = 0.1
_BETWEEN_TRIES = 0.0005
_MOMENT = Struct("d")

RUN = 0.03
"""Seconds for which a process may write before it lets others pass: handing over takes longer than writing."""


class Gate:
    """The turn among processes that write to a database; one that has written for a while lets another go first.

    A lock on a file beside the database, which the kernel releases when its holder ends. The file holds the last time
    at which a process obtained the database. One thread of each process uses it at a time.
    """

    def __init__(self, database: str) -> None:
        self._path = Path(database).with_suffix(".turn")
        self._opened: tuple[int, int] = (0, -1)  # the process that opened it: a child must not share it; the descriptor
        self._passed = 0.0

    def enter(self, until: float) -> None:
        """Wait for the turn until that time at most (seconds, monotonic clock); then go on without it."""
        if not AVAILABLE or time.monotonic() - self._passed < RUN:
            return
        with suppress(OSError):  # no room for a file: SQLite says what is wrong
            descriptor = self._descriptor()
            while not try_lock(descriptor) and time.monotonic() < until:
                time.sleep(_BETWEEN_TRIES)
        self._passed = time.monotonic()

    def leave(self) -> None:
        """Give the turn to another process."""
        if self._is_open():
            unlock(self._opened[1])

    def note(self) -> None:
        """Record that this process has just obtained the database."""
        if self._is_open():
            os.pwrite(self._opened[1], _MOMENT.pack(time.monotonic()), 0)

    def last_obtained(self) -> float:
        """Return when a process last obtained the database (seconds, machine's clock); 0 if unknown."""
        written = os.pread(self._opened[1], _MOMENT.size, 0) if self._is_open() else b""
        moment = float(_MOMENT.unpack(written)[0]) if len(written) == _MOMENT.size else 0.0
        return moment if moment <= time.monotonic() else 0.0  # of before the machine started

    def _is_open(self) -> bool:
        return self._opened[0] == os.getpid()

    def _descriptor(self) -> int:
        if not self._is_open():
            descriptor = open_lock(self._path)
            weakref.finalize(self, os.close, descriptor).atexit = False
            self._opened = (os.getpid(), descriptor)
        return self._opened[1]


@lru_cache(64)
def gate_of(database: str) -> Gate:
    """Return this process's gate of that database file."""
    return Gate(database)


class Writer:
    """The lock that orders the writing threads of one process."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._asking_since: float | None = None
        self._gate: Gate | None = None

    def take(self, patience: float) -> bool:
        """Wait for the turn at most ``patience`` seconds; return False if not obtained or if the lock is stuck."""
        until = time.monotonic() + patience
        while not self._is_stuck():
            left = until - time.monotonic()
            if self._turn.acquire(timeout=max(0, min(left, _STEP))):
                return True
            if left <= 0:
                return False
        return False

    def begin(self, conn: sqlite3.Connection, patience: float, gate: Gate) -> None:
        """Take SQLite's write lock; the thread must hold the turn. Raises SQLite's error if not obtained."""
        self._gate, self._asking_since = gate, time.monotonic()
        until = self._asking_since + patience
        try:
            gate.enter(until)
            _begin(conn, until)
            gate.note()
        finally:
            gate.leave()
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
        if since is None or time.monotonic() - since <= STUCK_AFTER:
            return False
        moved = self._gate.last_obtained() if self._gate else 0.0  # other processes of ours write meanwhile
        return time.monotonic() - max(since, moved) > STUCK_AFTER


def _begin(conn: sqlite3.Connection, until: float) -> None:
    """Begin a write transaction, trying often: SQLite by itself sleeps up to 0.1 s between two tries."""
    (usual,) = conn.execute("PRAGMA busy_timeout").fetchone()
    conn.execute("PRAGMA busy_timeout = 0")
    try:
        while not _begun(conn, last=time.monotonic() >= until):
            time.sleep(_BETWEEN_TRIES)
    finally:
        conn.execute(f"PRAGMA busy_timeout = {usual}")


def _begun(conn: sqlite3.Connection, *, last: bool) -> bool:
    try:
        conn.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if last or not error.sqlite_errorname.startswith("SQLITE_BUSY"):
            raise
        return False
    return True
