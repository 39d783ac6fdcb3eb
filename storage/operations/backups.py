"""Backups: made while the server runs, and verified before they replace older ones.

A backup is a folder: the database at one moment, the evidence files, and ``manifest.json``, which lists them. The
installation's secret is never in it, so that a backup alone gives no access (decision 0140).
"""

import hashlib
import json
import os
import re
import shutil
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from tempfile import mkdtemp

from storage.core.database import applied, copy, counts, file_of, opened_copy
from storage.core.engine import Database
from storage.core.timestamps import now, to_text
from storage.operations.backup_check import (
    _NEW,
    DATABASE,
    EVIDENCE,
    FORMAT,
    LAST,
    MANIFEST,
    BackupRefused,
    Manifest,
    _copy_whole,
    _digest,
    _evidence_files,
    _explained,
    _files,
    _lost,
    _manifest_in,
    read_manifest,
    verify,
)

_NAME = re.compile(r"grille-\d{8}T\d{6}\.\d{6}Z")

_UNFINISHED = ".unfinished-"
_A_DAY = 86_400


def key_mark(secret: str) -> str:
    """Return a short hash of the installation's secret for a manifest: it identifies the secret only.

    >>> len(key_mark("a secret")), key_mark("a secret") == key_mark("another")
    (16, False)
    """
    return hashlib.sha256(f"grille backup\0{secret}".encode()).hexdigest()[:16]


def back_up(db: Database, into: Path, *, version: str, secret: str, keep: int | None = None) -> Path:
    """Make a new backup in that folder, completely or not at all, and return its path.

    Once it is verified, only the ``keep`` latest ones stay, if given. Raises ``BackupRefused``, or
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
    """Copy everything; evidence before and after the database, so that no file that it names is missing."""
    evidence = Path(file_of(db)).parent / EVIDENCE
    _copy_evidence(evidence, folder / EVIDENCE)
    copy(db, folder / DATABASE)
    _copy_evidence(evidence, folder / EVIDENCE)
    files = {path.relative_to(folder).as_posix(): _digest(path) for path in _files(folder)}
    with opened_copy(folder / DATABASE) as copied:
        lost = _lost(copied, files)
        manifest = Manifest(
            FORMAT, to_text(now()), version, applied(copied), key_mark(secret), counts(copied), files, lost
        )
    _write(folder / MANIFEST, manifest)
    for place in [folder, *(path for path in folder.rglob("*") if path.is_dir())]:
        _settle(place)


def _copy_evidence(source: Path, target: Path) -> None:
    """Copy the files that are missing or damaged there; a file deleted meanwhile is skipped."""
    for path in _evidence_files(source):
        copied = target / path.relative_to(source)
        if not copied.exists() or _digest(copied) != copied.name:
            for place in (target, copied.parent):
                place.mkdir(exist_ok=True, mode=0o700)
            with suppress(FileNotFoundError):
                _copy_whole(path, copied)


def _write(path: Path, manifest: Manifest) -> None:
    with os.fdopen(os.open(path, _NEW, 0o600), "w", encoding="utf-8") as file:
        file.write(json.dumps(asdict(manifest), indent=1, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _settle(place: Path) -> None:
    """Wait until the entries of a folder are on disk too."""
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _renamed(folder: Path, into: Path) -> Path:
    """Give the finished folder its final name; under its temporary name it does not count as a backup."""
    final = into / f"grille-{now():%Y%m%dT%H%M%S.%fZ}"
    folder.rename(final)
    _settle(into)
    return final


def _remember(backup: Path, data: Path) -> None:
    """Store the manifest of the last backup with the installation, for the page of system status."""
    beside = data / f"{LAST}.part"
    _write(beside, read_manifest(backup))
    beside.replace(data / LAST)


def last_backup(database: Path) -> Manifest | None:
    """Return the manifest of the last backup of that database; None if there is none or it cannot be read."""
    try:
        return _manifest_in(database.parent / LAST)
    except BackupRefused:
        return None


def backups_in(folder: Path) -> list[Path]:
    """Return the backups of that folder, oldest first."""
    return sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))


def _forget_older(into: Path, keep: int) -> None:
    for older in backups_in(into)[: -max(keep, 1)]:
        shutil.rmtree(older)


def _forget_unfinished(into: Path) -> None:
    """Delete the remains of interrupted backups after a day."""
    for left in into.glob(f"{_UNFINISHED}*"):
        if time.time() - left.stat().st_mtime > _A_DAY:
            shutil.rmtree(left, ignore_errors=True)
