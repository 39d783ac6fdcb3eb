"""The threads that answer: the one that has just answered goes first."""

import threading

from waitress.task import ThreadedTaskDispatcher  # type: ignore[import-untyped]


class _LastComer:
    """A condition that wakes up whoever began to wait last."""

    def __init__(self, lock: threading.Lock) -> None:
        self._lock = lock
        self._waiting: list[threading.Lock] = []

    def wait(self) -> None:
        """Release the lock until woken up, then take it again."""
        mine = threading.Lock()
        mine.acquire()
        self._waiting.append(mine)
        self._lock.release()
        mine.acquire()
        self._lock.acquire()

    def notify(self) -> None:
        """Wake up one, if any waits."""
        if self._waiting:
            self._waiting.pop().release()

    def notify_all(self) -> None:
        """Wake up all of them."""
        while self._waiting:
            self.notify()


class WarmThreads(ThreadedTaskDispatcher):  # type: ignore[misc]  # waitress has no types
    """Threads of which the one that worked last is given the next request.

    Each keeps a connection to the database with what that has read: those that are not needed take no memory.
    """

    def __init__(self) -> None:
        super().__init__()
        self.queue_cv = _LastComer(self.lock)
