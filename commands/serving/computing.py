"""The threads of the process that computes: they answer the requests that those which serve people hand over."""

import time
from threading import Lock, Thread
from typing import Final

from flask import Flask

from commands.serving.relay import Relay, answer_request
from questionnaires.untrusted.limits import give_way

AT_ONCE: Final = 2
LESS_URGENT: Final = 3
"""How much these threads give way: a reader waits for those who answer, but not as a document does."""

_LOOK, _LAST = 0.5, 60.0


class ComputingThreads:
    """Answers what is handed over, until it is told to end."""

    def __init__(self, app: Flask, relay: Relay) -> None:
        self._app, self._relay = app, relay
        self._lock, self._busy, self._last, self._ending = Lock(), 0, time.monotonic(), False
        self._threads = [Thread(target=self._run, daemon=True) for _thread in range(AT_ONCE)]

    def start(self) -> None:
        """Begin to answer."""
        for thread in self._threads:
            thread.start()

    @property
    def last(self) -> float:
        """When the last request was answered (``time.monotonic``); now, while one is."""
        return time.monotonic() if self._busy else self._last

    def end(self) -> None:
        """Take nothing more, and end what was begun."""
        with self._lock:
            self._ending = True
        for thread in self._threads:
            thread.join(_LAST)

    def _run(self) -> None:
        give_way(LESS_URGENT)  # of this thread: Linux counts so
        while not self._ending:
            if self._relay.is_waiting(_LOOK):
                self._answer_next()

    def _answer_next(self) -> None:
        with self._lock:
            asked = None if self._ending else self._relay.take()
            self._busy += asked is not None
        if asked is None:
            return
        try:
            answer_request(self._app, asked)
        except Exception:
            self._app.logger.exception("a request that was handed over")
        finally:
            with self._lock:
                self._busy, self._last = self._busy - 1, time.monotonic()
