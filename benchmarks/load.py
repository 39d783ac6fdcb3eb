"""How the server answers many people at once: whole journeys by 16 clients, then 1,000 people together.

    python -m benchmarks.load [--clients 16] [--seconds 15] [--people 1000]

The server is the real one (gunicorn, durable SQLite), in a process of its own; clients are threads of another, on the
same machine, which therefore shares its cores with them. A journey is what a browser without script asks for: welcome,
college, five pages read and saved, review, sending, thanks. The yardstick is an empty view of an empty Flask
application under the same server, asked by as many clients just before. Then that many people begin at the same
instant, each on a connection of their own; afterwards every page acknowledged to any of them is looked for.
Exits with 1 on an error, on an answer lost, or when the p99 is beyond its limit.
"""

import argparse
import gzip
import http.client
import os
import re
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from benchmarks.reference import EMPTY
from benchmarks.respond import BEHIND, Server, campaign, hidden, running
from storage.core.database import open_database
from storage.responses.responses import find_response

MOST_P99 = 60.0
REQUESTS_OF_A_JOURNEY = 15
PEOPLE = count()
"""Everyone who has come, by number."""


@dataclass
class Client:
    """A browser: its connection, the time of each request (ms), its errors, the answers acknowledged."""

    port: int
    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    acknowledged: dict[str, dict[str, str]] = field(default_factory=dict)
    place: str = ""

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def close(self) -> None:
        """Close its connection."""
        self._connection.close()

    def ask(self, path: str, fields: dict[str, str] | None = None) -> tuple[bytes, str]:
        """Send one request, timed from the sending to the last byte; return the body and the redirection."""
        headers = {"Accept-Encoding": "gzip", "Content-Type": "application/x-www-form-urlencoded"}
        if self.place:
            headers["X-Forwarded-For"] = self.place
        began = time.perf_counter()
        self._connection.request("GET" if fields is None else "POST", path, fields and urlencode(fields), headers)
        answer = self._connection.getresponse()
        body = answer.read()
        self.times.append((time.perf_counter() - began) * 1000)
        if answer.status not in {200, 303}:
            self.errors.append(f"{answer.status} {path}")
        return body, answer.headers.get("Location", "")

    def comes_from(self) -> str:
        """Return the address of the next person: another each time, since starts from one are limited."""
        number = next(PEOPLE)
        return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"

    def journey(self, token: str) -> None:
        """Answer a whole questionnaire; record every page that was acknowledged."""
        self.place, welcome = self.comes_from(), f"/repondre/{token}"
        _body, address = self.ask(welcome, {**hidden(self.ask(welcome)[0]), "college": "habitants"})
        key = address.split("/")[2]
        for _page in range(5):
            page, _to = self.ask(address)
            names = set(re.findall(r'type="radio" name="([^"]+)"', _text(page)))
            answers = {name: str(number % 5) for number, name in enumerate(sorted(names), len(self.times))}
            _body, address = self.ask(address, {**hidden(page), **answers, "vers": "suite"})
            self.acknowledged.setdefault(key, {}).update(answers)
        _body, end = self.ask(address, hidden(self.ask(address)[0]))
        self.ask(end)


def _text(page: bytes) -> str:
    return gzip.decompress(page).decode()


def at_once(clients: list[Client], work: Callable[[Client], None]) -> float:
    """Run the work for every client from the same instant; return the time in seconds."""
    together = threading.Barrier(len(clients) + 1)

    def begin(client: Client) -> None:
        together.wait()
        try:
            work(client)
        except (OSError, http.client.HTTPException, IndexError) as error:
            client.errors.append(repr(error))
        finally:
            client.close()

    threads = [threading.Thread(target=begin, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    together.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def during(seconds: float, once: Callable[[Client], object]) -> Callable[[Client], None]:
    """Return work that repeats ``once`` for that many seconds."""

    def work(client: Client) -> None:
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            once(client)

    return work


def tell(name: str, clients: list[Client], seconds: float) -> tuple[float, float]:
    """Print the results; return the 99th percentile of the times (ms) and the requests per second."""
    times = sorted(time_ for client in clients for time_ in client.times)
    p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
    errors = [error for client in clients for error in client.errors]
    rate = len(times) / seconds
    line = f"{len(times):7} requests {rate:6.0f}/s   p50 {p50:7.1f} ms   p99 {p99:7.1f} ms   {len(errors)} errors"
    print(f"  {name:24}{line}")
    print("".join(f"    {error}\n" for error in errors[:5]), end="")
    return p99, rate


def lost(database: Path, clients: list[Client]) -> tuple[int, int]:
    """Return how many answers were acknowledged, and how many of them the database lacks."""
    count = missing = 0
    with closing(open_database(database)) as db:
        for client in clients:
            for key, sent in client.acknowledged.items():
                response = find_response(db, key)
                stored = response.document.answers if response else {}
                for name, level in sent.items():
                    count += 1
                    answer = stored.get(name.removeprefix("q_"))
                    missing += answer is None or answer.value != int(level)
    return count, missing


def port_of(server: Server) -> int:
    """Return its port."""
    return int(server.connection.port)


def main() -> int:
    """Measure, count, print; return 0 if every figure is within its limit, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--people", type=int, default=1000)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        data = Path(folder)
        token = campaign(data, "short")
        database = data / "grille.db"
        empty_source = EMPTY.format(database=str(database))
        with running(empty_source, "/") as empty, running(BEHIND.format(data=str(data)), "/healthz") as ours:
            return report(empty, ours, token, database, options)


def report(empty: Server, ours: Server, token: str, database: Path, options: argparse.Namespace) -> int:
    """Print every figure beside its limit; return 1 if one exceeds it, else 0."""
    print(f"{options.clients} clients at once, {os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}")
    nothing = [Client(port_of(empty)) for _client in range(options.clients)]
    floor, fastest = tell(
        "an empty view", nothing, at_once(nothing, during(options.seconds / 3, lambda one: one.ask("/")))
    )
    clients = [Client(port_of(ours)) for _client in range(options.clients)]
    seconds = at_once(clients, during(options.seconds, lambda one: one.journey(token)))
    p99, rate = tell("whole journeys", clients, seconds)
    journeys = sum(len(client.acknowledged) for client in clients)
    ratios = f"p99 × {p99 / floor:.1f} and rate × {rate / fastest:.2f} of the empty view"
    print(f"  {journeys / seconds:.1f} questionnaires/s; {ratios}")
    crowd = [Client(port_of(ours)) for _person in range(options.people)]
    tell(f"{options.people} people together", crowd, at_once(crowd, lambda one: one.journey(token)))
    count, missing = lost(database, clients + crowd)
    whole = sum(len(client.times) == REQUESTS_OF_A_JOURNEY for client in crowd)
    print(f"  {whole} of {options.people} people finished; {count} answers acknowledged, {missing} lost")
    errors = sum(len(client.errors) for client in clients + crowd)
    print(f"Limits: p99 of journeys {MOST_P99:g} ms, no error, none lost")
    return 1 if errors or missing or p99 > MOST_P99 or whole < options.people else 0


if __name__ == "__main__":
    sys.exit(main())
