"""Pages are rendered one at a time, first come, first served: threads that compute together slow one another down.

Python computes in one thread at a time, and switches threads every 5 ms: sixteen people at once then wait for pieces of
each other's pages, the unluckiest for all of them. In turn, the same server renders a quarter more pages and the
slowest arrive sooner (``benchmarks/load.py``). Requests are read before: only computing is queued.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from flask import g, request

from web.respond.blueprint import blueprint

PATIENCE = 0.25
"""Seconds after which a request goes on without the lock: a disk that is busy for one must not hold the others."""


class RequestQueue:
    """A fair lock: waiting threads get it in the order of their arrival, which Python's own does not promise.

    >>> queue = RequestQueue()
    >>> queue.enter(0.01), queue.enter(0.01)
    (True, False)
    >>> queue.leave(); queue.enter(0.01)
    True
    """

    def __init__(self) -> None:
        self._guard, self._taken = Lock(), False
        self._waiting: deque[Lock] = deque()

    def enter(self, patience: float) -> bool:
        """Wait for the lock, ``patience`` seconds at most; return whether it was given. Then ``leave`` must follow."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            own = Lock()
            own.acquire()
            self._waiting.append(own)
        return own.acquire(timeout=patience) or not self._gave_up(own)

    def _gave_up(self, own: Lock) -> bool:
        """Leave the queue; return False if the lock was given just now."""
        with self._guard:
            if own not in self._waiting:
                return False
            self._waiting.remove(own)
            return True

    def leave(self) -> None:
        """Hand the lock to the thread that has waited longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


_queue = RequestQueue()


@contextmanager
def in_turn() -> Iterator[None]:
    """Run a block in its turn, as the views of these pages do."""
    given = _queue.enter(PATIENCE)
    try:
        yield
    finally:
        if given:
            _queue.leave()


@blueprint.before_request
def _enter_queue() -> None:
    request.get_data()
    g.in_queue = _queue.enter(PATIENCE)


@blueprint.teardown_request
def _leave_queue(_error: BaseException | None) -> None:
    if g.pop("in_queue", False):
        _queue.leave()
