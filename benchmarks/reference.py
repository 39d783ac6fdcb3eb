"""The reference of ``benchmarks.respond``: what any Flask program over SQLite does to show a page and to save.

A page reads one row and fills one small template; saving parses a form, reads one row and writes it in a transaction,
then redirects. It uses no code of Grille.
"""

import sqlite3
import threading

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from storage.core.thread_cleanup import ClosedAtEnd

EMPTY = """
from flask import Flask
app = Flask("empty", static_folder=None)
app.add_url_rule("/", view_func=lambda: "")
app.config["DATABASE"] = {database!r}
app.config["PUBLIC_URL"] = app.config["FIRST_ACCOUNT"] = ""
"""
"""An empty view of an empty Flask application: the yardstick of what is asked by many at once."""

_SETUP = """PRAGMA journal_mode = WAL;
CREATE TABLE IF NOT EXISTS documents (id INTEGER PRIMARY KEY, document TEXT NOT NULL);
INSERT OR REPLACE INTO documents VALUES (1, '{}')"""
_PAGE = """<!doctype html><html lang="fr"><title>{{ title }}</title><h1>{{ title }}</h1><form method="post">
{% for one in range(20) %}<p><label><input type="radio" name="q{{ one }}" value="1"{% if one == 3 %} checked{% endif %}>
{{ title }}, {{ one }}</label></p>{% endfor %}<p>{{ document }}</p><button>Suite</button></form></html>"""


def create_app(database: str, lock: str) -> Flask:
    """Return the program over that file; ``lock`` is the database that the server locks while it runs."""
    app = Flask("reference", static_folder=None)
    app.config.update(DATABASE=lock, PUBLIC_URL="", FIRST_ACCOUNT="")
    own, template = threading.local(), app.jinja_env.from_string(_PAGE)
    with sqlite3.connect(database) as db:
        db.executescript(_SETUP)
    db.close()

    def connection() -> sqlite3.Connection:
        if not hasattr(own, "db"):
            own.db = sqlite3.connect(database, isolation_level=None)
            own.end = ClosedAtEnd(own.db)
            own.db.execute("PRAGMA synchronous = FULL")
        db: sqlite3.Connection = own.db
        return db

    @app.get("/")
    def page() -> str:
        (document,) = connection().execute("SELECT document FROM documents WHERE id = 1").fetchone()
        return template.render(title="Une page", document=document)

    @app.post("/")
    def save() -> Response:
        db = connection()
        db.execute("BEGIN IMMEDIATE")
        db.execute("SELECT document FROM documents WHERE id = 1").fetchone()
        db.execute("UPDATE documents SET document = ? WHERE id = 1", (repr(request.form.to_dict()),))
        db.execute("COMMIT")
        return redirect("/", 303)

    app.add_url_rule("/empty", view_func=lambda: "")
    return app
