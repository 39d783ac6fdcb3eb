"""Answering for a long time while the server is killed repeatedly: answers lost, and waiting times between kills.

    python -m benchmarks.endurance [--minutes 30] [--rate 25] [--every 60] [--bare]

The server is the real one (gunicorn, durable SQLite), in processes of its own; clients are threads of another process
on the same machine, whose cores they share. ``--rate`` people a second begin a questionnaire and complete it; a request
without reply is repeated, as the pages do. Every ``--every`` seconds all processes of the server are killed at once,
and it is started again. Waits are printed twice: between kills (once the server answers again and those who waited have
been served), and over the whole time. At the end every acknowledged page is searched for in the database. With
``--bare``, the same people come to ``benchmarks.bare``, killed as often, which writes and syncs as often and does
nothing else: what it does not reach either, the machine does not allow. ``--every 0`` kills nothing. Exits with 1 when
an answer is missing, when not everybody completed, or when the p99 between kills exceeds its limit.
"""

import argparse
import gzip
import math
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.kills import Killable
from benchmarks.load import Client, lost
from benchmarks.respond import BARE, BEHIND, campaign, hidden

MOST_P99 = 100.0
SETTLED = 5.0
"""Seconds after a new start until those who were waiting have been through."""


@dataclass
class Patient(Client):
    """A browser that repeats a request until it is answered, and records the times."""

    waits: list[tuple[float, float]] = field(default_factory=list)

    def ask(self, path: str, fields: dict[str, str] | None = None) -> tuple[bytes, str]:
        """Repeat one request until it is answered; failures meanwhile are no errors."""
        began = time.perf_counter()
        while True:
            known, done = len(self.errors), False
            with suppress(OSError, HTTPException):
                answer = super().ask(path, fields)
                done = len(self.errors) == known
            if done:
                self.waits.append((began, (time.perf_counter() - began) * 1000))
                return answer
            del self.errors[known:]
            self.close()
            time.sleep(0.05)


@dataclass
class People:
    """People who begin at that rate: as many threads as needed, each of them one person after another."""

    port: int
    token: str
    rate: float
    over: threading.Event = field(default_factory=threading.Event)
    clients: list[Patient] = field(default_factory=list)
    done: int = 0

    def __post_init__(self) -> None:
        self._lock, self._came = threading.Lock(), 0
        self._start = time.perf_counter()

    def work(self) -> None:
        """Take the next person when it is time, and answer the whole questionnaire; repeat."""
        client = Patient(self.port)
        self.clients.append(client)
        while not self.over.is_set():
            with self._lock:
                at = self._start + self._came / self.rate
                self._came += 1
            if self.over.wait(max(0.0, at - time.perf_counter())):
                break
            client.journey(self.token)
            with self._lock:
                self.done += 1
        client.close()


def kill_now_and_then(server: Killable, end: float, every: float) -> list[tuple[float, float]]:
    """Kill the server at each period until the end; return the times of each kill and of each recovery."""
    troubled = []
    while (wait := min(every, end - time.perf_counter())) > 0:
        time.sleep(wait)
        if time.perf_counter() < end:
            killed = time.perf_counter()
            server.kill_all()
            server.start_again()
            _until_it_answers(server)
            troubled.append((killed, time.perf_counter() + SETTLED))
    return troubled


def _until_it_answers(server: Killable, path: str = "/healthz") -> None:
    client = Patient(server.port)
    client.ask(path)
    client.close()


def _some_page(server: Killable, token: str) -> bytes:
    """Return a question page, as a browser gets it."""
    client = Patient(server.port)
    welcome = f"/repondre/{token}"
    _body, address = client.ask(welcome, {**hidden(client.ask(welcome)[0]), "college": "habitants"})
    page = gzip.decompress(client.ask(address)[0])
    client.close()
    return page


def _bare(folder: Path, page: bytes) -> str:
    """Return the source of the bare program, whose braces the server of these tests leaves alone."""
    source = BARE.format(database=str(folder / "bare.db"), lock=str(folder / "grille.db"), page=page)
    return source.replace("{", "{{").replace("}", "}}")


def percentile(waits: list[float], share: float) -> float:
    """Return that quantile (``share``, 0 to 1) of the waits, in milliseconds."""
    return sorted(waits)[min(int(len(waits) * share), len(waits) - 1)] if waits else 0.0


def run(folder: Path, options: argparse.Namespace) -> int:
    """Run the whole measurement in that folder and print it."""
    token = campaign(folder, "short")
    server = Killable(folder, BEHIND)
    if options.bare:
        _until_it_answers(server)
        page = _some_page(server, token)
        server.end()
        token, server = "limite", Killable(folder, _bare(folder, page))
    _until_it_answers(server, f"/repondre/{token}")
    people = People(server.port, token, options.rate)
    threads = [threading.Thread(target=people.work, daemon=True) for _ in range(max(16, int(options.rate * 2)))]
    for thread in threads:
        thread.start()
    began = time.perf_counter()
    troubled = kill_now_and_then(server, began + options.minutes * 60, options.every or math.inf)
    people.over.set()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    count, missing = (0, 0) if options.bare else lost(folder / "grille.db", list(people.clients))
    server.end()
    return report(people, troubled, seconds, count, missing)


def report(people: People, troubled: list[tuple[float, float]], seconds: float, count: int, missing: int) -> int:
    """Print every figure beside its limit; return 1 if one exceeds it, else 0."""
    waits = [one for client in people.clients for one in client.waits]
    calm = [wait for at, wait in waits if not any(killed - 1 <= at <= settled for killed, settled in troubled)]
    every = [wait for _at, wait in waits]
    came = people.done / seconds
    print(f"{people.done} people went through in {seconds:.0f} s: {came:.1f}/s (asked {people.rate:g}/s)")
    print(f"{len(troubled)} kills; {count} answers acknowledged, {missing} lost (limit 0)")
    p50, p99, worst = percentile(calm, 0.5), percentile(calm, 0.99), percentile(every, 1)
    print(f"between kills: median {p50:.1f} ms, p99 {p99:.1f} ms (limit {MOST_P99:g}); {len(calm)} requests")
    print(f"all together: p99 {percentile(every, 0.99):.1f} ms, at most {worst:.0f} ms; {len(every)} requests")
    return 1 if missing or p99 > MOST_P99 or came < people.rate * 0.97 else 0


def main() -> int:
    """Measure; return 0 if every figure is within its limit, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rate", type=float, default=25, help="people who begin, a second")
    parser.add_argument("--every", type=float, default=60, help="seconds between two kills")
    parser.add_argument("--bare", action="store_true", help="serve the program without a framework instead")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        return run(Path(folder), options)


if __name__ == "__main__":
    sys.exit(main())
