"""A reader of untrusted bytes, run in a fresh process whose memory, processor time, duration and output are bounded.

A process and not a thread: only the system can take memory back, or stop a parser that does not return. A fresh one
and not a fork: the server has threads. The kernel holds the limits; whatever the file does, the server goes on.
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

# The rooms are declared without running their ``__init__``, which import what a reader must not cost (pydantic).
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
    """The process went beyond a limit, or broke: nothing is known of the file, but that it cannot be used."""


class ReadingUnbounded(Exception):
    """The system lets no process limit itself, so nothing was opened: a setting of the service, not of the file."""


class ReadingBusy(Exception):
    """Other files have been read for so long that this one was not begun."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process may use: memory, processor time and duration, and what it may say."""

    megabytes: int = 64
    cpu_seconds: int = 10
    seconds: float = 45
    output_megabytes: int = 12


USUAL: Final = Limits()


def run(reader: str, content: bytes, *arguments: str, limits: Limits = USUAL) -> IO[bytes]:
    """What the reader of that name writes about this content, as a file at its beginning, to be closed.

    One file is read at a time in each server process. Raises ``ReadingStopped``, ``ReadingUnbounded``, or
    ``ReadingBusy`` after a wait.
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
            given.seek(0)  # and what was written is flushed
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
    """A file that no path leads to: in memory where the system can, for answers have no business on a disk."""
    if hasattr(os, "memfd_create"):
        return open(os.memfd_create("untrusted"), "w+b")  # noqa: PTH123  # a descriptor; the caller closes
    return tempfile.TemporaryFile()
