"""Sixty phones in one workshop: they join, follow, answer at the same instant, and ask where the group is meanwhile.

    python -m benchmarks.workshop [--phones 60] [--skills 5]

The server is the real one (``commands.serving``: gunicorn, eight threads, durable SQLite). Every phone is a thread with
its own connection, which asks where the group is every two seconds, as the script of the page does; at each skill all
of them save within the same instant, the worst that a room can do. After each request of theirs, phones ask an empty
view of an empty Flask application under the same server, so that both were measured on the same busy machine.
Afterwards every answer that was acknowledged is looked for in the database. Exits with 1 when one is missing, when a
request failed, or when a second was not enough for 99 requests in 100 of a kind.
"""

import argparse
import http.client
import json
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from benchmarks.reference import EMPTY
from benchmarks.respond import OURS, Server, campaign, hidden, per_request, running

Line = http.client.HTTPConnection
Reply = tuple[int, bytes, str]

EVERY = 2.0
LONGEST = 1.0
COLLEGES = ("elus", "agents", "associations", "habitants", "entreprises")


class Phone(threading.Thread):
    """A participant: joins, then answers each skill that the group reaches."""

    def __init__(self, number: int, room: "Room") -> None:
        super().__init__(daemon=True)
        self.number, self.room, self.chance = number, room, Random(number)
        self.ours = http.client.HTTPConnection("127.0.0.1", room.ours)
        self.empty = http.client.HTTPConnection("127.0.0.1", room.empty)
        self.address, self.said, self.failed = "", {}, ""

    def run(self) -> None:
        """Take part in the whole workshop; errors are recorded in ``failed``."""
        try:
            self.come_in()
            for skill in self.room.skills:
                self.follow(skill)
                self.answer(skill)
        except (OSError, http.client.HTTPException, AssertionError, threading.BrokenBarrierError) as problem:
            self.failed = f"phone {self.number}: {problem!r}"
            self.room.together.abort()

    def timed(
        self, kind: str, method: str, path: str, body: str | None = None, **headers: str
    ) -> tuple[int, bytes, str]:
        """Send and time one request of this kind, then one to the empty view under the same load."""
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        answer = self._ask(kind, self.ours, method, path, body, headers)
        self._ask("empty view", self.empty, "GET", "/", None, {})
        return answer

    def _ask(self, kind: str, line: Line, method: str, path: str, body: str | None, headers: dict[str, str]) -> Reply:
        start = time.perf_counter()
        line.request(method, path, body, {"Accept-Encoding": "gzip", **headers})
        answer = line.getresponse()
        content, to, tag = answer.read(), answer.headers.get("Location", ""), answer.headers.get("ETag", "")
        self.room.times[kind].append(time.perf_counter() - start)
        return answer.status, content, to or tag

    def come_in(self) -> None:
        """Open the page of the code together with all others, and choose a college."""
        self.room.together.wait()
        page = f"/atelier/{self.room.code}"
        status, content, _to = self.timed("join page", "GET", page)
        assert status == 200, status
        fields = {**hidden(content), "college": COLLEGES[self.number % len(COLLEGES)]}
        status, _content, self.address = self.timed("join", "POST", page, urlencode(fields))
        assert status == 303, status

    def follow(self, skill: str) -> None:
        """Poll every two seconds until the group reaches that skill."""
        tag = ""
        time.sleep(self.chance.random() * EVERY)
        while True:
            headers = {"If-None-Match": tag} if tag else {}
            status, content, seen = self.timed(
                "where is the group", "GET", f"/atelier/{self.room.code}/etat", **headers
            )
            assert status in {200, 304}, status
            tag = seen or tag
            if status == 200 and json.loads(content)["skill"] == skill:
                return
            time.sleep(EVERY)

    def answer(self, skill: str) -> None:
        """Show the question, wait for all others, save at the same instant."""
        status, content, _to = self.timed("question", "GET", self.address)
        assert status == 200, status
        level = self.chance.randrange(5)
        fields = {**hidden(content), f"q_{skill}": str(level), f"q_{skill}:comment": "", f"q_{skill}:reason": ""}
        self.room.together.wait()
        status, content, _to = self.timed("save", "POST", self.address, urlencode(fields), Accept="application/json")
        assert status == 200, (status, content)
        assert json.loads(content)["problems"] == []
        self.said[skill] = level
        self.room.together.wait()


class Room:
    """What the phones share."""

    def __init__(self, ours: Server, empty: Server, code: str, skills: tuple[str, ...], phones: int) -> None:
        self.ours, self.empty = ours.connection.port, empty.connection.port
        self.code, self.skills = code, skills
        self.together = threading.Barrier(phones + 1, timeout=60)
        self.times: dict[str, list[float]] = defaultdict(list)


def opened(data: Path, skills: int) -> tuple[str, tuple[str, ...]]:
    """Create a workshop in a new campaign; return its code and its skills."""
    from storage.campaigns.campaigns import all_campaigns
    from storage.core.database import open_database
    from storage.responses.workshops import open_workshop

    campaign(data, "full")
    with closing(open_database(data / "grille.db")) as db:
        first = all_campaigns(db)[0]
        chosen = [skill.code for skill in first.grid.skills][:skills]
        workshop = open_workshop(db, first, name="Mesure", people=60, skills=chosen)
        return workshop.code, workshop.skills


def held(data: Path, room: Room, phones: list[Phone]) -> None:
    """Lead the workshop: everybody joins, then each skill is answered by all and revealed."""
    from storage.campaigns.campaigns import all_campaigns
    from storage.core.database import open_database
    from storage.responses.workshop_reveals import reveal
    from storage.responses.workshops import go_to, workshop_by_code

    for phone in phones:
        phone.start()
    room.together.wait()
    with closing(open_database(data / "grille.db")) as db:
        first, workshop = all_campaigns(db)[0], workshop_by_code(db, room.code)
        assert workshop is not None
        for position, skill in enumerate(room.skills):
            time.sleep(2 * EVERY)  # the group talks, phones ask and nothing has moved
            go_to(db, workshop, position)
            room.together.wait()
            room.together.wait()
            assert sum(reveal(db, first, workshop, skill).counts.values()) == len(phones)
    for phone in phones:
        phone.join()


def lost(data: Path, phones: list[Phone]) -> list[str]:
    """Return the answers that were acknowledged and are missing."""
    from storage.core.database import open_database
    from storage.responses.responses import find_response

    missing = []
    with closing(open_database(data / "grille.db")) as db:
        for phone in phones:
            response = find_response(db, phone.address.rpartition("/")[2])
            stored = response.document.content["answers"] if response else {}
            missing += [f"{phone.number} {code}" for code, level in phone.said.items() if stored.get(code) != level]
    return missing


def main() -> int:
    """Hold the workshop, print; return 0 if nothing is lost or late, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--phones", type=int, default=60)
    parser.add_argument("--skills", type=int, default=5)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        data = Path(folder)
        code, skills = opened(data, options.skills)
        source = EMPTY.format(database=str(data / "grille.db"))
        with running(source, "/") as empty, running(OURS.format(data=str(data)), "/healthz") as ours:
            room = Room(ours, empty, code, skills, options.phones)
            phones = [Phone(number, room) for number in range(options.phones)]
            before = ours.cpu()
            held(data, room, phones)
            return report(data, room, phones, ours, empty, ours.cpu() - before)


def unchanged(server: Server, address: str) -> Callable[[], object]:
    """Return a function that requests that address with the ETag of the last reply."""
    server.connection.close()
    server.connection.request("GET", address)
    reply = server.connection.getresponse()
    reply.read()
    headers = {"If-None-Match": reply.headers["ETag"]}
    return lambda: server.ask("GET", address, **headers)


def report(data: Path, room: Room, phones: list[Phone], ours: Server, empty: Server, cpu: float) -> int:
    """Print the results; return 1 if one exceeds its limit, else 0."""
    failed, missing = [phone.failed for phone in phones if phone.failed], lost(data, phones)
    acknowledged = sum(len(phone.said) for phone in phones)
    good = not failed and not missing and acknowledged == len(phones) * len(room.skills)
    print(
        f"{len(phones)} phones, {len(room.skills)} skills: {acknowledged} answers acknowledged, {len(missing)} missing"
    )
    print(*failed[:5], sep="\n", end="\n" if failed else "")
    print(f"  {'ms':20}{'requests':>9}{'median':>9}{'p90':>9}{'p99':>9}{'longest':>9}")
    for kind, times in sorted(room.times.items()):
        cuts = quantiles(times, n=100)
        good &= cuts[98] <= LONGEST
        shown = (median(times), cuts[89], cuts[98], max(times))
        print(f"  {kind:20}{len(times):9}" + "".join(f"{1000 * one:9.1f}" for one in shown))
    print(f"CPU of the server for all of it: {cpu:.2f} s; memory: {ours.memory():.0f} MB")
    asked = median(per_request(ours, unchanged(ours, f"/atelier/{room.code}/etat")) for _ in range(7))
    nothing = median(per_request(empty, lambda: empty.ask("GET", "/")) for _ in range(7))
    print(f"CPU of « where is the group », unchanged: {asked:.2f} ms, {asked / nothing:.1f} empty views")
    print(f"  so sixty phones, every {EVERY:g} s, cost {60 / EVERY * asked / 10:.1f} % of one core")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
