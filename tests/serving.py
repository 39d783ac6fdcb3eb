"""Grille served as people serve it: ``python app.py`` in a process of its own, on a port and a folder of its own."""

import atexit
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from commands.serving.job_process import NAME as JOBS

ROOT = Path(__file__).parents[1]

HELD = (
    (b"",),  # says nothing
    (b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ", b"x"),  # half a head, then a byte at a time
    (b"GET / HTTP/1.1\r\n",),
    (b"POST /repondre/essai HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n", b"x"),
    (b"POST /repondre/essai HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n", b"x"),
    (b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",),  # answered, then silent
)
"""Connections that hold on to a server: what each sends first, then again and again."""


@dataclass(frozen=True)
class LiveServer:
    """A running server: where it answers and where its data is."""

    url: str
    data: Path
    pid: int

    @property
    def processes(self) -> list[int]:
        """Its first process, then those that answer."""
        children = map(int, Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split())
        return [self.pid, *(one for one in children if one != self.jobs)]

    @property
    def jobs(self) -> int | None:
        """The process that has jobs made, once it is there."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return next((int(one) for one in children if name_of(one) == JOBS), None)

    @property
    def computing(self) -> int | None:
        """The child of the process of jobs, which computes, while there is one."""
        children = Path(f"/proc/{self.jobs}/task/{self.jobs}/children").read_text().split() if self.jobs else []
        return int(children[0]) if children else None

    @property
    def loaded(self) -> set[str]:
        """The libraries that compute, of which a process that answers people holds something: there should be none."""
        maps = "".join(Path(f"/proc/{one}/maps").read_text() for one in self.processes)
        return {name for name in ("pandas", "numpy", "plotly", "scipy") if f"/{name}/" in maps}

    @property
    def database(self) -> Path:
        """The file of its database."""
        return self.data / "grille.db"


def name_of(process: str) -> str:
    """What a process is called; nothing once it has ended."""
    with suppress(OSError):
        return Path(f"/proc/{process}/comm").read_text().strip()
    return ""


_RESERVED = ExitStack()
atexit.register(_RESERVED.close)


def free_port() -> int:
    """A port for a server that is about to start: nobody else is given it while the tests run.

    A socket stays bound to it, without listening: the system then gives that port to no other program, nor to the end
    of a connection, and lets a server listen there that says ``SO_REUSEADDR``, as all of ours do.
    """
    reserved = _RESERVED.enter_context(socket.socket())
    reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    reserved.bind(("127.0.0.1", 0))
    return int(reserved.getsockname()[1])


@contextmanager
def serving(data: Path, program: Sequence[str] = ("app.py",), **settings: str) -> Iterator[LiveServer]:
    """A server over that folder until the block ends, with these settings."""
    port = settings.get("PORT") or str(free_port())
    environment = {**os.environ, "PORT": port, "DATA": str(data), **settings}
    log = data.with_suffix(".log")
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *program], cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        server = LiveServer(f"http://127.0.0.1:{port}", data, process.pid)
        assert _answers(server, process), log.read_text()
        yield server
    finally:
        process.terminate()
        process.wait()


def _answers(server: LiveServer, process: subprocess.Popen[bytes]) -> bool:
    """True as soon as the server answers, False if it stops instead."""
    while process.poll() is None:
        try:
            urlopen(f"{server.url}/healthz", timeout=10).close()
        except URLError:
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.05)
        else:
            return True
    return False
