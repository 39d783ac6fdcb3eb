"""How long respondents wait while ten readers request published results, beside alone, in one run.

    python -m benchmarks.readers [--readers 10] [--seconds 8]

The server is ``python app.py`` over the demonstration, in processes of its own. Somebody opens the questionnaire again
and again, first alone, then while so many others ask for the results, the residents' page, the session and the
documents of every published campaign, twenty pages a second each at most: first while nothing is made yet, then once
copies are there. Prints medians, 95th and 99th percentiles, and the ratio of each to the same alone. Exits with 1 when,
once copies are there, the 95th percentile is beyond its limit.
"""

import argparse
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import cycle
from multiprocessing import Event, Process, Queue
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from benchmarks.demonstration import make_demo
from tests.serving import LiveServer, serving

MOST_RATIO, PAUSE = 6.0, 0.05  # a reader takes the next page that many seconds after the last
SLUGS = ("villeroche-2026", "val-de-brume-2026", "saint-aubin-des-pres-2026")
PAGES = ("/restitution/{}", "/restitution/{}/habitants", "/restitution/{}/comparer", "/seance/{}")
FILES = tuple(f"/restitution/{{}}/documents/{suffix}" for suffix in ("pdf", "pptx", "xlsx", "json"))
ADDRESSES = [address.format(slug) for slug in SLUGS for address in (*PAGES, *FILES)]


def fetch(connection: HTTPConnection, address: str) -> int:
    """Request an address, read the whole reply and return its status."""
    connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    answer.read()
    return answer.status


def connected(server: LiveServer) -> HTTPConnection:
    """Return a new connection."""
    return HTTPConnection("127.0.0.1", urlsplit(server.url).port, timeout=60)


def waits(server: LiveServer, goes_on: Callable[[], bool]) -> list[float]:
    """Return how long a respondent waits for each page, in seconds."""
    found, connection = [], connected(server)
    while goes_on():
        start = time.perf_counter()
        assert fetch(connection, "/repondre/essai") == 200
        found.append(time.perf_counter() - start)
    return sorted(found)


@contextmanager
def meanwhile(visit: Callable[..., None], *arguments: object) -> Iterator[Counter[int]]:
    """Call ``visit`` in another process during the block; then count the statuses of replies.

    It takes these arguments, an event that tells it to end, and the queue where it puts what it has counted.
    """
    over, counts, statuses = Event(), Queue(), Counter[int]()
    process = Process(target=visit, args=(*arguments, over, counts))
    process.start()
    try:
        yield statuses
    finally:
        over.set()
        statuses.update(counts.get())
        process.join()


def started(visit: Callable[[Any], None], *each: object) -> None:
    """Call ``visit`` with each of these in a thread of its own, until all have ended."""
    threads = [threading.Thread(target=visit, args=(one,)) for one in each]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def read_all(server: LiveServer, readers: int, over: Any, counts: Any) -> None:
    """Run one thread per reader, in that process."""
    statuses = Counter[int]()

    def read(first: int) -> None:
        connection = connected(server)
        for address in cycle(ADDRESSES[first:] + ADDRESSES[:first]):
            if over.is_set():
                return
            statuses[fetch(connection, address)] += 1
            over.wait(PAUSE)

    started(read, *(n * 7 % len(ADDRESSES) for n in range(readers)))
    counts.put(statuses)


def lasting(seconds: float) -> Callable[[], bool]:
    """Return a function that is True for that many seconds."""
    end = time.perf_counter() + seconds
    return lambda: time.perf_counter() < end


def percentiles(found: list[float]) -> tuple[float, ...]:
    """Return the median, the 95th and the 99th percentile, in milliseconds."""
    return tuple(1000 * found[min(int(len(found) * share), len(found) - 1)] for share in (0.5, 0.95, 0.99))


def tell(name: str, found: list[float], alone: list[float], statuses: Counter[int]) -> float:
    """Print a line; return the ratio of the 95th percentiles."""
    here, before = percentiles(found), percentiles(alone)
    ratios = [one / other for one, other in zip(here, before, strict=True)]
    shown = " ".join(f"{one:7.1f} ms (×{ratio:4.1f})" for one, ratio in zip(here, ratios, strict=True))
    print(f"{name:22} {shown}   {len(found)} pages; readers: {dict(statuses)}")
    return ratios[1]


def all_made(server: LiveServer) -> None:
    """Request everything until it is cached."""
    connection = connected(server)
    for address in ADDRESSES:
        while fetch(connection, address) != 200:
            time.sleep(0.2)


def main() -> None:
    """Print a line per situation; exit with 1 when respondents wait too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=8)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        make_demo(data)
        with serving(data) as server:
            waits(server, lasting(2))
            alone = waits(server, lasting(options.seconds))
            print(f"{'respondents wait':22} {'median':>17} {'95 %':>17} {'99 %':>17}")
            tell("alone", alone, alone, Counter())
            with meanwhile(read_all, server, options.readers) as statuses:
                found = waits(server, lasting(options.seconds))
            tell("nothing made yet", found, alone, statuses)
            all_made(server)
            with meanwhile(read_all, server, options.readers) as statuses:
                found = waits(server, lasting(options.seconds))
            ratio = tell("once copies are there", found, alone, statuses)
    if ratio > MOST_RATIO:
        sys.exit(f"beyond ×{MOST_RATIO}")


if __name__ == "__main__":
    main()
