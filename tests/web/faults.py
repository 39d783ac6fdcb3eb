"""Failures of a database in use, and what a page must keep meanwhile."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from storage.core.database import file_of
from storage.core.engine import Database
from tests.web.respond.respondent import form_of

TEXT = "Le marché du samedi,\net « l’atelier » <du soir>. " + "Il y avait du monde." * 80
HERE = {"Sec-Fetch-Site": "same-origin"}


@contextmanager
def full(db: Database) -> Iterator[None]:
    """Not one page more may be written: what SQLite says of a full disk."""
    db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0]}")
    yield
    db.execute("PRAGMA max_page_count = 1000000000")


@contextmanager
def read_only(db: Database) -> Iterator[None]:
    """Nothing may be written at all."""
    db.execute("PRAGMA query_only = 1")
    yield
    db.execute("PRAGMA query_only = 0")


@contextmanager
def locked(db: Database) -> Iterator[None]:
    """Another program writes, and does not end."""
    db.execute("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(file_of(db), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
    db.execute("PRAGMA busy_timeout = 5000")


FAULTS = {"full": full, "read-only": read_only, "locked": locked}
each_fault = pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)


def served(app: Flask) -> Database:
    """The connection that the next request of this thread uses."""
    db: Database = app.extensions["database"].get()
    return db


def asserts_nothing_lost(page: TestResponse, *typed: str) -> None:
    """A refusal for this time only, whose form still holds all that was typed."""
    assert page.status_code == 503
    assert int(page.headers["Retry-After"]) > 0
    assert "Traceback" not in page.text
    kept = form_of(page.text).values()
    assert all(text in {one.replace("\r\n", "\n") for one in kept} for text in typed), page.text
