"""Readers of untrusted files, run in a new process with limited memory, processor time, duration and output.

Not a thread, since only the system can take memory back or stop a parser that does not return; not a fork, since the
server has threads. The kernel enforces the limits: whatever the file does, the server goes on.
"""

import os
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Final

from questionnaires.untrusted.bounded_start import UNBOUNDED, bounded_command
from questionnaires.untrusted.limits import MEGABYTE

_PATIENCE: Final = 20

_one_at_a_time: Final = threading.BoundedSemaphore()


class ReadingStopped(Exception):
    """Raised when the process exceeded a limit or crashed: the file cannot be used."""


class ReadingUnbounded(Exception):
    """Raised when the system offers no resource limits: no file is opened on this server."""


class ReadingBusy(Exception):
    """Raised when the reading of other files takes too long for this one to start; try again later."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a process: memory, processor time, duration and output."""

    megabytes: int = 64
    cpu_seconds: int = 10
    seconds: float = 45
    output_megabytes: int = 12


USUAL: Final = Limits()


def run(reader: str, content: bytes, *arguments: str, limits: Limits = USUAL) -> IO[bytes]:
    """Return what the reader of that name writes about this content, as a file to read from its start and to close.

    Each server process reads one file at a time. Raises ``ReadingStopped``, ``ReadingUnbounded``, or ``ReadingBusy``
    after a wait.
    """
    if not _one_at_a_time.acquire(timeout=_PATIENCE):
        raise ReadingBusy
    try:
        return _run(reader, content, arguments, limits)
    finally:
        _one_at_a_time.release()


def _run(reader: str, content: bytes, arguments: Sequence[str], limits: Limits) -> IO[bytes]:
    bounds = {
        "memory": limits.megabytes * MEGABYTE,
        "cpu_seconds": limits.cpu_seconds,
        "output": limits.output_megabytes * MEGABYTE,
        "files": 32,
    }
    output = _nameless_file()
    try:
        with _nameless_file() as given:
            given.write(content)
            given.seek(0)  # this also flushes what was written
            subprocess.run(  # noqa: S603  # our own interpreter and modules
                bounded_command(f"questionnaires.untrusted.{reader}", *arguments, bounds=bounds),
                stdin=given,
                stdout=output,
                stderr=subprocess.DEVNULL,
                env={"LC_ALL": "C.UTF-8"},
                timeout=limits.seconds,
                check=True,
            )
    except (subprocess.SubprocessError, OSError) as error:
        output.close()
        if isinstance(error, subprocess.CalledProcessError) and error.returncode == UNBOUNDED:
            raise ReadingUnbounded from error
        raise ReadingStopped from error
    output.seek(0)
    return output


def _nameless_file() -> IO[bytes]:
    """Return a file without a path, in memory where the system can: answers should not be written on a disk."""
    if hasattr(os, "memfd_create"):
        return open(os.memfd_create("untrusted"), "w+b")  # noqa: PTH123  # a descriptor; the caller closes
    return tempfile.TemporaryFile()
