"""The database file: created and upgraded by command only, checked when opened, one write transaction at a time."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from shutil import disk_usage
from typing import Literal

from grille.messages import counted
from grille.messages import message as _
from storage.core.database_errors import REASONS, DatabaseNotReady, DatabaseUnavailable, explained, not_ours, reason
from storage.core.engine import Database
from storage.core.migrations import migrations
from storage.core.rows import single_value, single_values
from storage.core.write_queue import Writer, gate_of

BUSY_SECONDS = 5.0
MIGRATE = "flask --app app database migrate"
RESTORE = _("Remettez une sauvegarde à sa place : flask --app app database restore SAUVEGARDE --replace")
ROOM = 16 * 1024 * 1024  # bytes: less than that, and the next answers may not find their place

# "Gril", in the file's header: distinguishes our file from another application's.
_APPLICATION_ID = 0x4772696C

_writer = Writer()


def migrate(path: Path | str) -> list[str]:
    """Create the database or upgrade it, and return the names of the migrations that were run.

    Raises ``DatabaseNotReady`` when the file cannot be created, is damaged, or belongs to another application.
    """
    path = Path(path).absolute()
    with explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        _refuse_read_only(path)
        path.touch(mode=0o600)  # answers are nobody else's to read; SQLite gives its other files the same rights
        db = _connect(path, "rw")
        try:
            return _apply(db, path)
        finally:
            db.close()


def _apply(db: Database, path: Path) -> list[str]:
    if not _is_ours(db) and db.table_names():
        raise DatabaseNotReady(not_ours(path))
    _refuse_newer(db, path)
    names = pending(db)
    db.enable_wal()
    db.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    migrations.apply(db)
    return names


def open_database(path: Path | str) -> Database:
    """Return the database, open for reading and writing. Takes a few milliseconds: open it once per thread.

    Raises ``DatabaseNotReady``, with the remedy, when it is missing, out of date, of another application or read-only.
    """
    path = Path(path).absolute()
    with explained(path):
        exists = path.exists()
    if not exists:
        raise DatabaseNotReady(
            _(
                "La base de données %(path)s n’existe pas encore. Pour la créer : %(migrate)s",
                path=path,
                migrate=MIGRATE,
            )
        )
    with explained(path):
        _refuse_read_only(path)
        db = _connect(path, "rw")
        try:
            _refuse_unready(db, path)
        except BaseException:
            db.close()
            raise
    return db


@contextmanager
def opened_copy(path: Path | str, *, writable: bool = False) -> Iterator[Database]:
    """Open, for a ``with`` block, a file that nobody else uses (a backup), whatever its version.

    Read-only and without any file beside it, unless ``writable``. Raises ``DatabaseNotReady``.
    """
    path = Path(path).absolute()
    with explained(path), closing(_connect(path, "rw" if writable else "ro&immutable=1")) as db:
        if not _is_ours(db):
            raise DatabaseNotReady(not_ours(path))
        yield db


def copy(db: Database, path: Path) -> None:
    """Copy the database, as it is now, to a new file; it is on disk when this returns.

    A single step, so that no write restarts it; answers can be saved meanwhile. Raises ``DatabaseUnavailable``.
    """
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as target:
            db.conn.backup(target)
    except sqlite3.Error as error:
        if sentence := reason(error):
            raise DatabaseUnavailable(sentence) from error
        raise


def applied(db: Database) -> list[str]:
    """Return the names of the migrations applied to this database, in order."""
    return [migration.name for migration in migrations.applied(db)]


def known_migrations() -> list[str]:
    """Return the names of the migrations of this version of Grille, in order."""
    return [migration.name for migration in migrations._migrations]


def counts(db: Database) -> dict[str, int]:
    """Return the number of rows of each table."""
    return {name: db[name].count for name in sorted(db.table_names()) if not name.startswith("_")}


def pending(db: Database) -> list[str]:
    """Return the names of the migrations not yet applied to this database."""
    return [migration.name for migration in migrations.pending(db)]


def check(path: Path | str) -> list[str]:
    """Return the problems of the file after reading it whole (about a second per gigabyte); empty if sound.

    Raises ``DatabaseNotReady`` when it cannot be opened.
    """
    with closing(open_database(path)) as db, explained(Path(path)):
        return damage(db)


def damage(db: Database, how: Literal["quick", "integrity"] = "quick") -> list[str]:
    """Return the problems of an open database; ``integrity`` also compares every index with its table."""
    found = [sentence for sentence in single_values(db.execute(f"PRAGMA {how}_check")) if sentence != "ok"]
    try:
        broken = db.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.OperationalError as error:
        if reason(error):  # busy, a full disk…
            raise
        return [*found, _("structure abîmée : %(error)s", error=error)]
    return found + [_("lien rompu : %(table)s %(row)s", table=table, row=row) for table, row, *_parent in broken]


def refuse_damaged(path: Path | str) -> None:
    """Check the whole file before it is served. Raises ``DatabaseNotReady`` as ``open_database`` does."""
    if problems := check(path):
        more = _(" (et %(count)s de plus)", count=len(problems) - 1) if len(problems) > 1 else ""
        raise DatabaseNotReady(
            _(
                "La base de données %(path)s est abîmée : %(problems)s%(more)s. %(restore)s",
                path=path,
                problems=problems[0],
                more=more,
                restore=RESTORE,
            )
        )


def refuse_unusable(db: Database) -> None:
    """Check that an answer sent now could be stored: readable file, available lock, room on the disk.

    Takes microseconds and writes nothing. Raises ``DatabaseUnavailable``.
    """
    folder = Path(file_of(db)).parent
    with writing(db, patience=1) as conn:
        conn.execute("SELECT 1 FROM campaigns LIMIT 1").fetchone()
    if not os.access(folder, os.W_OK):
        raise DatabaseUnavailable(REASONS["SQLITE_READONLY"])
    if disk_usage(folder).free < ROOM:
        raise DatabaseUnavailable(REASONS["SQLITE_FULL"])


def file_of(db: Database) -> str:
    """Return the path of the file of this database."""
    _position, _schema, path = db.conn.execute("PRAGMA database_list").fetchone()
    return str(path)


@contextmanager
def writing(db: Database, patience: float | None = None) -> Iterator[sqlite3.Connection]:
    """Run a ``with`` block as one write transaction, committed to disk at its end, rolled back on an error.

    Holds the write lock from the start. Inside another ``writing`` block of the same connection, joins it. Waits for
    other writers at most ``patience`` seconds (``BUSY_SECONDS`` by default). Raises ``DatabaseUnavailable`` if it
    fails.
    """
    if db.conn.in_transaction:
        yield db.conn
        return
    patience = BUSY_SECONDS if patience is None else patience
    if not _writer.take(patience):
        raise DatabaseUnavailable(REASONS["SQLITE_BUSY"])
    try:
        _writer.begin(db.conn, patience, gate_of(file_of(db)))
        yield db.conn
        db.conn.execute("COMMIT")
    except sqlite3.Error as error:
        _undo(db)
        if sentence := reason(error):
            raise DatabaseUnavailable(sentence) from error
        raise
    except BaseException:
        _undo(db)
        raise
    finally:
        _writer.end()


def _undo(db: Database) -> None:
    with suppress(sqlite3.Error):
        db.rollback()


def _connect(path: Path, mode: str) -> Database:
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=256
    )
    connection.text_factory = _text_in
    try:
        db = Database(connection, execute_plugins=False, strict=True)
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON", "trusted_schema = OFF"):
            db.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return db


def _text_in(stored: bytes) -> str:
    """Decode a stored text; invalid bytes become « � », so that a damaged name does not hide its object.

    >>> _text_in("Évry".encode()), _text_in(b"Vill\\xffroche")
    ('Évry', 'Vill�roche')
    """
    return stored.decode(errors="replace")


def _refuse_unready(db: Database, path: Path) -> None:
    if not _is_ours(db) and db.table_names():
        raise DatabaseNotReady(not_ours(path))
    _refuse_newer(db, path)
    if steps := pending(db):
        waits = counted("une mise à jour", "%(n)s mises à jour", len(steps))
        raise DatabaseNotReady(
            _(
                "La base de données %(path)s attend %(waits)s de sa structure. Pour la faire : %(migrate)s",
                path=path,
                waits=waits,
                migrate=MIGRATE,
            )
        )


def _refuse_newer(db: Database, path: Path) -> None:
    if set(applied(db)) - set(known_migrations()):
        raise DatabaseNotReady(
            _(
                "La base de données %(path)s vient d’une version plus récente de Grille. "
                "Installez cette version, ou remettez une sauvegarde faite avec celle-ci.",
                path=path,
            )
        )


def _refuse_read_only(path: Path) -> None:
    if not os.access(path.parent, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise DatabaseNotReady(
            _(
                "Grille ne peut pas écrire dans le dossier %(parent)s. "
                "Donnez-lui ce droit, ou choisissez un autre dossier avec DATA=…",
                parent=path.parent,
            )
        )


def _is_ours(db: Database) -> bool:
    return bool(single_value(db.execute("PRAGMA application_id")) == _APPLICATION_ID)
