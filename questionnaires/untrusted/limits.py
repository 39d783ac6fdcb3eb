"""The limits that a process sets itself before it does what might harm: the kernel then holds them, whatever is done.

Runs in processes of their own: those that read what people send, and the one that does the heavy work of the server.
Imports the standard library only. Where the system has no such limits (Windows), ``BoundsMissing`` is raised.
"""

import os
from contextlib import suppress
from typing import Final

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

MEGABYTE: Final = 1024 * 1024


class BoundsMissing(Exception):
    """The system lets no process limit itself."""


def bound(*, memory: int, cpu_seconds: int | None = None, output: int, files: int | None = None) -> None:
    """Limit the memory, the processor time, the size of what is written and the open files of this process.

    ``memory`` and ``output`` are bytes. Nothing that fails leaves its memory on the disk. Raises ``BoundsMissing``.
    """
    if resource is None:
        raise BoundsMissing
    wanted = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_FSIZE: output,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: files,
    }
    try:
        for limit, most in wanted.items():
            if most is not None:
                resource.setrlimit(limit, (most, most))
    except (OSError, ValueError) as error:
        raise BoundsMissing from error


def give_way(more: int) -> None:
    """Let other processes go first; where that is not possible, go on as before."""
    with suppress(OSError, AttributeError):
        os.nice(more)
