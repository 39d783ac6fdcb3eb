"""The proof of an erasure: nothing of what was erased is left in the bytes of the database's files.

Freed space is overwritten (``secure_delete``) and the write-ahead log emptied; then what existed nowhere else (hashes,
marks, texts) is searched for.
"""

import mmap
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson

from grille.messages import counted
from grille.messages import message as _
from storage.core.database import file_of
from storage.core.engine import Database
from storage.core.rows import single_value
from storage.review.evidence import file_path

if TYPE_CHECKING:
    import sqlite3

LOOKED_FOR: Final = 300
"""Traces that are searched for at most, spread evenly: each is searched for in the whole file."""

LEGIBLE: Final = 16
"""Signs of a text that may be searched for: a shorter one may occur by chance in data that are kept."""


def is_legible(text: str | None) -> bool:
    """Return whether the text is long enough to prove something."""
    return bool(text) and len(text or "") >= LEGIBLE


def traces_to_find(db: Database, traces: list[str]) -> list[str]:
    """Return the traces to search for: a sample, without those that a row which is kept also holds."""
    step = -(-len(traces) // LOOKED_FOR) or 1
    return [trace for trace in traces[::step] if not _still_written(db.conn, trace)]


def _still_written(conn: "sqlite3.Connection", text: str) -> bool:
    """Return whether a row that is kept holds the same text, so that finding it proves nothing."""
    wanted = {"text": text}
    sql = """SELECT EXISTS (SELECT 1 FROM responses WHERE instr(document, :text))
        OR EXISTS (SELECT 1 FROM sheets WHERE instr(document, :text))
        OR EXISTS (SELECT 1 FROM snapshots WHERE instr(document, :text))
        OR EXISTS (SELECT 1 FROM local_texts WHERE instr(text, :text))"""
    return bool(single_value(conn.execute(sql, wanted)))


def is_needed(conn: Any, sha256: str) -> bool:
    """Return whether the file of that hash backs something that is kept."""
    sql = """SELECT EXISTS (SELECT 1 FROM evidence WHERE sha256 = :file AND removed_at IS NULL)
        OR EXISTS (SELECT 1 FROM snapshots WHERE instr(document, :file))"""
    return bool(single_value(conn.execute(sql, {"file": sha256})))


def erase_files(db: Database, files: Iterable[str]) -> None:
    """Delete the evidence files of these hashes."""
    for sha256 in files:
        with suppress(FileNotFoundError):
            file_path(db, sha256).unlink()


def remaining(db: Database, traces: list[str], files: Iterable[str]) -> Iterator[str]:
    """Yield what remains of the erased data in the files, as French sentences. Outside of any transaction."""
    if single_value(db.conn.execute("PRAGMA secure_delete")) != 1:
        yield _("SQLite ne réécrit pas ce qu’il libère : rien ne prouve que l’effacement est complet.")
    busy, *_pages = db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        yield _("Le journal d’écriture n’a pas pu être vidé : recommencez quand personne n’écrit.")
    found = _found_in_bytes(db, traces)
    if found:
        yield counted(
            "%(n)s élément effacé se lit encore dans le fichier de la base : recommencez, serveur arrêté.",
            "%(n)s éléments effacés se lisent encore dans le fichier de la base : recommencez, serveur arrêté.",
            found,
        )
    for sha256 in files:
        if file_path(db, sha256).exists():
            yield _(
                "Le fichier %(sha256)s… n’a pas pu être effacé : vérifiez les droits de son dossier.",
                sha256=sha256[:12],
            )


def _found_in_bytes(db: Database, traces: list[str]) -> int:
    """Return how many of these traces are still in the database's files."""
    path = Path(file_of(db))
    written = [orjson.dumps(trace)[1:-1] for trace in traces]
    met: set[bytes] = set()
    for one in (path, path.with_name(f"{path.name}-wal")):
        if one.exists() and one.stat().st_size:
            with one.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                met.update(trace for trace in written if content.find(trace) >= 0)
    return len(met)
