"""The limit of ``benchmarks.respond``: a program without any framework that reads, writes and syncs what Grille does.

The same pages in the same order (welcome, college, five pages, review, thanks), of the same size. Each page reads two
rows, and compresses a page of Grille again, since pages hold one person's answers. Each form is parsed; its response is
read, changed and written in one transaction that waits for the disk. There are no templates, no validation, no
translation, no rate limits and no security checks.
"""

import gzip
import sqlite3
import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from flask import Flask

from storage.core.thread_cleanup import ClosedAtEnd

PAGES = 5
_SETUP = """PRAGMA journal_mode = WAL;
CREATE TABLE IF NOT EXISTS campaigns (id INTEGER PRIMARY KEY, document TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS responses (id INTEGER PRIMARY KEY, document TEXT NOT NULL);
INSERT OR REPLACE INTO campaigns VALUES (1, '{}')"""
_HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"), ("Cache-Control", "no-store")]

Start = Callable[[str, list[tuple[str, str]]], object]


def create_app(database: str, lock: str, page: bytes) -> Flask:
    """Return the program over that file, as the server expects it; ``page`` is the page of Grille that it sends."""
    app = Flask("bare", static_folder=None)
    app.config.update(DATABASE=lock, PUBLIC_URL="", FIRST_ACCOUNT="")
    app.wsgi_app = Bare(database, page)  # type: ignore[method-assign]
    return app


class Bare:
    """The program. At ``/repondre/TOKEN``, then ``/repondre/NUMBER/PLACE``, as in Grille; any other has a page."""

    def __init__(self, database: str, page: bytes) -> None:
        self._database, self._own = database, threading.local()
        with sqlite3.connect(database) as db:
            db.executescript(_SETUP)
        db.close()
        self._page = page

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """Return a page, or the redirection after a form."""
        _, _room, key, *rest = [*environ["PATH_INFO"].split("/"), ""]
        place = rest[0] if rest else ""
        if environ["REQUEST_METHOD"] == "POST":
            typed = parse_qs(environ["wsgi.input"].read().decode(), keep_blank_values=True)
            leads = f"/repondre/{key}/{self._saved(key, place, typed)}" if place else f"/repondre/{self._begun()}/1"
            start("303 SEE OTHER", [("Location", leads), ("Content-Length", "0")])
            return []
        if place:
            self._read(key)
        page = gzip.compress(self._page, 1, mtime=0)
        start("200 OK", [*_HEADERS, ("Content-Length", str(len(page)))])
        return [page]

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._own, "db"):
            self._own.db = sqlite3.connect(self._database, isolation_level=None)
            self._own.end = ClosedAtEnd(self._own.db)
            self._own.db.execute("PRAGMA synchronous = FULL")
        db: sqlite3.Connection = self._own.db
        return db

    def _read(self, key: str) -> None:
        db = self._connection()
        db.execute("SELECT document FROM campaigns WHERE id = 1").fetchone()
        db.execute("SELECT document FROM responses WHERE id = ?", (key,)).fetchone()

    def _begun(self) -> int:
        db = self._connection()
        db.execute("BEGIN IMMEDIATE")
        number = db.execute("INSERT INTO responses (document) VALUES ('{}')").lastrowid
        db.execute("COMMIT")
        return int(number or 0)

    def _saved(self, key: str, place: str, typed: dict[str, list[str]]) -> str:
        db = self._connection()
        self._read(key)
        db.execute("BEGIN IMMEDIATE")
        db.execute("SELECT document FROM responses WHERE id = ?", (key,)).fetchone()
        db.execute("UPDATE responses SET document = ? WHERE id = ?", (repr(typed), key))
        db.execute("COMMIT")
        if place.isdigit():
            return str(int(place) + 1) if int(place) < PAGES else "relecture"
        return "fin"
