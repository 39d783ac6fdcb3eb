"""Three hundred phones in one session: they join, follow the screen, answer at once; the projector shows the count.

    python -m benchmarks.room [--phones 300]

The server is the real one (``commands.serving``: gunicorn, eight threads, durable SQLite), on the demonstration. Phones
are threads with connections of their own; each asks whether the room has gone on every two seconds, as its script does,
and answers at a moment of its own within ``--spread`` seconds. The projector asks for the count every 0.4 s, as its
script does; the time from the sending of an answer until a count that includes it has come is what the room waits.
After each request of theirs, phones ask an empty view of an empty Flask application under the same server, so that both
are measured on the same busy machine. Clients share the cores of the machine with the server. Exits with 1 when an
answer is missing, or when a second was not enough for 99 answers in 100.
"""

import argparse
import json
import re
import sys
import threading
import time
from collections import defaultdict
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from benchmarks.demonstration import make_demo
from benchmarks.reference import EMPTY
from benchmarks.respond import OURS, hidden, running
from commands.demo_credentials import DEMO_EMAIL, DEMO_PASSWORD

SLUG, EVERY, PROJECTED, LONGEST = "villeroche-2026", 2.0, 0.4, 1.0


class Room:
    """What phones and projector share: the times of each kind of request, when each answer was sent, what was seen."""

    def __init__(self, ours: int, empty: int, code: str, phones: int) -> None:
        self.ours, self.empty, self.code = ours, empty, code
        self.together = threading.Barrier(phones + 1, timeout=300)
        self.over = threading.Event()
        self.times: dict[str, list[float]] = defaultdict(list)
        self.lock, self.sent = threading.Lock(), list[float]()
        self.seen: list[tuple[float, int]] = []
        self.failed: list[str] = []


class Phone(threading.Thread):
    """A phone: joins, follows, answers, follows until the end."""

    def __init__(self, number: int, room: Room, spread: float) -> None:
        super().__init__(daemon=True)
        self.room, self.chance, self.spread = room, Random(number), spread
        self.ours = HTTPConnection("127.0.0.1", room.ours, timeout=60)
        self.empty = HTTPConnection("127.0.0.1", room.empty, timeout=60)

    def run(self) -> None:
        """Take part in the whole session; errors are kept."""
        try:
            self.take_part()
        except (OSError, AssertionError, threading.BrokenBarrierError) as problem:
            self.room.failed.append(repr(problem))
            self.room.together.abort()

    def take_part(self) -> None:
        """Join, answer once, and ask where the room is meanwhile."""
        entrance = f"/seance/{self.room.code}"
        fields = hidden(self.ask("join page", "GET", entrance)[0])
        address = self.ask("join", "POST", entrance, urlencode(fields))[1]
        self.room.together.wait()
        moment = time.perf_counter() + self.spread * self.chance.random()
        while time.perf_counter() < moment:
            self.ask("where is the room", "GET", f"{entrance}/etat")
            time.sleep(max(0.0, min(EVERY, moment - time.perf_counter())))
        fields = hidden(self.ask("page", "GET", address)[0])
        body = urlencode({**fields, "choice": self.chance.choice(("COO", "CON", "FAC", "INT", "OUV"))})
        begun = time.perf_counter()
        content = self.ask("answer", "POST", address, body, Accept="application/json")[0]
        assert json.loads(content)["problems"] == [], content
        with self.room.lock:
            self.room.sent.append(begun)
        while not self.room.over.wait(EVERY * (0.75 + self.chance.random() / 2)):
            self.ask("where is the room", "GET", f"{entrance}/etat")

    def ask(self, kind: str, method: str, path: str, body: str | None = None, **headers: str) -> tuple[bytes, str]:
        """Send and time one request, then one to the empty view; return the content and where it leads."""
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        answer = self._timed(kind, self.ours, method, path, body, headers)
        self._timed("empty view", self.empty, "GET", "/", None, {})
        return answer

    def _timed(
        self, kind: str, line: HTTPConnection, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> tuple[bytes, str]:
        begun = time.perf_counter()
        line.request(method, path, body, headers)
        answer = line.getresponse()
        content = answer.read()
        self.room.times[kind].append(time.perf_counter() - begun)
        assert answer.status in {200, 303, 304}, (kind, answer.status)
        return content, answer.headers.get("Location", "")


class Projector:
    """The window of whoever leads, signed in."""

    def __init__(self, port: int) -> None:
        self.line, self.cookies = HTTPConnection("127.0.0.1", port, timeout=60), dict[str, str]()
        page = self.ask("GET", "/connexion")
        self.ask("POST", "/connexion", {"csrf_token": token_in(page), "email": DEMO_EMAIL, "password": DEMO_PASSWORD})

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None, sent: object = None) -> bytes:
        """Send a request of a browser that keeps its cookie."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(fields) if fields else None
        if sent is not None:
            body, headers["Content-Type"] = json.dumps(sent), "application/json"
            headers["X-CSRFToken"] = self.state()["token"]
        self.line.request(method, path, body, headers)
        answer = self.line.getresponse()
        for kept in answer.headers.get_all("Set-Cookie") or ():
            name, _equals, value = kept.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer.read()

    def state(self) -> dict[str, str]:
        """What the window is told of the room."""
        found: dict[str, str] = json.loads(self.ask("GET", f"/seance/{SLUG}/salle/etat"))
        return found

    def open_room(self) -> None:
        """Open the room and show the guess."""
        address = f"/seance/{SLUG}/salle"
        self.ask("POST", address, {"csrf_token": token_in(self.ask("GET", address)), "do": "open"})
        self.ask("POST", f"{address}/ici", sent={"asked": "guess", "lines": [["title", "Quoi ?"]]})

    def watch(self, room: Room) -> None:
        """Ask for the count until the end, as the script does."""
        while not room.over.wait(PROJECTED):
            count = re.match(r"\d+", self.state()["shown"]["guess"]["count"])  # type: ignore[index]
            room.seen.append((time.perf_counter(), int(count[0]) if count else 0))


def token_in(page: bytes) -> str:
    """Return the token of a page's first form."""
    found = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found, "a page without form"
    return found[1].decode()


def code_in(data: Path) -> str:
    """Return the code of the room."""
    from storage.audience.audiences import audience_of
    from storage.campaigns.campaigns import campaign_by_slug
    from storage.core.database import open_database

    with closing(open_database(data / "grille.db")) as db:
        campaign = campaign_by_slug(db, SLUG)
        audience = campaign and audience_of(db, campaign)
        assert audience
        return audience.code


def waits(room: Room) -> list[float]:
    """Return how long each answer took to be in a count that had come: the n-th sent is in the first count of n."""
    found = []
    for n, begun in enumerate(sorted(room.sent), start=1):
        found += [at - begun for at, count in room.seen if count >= n][:1]
    return found


def report(room: Room, phones: int, found: list[float]) -> int:
    """Print the results; return 1 if an answer is missing or late, else 0."""
    print(f"{phones} phones: {len(room.sent)} answers acknowledged, {len(found)} counted on the projector")
    print(*room.failed[:5], sep="\n", end="\n" if room.failed else "")
    print(f"  {'ms':20}{'requests':>9}{'median':>9}{'p90':>9}{'p99':>9}{'longest':>9}")
    for kind, times in sorted({**room.times, "answer to projector": found}.items()):
        cuts = quantiles(times, n=100) if len(times) > 1 else [0.0] * 99
        shown = (median(times or [0]), cuts[89], cuts[98], max(times, default=0))
        print(f"  {kind:20}{len(times):9}" + "".join(f"{1000 * one:9.1f}" for one in shown))
    late = quantiles(found, n=100)[98] if len(found) > 1 else LONGEST + 1
    empty = quantiles(room.times["empty view"], n=100)[98] if len(room.times["empty view"]) > 1 else 1.0
    print(
        f"answer sent to projector changed, p99: {late:.2f} s, {late / empty:.1f} times an empty view of the same run"
    )
    return 0 if not room.failed and len(found) == phones and late <= LONGEST else 1


def main() -> int:
    """Hold the session, print; return 0 if nothing is lost or late, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--phones", type=int, default=300)
    parser.add_argument("--spread", type=float, default=20.0, help="seconds within which all answer")
    options = parser.parse_args()
    threading.stack_size(256 * 1024)
    with TemporaryDirectory() as folder:
        data = Path(folder)
        make_demo(data)
        source = EMPTY.format(database=str(data / "grille.db"))
        with running(source, "/") as empty, running(OURS.format(data=str(data)), "/healthz") as ours:
            projector = Projector(ours.connection.port)
            projector.open_room()
            room = Room(ours.connection.port, empty.connection.port, code_in(data), options.phones)
            crowd = [Phone(number, room, options.spread) for number in range(options.phones)]
            for phone in crowd:
                phone.start()
                time.sleep(0.02)  # people do not all scan within the same second
            room.together.wait()
            watching = threading.Thread(target=projector.watch, args=(room,), daemon=True)
            watching.start()
            end = time.monotonic() + options.spread + 60
            while len(room.sent) < options.phones and time.monotonic() < end and not room.failed:
                time.sleep(0.2)
            time.sleep(2)
            room.over.set()
            watching.join()
            return report(room, options.phones, waits(room))


if __name__ == "__main__":
    sys.exit(main())
