"""The manifest of a backup, and the checks that a backup must pass."""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from grille.messages import message as _
from storage.core.database import applied, counts, damage, opened_copy
from storage.core.database_errors import DatabaseNotReady
from storage.core.engine import Database

DATABASE, EVIDENCE, MANIFEST, LAST = "grille.db", "evidence", "manifest.json", "last-backup.json"
FORMAT = 1

_SHA256 = re.compile(r"[0-9a-f]{64}")


class BackupRefused(Exception):
    """A backup cannot be made or restored. ``problems`` are French sentences; nothing was changed."""

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass(frozen=True, slots=True)
class Manifest:
    """The manifest of a backup: time, version of Grille, migrations, rows per table, SHA-256 per file.

    ``lost`` names the evidence files that were already missing or damaged when the backup was made.
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
        """The time of the backup."""
        return datetime.fromisoformat(self.made_at)


def _evidence_files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.glob("??/*")) if _SHA256.fullmatch(path.name))


def _copy_whole(source: Path, target: Path) -> None:
    """Copy a file atomically, readable by its owner only; it is on disk when this returns."""
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


def read_manifest(backup: Path) -> Manifest:
    """Return the manifest of a backup. Raises ``BackupRefused`` if it cannot be read."""
    return _manifest_in(backup / MANIFEST)


def _manifest_in(path: Path) -> Manifest:
    try:
        manifest = Manifest(**json.loads(path.read_text(encoding="utf-8")))
        manifest.moment.astimezone(UTC)
        complete = manifest.format == FORMAT and DATABASE in manifest.files
    except (OSError, ValueError, TypeError) as error:
        raise BackupRefused(
            _(
                "%(path)s ne peut pas être lu : le dossier n’est pas une sauvegarde de Grille, ou elle est incomplète.",
                path=path,
            )
        ) from error
    if not complete:
        raise BackupRefused(
            _("%(path)s ne décrit pas une sauvegarde que cette version de Grille sache lire.", path=path)
        )
    return manifest


def verify(backup: Path) -> list[str]:
    """Read every file of a backup and return its differences from the manifest; empty if it is intact."""
    try:
        manifest = read_manifest(backup)
        return list(_wrong_files(backup, manifest.files)) or list(_wrong_database(backup, manifest))
    except (BackupRefused, DatabaseNotReady) as refused:
        return str(refused).splitlines()


def _wrong_files(backup: Path, files: Mapping[str, str]) -> Iterator[str]:
    for name, sha256 in files.items():
        path = backup / name
        if not path.resolve().is_relative_to(backup.resolve()) or not path.is_file():
            yield _("%(name)s : le fichier manque.", name=name)
        elif _digest(path) != sha256:
            yield _("%(name)s : le contenu a changé depuis la sauvegarde.", name=name)


def _wrong_database(backup: Path, manifest: Manifest) -> Iterator[str]:
    with opened_copy(backup / DATABASE) as db:
        yield from (f"{DATABASE} : {problem}" for problem in damage(db, "integrity"))
        if applied(db) != manifest.migrations:
            yield _(
                "%(database)s : sa structure n’est pas celle que dit %(manifest)s.",
                database=DATABASE,
                manifest=MANIFEST,
            )
        yield from _wrong_counts(counts(db), manifest.counts)
        if _lost(db, manifest.files) != manifest.lost:
            yield _("%(evidence)s : des preuves que la base de données nomme manquent.", evidence=EVIDENCE)


def _wrong_counts(found: Mapping[str, int], said: Mapping[str, int]) -> Iterator[str]:
    for table in sorted({*found, *said}):
        if found.get(table) != said.get(table):
            yield _(
                "%(table)s : %(get)s au lieu de %(get2)s.",
                table=table,
                get=found.get(table, "aucune table"),
                get2=said.get(table, "aucune table"),
            )


def _lost(db: Database, files: Mapping[str, str]) -> list[str]:
    """Return the evidence that the database names and that no intact file holds."""
    if "evidence" not in db.table_names():
        return []
    sql = "SELECT DISTINCT sha256 FROM evidence WHERE removed_at IS NULL AND sha256 IS NOT NULL ORDER BY sha256"
    named = [sha256 for (sha256,) in db.execute(sql)]
    return [sha256 for sha256 in named if files.get(f"{EVIDENCE}/{sha256[:2]}/{sha256}") != sha256]


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """In the block, turn errors of the file system into ``BackupRefused``."""
    try:
        yield
    except OSError as error:
        raise BackupRefused(
            _("Le dossier %(folder)s ne peut pas être utilisé (%(strerror)s).", folder=folder, strerror=error.strerror)
        ) from error
