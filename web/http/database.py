"""The database of the running application: one connection per thread, opened once and kept."""

import threading
from pathlib import Path

from flask import Flask, current_app

from storage.core.database import open_database
from storage.core.engine import Database
from storage.core.thread_cleanup import ClosedAtEnd


class Connections:
    """The connections of an application, one per thread: opening takes milliseconds, ``get`` again nothing."""

    def __init__(self, path: Path | str) -> None:
        self._path = path
        self._of_thread = threading.local()

    def get(self) -> Database:
        """Return this thread's connection. Raises ``DatabaseNotReady``; the next call tries again."""
        db: Database | None = getattr(self._of_thread, "db", None)
        if db is None:
            db = self._of_thread.db = open_database(self._path)
            self._of_thread.end = ClosedAtEnd(db)
        return db

    def close(self) -> None:
        """Close this thread's connection; the next ``get`` opens another."""
        db: Database | None = self._of_thread.__dict__.pop("db", None)
        if db is not None:
            db.close()


def init_app(app: Flask) -> None:
    """Note where the database is; it is opened by the first request that needs it."""
    app.extensions["database"] = Connections(app.config["DATABASE"])


def connection() -> Database:
    """Return this thread's connection to the database."""
    connections: Connections = current_app.extensions["database"]
    return connections.get()
