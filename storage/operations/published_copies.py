"""A cache of documents that are costly to make, as files shared by all processes.

A copy is named by its territory, the revision of everything that its results depend on, and what it shows. The database
changes the revision at every change of such data (table ``results_revisions``): an outdated copy is then never found
again, in any process, and is deleted later.

One process makes a copy while the others wait for it; the number made at once by all processes is limited. The locks
are the kernel's, released when their holder ends, even by a crash.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final
from zlib import crc32

from storage.campaigns.territories import Territory
from storage.core.database import file_of
from storage.core.engine import Database
from storage.core.file_locks import open_lock, try_lock
from storage.core.pages import as_json
from storage.core.revisions import COUNTRY, current_revision

MOST_BYTES: Final = 256 * 1024 * 1024
MOST_AT_ONCE: Final = 1
"""Copies that all processes make at once: another would take the time of those who answer."""

MOST_WAITING: Final = 2
"""Threads of one process that make a copy or wait for one: the others are for respondents."""

LONGEST_WAIT: Final = 10.0  # seconds
_PAUSE: Final = 0.02

_SEAL: Final = 8
"""The first bytes of a file: the length and the checksum of what follows, so that half a file is never shown."""


class CopyNotReady(Exception):
    """Too many copies are being made; try again in a moment."""


@dataclass(frozen=True)
class Name:
    """The key of a copy. ``shows`` covers everything that its bytes depend on besides the revision."""

    territory: int
    revision: str
    shows: tuple[object, ...]

    @cached_property
    def digest(self) -> str:
        """The name of the copy's file; the same in every process."""
        return sha256(repr((self.revision, *self.shows)).encode()).hexdigest()[:32]


def revisions_of(db: Database, territories: Iterable[int]) -> dict[int, str]:
    """Return the revision of each of these territories, by id."""
    numbers = list(territories)
    sql = """SELECT territory_id, revision FROM results_revisions
        WHERE territory_id IN (SELECT value FROM json_each(?))"""
    return dict.fromkeys(numbers, "") | dict(db.conn.execute(sql, (as_json(numbers),)).fetchall())


def copies_of(db: Database) -> "Copies":
    """Return the cache of that database."""
    return Copies(folder_of(file_of(db)), is_current=partial(_is_current, db))


def copies_beside(database: Path) -> "Copies":
    """Return the cache of a database that is not open."""
    return Copies(folder_of(database))


def folder_of(database: Path | str) -> Path:
    """Return the folder of the cache of that database file."""
    return Path(database).with_name("copies")


def _is_current(db: Database, name: Name) -> bool:
    return current_revision(db, name.territory) == name.revision


def _always(_name: Name) -> bool:
    return True


_waiting = BoundedSemaphore(MOST_WAITING)


@dataclass(frozen=True, slots=True)
class Copies:
    """The cache: a folder of files ``territory/revision/digest``, and locks on those being made.

    ``is_current`` returns whether a name's revision is still the one of its territory: a copy that becomes outdated
    while it is being made is not stored.
    """

    folder: Path
    most_bytes: int = MOST_BYTES
    is_current: Callable[[Name], bool] = _always

    def find(self, name: Name) -> bytes | None:
        """Return the copy of that name; None if it is missing or damaged."""
        return read_copy(path_in(self.folder, name))

    def size(self, name: Name) -> int | None:
        """Return the size of the copy in bytes; None if there is none."""
        with suppress(OSError):
            return Path(path_in(self.folder, name)).stat().st_size - _SEAL
        return None

    def find_or_make(self, name: Name, make: Callable[[], tuple[bytes, bool]]) -> bytes:
        """Return the copy of that name, made now if missing.

        ``make`` returns the content and whether it may be stored. Raises ``CopyNotReady`` when too many others are
        being made.
        """
        found = self.find(name)
        if found is not None:
            return found
        if not _waiting.acquire(blocking=False):
            raise CopyNotReady
        try:
            return self._made(name, make)
        finally:
            _waiting.release()

    def _made(self, name: Name, make: Callable[[], tuple[bytes, bool]]) -> bytes:
        deadline = time.monotonic() + LONGEST_WAIT
        with ExitStack() as held:
            held.enter_context(self._lock([f"{name.digest}.lock"], deadline, erase=True))
            found = self.find(name)
            if found is not None:  # somebody else made it meanwhile
                return found
            held.enter_context(self._lock([f"turn-{n}.lock" for n in range(MOST_AT_ONCE)], deadline))
            content, keep = make()
            if keep:
                self.keep(name, content)
            return content

    def keep(self, name: Name, content: bytes) -> bool:
        """Store a copy; return False when there is no room for it."""
        with suppress(OSError):
            self._keep(name, content)
            return True
        return False

    def forget(self, territory: Territory) -> None:
        """Delete the copies of a territory and of lists, which may show what was withdrawn."""
        for one in (territory.id, COUNTRY):
            shutil.rmtree(self.folder / str(one), ignore_errors=True)

    def clear(self) -> None:
        """Delete every copy."""
        for one in self._territories():
            shutil.rmtree(one, ignore_errors=True)

    def _keep(self, name: Name, content: bytes) -> None:
        """Write a copy and delete the older ones; delete it instead if it is outdated by then."""
        path = Path(path_in(self.folder, name))
        self._write(path, content)
        if not self.is_current(name):
            path.unlink(missing_ok=True)
            return
        for outdated in path.parent.parent.glob("*"):
            if outdated != path.parent:
                shutil.rmtree(outdated, ignore_errors=True)
        self._make_room(path)

    def _write(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = path.with_suffix(".unfinished")
        try:
            unfinished.write_bytes(_seal(content) + content)
            unfinished.replace(path)
        except OSError:  # the disk is full: what was begun takes room for nothing
            unfinished.unlink(missing_ok=True)
            raise

    def _make_room(self, newest: Path) -> None:
        """Delete the oldest copies until the folder is within its limit."""
        found = []
        for path in self.folder.glob("*/*/*"):
            with suppress(OSError):
                found.append((path.stat().st_mtime, path.stat().st_size, path))
        excess = sum(size for _, size, _ in found) - self.most_bytes
        for _, size, path in sorted(found):
            if excess > 0 and path != newest:
                path.unlink(missing_ok=True)
                excess -= size

    def _territories(self) -> Iterator[Path]:
        return (one for one in self.folder.glob("*") if one.is_dir() and one.name != "locks")

    @contextmanager
    def _lock(self, names: list[str], deadline: float, *, erase: bool = False) -> Iterator[None]:
        """Hold one of these locks during the block. Raises ``CopyNotReady`` at the deadline."""
        while True:
            for name in names:
                descriptor = self._lock_file(name)
                if descriptor is None or _taken(descriptor):
                    try:
                        yield
                    finally:
                        if descriptor is not None:
                            self._release(name, descriptor, erase=erase)
                    return
                os.close(descriptor)
            if time.monotonic() > deadline:
                raise CopyNotReady
            time.sleep(_PAUSE)

    def _lock_file(self, name: str) -> int | None:
        """Open the file of a lock; None where nothing can be written, and then there is no lock."""
        folder = self.folder / "locks"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return open_lock(folder / name)
        except OSError:
            return None

    def _release(self, name: str, descriptor: int, *, erase: bool) -> None:
        if erase:
            (self.folder / "locks" / name).unlink(missing_ok=True)
        os.close(descriptor)


def path_in(folder: Path, name: Name) -> str:
    """Return the path of the copy of that name in the folder of the cache."""
    return f"{folder}/{name.territory}/{name.revision or 'none'}/{name.digest}"


def read_copy(path: str) -> bytes | None:
    """Return the content of the copy at that path; None if missing. A damaged one is deleted."""
    try:
        with Path(path).open("rb", buffering=0) as file:
            seal, content = file.read(_SEAL), file.readall()
    except OSError:
        return None
    if seal == _seal(content):
        return content
    with suppress(OSError):
        Path(path).unlink()
    return None


def _seal(content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + crc32(content).to_bytes(4, "big")


def _taken(descriptor: int) -> bool:
    with suppress(OSError):
        return try_lock(descriptor)
    return False
