"""Restore a verified backup; the database that it replaces is set aside."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from grille.messages import message as _
from storage.core.database import counts, known_migrations, opened_copy, writing
from storage.core.database_errors import DatabaseNotReady
from storage.core.file_locks import hold_database
from storage.core.timestamps import now
from storage.operations.backup_check import (
    DATABASE,
    EVIDENCE,
    BackupRefused,
    Manifest,
    _copy_whole,
    _digest,
    _explained,
    read_manifest,
    verify,
)
from storage.operations.backups import _copy_evidence, _settle
from storage.operations.published_copies import copies_beside


@dataclass(frozen=True, slots=True)
class Restored:
    """The result of a restoration: the manifest, the path of the database set aside (if any), and what is in place.

    ``counts`` are the rows of each table of the restored database, ``evidence`` the number of its intact files.
    """

    manifest: Manifest
    aside: Path | None
    counts: dict[str, int]
    evidence: int


def restore(backup: Path, database: Path, *, replace: bool = False) -> Restored:
    """Restore a backup as that database, under an exclusive lock. The previous one is set aside, complete.

    All sessions end, known devices are forgotten and password links become invalid: some may have been used since the
    backup. Raises ``BackupRefused`` when the backup is damaged or comes from a later version, or when there is a
    database already and ``replace`` is False.
    """
    if problems := verify(backup):
        raise BackupRefused(*problems)
    manifest = read_manifest(backup)
    if set(manifest.migrations) - set(known_migrations()):
        raise BackupRefused(
            _(
                "Cette sauvegarde vient d’une version plus récente de Grille (%(version)s) : installez-la d’abord.",
                version=manifest.version,
            )
        )
    with _explained(database.parent):
        database.parent.mkdir(parents=True, exist_ok=True)
        with hold_database(database, alone=True):
            if database.exists() and not replace:
                raise BackupRefused(
                    _(
                        "Il y a déjà une base de données : %(database)s. "
                        "Pour la remplacer (elle sera gardée à côté), ajoutez --replace.",
                        database=database,
                    )
                )
            aside = _put_back(backup, database)
            return Restored(manifest, aside, *_found(database, manifest))


def _found(database: Path, manifest: Manifest) -> tuple[dict[str, int], int]:
    """Return what was really restored, counted in the files themselves rather than read in the manifest."""
    names = [Path(name) for name in manifest.files if name != DATABASE]
    sound = sum((database.parent / name).is_file() and _digest(database.parent / name) == name.name for name in names)
    with opened_copy(database) as db:
        return counts(db), sound


def _put_back(backup: Path, database: Path) -> Path | None:
    """Replace the database in an order that always leaves the old or the new one under its name."""
    fresh = database.with_suffix(".restoring")
    _copy_whole(backup / DATABASE, fresh)
    _sign_everyone_out(fresh)
    _copy_evidence(backup / EVIDENCE, database.parent / EVIDENCE)
    _bring_in_journal(database)
    aside = _set_aside(database) if database.exists() else None
    fresh.replace(database)
    copies_beside(database).clear()  # what could not be computed of a damaged database is kept too
    _settle(database.parent)
    return aside


def _bring_in_journal(database: Path) -> None:
    """Move the last transactions of the old database from its write-ahead log to its file, if readable."""
    with suppress(DatabaseNotReady), opened_copy(database, writable=True) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _sign_everyone_out(path: Path) -> None:
    """End sessions, password links and keys, forget devices: some may have been used or ended since the backup."""
    with opened_copy(path, writable=True) as db, writing(db) as conn:
        tables = set(db.table_names())
        for table in {"sessions", "account_links", "api_keys"} & tables:
            conn.execute(f"DELETE FROM {table}")  # noqa: S608  # names of ours
        if "accounts" in tables and "device_key" in db["accounts"].columns_dict:
            conn.execute("UPDATE accounts SET device_key = lower(hex(randomblob(16)))")


def _set_aside(database: Path) -> Path:
    """Rename the old database and its write-ahead log, with the current time in the name."""
    aside = Path(mkdtemp(prefix=f"before-restore-{now():%Y%m%dT%H%M%SZ}-", dir=database.parent))
    journals = [database.with_name(database.name + suffix) for suffix in ("-wal", "-shm")]
    for path in [database, *journals]:
        if path.exists():
            _linked(path, aside / path.name)
    _settle(aside)
    for journal in journals:
        journal.unlink(missing_ok=True)
    return aside


def _linked(path: Path, other: Path) -> None:
    try:
        os.link(path, other)
    except OSError:  # a file system without links
        _copy_whole(path, other)
