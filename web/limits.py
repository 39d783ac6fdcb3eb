"""How often people may try what can be guessed: « attendez quelques minutes », then it opens again by itself.

A view takes its tries before it does anything that costs, and gives them back when the try was a right one:

    tried = limited((FROM_ONE_PLACE, place()), (OF_ONE_ACCOUNT, email))
    ...
    tried.was_right()
"""

from datetime import timedelta
from pathlib import Path

from flask import Flask, current_app, request
from werkzeug.exceptions import TooManyRequests

from storage.limits import Counts, Limit, block_of

Try = tuple[Limit, str]


def init_app(app: Flask) -> None:
    """Count in a file beside the database, which every process of the server shares."""
    path = Path(app.config["DATABASE"]).with_name("limits.db")
    app.extensions["counts"] = Counts(path, str(app.config["SECRET_KEY"]))


def place() -> str:
    """Where the request comes from, as a limit knows it; forgotten with the limit."""
    return block_of(request.remote_addr)


class TooMany(TooManyRequests):
    """One try too many: a 429 page, which says when to try again."""

    def __init__(self, limit: Limit, wait: timedelta) -> None:
        self.limit = limit
        super().__init__(retry_after=int(wait.total_seconds()) + 1)


class Tried:
    """Tries that were counted."""

    def __init__(self, counts: Counts, tries: tuple[Try, ...]) -> None:
        self._counts, self._tries = counts, tries

    def was_right(self) -> None:
        """Give the tries back: only wrong ones count."""
        for limit, who in self._tries:
            self._counts.give_back(limit, who)
        self._tries = ()


def limited(*tries: Try) -> Tried:
    """Count one try of each, all or none. Raises ``TooMany`` when one is too many."""
    counts, taken = _counts(), list[Try]()
    for limit, who in tries:
        wait = counts.take(limit, who)
        if wait is not None:
            Tried(counts, tuple(taken)).was_right()
            raise TooMany(limit, wait)
        taken.append((limit, who))
    return Tried(counts, tries)


def once(limit: Limit, who: str) -> bool:
    """Count one try, and say whether it may go on."""
    return _counts().take(limit, who) is None


def _counts() -> Counts:
    counts: Counts = current_app.extensions["counts"]
    return counts
