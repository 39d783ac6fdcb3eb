"""A connection that a thread keeps is closed with the thread, and with the application."""

from threading import Thread

import pytest

from storage.core.thread_cleanup import ClosedAtEnd
from web.http.database import Connections


class Watched:
    """Says whether it was closed."""

    closed = False

    def close(self) -> None:
        """Remember it."""
        self.closed = True


def test_it_is_closed_when_nobody_keeps_it_any_more() -> None:
    connection = Watched()
    kept = [ClosedAtEnd(connection)]
    assert not connection.closed
    kept.clear()
    assert connection.closed


def test_a_connection_ends_with_its_thread_or_with_the_application(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Watched] = []

    def open_another(path: str) -> Watched:
        opened.append(Watched())
        return opened[-1]

    monkeypatch.setattr("web.http.database.open_database", open_another)
    applications = [Connections("grille.db")]
    applications[0].get()
    thread = Thread(target=applications[0].get)
    thread.start()
    thread.join()
    assert [one.closed for one in opened] == [False, True]
    applications.clear()
    assert [one.closed for one in opened] == [True, True]
