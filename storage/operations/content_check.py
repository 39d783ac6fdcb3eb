"""The check of the database's content, beyond its structure: SQLite keeps no checksum of its pages.

Values are read as bytes. Checked are: that texts are UTF-8; that days, timestamps, hashes and JSON have the form of
their column; that hashes stored beside a content match it (frozen grids, adopted diagnostics, audit log, evidence,
answers of closed campaigns); and that each answer exists in its grid.

Not found is damage that leaves a valid text where no hash is stored: a letter of a name, or of an answer in an open
campaign.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import orjson

from grille.grid import Grid
from grille.messages import message as _
from questionnaires.local.questions import is_possible
from storage.core.database import check, damage, open_database
from storage.core.engine import Database
from storage.core.migrations import migrations
from storage.operations.audit_log import problems as audit_problems
from storage.review.evidence import file_path

_HEX: Final = re.compile(rb"[0-9a-f]{64}")


def check_all(path: Path | str) -> list[str]:
    """Return the problems of the file and of its content; empty if none is found.

    Raises ``DatabaseNotReady`` when it cannot be opened.
    """
    if found := check(path):
        return found
    with closing(open_database(path)) as db:
        return content_problems(db)


def content_problems(db: Database) -> list[str]:
    """Return every problem found, as French sentences."""
    found: list[str] = []
    parts = (_structure, _schema, _texts, _grids, _answers, _snapshots, _audit, _evidence)
    for part in parts:
        try:
            found += part(db)
        except (sqlite3.Error, ValueError, LookupError, TypeError) as error:  # the others still tell
            found.append(_("lecture interrompue (%(name)s) : %(error)s", name=part.__name__.strip("_"), error=error))
    return found


def _structure(db: Database) -> list[str]:
    """Return what SQLite finds wrong with pages, indexes, foreign keys and constraints."""
    return damage(db, "integrity")


def _schema(db: Database) -> Iterator[str]:
    """Yield the tables, indexes and triggers that differ from those that the migrations make."""
    sql = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        expected = Database(connection, execute_plugins=False, strict=True)
        migrations.apply(expected)
        here = dict(db.execute(sql).fetchall())
        for name, text in expected.execute(sql).fetchall():
            if here.get(name) != text:
                yield _("structure abîmée : %(name)s", name=name)


def _texts(db: Database) -> Iterator[str]:
    """Yield the texts that do not have the form of their column, in every table."""
    for table in db.table_names():
        described = db.execute(f'PRAGMA table_info("{table}")')
        columns = [name for _position, name, kind, *_more in described if kind == "TEXT"]
        casts = ", ".join(f'CAST("{column}" AS BLOB)' for column in columns)
        if not columns:
            continue
        for number, values in enumerate(db.conn.execute(f'SELECT {casts} FROM "{table}"'), 1):  # noqa: S608  # ours
            for column, value in zip(columns, values, strict=True):
                if value is not None and not _fits(column, value):
                    yield _(
                        "texte abîmé : %(table)s, %(column)s, ligne %(number)s",
                        table=table,
                        column=column,
                        number=number,
                    )


def _fits(column: str, value: bytes) -> bool:
    """Return whether a text has the form of that column."""
    try:
        text = value.decode()
        form = next((form for end, form in _FORMS.items() if column == end or column.endswith(f"_{end}")), None)
        return "\0" not in text and (form is None or form(text))
    except ValueError:
        return False


def _is_day(text: str) -> bool:
    return bool(datetime.fromisoformat(text))


def _is_json(text: str) -> bool:
    return orjson.loads(text) is not None


def _is_hash(text: str) -> bool:
    return _HEX.fullmatch(text.encode()) is not None


_FORMS: Final[Mapping[str, Callable[[str], bool]]] = {
    **dict.fromkeys(("at", "on"), _is_day),
    **dict.fromkeys(("document", "skills", "distribution", "detail", "local_questions"), _is_json),
    "sha256": _is_hash,
    "slug": lambda text: re.fullmatch(r"[a-z0-9-]+", text) is not None,
    "email": lambda text: re.fullmatch(r"[^@\s]+@[^@\s]+", text) is not None,
}


def _grids(db: Database) -> Iterator[str]:
    for number, kept, document in db.conn.execute("SELECT id, sha256, CAST(document AS BLOB) FROM grids"):
        if sha256(document).hexdigest() != kept:
            yield _("grille figée n° %(number)s : elle ne correspond plus à son empreinte", number=number)
    for number, kept, document in db.conn.execute("SELECT id, sha256, CAST(document AS BLOB) FROM library"):
        if sha256(document).hexdigest() != kept:
            yield _("grille n° %(number)s de la bibliothèque : elle ne correspond plus à son empreinte", number=number)


def _answers(db: Database) -> Iterator[str]:
    """Yield the answers that are not in their campaign's grid, or whose number differs from the one recorded."""
    sql = "SELECT campaigns.id, slug, CAST(document AS BLOB) FROM campaigns JOIN grids ON grids.id = grid_id"
    for campaign_id, slug, document in db.conn.execute(sql).fetchall():
        with suppress(ValueError):  # said of the grid
            grid = Grid.model_validate_json(document)
            rows = "SELECT id, answered, CAST(document AS BLOB) FROM responses WHERE campaign_id = ?"
            for number, answered, response in db.conn.execute(rows, (campaign_id,)):
                if not _is_answer(grid, response, answered):
                    yield _(
                        "réponse n° %(number)s de « %(slug)s » : elle ne va pas avec sa grille",
                        number=number,
                        slug=slug,
                    )


def _is_answer(grid: Grid, document: bytes, answered: int) -> bool:
    skills = {skill.code for skill in grid.skills}
    values = {*(level.value for level in grid.levels), "NSP", "SO"}
    try:
        content: dict[str, Any] = orjson.loads(document)
        answers = content.get("answers", {})
        parts = [answers, content.get("retrospective", {})]
        known = all(code in skills and value in values for part in parts for code, value in part.items())
        texts = [content.get(name, {}) for name in ("comments", "reasons")]
        said = all(code in skills and isinstance(text, str) for part in texts for code, text in part.items())
        ticked = all(code in skills and tick is True for code, tick in content.get("quotable", {}).items())
        local = all(is_possible(code, value) for code, value in content.get("local", {}).items())
    except (ValueError, AttributeError, TypeError):
        return False
    names = {"answers", "comments", "local", "quotable", "reasons", "retrospective", "stamps"}
    return known and said and ticked and local and len(answers) == answered and content.keys() <= names


def _snapshots(db: Database) -> Iterator[str]:
    for number, kept, document in db.conn.execute("SELECT id, sha256, CAST(document AS BLOB) FROM snapshots"):
        if sha256(document).hexdigest() != kept:
            yield _("diagnostic adopté n° %(number)s : il ne correspond plus à son empreinte", number=number)
    for number, kept, content in db.conn.execute("SELECT snapshot_id, sha256, content FROM printed_diagnostics"):
        if sha256(content).hexdigest() != kept:
            yield _(
                "diagnostic adopté n° %(number)s : son rapport imprimé ne correspond plus à son empreinte",
                number=number,
            )


def _audit(db: Database) -> Iterator[str]:
    return (f"journal : {problem}" for problem in audit_problems(db))


def _evidence(db: Database) -> Iterator[str]:
    sql = "SELECT DISTINCT name, sha256 FROM evidence WHERE sha256 IS NOT NULL AND removed_at IS NULL"
    for name, kept in db.conn.execute(sql):
        try:
            whole = sha256(file_path(db, kept).read_bytes()).hexdigest() == kept
        except OSError:
            whole = False
        if not whole:
            yield _("preuve « %(name)s » : son fichier manque ou a été modifié", name=name)
