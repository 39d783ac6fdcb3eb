"""What answering costs the server: CPU of a question page and of its saving, weight of the pages, memory.

    python -m benchmarks.respond [--form short|full] [--rounds 15]

The server is the real one (``commands.serving``: gunicorn, its threads, durable SQLite), in a process of its own, over
a campaign of its own. CPU is what the kernel counts for that process, all threads, user and system, divided by the
requests of a batch; batches of every kind take turns, and the median of the rounds is printed. Files are in memory
where there is such a folder: what the disk asks of the processor depends on how busy it is, not on us. What a saving
waits for a real disk is printed apart, and has no limit.

The yardsticks, measured in the same run under the same server, are ``benchmarks.reference`` (one row, one template; one
form, one transaction: a page is compared with its page, a saving with its saving, both with an empty view of it), and
for a whole questionnaire ``benchmarks.bare``, which does without a framework, both of them on the disk. Exits with 1
when a figure is beyond its limit.
"""

import argparse
import gzip
import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

ROOT = Path(__file__).parents[1]
BATCH = 150
MOST_WEIGHT, MOST_REQUESTS, MOST_MEMORY = 40_000, 4, 65
MOST_BARE, MOST_GET, MOST_POST = 3.0, 2.2, 3.0
"""Times a program without a framework, for a whole questionnaire; times an empty view of Flask, for the others."""

LONGEST_START = 180.0
"""Seconds that a server may take to start: a busy machine takes its time, and no figure here is about that."""

IN_MEMORY = "/dev/shm"  # a folder of its own is made there
REFERENCE = """
from benchmarks.reference import create_app
app = create_app({database!r}, {lock!r})
"""
BARE = """
from benchmarks.bare import create_app
app = create_app({database!r}, {lock!r}, {page!r})
"""
OURS = """
from pathlib import Path
from app import create_app
from settings import Settings
app = create_app(Settings(data=Path({data!r})))
"""
BEHIND = OURS.replace("({data!r})", "({data!r}), proxies=1")
"""The same behind a proxy, which says where each request comes from: one place begins few responses."""
SERVE = "from commands.serving.serve import serve\nserve(app, '127.0.0.1', {port}, workers=1, threads=8)"


class Server:
    """A server in its own process, with a persistent connection, and its resources as the kernel counts them."""

    def __init__(self, source: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-c", source + SERVE.format(port=port)], cwd=ROOT, stdout=subprocess.DEVNULL
        )
        self.connection = http.client.HTTPConnection("127.0.0.1", port)

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> tuple[int, bytes, str]:
        """Send one request; return its status, body and redirection."""
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, {"Accept-Encoding": "gzip", **headers})
        answer = self.connection.getresponse()
        return answer.status, answer.read(), answer.headers.get("Location", "")

    def wait(self, path: str) -> None:
        """Return once the server answers. Raises ``TimeoutError`` when it has ended, or does not answer for minutes."""
        until = time.monotonic() + LONGEST_START
        while time.monotonic() < until and self.process.poll() is None:
            try:
                self.ask("GET", path)
            except ConnectionError:
                self.connection.close()
                time.sleep(0.05)
            else:
                return
        raise TimeoutError("The server did not start.")

    @property
    def worker(self) -> int:
        """Return the id of the worker process."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return int(children[0])

    def cpu(self) -> float:
        """Return the CPU time that it has used in all threads, in seconds."""
        tasks = Path(f"/proc/{self.worker}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9

    def memory(self) -> float:
        """Return its current resident memory, in MB."""
        status = Path(f"/proc/{self.worker}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found
        return int(found[1]) / 1024

    def stop(self) -> None:
        """Stop it."""
        self.connection.close()
        self.process.terminate()
        self.process.wait()


@contextmanager
def running(source: str, path: str) -> Iterator[Server]:
    """Run a server during the block."""
    server = Server(source)
    try:
        server.wait(path)
        yield server
    finally:
        server.stop()


def campaign(data: Path, form: str) -> str:
    """Create a campaign on the newest grid and return the token of its link."""
    import grille
    from settings import Settings
    from storage.campaigns.lifecycle import open_campaign
    from storage.campaigns.share_links import create_link
    from storage.campaigns.territories import create_territory
    from storage.core.database import migrate, open_database

    path = Settings(data=data).database
    migrate(path)
    with closing(open_database(path)) as db:
        territory = create_territory(db, "Val-Mesure", "commune")
        return create_link(db, open_campaign(db, territory, grille.current(), name="Mesure", year=2026, form=form))  # type: ignore[arg-type]


def begun(server: Server, token: str) -> str:
    """Start a response as a person does; return the address of its first page."""
    _status, page, _to = server.ask("GET", f"/repondre/{token}")
    fields = {**hidden(page), "college": "habitants"}
    return server.ask("POST", f"/repondre/{token}", urlencode(fields))[2]


def hidden(page: bytes) -> dict[str, str]:
    """Return the hidden fields of a page, compressed or not."""
    html = gzip.decompress(page).decode() if page[:2] == b"\x1f\x8b" else page.decode()
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', html))


def saver(server: Server, address: str) -> Callable[[], None]:
    """Return a function that saves the page with other answers each time, and a comment."""
    page = server.ask("GET", address)[1]
    fields, html = hidden(page), gzip.decompress(page).decode()
    codes = sorted(set(re.findall(r'name="(q_[^":]+)"', html)))
    state = {"level": 0}

    def save() -> None:
        state["level"] = (state["level"] + 1) % 5
        answers = {code: str(state["level"]) for code in codes} | {f"{code}:reason": "" for code in codes}
        comments = {f"{code}:comment": "" for code in codes} | {f"{codes[0]}:comment": f"Vu {state['level']} fois."}
        status, _body, _to = server.ask("POST", address, urlencode({**fields, **answers, **comments, "vers": "suite"}))
        assert status == 303, status

    return save


def per_request(server: Server, once: Callable[[], object]) -> float:
    """Return the CPU time of one request in milliseconds, over a batch on one connection."""
    server.connection.close()
    once()
    before = server.cpu()
    for _ in range(BATCH):
        once()
    return (server.cpu() - before) / BATCH * 1000


def weights(server: Server, address: str) -> dict[str, tuple[int, int]]:
    """Return the bytes and the number of requests of each page on a first visit."""
    pages = {"a question page": address, "the review": address.rsplit("/", 1)[0] + "/relecture"}
    return {name: weight(server, path) for name, path in pages.items()}


def weight(server: Server, path: str) -> tuple[int, int]:
    """Return the same for one page and every file that it names."""
    page = server.ask("GET", path)[1]
    html = gzip.decompress(page).decode()
    files = re.findall(r'(?:src|href)="(/static/[^"]+)"', html)
    return len(page) + sum(len(server.ask("GET", file)[1]) for file in files), 1 + len(files)


def whole_questionnaire(server: Server, token: str) -> float:
    """Return the CPU time of a whole questionnaire, every page answered, in milliseconds."""
    before = server.cpu()
    address = begun(server, token)
    while re.search(r"/\d+$", address):
        page = server.ask("GET", address)[1]
        fields, html = hidden(page), gzip.decompress(page).decode()
        answers = dict.fromkeys(re.findall(r'type="radio" name="([^"]+)"', html), "3")
        address = server.ask("POST", address, urlencode({**fields, **answers, "vers": "suite"}))[2]
    fields = hidden(server.ask("GET", address)[1])
    server.ask("GET", server.ask("POST", address, urlencode(fields))[2])
    return (server.cpu() - before) * 1000


def main() -> int:
    """Measure, print; return 0 if every figure is within its limit, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--form", choices=["short", "full"], default="short")
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    memory = IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else None
    with TemporaryDirectory(dir=memory) as folder, TemporaryDirectory() as disk:
        with serving(Path(folder), options.form) as (usual, ours, token):
            good = report(usual, ours, token, options.rounds)
            quick = wall(ours, saver(ours, begun(ours, token)))
        with serving(Path(disk), options.form) as (_usual, ours, token):
            slow = wall(ours, saver(ours, begun(ours, token)))
            good &= beside_bare(Path(disk), ours, token)
    print(f"Waiting for the disk of this machine, per saving: {max(0.0, slow - quick):.1f} ms (no limit)")
    return 0 if good else 1


@contextmanager
def serving(data: Path, form: str) -> Iterator[tuple[Server, Server, str]]:
    """Serve the reference and Grille on that folder; yield both and the token of a campaign."""
    token = campaign(data, form)
    source = REFERENCE.format(database=str(data / "reference.db"), lock=str(data / "grille.db"))
    with running(source, "/") as usual, running(OURS.format(data=str(data)), "/healthz") as ours:
        yield usual, ours, token


def wall(server: Server, once: Callable[[], object]) -> float:
    """Return the elapsed time of one request in milliseconds, over a batch."""
    server.connection.close()
    once()
    before = time.perf_counter()
    for _ in range(BATCH):
        once()
    return (time.perf_counter() - before) / BATCH * 1000


def report(usual: Server, ours: Server, token: str, rounds: int) -> bool:
    """Print every figure beside its limit; return whether all are within it."""
    address = begun(ours, token)
    form = urlencode({f"q{n}": "3" for n in range(8)} | {"comment": "Vu trois fois.", "vers": "suite"})
    kinds: dict[str, tuple[Server, Callable[[], object]]] = {
        "an empty view": (usual, lambda: usual.ask("GET", "/empty")),
        "a usual page": (usual, lambda: usual.ask("GET", "/")),
        "a usual saving": (usual, lambda: usual.ask("POST", "/", form)),
        "page GET": (ours, lambda: ours.ask("GET", address)),
        "page save POST": (ours, saver(ours, address)),
    }
    measured: dict[str, list[float]] = {name: [] for name in kinds}
    for _round in range(rounds + 1):
        for name, (server, once) in kinds.items():
            measured[name].append(per_request(server, once))
    good = True
    print(f"CPU of one request, ms (median of {rounds} rounds of {BATCH}; {os.cpu_count()} cores)")
    for name, beside in (("page GET", "a usual page"), ("page save POST", "a usual saving")):
        pairs = list(zip(measured[name][1:], measured[beside][1:], strict=True))
        ratio = median(one / other for one, other in pairs)
        own, other = (median(row) for row in zip(*pairs, strict=True))
        print(f"  {name:16}{own:7.3f}   {beside:16}{other:7.3f}   × {ratio:4.2f}")
    for name, most in (("page GET", MOST_GET), ("page save POST", MOST_POST)):
        ratio = median(one / other for one, other in zip(measured[name], measured["an empty view"], strict=True))
        good &= ratio <= most
        print(f"  {name:16} beside an empty view of Flask × {ratio:4.2f}   (limit × {most:g})")
    for name, (size, requests) in weights(ours, address).items():
        good &= size <= MOST_WEIGHT and requests <= MOST_REQUESTS
        print(f"Weight of {name}, cold: {size / 1000:.1f} kB compressed, {requests} requests (limits 40 kB, 4)")
    memory = ours.memory()
    good &= memory <= MOST_MEMORY
    print(f"Memory of the process afterwards: {memory:.0f} MB (limit {MOST_MEMORY})")
    return good


def beside_bare(folder: Path, ours: Server, token: str) -> bool:
    """Print the cost of a questionnaire beside the bare program's; return whether it is within its limit."""
    page = gzip.decompress(ours.ask("GET", begun(ours, token))[1])
    source = BARE.format(database=str(folder / "bare.db"), lock=str(folder / "grille.db"), page=page)
    with running(source, "/repondre/limite") as bare:
        pairs = [(whole_questionnaire(ours, token), whole_questionnaire(bare, "limite")) for _round in range(40)][5:]
    own, least = (median(row) for row in zip(*pairs, strict=True))
    ratio = median(one / other for one, other in pairs)
    print(f"From the welcome to the thanks: {own:.1f} ms of CPU (limit 40)")
    print(
        f"  a bare program that reads, writes and syncs the same {least:.1f} ms   × {ratio:.2f} (limit × {MOST_BARE:g})"
    )
    return own <= 40 and ratio <= MOST_BARE


if __name__ == "__main__":
    sys.exit(main())
