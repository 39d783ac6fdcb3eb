"""Whether an acknowledged answer survives the server: kill -9 while people answer over HTTP, then count.

    python -m benchmarks.kills [--kills 300] [--clients 12] [--seed 1]

The server is the real one (gunicorn, durable SQLite). Clients answer without a pause, half of them as a device that
sends stored answers, half as a page without script, and send again what was not acknowledged. Meanwhile the worker
process is killed, between requests or during one; one time in twenty the whole server is killed and started again. At
the end every response is read from the database: each answer must be one that was sent, complete, and no older than the
last acknowledged one; no response may be there twice. Exits with 1 otherwise.
"""

import argparse
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic
from urllib.parse import urlencode

from benchmarks.respond import OURS, ROOT, SERVE, campaign, hidden
from questionnaires.answers import answer_in
from storage.core.database import check, open_database
from storage.responses.responses import find_response

CODES = ("COO-1", "COO-2", "COO-3")
LOST = (ConnectionError, http.client.HTTPException, TimeoutError)


class Killable:
    """The real server, which keeps its port when it is started again."""

    def __init__(self, data: Path, source: str = OURS) -> None:
        self._reserved = (
            socket.socket()
        )  # bound and never listening: the port is given to nobody else between two lives
        self._reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._reserved.bind(("127.0.0.1", 0))
        self.port = self._reserved.getsockname()[1]
        self._source = source.format(data=str(data)) + SERVE.format(port=self.port)
        self._process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-c", self._source],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def kill_worker(self) -> None:
        """Kill the worker process; its parent starts another."""
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        for pid in children.read_text().split():
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)

    def kill_all(self) -> None:
        """Kill all its processes at once, as a power cut would."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def end(self) -> None:
        """Kill it and release its port."""
        self.kill_all()
        self._reserved.close()

    def start_again(self) -> None:
        """Start it again on the same port and data."""
        self._process = self._started()


class Acknowledgements:
    """The number of answers acknowledged, for threads that wait for more."""

    def __init__(self) -> None:
        self.count = 0
        self._more = threading.Condition()

    def add(self) -> None:
        """Count one more."""
        with self._more:
            self.count += 1
            self._more.notify_all()

    def wait(self, more: int) -> None:
        """Return once there are that many more. Raises ``TimeoutError`` when the server stays down."""
        with self._more:
            wanted = self.count + more
            if not self._more.wait_for(lambda: self.count >= wanted, timeout=300):
                raise TimeoutError("The server does not answer any more.")


@dataclass
class Client(threading.Thread):
    """A respondent who answers the first page repeatedly, differently each time, until told to stop."""

    port: int
    token: str
    as_device: bool
    acknowledgements: Acknowledgements
    stop: threading.Event

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self.key = ""
        self.sent = self.acknowledged = 0
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        """Answer until told to stop."""
        with closing(self._connection):
            self._answer()

    def _answer(self) -> None:
        """Start a response, then answer repeatedly."""
        welcome = self._until(lambda: self._ask("GET", f"/repondre/{self.token}"), 200)
        form = urlencode({**hidden(welcome[1]), "college": "habitants"})
        self.key = self._until(lambda: self._ask("POST", f"/repondre/{self.token}", form), 303)[2].split("/")[2]
        answer = self._send_kept if self.as_device else self._send_page
        while not self.stop.is_set():
            self.sent += 1
            answer(self.sent)
            if self.stop.is_set():
                return
            self.acknowledged = self.sent
            self.acknowledgements.add()

    def _send_kept(self, number: int) -> None:
        answers = {code: {"fields": fields(code, number), "at": number} for code in CODES}
        body = json.dumps({"answers": answers})
        self._until(lambda: self._ask("POST", f"/repondre/{self.key}/envoi", body, "application/json"), 200)

    def _send_page(self, number: int) -> None:
        address = f"/repondre/{self.key}/1"

        def once() -> tuple[int, bytes, str]:
            page = self._ask("GET", address)
            if page[0] != 200:
                return page
            typed = {name: text for code in CODES for name, text in fields(code, number).items()}
            return self._ask("POST", address, urlencode({**hidden(page[1]), **typed, "vers": "suite"}))

        self._until(once, 303)

    def _until(self, ask: Callable[[], tuple[int, bytes, str]], status: int) -> tuple[int, bytes, str]:
        """Repeat a request until it gets that status, as a device does without an acknowledgement."""
        while True:
            with suppress(*LOST):
                answer = ask()
                if answer[0] == status or self.stop.is_set():
                    return answer
            self._connection.close()
            if self.stop.wait(0.01):
                return 0, b"", ""

    def _ask(
        self, method: str, path: str, body: str | None = None, kind: str = "application/x-www-form-urlencoded"
    ) -> tuple[int, bytes, str]:
        self._connection.request(method, path, body, {"Accept-Encoding": "gzip", "Content-Type": kind})
        answer = self._connection.getresponse()
        return answer.status, answer.read(), answer.headers.get("Location", "")


def fields(code: str, number: int) -> dict[str, str]:
    """Return the ``number``-th answer; its comment holds that number, to detect an answer half-written."""
    return {f"q_{code}": str(number % 5), f"q_{code}:comment": str(number), f"q_{code}:reason": ""}


@contextmanager
def answering(server: Killable, token: str, clients: int) -> Iterator[tuple[list[Client], Acknowledgements]]:
    """Run so many respondents during the block."""
    acknowledgements, stop = Acknowledgements(), threading.Event()
    people = [Client(server.port, token, bool(number % 2), acknowledgements, stop) for number in range(clients)]
    for person in people:
        person.start()
    try:
        yield people, acknowledgements
    finally:
        stop.set()
        for person in people:
            person.join()


def wrong(database: Path, people: list[Client]) -> list[str]:
    """Return the answers lost, half-written or duplicated, as sentences; empty if none is."""
    problems = check(database)
    with closing(open_database(database)) as db:
        (responses,) = db.execute("SELECT count(*) FROM responses").fetchone()
        if responses != len(people):
            problems.append(f"{responses} responses of {len(people)} people")
        for person in people:
            response = find_response(db, person.key)
            answers = [answer_in(response.document.content, code) for code in CODES] if response else []
            problems += [problem for answer in answers for problem in _wrong(answer.level, answer.comment, person)]
            if not answers or len(set(answers)) != 1:
                problems.append(f"half a page: {answers}")
    return problems


def _wrong(level: int | None, comment: str, person: Client) -> Iterator[str]:
    number = int(comment or 0)
    if not person.acknowledged <= number <= person.sent:
        yield f"{number} is stored; {person.acknowledged} was acknowledged, {person.sent} sent"
    if level != number % 5:
        yield f"level {level} with comment {comment}"


def run(folder: Path, kills: int, clients: int, seed: int, whole_every: int = 20) -> tuple[int, list[str]]:
    """Kill ``kills`` times; return the number of answers acknowledged, and the problems found afterwards."""
    random = Random(seed)
    token = campaign(folder, "short")
    server = Killable(folder)
    try:
        with answering(server, token, clients) as (people, acknowledgements):
            for number in range(1, kills + 1):
                acknowledgements.wait(random.randint(1, 3 * clients))
                if number % whole_every:
                    server.kill_worker()
                else:
                    server.kill_all()
                    server.start_again()
            acknowledgements.wait(3 * clients)
    finally:
        server.end()
    return acknowledgements.count, wrong(folder / "grille.db", people)


def main() -> int:
    """Kill, count, print; return 0 if no answer is lost, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--clients", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began = monotonic()
    with TemporaryDirectory() as folder:
        count, problems = run(Path(folder), options.kills, options.clients, options.seed)
    print(f"{options.kills} kills in {monotonic() - began:.0f} s, {options.clients} clients")
    print(f"{count} pages of {len(CODES)} answers acknowledged; lost, half-written or doubled: {len(problems)}")
    print("\n".join(problems[:20]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
