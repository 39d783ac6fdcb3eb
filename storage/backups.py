"""Backups: made while people answer, checked before they count, put back without losing what was there.

A backup is a folder: the database as it was at one moment, the files put down as evidence, and ``manifest.json``, which
says what must be in it. The installation's secret is never in it: a backup opens no door (decision 0140).
"""

import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

from storage.database import (
    DatabaseNotReady,
    applied,
    copy,
    counts,
    damage,
    file_of,
    known_migrations,
    opened_copy,
    writing,
)
from storage.engine import Database
from storage.moments import now, text_of
from storage.occupancy import in_use

DATABASE, EVIDENCE, MANIFEST, LAST = "grille.db", "evidence", "manifest.json", "last-backup.json"
FORMAT = 1

_NAME = re.compile(r"grille-\d{8}T\d{6}\.\d{6}Z")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = ".unfinished-"
_A_DAY = 86_400


class BackupRefused(Exception):
    """A backup cannot be made, or be put back; ``problems`` are French sentences, and nothing was changed."""

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: when, made by which version, on which migrations, rows per table, SHA-256 per file.

    ``lost`` names the evidence that the installation itself had lost or damaged by then.
    """

    format: int
    made_at: str
    version: str
    migrations: list[str]
    secret_key: str
    counts: dict[str, int]
    files: dict[str, str]
    lost: list[str]

    @property
    def moment(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.made_at)


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of a restoration: what the backup said, and where the database that was there is kept, if any."""

    manifest: Manifest
    aside: Path | None


def key_mark(secret: str) -> str:
    """What a manifest keeps of the installation's secret: enough to recognise it, nothing to find it again.

    >>> len(key_mark("a secret")), key_mark("a secret") == key_mark("another")
    (16, False)
    """
    return hashlib.sha256(f"grille backup\0{secret}".encode()).hexdigest()[:16]


def back_up(db: Database, into: Path, *, version: str, secret: str, keep: int | None = None) -> Path:
    """Make a new backup inside that folder, whole or not at all, and give its path.

    With ``keep``, older ones of that folder go, once this one is checked. Raises ``BackupRefused``, and
    ``DatabaseUnavailable`` when the database cannot be read or copied.
    """
    with _explained(into):
        into.mkdir(parents=True, exist_ok=True, mode=0o700)
        _forget_unfinished(into)
        folder = Path(mkdtemp(prefix=_UNFINISHED, dir=into))  # for its owner only
        try:
            _fill(folder, db, version, secret)
            if problems := verify(folder):
                raise BackupRefused(*problems)
            final = _renamed(folder, into)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        _remember(final, Path(file_of(db)).parent)
        if keep is not None:
            _forget_older(into, keep)
    return final


def _fill(folder: Path, db: Database, version: str, secret: str) -> None:
    """Copy everything. Files are copied before and after the database: none that it names may be missing."""
    evidence = Path(file_of(db)).parent / EVIDENCE
    _copy_evidence(evidence, folder / EVIDENCE)
    copy(db, folder / DATABASE)
    _copy_evidence(evidence, folder / EVIDENCE)
    files = {path.relative_to(folder).as_posix(): _digest(path) for path in _files(folder)}
    with opened_copy(folder / DATABASE) as copied:
        lost = _lost(copied, files)
        manifest = Manifest(
            FORMAT, text_of(now()), version, applied(copied), key_mark(secret), counts(copied), files, lost
        )
    _write(folder / MANIFEST, manifest)
    for place in [folder, *(path for path in folder.rglob("*") if path.is_dir())]:
        _settle(place)


def _copy_evidence(source: Path, target: Path) -> None:
    """Copy the files that are not there yet, or are damaged there; one that goes away meanwhile is no longer wanted."""
    for path in _evidence_files(source):
        copied = target / path.relative_to(source)
        if not copied.exists() or _digest(copied) != copied.name:
            for place in (target, copied.parent):
                place.mkdir(exist_ok=True, mode=0o700)
            with suppress(FileNotFoundError):
                _copy_whole(path, copied)


def _evidence_files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.glob("??/*")) if _SHA256.fullmatch(path.name))


def _copy_whole(source: Path, target: Path) -> None:
    """Copy a file for its owner's eyes, on disk when this returns, never half there under its name."""
    beside = target.with_name(f"{target.name}.part")
    with source.open("rb") as content, os.fdopen(os.open(beside, _NEW, 0o600), "wb") as file:
        shutil.copyfileobj(content, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(target)


_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != MANIFEST]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(path: Path, manifest: Manifest) -> None:
    with os.fdopen(os.open(path, _NEW, 0o600), "w", encoding="utf-8") as file:
        file.write(json.dumps(asdict(manifest), indent=1, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _settle(place: Path) -> None:
    """Wait until the names in a folder are on disk too."""
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _renamed(folder: Path, into: Path) -> Path:
    """Give the finished folder its name: until then, it is no backup."""
    final = into / f"grille-{now():%Y%m%dT%H%M%S.%fZ}"
    folder.rename(final)
    _settle(into)
    return final


def _remember(backup: Path, data: Path) -> None:
    """Keep with the installation what its last backup was: the page of whoever runs it says so."""
    beside = data / f"{LAST}.part"
    _write(beside, read_manifest(backup))
    beside.replace(data / LAST)


def last_backup(database: Path) -> Manifest | None:
    """What the last backup of that database was; None when there was none, or nobody can tell."""
    try:
        return _manifest_in(database.parent / LAST)
    except BackupRefused:
        return None


def backups_in(folder: Path) -> list[Path]:
    """The backups of that folder, oldest first."""
    return sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))


def _forget_older(into: Path, keep: int) -> None:
    for older in backups_in(into)[: -max(keep, 1)]:
        shutil.rmtree(older)


def _forget_unfinished(into: Path) -> None:
    """Remove what a backup that was killed left behind, a day later."""
    for left in into.glob(f"{_UNFINISHED}*"):
        if time.time() - left.stat().st_mtime > _A_DAY:
            shutil.rmtree(left, ignore_errors=True)


def read_manifest(backup: Path) -> Manifest:
    """What a backup says that it holds. Raises ``BackupRefused`` when that cannot be read."""
    return _manifest_in(backup / MANIFEST)


def _manifest_in(path: Path) -> Manifest:
    try:
        manifest = Manifest(**json.loads(path.read_text(encoding="utf-8")))
        manifest.moment.astimezone(UTC)
        complete = manifest.format == FORMAT and DATABASE in manifest.files
    except (OSError, ValueError, TypeError) as error:
        raise BackupRefused(
            f"{path} ne peut pas être lu : le dossier n’est pas une sauvegarde de Grille, ou elle est incomplète."
        ) from error
    if not complete:
        raise BackupRefused(f"{path} ne décrit pas une sauvegarde que cette version de Grille sache lire.")
    return manifest


def verify(backup: Path) -> list[str]:
    """What differs between a backup and what its manifest says, every file and every page read; empty: it is whole."""
    try:
        manifest = read_manifest(backup)
        return list(_wrong_files(backup, manifest.files)) or list(_wrong_database(backup, manifest))
    except (BackupRefused, DatabaseNotReady) as refused:
        return str(refused).splitlines()


def _wrong_files(backup: Path, files: Mapping[str, str]) -> Iterator[str]:
    for name, sha256 in files.items():
        path = backup / name
        if not path.resolve().is_relative_to(backup.resolve()) or not path.is_file():
            yield f"{name} : le fichier manque."
        elif _digest(path) != sha256:
            yield f"{name} : le contenu a changé depuis la sauvegarde."


def _wrong_database(backup: Path, manifest: Manifest) -> Iterator[str]:
    with opened_copy(backup / DATABASE) as db:
        yield from (f"{DATABASE} : {problem}" for problem in damage(db, "integrity"))
        if applied(db) != manifest.migrations:
            yield f"{DATABASE} : sa structure n’est pas celle que dit {MANIFEST}."
        yield from _wrong_counts(counts(db), manifest.counts)
        if _lost(db, manifest.files) != manifest.lost:
            yield f"{EVIDENCE} : des preuves que la base de données nomme manquent."


def _wrong_counts(found: Mapping[str, int], said: Mapping[str, int]) -> Iterator[str]:
    for table in sorted({*found, *said}):
        if found.get(table) != said.get(table):
            yield f"{table} : {found.get(table, 'aucune table')} au lieu de {said.get(table, 'aucune table')}."


def _lost(db: Database, files: Mapping[str, str]) -> list[str]:
    """The evidence that the database names and that no sound file backs."""
    if "evidence" not in db.table_names():
        return []
    sql = "SELECT DISTINCT sha256 FROM evidence WHERE removed_at IS NULL AND sha256 IS NOT NULL ORDER BY sha256"
    named = [sha256 for (sha256,) in db.execute(sql)]
    return [sha256 for sha256 in named if files.get(f"{EVIDENCE}/{sha256[:2]}/{sha256}") != sha256]


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
            f"Cette sauvegarde vient d’une version plus récente de Grille ({manifest.version}) : installez-la d’abord."
        )
    with _explained(database.parent):
        database.parent.mkdir(parents=True, exist_ok=True)
        with in_use(database, alone=True):
            if database.exists() and not replace:
                raise BackupRefused(
                    f"Il y a déjà une base de données : {database}. "
                    "Pour la remplacer (elle sera gardée à côté), ajoutez --replace."
                )
            return Restored(manifest, _put_back(backup, database))


def _put_back(backup: Path, database: Path) -> Path | None:
    """In an order that leaves, at every moment, either the old database or the new one under its name."""
    fresh = database.with_suffix(".restoring")
    _copy_whole(backup / DATABASE, fresh)
    _sign_everyone_out(fresh)
    _copy_evidence(backup / EVIDENCE, database.parent / EVIDENCE)
    _bring_in_journal(database)
    aside = _set_aside(database) if database.exists() else None
    fresh.replace(database)
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


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """Turn what the file system says about a folder into a sentence."""
    try:
        yield
    except OSError as error:
        raise BackupRefused(f"Le dossier {folder} ne peut pas être utilisé ({error.strerror}).") from error
