"""How long respondents wait while ten readers and ten makers of documents use the server, beside alone.

    python -m benchmarks.jobs [--readers 10] [--makers 10] [--seconds 10]

The server is ``python app.py`` over the demonstration, in processes of its own. Somebody opens the questionnaire again
and again, first alone, then while readers take pages that are there already and makers ask, as browsers do, for one
document after another that nobody has asked for, and wait for each. Prints medians, 95th and 99th
percentiles, the ratio of each to the same alone, and how many documents were made meanwhile. Exits with 1 when the 99th
percentile is beyond its limit.
"""

import argparse
import sys
import time
from collections import Counter
from contextlib import closing
from http.client import HTTPConnection
from itertools import combinations, cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.demonstration import make_demo
from benchmarks.readers import PAGES, SLUGS, connected, fetch, lasting, meanwhile, started, tell, waits
from storage.core.database import open_database
from storage.operations.jobs import jobs_of
from tests.serving import LiveServer, serving

MOST_RATIO, PAUSE, POLL = 2.0, 0.05, 1.5  # seconds between two pages, and as the page of waiting does
READ = [page.format(slug) for slug in SLUGS for page in PAGES]
YEARS = ("2025", "2024", "2023")
CHOICES = ["", *(f"?vagues={','.join(some)}" for n in (1, 2) for some in combinations(YEARS, n))]
ASKED = [
    f"/restitution/{slug}/documents/{suffix}{choice}"
    for choice in CHOICES
    for slug in SLUGS
    for suffix in ("pdf", "pptx", "xlsx", "zip", "json")
]


def come(server: LiveServer, readers: int, makers: int, over: Any, found: Any) -> None:
    """Run one thread per reader and maker, in that process."""
    statuses = Counter[int]()

    def ask(addresses: list[str]) -> None:
        connection = connected(server)
        for first in cycle(addresses):
            address: str | None = first
            while address and not over.is_set():
                address = _next(connection, address, statuses)
                over.wait(POLL if address else PAUSE)
            if over.is_set():
                return

    lists = [READ[n:] + READ[:n] for n in range(readers)] + [ASKED[n::makers] for n in range(makers)]
    started(ask, *lists)
    found.put(statuses)


def _next(connection: HTTPConnection, address: str, statuses: Counter[int]) -> str | None:
    """Request an address as a browser does; return the waiting page while a document is being made."""
    connection.request("GET", address, headers={"Accept": "text/html"})
    answer = connection.getresponse()
    waits_on = b'data-state="pending"' in answer.read()
    statuses[answer.status] += 1
    return answer.getheader("Location") or (address if waits_on else None)


def all_read(server: LiveServer) -> None:
    """Request every page until it is cached."""
    connection = connected(server)
    for address in READ:
        while fetch(connection, address) != 200:
            time.sleep(0.2)


def made(server: LiveServer) -> int:
    """Return the number of documents made outside of requests."""
    with closing(open_database(server.database)) as db:
        return sum(job.state == "done" for job in jobs_of(db))


def main() -> None:
    """Print a line per situation; exit with 1 when respondents wait too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=10)
    parser.add_argument("--makers", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=10)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        make_demo(data)
        with serving(data) as server:
            all_read(server)
            waits(server, lasting(2))
            alone = waits(server, lasting(options.seconds))
            print(f"{'respondents wait':22} {'median':>17} {'95 %':>17} {'99 %':>17}")
            tell("alone", alone, alone, Counter())
            with meanwhile(come, server, options.readers, options.makers) as statuses:
                beside = waits(server, lasting(options.seconds))
            tell("readers and makers", beside, alone, statuses)
            print(f"{made(server)} documents made meanwhile")
    ratio = beside[int(len(beside) * 0.99)] / alone[int(len(alone) * 0.99)]
    if ratio > MOST_RATIO:
        sys.exit(f"99 %: ×{ratio:.1f}, beyond ×{MOST_RATIO}")


if __name__ == "__main__":
    main()
