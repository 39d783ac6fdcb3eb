"""Locks on files beside the database, which the kernel releases when their holder ends, even by a crash.

``hold_database`` is the lock of the database itself: shared by the processes that serve it, exclusive for the one that
replaces it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from grille.messages import message as _
from storage.core.database_errors import DatabaseNotReady

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

AVAILABLE: Final = fcntl is not None
"""Whether this system has such locks."""


def try_lock(descriptor: int, *, shared: bool = False) -> bool:
    """Take the lock of that open file without waiting; return False if another process holds it.

    Always True where there are no locks. Raises ``OSError`` when the file cannot be locked at all.
    """
    if not AVAILABLE:
        return True
    with suppress(BlockingIOError):
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        return True
    return False


def unlock(descriptor: int) -> None:
    """Release the lock; closing the file does so too."""
    fcntl.flock(descriptor, fcntl.LOCK_UN)


def open_lock(path: os.PathLike[str] | str) -> int:
    """Open the file of a lock, created for its owner alone, and return its descriptor; the caller closes it."""
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


@contextmanager
def hold_database(path: Path | str, *, alone: bool = False) -> Iterator[None]:
    """Hold the lock of this database during the block: shared, or exclusive (``alone``).

    Forked processes inherit it. Raises ``DatabaseNotReady`` if it is taken.
    """
    if not AVAILABLE:  # Windows, which refuses by itself to replace a file that is open
        yield
        return
    descriptor = open_lock(Path(path).with_suffix(".lock"))
    try:
        if not try_lock(descriptor, shared=not alone):
            raise DatabaseNotReady(_IN_USE if alone else _REPLACED)
        yield
    finally:
        os.close(descriptor)


_IN_USE = _("Grille est en train de servir cette base de données. Arrêtez le serveur, puis recommencez.")
_REPLACED = _("Une sauvegarde est en train d’être remise en place. Attendez qu’elle le soit, puis recommencez.")
