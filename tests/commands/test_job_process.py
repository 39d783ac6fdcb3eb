"""The process of jobs beside the real server: each job is done once, whichever process is killed."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from time import monotonic
from typing import TypeVar
from urllib.request import urlopen

import pytest

from storage.core.database import migrate, open_database
from storage.core.engine import Database
from storage.operations import job_results
from storage.operations import jobs as queue
from storage.operations.jobs import Demand, Job
from tests.serving import LiveServer, serving

WHOLE = b"whole" * 1000
# The server, with kinds of jobs that go on for as long as a test wants.
SERVER = """
import os, time
from pathlib import Path
from app import create_app, read_settings
from commands.serving import job_process
from commands.serving.serve import serve

settings = read_settings()
app = create_app(settings)
if os.environ.get("LONGEST"):
    job_process.LONGEST = float(os.environ["LONGEST"])


def slow(job, tell):
    tell(0, 1, "begun")
    while not (settings.data / "go").exists():
        time.sleep(0.01)
    return b"whole" * 1000


def hungry(job, tell):
    return bytes(8 << 30)


app.extensions["jobs"] |= {"slow": slow, "hungry": hungry}
serve(app, settings.host, settings.port, workers=1, threads=2)
"""
SLOW = Demand("slow", "a")

T = TypeVar("T")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    migrate(folder / "grille.db")
    return folder


@pytest.fixture
def db(data: Path) -> Iterator[Database]:
    with closing(open_database(data / "grille.db")) as database:
        yield database


def go(data: Path) -> None:
    """Let slow jobs end."""
    (data / "go").touch()


def found(db: Database, demand: Demand = SLOW) -> Job:
    job = queue.find_job(db, demand.kind, demand.key)
    assert job is not None
    return job


def until(server: LiveServer, look: Callable[[], T | None]) -> T:
    """What is looked for, once it is there; people are answered meanwhile."""
    end = monotonic() + 120
    while monotonic() < end:
        if seen := look():
            return seen
        urlopen(f"{server.url}/healthz", timeout=60).close()
    pytest.fail("what was awaited has not come")


def begun(db: Database, attempt: int) -> Callable[[], Job | None]:
    """Somebody is in the middle of the slow job, for that time."""

    def look() -> Job | None:
        job = found(db)
        return job if job.note == "begun" and job.attempts == attempt else None

    return look


def ended(db: Database, demand: Demand = SLOW) -> Callable[[], Job | None]:
    return lambda: None if (job := found(db, demand)).pending else job


def made_once(db: Database) -> bool:
    """The job is done, its result is whole, and there is no other."""
    files = list(job_results.folder_of(db).iterdir())
    return queue.result(db, found(db)) == WHOLE and len(files) == 1


def children(pid: int | None) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_who_makes_a_job_is_killed_and_another_makes_it(data: Path, db: Database) -> None:
    """First the child that makes it, then the process that watches over it: each is replaced."""
    queue.ask(db, SLOW)
    with serving(data, ("-c", SERVER)) as server:
        until(server, begun(db, 1))
        (child,) = children(server.jobs)
        os.kill(child, signal.SIGKILL)
        until(server, begun(db, 2))
        watcher = server.jobs
        assert watcher
        os.kill(watcher, signal.SIGKILL)
        until(server, begun(db, 3))
        assert server.jobs != watcher
        go(data)
        assert until(server, ended(db)).state == "done"
    assert made_once(db)


def test_the_whole_server_is_killed_and_the_next_one_makes_it(data: Path, db: Database) -> None:
    queue.ask(db, SLOW)
    with serving(data, ("-c", SERVER)) as server:
        until(server, begun(db, 1))
        everyone = [*server.processes, server.jobs, *children(server.jobs)]
        for process in filter(None, everyone):
            with suppress(ProcessLookupError):  # ended with the one before
                os.kill(process, signal.SIGKILL)
    assert found(db).pending
    with serving(data, ("-c", SERVER)) as server:
        until(server, begun(db, 2))
        go(data)
        assert until(server, ended(db)).state == "done"
    assert made_once(db)


def test_a_server_that_stops_leaves_the_job_to_the_next(data: Path, db: Database) -> None:
    queue.ask(db, SLOW)
    with serving(data, ("-c", SERVER)) as server:
        until(server, begun(db, 1))
    assert (found(db).state, found(db).claim) == ("queued", None)


def test_what_takes_too_much_memory_fails_alone(data: Path, db: Database) -> None:
    hungry = Demand("hungry", "a")
    for demand in (hungry, SLOW):
        queue.ask(db, demand)
    go(data)
    with serving(data, ("-c", SERVER)) as server:
        assert until(server, ended(db)).state == "done"
    assert (found(db, hungry).state, found(db, hungry).attempts) == ("failed", 1)
    assert "plus de mémoire" in found(db, hungry).note


def test_what_takes_too_long_is_ended(data: Path, db: Database) -> None:
    queue.ask(db, SLOW)
    with serving(data, ("-c", SERVER), LONGEST="0.1") as server:
        job = until(server, ended(db))
    assert (job.state, job.attempts) == ("failed", 1)
    assert "a été arrêté" in job.note
