"""Readers of untrusted files, run in a new process with limited memory, processor time, duration and output.

Not a thread, since only the system can take memory back or stop a parser that does not return; not a fork, since the
server has threads. The kernel enforces the limits: whatever the file does, the server goes on.
"""

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from questionnaires.untrusted.limits import MEGABYTE

_ROOT: Final = Path(__file__).parents[2]
_PATIENCE: Final = 20
_UNBOUNDED: Final = 3

# Packages are declared without running their ``__init__``, which import modules too costly for a reader (pydantic).
_START: Final = """
import importlib, os, sys, types
root, reader, memory, seconds, output, *arguments = sys.argv[1:]
for room in ("questionnaires", "grille"):
    sys.modules[room] = package = types.ModuleType(room)
    package.__path__ = [os.path.join(root, room)]
limits = importlib.import_module("questionnaires.untrusted.limits")
try:
    limits.bound(memory=int(memory), cpu_seconds=int(seconds), output=int(output), files=32)
except limits.BoundsMissing:
    sys.exit(3)
limits.give_way(5)
importlib.import_module("questionnaires.untrusted." + reader).main(*arguments)
"""

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
    most = [str(limits.megabytes * MEGABYTE), str(limits.cpu_seconds), str(limits.output_megabytes * MEGABYTE)]
    output = _nameless_file()
    try:
        with _nameless_file() as given:
            given.write(content)
            given.seek(0)  # this also flushes what was written
            subprocess.run(  # noqa: S603  # our own interpreter and modules
                [sys.executable, "-I", "-S", "-B", "-c", _START, str(_ROOT), reader, *most, *arguments],
                stdin=given,
                stdout=output,
                stderr=subprocess.DEVNULL,
                env={"LC_ALL": "C.UTF-8"},
                timeout=limits.seconds,
                check=True,
            )
    except (subprocess.SubprocessError, OSError) as error:
        output.close()
        if isinstance(error, subprocess.CalledProcessError) and error.returncode == _UNBOUNDED:
            raise ReadingUnbounded from error
        raise ReadingStopped from error
    output.seek(0)
    return output


def _nameless_file() -> IO[bytes]:
    """Return a file without a path, in memory where the system can: answers should not be written on a disk."""
    if hasattr(os, "memfd_create"):
        return open(os.memfd_create("untrusted"), "w+b")  # noqa: PTH123  # a descriptor; the caller closes
    return tempfile.TemporaryFile()
