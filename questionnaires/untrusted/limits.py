"""Resource limits that a process sets itself before a risky task; the kernel enforces them.

Used in separate processes: those that read uploaded files, and the one that runs the server's background jobs.
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
    """Raised when the system offers no resource limits."""


def bound(*, memory: int, cpu_seconds: int | None = None, output: int, files: int | None = None) -> None:
    """Limit the memory and the output (bytes), the processor time (seconds) and the open files of this process.

    A crash leaves no core dump, which would hold people's answers. Raises ``BoundsMissing``.
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
    """Lower the priority of this process by ``more``; do nothing where the system does not allow it."""
    with suppress(OSError, AttributeError):
        os.nice(more)
