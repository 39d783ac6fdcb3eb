"""One page is made at a time, first come first served: threads that compute together only slow one another down.

Python computes in one thread at a time, and changes thread every 5 ms: sixteen people at once then wait for pieces of
each other's pages, the unluckiest for all of them. Each in turn, the same server makes a quarter more pages and the
slowest come sooner (``benchmarks/load.py``). What people send is read before: only computing is put in turn.
"""

from collections import deque
from threading import Lock

from flask import g, request

from web.respond.blueprint import blueprint

PATIENCE = 0.25
"""Seconds after which one goes on without one's turn: a disk that is busy for one must not hold the others."""


class Turns:
    """A lock that is handed over in the order of arrival, which Python's own is not.

    >>> turns = Turns()
    >>> turns.take(0.01), turns.take(0.01)
    (True, False)
    >>> turns.end(); turns.take(0.01)
    True
    """

    def __init__(self) -> None:
        self._guard, self._taken = Lock(), False
        self._waiting: deque[Lock] = deque()

    def take(self, patience: float) -> bool:
        """Wait for one's turn; whether it came within that many seconds. Who has it must ``end`` it."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            own = Lock()
            own.acquire()
            self._waiting.append(own)
        return own.acquire(timeout=patience) or not self._given_up(own)

    def _given_up(self, own: Lock) -> bool:
        """Leave the queue; False when the turn came just now."""
        with self._guard:
            if own not in self._waiting:
                return False
            self._waiting.remove(own)
            return True

    def end(self) -> None:
        """Hand one's turn to whoever has waited longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


_turns = Turns()


@blueprint.before_request
def _take_turn() -> None:
    request.get_data()
    g.in_turn = _turns.take(PATIENCE)


@blueprint.teardown_request
def _end_turn(_error: BaseException | None) -> None:
    if g.pop("in_turn", False):
        _turns.end()
