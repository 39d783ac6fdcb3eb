"""Put a verified backup back, and keep aside what was there."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from grille.messages import message as _
from storage.core.database import counts, known_migrations, opened_copy, writing
from storage.core.database_errors import DatabaseNotReady
from storage.core.database_lock import hold_database
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
    """The result of a restoration: the backup's manifest, the path of the replaced database, if any, and what is there.

    ``counts`` are the rows of each table of the database put in place, ``evidence`` its files that are there and sound.
    """

    manifest: Manifest
    aside: Path | None
    counts: dict[str, int]
    evidence: int


def restore(backup: Path, database: Path, *, replace: bool = False) -> Restored:
    """Put a backup back as that database, alone to use it. What was there is kept aside, whole.

    Everyone is signed out, no device is known any more, and links to choose a password are void: those used since must
    not serve again. Raises
    ``BackupRefused`` when the backup is not whole, comes from a later version, or there is a database already and
    ``replace`` is not said.
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
    """What was really put in place: counted in the files themselves, whatever the manifest says."""
    names = [Path(name) for name in manifest.files if name != DATABASE]
    sound = sum((database.parent / name).is_file() and _digest(database.parent / name) == name.name for name in names)
    with opened_copy(database) as db:
        return counts(db), sound


def _put_back(backup: Path, database: Path) -> Path | None:
    """In an order that leaves, at every moment, either the old database or the new one under its name."""
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
    """Let the old file hold its last answers by itself, if it can still be read; its journal goes with that."""
    with suppress(DatabaseNotReady), opened_copy(database, writable=True) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _sign_everyone_out(path: Path) -> None:
    """End sessions and links to choose a password, forget devices: those used or ended since must not serve again."""
    with opened_copy(path, writable=True) as db, writing(db) as conn:
        tables = set(db.table_names())
        for table in {"sessions", "account_links"} & tables:
            conn.execute(f"DELETE FROM {table}")  # noqa: S608  # names of ours
        if "accounts" in tables and "device_key" in db["accounts"].columns_dict:
            conn.execute("UPDATE accounts SET device_key = lower(hex(randomblob(16)))")


def _set_aside(database: Path) -> Path:
    """Keep the old database, with the journal that may hold its last answers, under a name of this moment."""
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
