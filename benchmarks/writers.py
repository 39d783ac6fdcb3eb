"""How long writers of several processes wait for one another, and how long a reader waits beside them.

    python -m benchmarks.writers [--processes 2] [--threads 4] [--seconds 6]

Each thread of each process saves a response again and again, as a server with ``WORKERS`` does when it is saturated,
each save on the disk before the next; one more process only reads. Prints how long saves and readings took, in
milliseconds, and how many saves were refused because the database was busy. Exits with 1 when a save waited longer than
a second, or was refused, or when a reading waited for a writer.
"""

import argparse
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from multiprocessing import Process, Queue
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import grille
from storage.campaigns.campaigns import campaign_by_slug
from storage.campaigns.lifecycle import open_campaign
from storage.campaigns.territories import create_territory
from storage.core.database import migrate, open_database, writing
from storage.core.database_errors import DatabaseUnavailable
from storage.responses.responses import start_response

MOST_WAIT, MOST_READ = 1.0, 0.1
REFUSED = -1.0


def save_again_and_again(path: Path, goes_on: Callable[[], bool], times: list[float]) -> None:
    """Save a response repeatedly; record the time of each save."""
    with closing(open_database(path)) as db:
        campaign = campaign_by_slug(db, "ici-2026")
        assert campaign
        start_response(db, campaign, "habitants")
        (number,) = db.execute("SELECT max(id) FROM responses").fetchone()
        while goes_on():
            before = time.perf_counter()
            try:
                with writing(db) as conn:
                    conn.execute("UPDATE responses SET answered = answered + 1 WHERE id = ?", (number,))
            except DatabaseUnavailable:
                times.append(REFUSED)
            else:
                times.append(time.perf_counter() - before)


def read_again_and_again(path: Path, goes_on: Callable[[], bool], times: list[float]) -> None:
    """Read a campaign repeatedly; record the time of each reading."""
    with closing(open_database(path)) as db:
        while goes_on():
            before = time.perf_counter()
            assert campaign_by_slug(db, "ici-2026")
            times.append(time.perf_counter() - before)
            time.sleep(0.002)


def process(path: Path, threads: int, seconds: float, results: Any, work: Callable[..., None]) -> None:
    """Run so many threads that work until the time is over; this is what each process does."""
    end, times = time.perf_counter() + seconds, [[] for _ in range(threads)]
    workers = [threading.Thread(target=work, args=(path, lambda: time.perf_counter() < end, mine)) for mine in times]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    results.put((work.__name__, times))


def prepare(path: Path) -> None:
    """Create a database with an open campaign."""
    migrate(path)
    with closing(open_database(path)) as db:
        open_campaign(db, create_territory(db, "Ici", "commune"), grille.current(), name="Ici", year=2026)


def run(path: Path, options: argparse.Namespace) -> dict[str, list[list[float]]]:
    """Return the times of each thread, by kind of work."""
    results: Any = Queue()
    asked = [(options.threads, save_again_and_again)] * options.processes + [(1, read_again_and_again)]
    processes = [Process(target=process, args=(path, n, options.seconds, results, work)) for n, work in asked]
    for one in processes:
        one.start()
    found: dict[str, list[list[float]]] = {}
    for _one in processes:
        name, times = results.get()
        found.setdefault(name, []).extend(times)
    for one in processes:
        one.join()
    return found


def tell(name: str, times: list[float]) -> float:
    """Print the median, the 99th percentile and the longest time; return the longest."""
    known = sorted(one for one in times if one != REFUSED)
    p50, p99 = known[len(known) // 2], known[len(known) * 99 // 100]
    shown = f"median {p50 * 1000:7.2f} ms   p99 {p99 * 1000:7.1f} ms   longest {known[-1] * 1000:7.0f} ms"
    print(f"{name:9} {len(known):7}   {shown}   refused {times.count(REFUSED)}")
    return known[-1]


def main() -> int:
    """Measure, print; return 0 if every figure is within its limit, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=6)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "grille.db"
        prepare(path)
        found = run(path, options)
    saves = [one for times in found["save_again_and_again"] for one in times]
    longest, read = tell("saves", saves), tell("readings", found["read_again_and_again"][0])
    print("of each thread:", sorted(len(times) for times in found["save_again_and_again"]))
    return 1 if longest > MOST_WAIT or REFUSED in saves or read > MOST_READ else 0


if __name__ == "__main__":
    sys.exit(main())
