"""What this machine is worth at this moment: printed by every benchmark beside its figures.

    python -m benchmarks.calibration

A figure in milliseconds depends on the machine. Two measurements of the same run allow comparison with another one:
a loop of pure Python, best of several, and a write of 4 kB that waits for the disk.
"""

import os
import platform
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

LOOPS = 200_000
WRITES = 60


def cpu() -> float:
    """Return the CPU time of a fixed loop of Python, in milliseconds: the best of seven."""
    return min(_loop() for _ in range(7)) * 1000


def _loop() -> float:
    before, total = time.thread_time(), 0
    for number in range(LOOPS):
        total += number % 7
    return time.thread_time() - before


def disk(folder: Path | None = None) -> float:
    """Return the time until 4 kB are on the disk, in milliseconds: the median."""
    with TemporaryDirectory(dir=folder) as place, (Path(place) / "written").open("wb", buffering=0) as file:
        return median(_write(file.fileno()) for _ in range(WRITES)) * 1000


def _write(descriptor: int) -> float:
    before = time.perf_counter()
    os.write(descriptor, bytes(4096))
    os.fsync(descriptor)
    return time.perf_counter() - before


def line() -> str:
    """Return one line: the machine, its load, and both figures."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    machine = f"{os.cpu_count()} cores, load {load:.1f}, Python {platform.python_version()}, {platform.machine()}"
    return f"Machine: {machine}; {LOOPS:,} turns of a loop {cpu():.1f} ms of CPU, 4 kB to the disk {disk():.2f} ms"


if __name__ == "__main__":
    print(line())
