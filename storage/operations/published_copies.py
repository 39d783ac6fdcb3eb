"""A cache of documents that are costly to make, as files shared by all processes until their source changes.

A copy has a ``Name``: the territory that it tells of, the revision of all that is known there, and what it shows. The
database draws another revision at each change of anything that a result, a page or a document rests on, whoever makes
the change (``results_revisions``): an outdated copy is then never found again, in any process, and is erased.

One process makes a copy while the others wait for it; all processes together make few at once. Locks are the
kernel's: they go with their holder, however it ends.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final

from storage.campaigns.territories import Territory
from storage.core.database import file_of
from storage.core.engine import Database
from storage.core.pages import as_json

try:
    import fcntl
except ImportError:  # Windows, where one process serves
    fcntl = None  # type: ignore[assignment]

MOST_BYTES: Final = 256 * 1024 * 1024
MOST_AT_ONCE: Final = 1
"""Copies that all processes make at once: another would take the time of those who answer."""

MOST_WAITING: Final = 2
"""Threads of one process that make a copy or wait for one: the others are for respondents."""

LONGEST_WAIT: Final = 10.0  # seconds
_PAUSE: Final = 0.02


class CopyNotReady(Exception):
    """Too many copies are being made: it will be there in a moment."""


@dataclass(frozen=True, slots=True)
class Name:
    """The key of a copy; ``shows`` is everything that its bytes depend on beside the revision."""

    territory: int
    revision: str
    shows: tuple[object, ...]

    @property
    def digest(self) -> str:
        """The name of the copy's file, the same in every process."""
        return sha256(repr((self.revision, *self.shows)).encode()).hexdigest()[:32]


def revision_of(db: Database, territory: Territory) -> str:
    """Return the revision of everything that is known of a territory: another text after any change."""
    sql = "SELECT revision FROM results_revisions WHERE territory_id = ?"
    row = db.conn.execute(sql, (territory.id,)).fetchone()
    return str(row[0]) if row else ""


def revisions_of(db: Database, territories: Iterable[int]) -> dict[int, str]:
    """Return the revision of each of these territories, by its number."""
    numbers = list(territories)
    sql = """SELECT territory_id, revision FROM results_revisions
        WHERE territory_id IN (SELECT value FROM json_each(?))"""
    return dict.fromkeys(numbers, "") | dict(db.conn.execute(sql, (as_json(numbers),)).fetchall())


def copies_of(db: Database) -> "Copies":
    """Return the copies beside that database."""
    return Copies(Path(file_of(db)).with_name("copies"))


_waiting = BoundedSemaphore(MOST_WAITING)


@dataclass(frozen=True, slots=True)
class Copies:
    """A folder of copies: ``territory/revision/digest``, and the locks of those being made."""

    folder: Path
    most_bytes: int = MOST_BYTES

    def find(self, name: Name) -> bytes | None:
        """Return the copy of that name, if it was made."""
        with suppress(OSError):
            return self._path(name).read_bytes()
        return None

    def size(self, name: Name) -> int | None:
        """Return the size of the copy in bytes; None if it was not made."""
        with suppress(OSError):
            return self._path(name).stat().st_size
        return None

    def find_or_make(self, name: Name, make: Callable[[], tuple[bytes, bool]]) -> bytes:
        """Return the copy of that name, made now if it is not there; ``make`` says whether what it made may be kept.

        Raises ``CopyNotReady`` when others have to be made first.
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
                with suppress(OSError):  # without room for it, it is made again the next time
                    self._write(name, content)
            return content

    def forget(self, territory: Territory) -> None:
        """Erase the copies of a territory: they tell what is no longer shown."""
        shutil.rmtree(self.folder / str(territory.id), ignore_errors=True)

    def clear(self) -> None:
        """Erase every copy."""
        for one in self._territories():
            shutil.rmtree(one, ignore_errors=True)

    def _path(self, name: Name) -> Path:
        return self.folder / str(name.territory) / (name.revision or "none") / name.digest

    def _write(self, name: Name, content: bytes) -> None:
        path = self._path(name)
        for outdated in path.parent.parent.glob("*"):
            if outdated != path.parent:
                shutil.rmtree(outdated, ignore_errors=True)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = path.with_suffix(".unfinished")
        unfinished.write_bytes(content)
        unfinished.replace(path)
        self._make_room(path)

    def _make_room(self, newest: Path) -> None:
        """Erase the oldest until the folder is small enough."""
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
        """Hold one of these locks until the block ends. Raises ``CopyNotReady`` at the deadline."""
        folder = self.folder / "locks"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        while True:
            for name in names:
                descriptor = os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o600)
                if _taken(descriptor):
                    try:
                        yield
                    finally:
                        if erase:
                            (folder / name).unlink(missing_ok=True)
                        os.close(descriptor)
                    return
                os.close(descriptor)
            if time.monotonic() > deadline:
                raise CopyNotReady
            time.sleep(_PAUSE)


def _taken(descriptor: int) -> bool:
    if fcntl is None:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
