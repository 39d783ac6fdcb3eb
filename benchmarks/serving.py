"""The cost of an idle server, and how it withstands a flood of sign-ins and many slow clients.

    python -m benchmarks.serving [--starts 5] [--flood 60] [--slow 200] [--seconds 8]

The server is ``python app.py`` over the demonstration, in processes of its own. Start: from the command to the first
page answered. Idle memory: the share of each process (PSS), all added, once it has shown a page of each journey that
people come through. Flood: so many clients at once try to sign in, each try from another address and for another
account, so that no limit per person stops them, while someone opens a questionnaire: the peak of memory over idle, and
how long that person waits. Slow clients: connections of every kind that hold on to the server (silent, half a head,
half a body, kept open after an answer), a byte sent on each every second, while someone opens a questionnaire; then,
once that person has finished, how long until the server has cut off the last of those that were asking for something.
Exits with 1 when a figure is beyond its limit.
"""

import argparse
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from itertools import count, cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from benchmarks.demonstration import make_demo
from tests.serving import HELD, free_port

ROOT = Path(__file__).parents[1]
MOST_START, MOST_IDLE, MOST_GROWTH, MOST_WAIT = 2.0, 100, 100, 1.0
MOST_HELD = 30
JOURNEYS = ("/", "/grilles", "/repondre/essai", "/connexion")


class Server:
    """A server in its own processes, and their resources as the kernel counts them."""

    def __init__(self, data: Path) -> None:
        self.port = free_port()
        settings = {"PORT": str(self.port), "DATA": str(data), "PROXIES": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "app.py"],
            cwd=ROOT,
            env={**os.environ, **settings},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def memory(self) -> float:
        """Return the current memory (PSS) of its processes, in MB: what they share is counted once."""
        pid = self._process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return sum(map(_share, [str(pid), *children]))

    def ask(self, path: str, fields: dict[str, str] | None = None, **headers: str) -> tuple[int, str, str]:
        """Send one request on a new connection; return its status, body and cookie."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if fields is not None:
            named["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("GET" if fields is None else "POST", path, fields and urlencode(fields), named)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, body, (answer.headers.get("Set-Cookie") or "").partition(";")[0]

    def stop(self) -> None:
        """Stop it."""
        self._process.terminate()
        self._process.wait()


def _share(pid: str) -> float:
    found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    assert found
    return int(found[1]) / 1024


@contextmanager
def running(data: Path) -> Iterator[tuple[Server, float]]:
    """Run a server during the block; yield it and the seconds until its first page."""
    before, server = time.perf_counter(), Server(data)
    try:
        while True:
            with suppress(ConnectionError):
                assert server.ask("/")[0] == 200
                break
            time.sleep(0.005)
        yield server, time.perf_counter() - before
    finally:
        server.stop()


class Flood:
    """Clients that try to sign in without pause, from another address and for another account each time."""

    def __init__(self, server: Server, clients: int) -> None:
        self._server, self._numbers, self._over = server, count(), threading.Event()
        self.answers: Counter[int] = Counter()
        self._clients = [threading.Thread(target=self._try_on) for _ in range(clients)]

    def __enter__(self) -> "Flood":
        """Start the clients."""
        for client in self._clients:
            client.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the clients after their last reply."""
        self._over.set()
        for client in self._clients:
            client.join()

    def _try_on(self) -> None:
        _status, page, cookie = self._server.ask("/connexion")
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert token
        while not self._over.is_set():
            number = next(self._numbers)
            fields = {"csrf_token": token[1], "email": f"personne{number}@exemple.fr", "password": "un mot de passe"}
            address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
            with suppress(OSError, HTTPException):
                status = self._server.ask("/connexion", fields, Cookie=cookie, X_Forwarded_For=address)[0]
                self.answers[status] += 1


def flooded(server: Server, clients: int, seconds: float) -> tuple[float, list[float], Counter[int]]:
    """Return the highest memory (MB), the times of a respondent's pages (s), and the statuses sent to the clients."""
    peak, waits = server.memory(), []
    with Flood(server, clients) as flood:
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            before = time.perf_counter()
            assert server.ask("/repondre/essai")[0] == 200
            waits.append(time.perf_counter() - before)
            peak = max(peak, server.memory())
    return peak, waits, flood.answers


def asked(server: Server, seconds: float) -> list[float]:
    """Return how long a person who opens the questionnaire repeatedly waits, in seconds."""
    waits, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        before = time.perf_counter()
        assert server.ask("/repondre/essai")[0] == 200
        waits.append(time.perf_counter() - before)
    return waits


def percentile(waits: list[float]) -> float:
    """Return the 99th percentile of the waits."""
    return sorted(waits)[int(len(waits) * 0.99)]


def among_slow(server: Server, clients: int, seconds: float) -> tuple[list[float], float]:
    """Return a respondent's waits among so many slow clients, and when the last of these is cut off (s)."""
    with ExitStack() as stack:
        held, over = [], threading.Event()
        for first, *more in islice(cycle(HELD), clients):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            client.sendall(first)
            held.append((client, b"".join(more)))
        begun = time.perf_counter()
        dripping = threading.Thread(target=_drip, args=(held, over))
        dripping.start()
        waits = asked(server, seconds)
        dripping.join(60)
        over.set()
        return waits, time.perf_counter() - begun


def _drip(held: list[tuple[socket.socket, bytes]], over: threading.Event) -> None:
    """Send the next byte on each connection every second, until all are cut off."""
    while held and not over.wait(1):
        held = [(client, more) for client, more in held if _is_open(client, more)]


def _is_open(client: socket.socket, more: bytes) -> bool:
    client.setblocking(False)
    try:
        client.sendall(more)
        return client.recv(1 << 16) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


def main() -> int:
    """Measure, print; return 0 if every figure is within its limit, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--flood", type=int, default=60, help="clients that sign in at once")
    parser.add_argument("--slow", type=int, default=200, help="slow connections held at once")
    parser.add_argument("--seconds", type=float, default=8)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        make_demo(data)
        starts = []
        for _ in range(options.starts):
            with running(data) as (_server, seconds):
                starts.append(seconds)
        with running(data) as (server, _seconds):
            assert [server.ask(path)[0] for path in JOURNEYS] == [200] * len(JOURNEYS)
            idle = server.memory()
            peak, waits, answers = flooded(server, options.flood, options.seconds)
            after = server.memory()
        with running(data) as (server, _seconds):
            slow_waits, cut = among_slow(server, options.slow, options.seconds)
    worst, slow_worst = percentile(waits), max(slow_waits)
    statuses = ", ".join(f"{number} × {status}" for status, number in sorted(answers.items()))
    print(f"Start to the first page: {median(starts):.2f} s (median of {len(starts)}; limit {MOST_START:g})")
    print(f"Idle, all processes: {idle:.0f} MB (limit {MOST_IDLE})")
    print(f"Flood of {options.flood} sign-ins at once: {peak:.0f} MB at most, {after:.0f} afterwards ({statuses})")
    print(f"  over idle: {peak - idle:.0f} MB (limit {MOST_GROWTH})")
    print(f"  a respondent meanwhile: {median(waits) * 1000:.0f} ms, p99 {worst * 1000:.0f} ms (limit {MOST_WAIT:g} s)")
    print(f"{options.slow} slow connections: cut off after {cut:.0f} s (limit {MOST_HELD})")
    print(
        f"  a respondent meanwhile: {median(slow_waits) * 1000:.0f} ms, at most {slow_worst * 1000:.0f} ms (limit 1 s)"
    )
    within = (
        *(median(starts) <= MOST_START, idle <= MOST_IDLE, peak - idle <= MOST_GROWTH),
        *(worst <= MOST_WAIT, slow_worst <= MOST_WAIT, cut <= MOST_HELD),
    )
    return 0 if all(within) else 1


if __name__ == "__main__":
    sys.exit(main())
