"""The lock of the database: shared by the processes that serve it, exclusive for the one that replaces it.

It is a lock on a file beside the database, which the kernel releases when its holder ends, even by a crash.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grille.messages import message as _
from storage.core.database_errors import DatabaseNotReady

try:
    import fcntl
except ImportError:  # Windows, which refuses by itself to replace a file that is open
    fcntl = None  # type: ignore[assignment]


@contextmanager
def hold_database(path: Path | str, *, alone: bool = False) -> Iterator[None]:
    """Hold the lock of this database during the block: shared, or exclusive (``alone``).

    Forked processes inherit it. Raises ``DatabaseNotReady`` if it is taken.
    """
    if fcntl is None:
        yield
        return
    descriptor = os.open(Path(path).with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise DatabaseNotReady(_IN_USE if alone else _REPLACED) from error
    try:
        yield
    finally:
        os.close(descriptor)


_IN_USE = _("Grille est en train de servir cette base de données. Arrêtez le serveur, puis recommencez.")
_REPLACED = _("Une sauvegarde est en train d’être remise en place. Attendez qu’elle le soit, puis recommencez.")
