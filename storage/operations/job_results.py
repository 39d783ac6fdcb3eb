"""The results of jobs: files beside the database, with random names, written atomically."""

import secrets
import time
from collections.abc import Container
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

from storage.core.database import file_of
from storage.core.engine import Database

_UNNAMED: Final = 60.0
"""Seconds after which a file that no job names is nobody's: its job would have said so by then."""


def folder_of(db: Database) -> Path:
    """Return the folder of the results of that database."""
    return Path(file_of(db)).with_name("jobs")


def write(db: Database, content: bytes) -> tuple[str, str]:
    """Write a result and return the name of its file and the SHA-256 of its content."""
    folder = folder_of(db)
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{secrets.token_hex(16)}.result"
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_bytes(content)
    unfinished.replace(path)
    return path.name, sha256(content).hexdigest()


def read(db: Database, name: str, digest: str | None) -> bytes | None:
    """Return the content of a result; None if it is missing or differs from its digest."""
    with suppress(OSError):
        content = (folder_of(db) / name).read_bytes()
        return content if sha256(content).hexdigest() == digest else None
    return None


def exists(db: Database, name: str) -> bool:
    """Return whether the file is there."""
    return (folder_of(db) / name).exists()


def erase(db: Database, name: str) -> None:
    """Erase a result."""
    (folder_of(db) / name).unlink(missing_ok=True)


def sweep(db: Database, named: Container[str]) -> None:
    """Delete the files that no job names: their jobs were deleted, or taken over by another process."""
    for path in folder_of(db).glob("*.*"):
        if path.name not in named and _age(path) > _UNNAMED:
            path.unlink(missing_ok=True)


def _age(path: Path) -> float:
    with suppress(OSError):
        return time.time() - path.stat().st_mtime
    return 0.0
