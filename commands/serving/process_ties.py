"""What ties a process to the one that started it, where the system can: Linux."""

import ctypes
import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

_PARENT_DEATH: Final = 1
"""``PR_SET_PDEATHSIG``."""

_PAUSE: Final = 0.02


def end_with_parent(parent: int, how: signal.Signals) -> None:
    """Receive that signal when the parent ends, however that happens; leave if it already has."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PARENT_DEATH, how)
    if os.getppid() != parent:
        os._exit(0)


def name_process(name: str) -> None:
    """Be called so in ``top`` and in ``/proc``."""
    with suppress(OSError):
        Path("/proc/self/comm").write_text(name)


def usual_signals() -> None:
    """React to signals as a new process does, whatever the parent had prepared; Ctrl+C is for the parent."""
    for one in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        with suppress(OSError, ValueError):
            if callable(signal.getsignal(one)):
                signal.signal(one, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def has_ended(child: int) -> bool:
    """Whether a child of this process is gone; the system then forgets it."""
    try:
        return os.waitpid(child, os.WNOHANG)[0] != 0
    except ChildProcessError:
        return True


def end(child: int, patience: float = 5.0) -> None:
    """Ask a child of this process to end, and wait until it has; end it when it does not within so many seconds."""
    last = time.monotonic() + patience
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGTERM)
        while not has_ended(child):
            if time.monotonic() > last:
                os.kill(child, signal.SIGKILL)
            time.sleep(_PAUSE)


def memory_used() -> int:
    """The memory of this process, in bytes; 0 where that is not known."""
    with suppress(OSError, ValueError, IndexError):
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0
