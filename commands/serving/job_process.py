"""The process that has heavy work done: it watches over a child that computes, and answers nobody itself.

The child makes the jobs of the machine, and the pages that those which answer hand over (``relay``). It holds the
libraries and what is computed: it is bounded, ends once nothing is asked for, and gives all its memory back. The
process itself only looks at the queue, says that the job of its child is alive, ends a child that takes too long, and
starts another. Jobs are made by one per machine and database, by a lock that goes with its holders.
"""

import mmap
import os
import signal
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from socket import gethostname
from types import FrameType
from typing import Final

from flask import Flask

from commands.serving.computing import ComputingThreads
from commands.serving.job_maker import bound_process, make_until
from commands.serving.process_ties import end_with_parent, has_ended, memory_used, name_process, usual_signals
from commands.serving.relay import Relay
from grille.messages import message as _
from questionnaires.untrusted.limits import MEGABYTE
from storage.core.database import open_database
from storage.core.database_errors import DatabaseNotReady, DatabaseUnavailable, SQLError
from storage.core.engine import Database
from storage.core.file_locks import open_lock, try_lock
from storage.core.thread_cleanup import Closable
from storage.operations import jobs
from storage.operations.trials.erasing import erase_outdated_trials
from storage.webhooks.deliveries import SENDING, due_deliveries

NAME: Final = "grille-jobs"
IDLE: Final = 300.0
"""Seconds without anything to do after which the child ends: what it had loaded helps who comes next."""

LONGEST: Final = 1800.0
"""Seconds that one job may take."""

GROWN: Final = 400 * MEGABYTE
"""Memory from which a child is replaced by a fresh one between two jobs."""

_TURN, _BEAT, _SWEEP, _AGAIN = 0.2, 5.0, 3600.0, 1.0

TOO_LONG: Final = _(
    "Ce travail a pris plus d’une demi-heure et a été arrêté. Prévenez la personne qui s’occupe de ce site."
)


@dataclass
class _Child:
    """A process that makes jobs, the one that it is at, and since when."""

    pid: int
    holder: str
    job: int = 0
    since: float = 0.0
    beaten: float = 0.0


@dataclass
class JobProcess:
    """The jobs of one machine and what a server hands over, until it is told to end or its parent ends."""

    app: Flask
    parent: int
    longest: float
    relay: Relay | None = None
    ending: bool = False
    _makes_jobs: mmap.mmap = field(default_factory=lambda: mmap.mmap(-1, 1))
    _child: _Child | None = None
    _db: Database | None = None
    _children: int = 0
    _swept: float = field(default_factory=lambda: time.monotonic() - _SWEEP)

    def run(self) -> None:
        """Watch over the queue."""
        signal.signal(signal.SIGTERM, self._end)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        descriptor = open_lock(Path(self.app.config["DATABASE"]).with_name("jobs.lock"))
        try:
            while self._goes_on():
                self._guarded(partial(self._turn, descriptor))
                self._wait()
            self._end_child()
        finally:
            self._close()
            os.close(descriptor)

    def _goes_on(self) -> bool:
        return not self.ending and os.getppid() == self.parent

    def _end(self, _signal: int, _frame: FrameType | None) -> None:
        self.ending = True

    def _wait(self) -> None:
        """Sleep for a turn, or until a request is handed over that nobody is there to take."""
        if self.relay and not self._child:
            self.relay.is_waiting(_TURN)
        else:
            time.sleep(_TURN)

    def _is_alone(self, db: Database, descriptor: int) -> bool:
        """Whether this process is the one of this machine that has jobs made; the child reads it too."""
        if not self._makes_jobs[0] and _locked(descriptor):
            jobs.take_back(db, _machine())
            self._makes_jobs[0] = 1
        return bool(self._makes_jobs[0])

    def _guarded(self, work: Callable[[Database], object]) -> None:
        """Do it with the database; when that cannot be used for now, try again later."""
        try:
            self._db = self._db or open_database(self.app.config["DATABASE"])
            work(self._db)
        except (DatabaseNotReady, DatabaseUnavailable, SQLError, OSError) as error:
            self.app.logger.error("jobs: %s", error)
            self._close()
            time.sleep(_AGAIN)

    def _close(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None

    def _turn(self, descriptor: int, db: Database) -> None:
        alone = self._is_alone(db, descriptor)
        if self._child and has_ended(self._child.pid):
            self._give_back(db, self._child, is_to_blame=True)
            self._child = None
        if self._child:
            self._watch(db, self._child)
        elif (alone and jobs.is_waiting(db)) or (self.relay and self.relay.is_waiting()):
            self._close()  # nothing of SQLite's is to be shared with a child
            self._child = self._started()
        elif alone and time.monotonic() - self._swept > _SWEEP:
            jobs.clear_ended(db, jobs.KEPT)
            ask_for_due(db)
            self._erase_trials(db)
            self._swept = time.monotonic()

    def _erase_trials(self, db: Database) -> None:
        for problem in erase_outdated_trials(db):
            self.app.logger.error("trials: %s", problem)

    def _started(self) -> _Child:
        self._children += 1
        holder = f"{_machine()}:{os.getpid()}:{self._children}"
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            _be_child(self, holder, parent)
        return _Child(pid, holder)

    def compute(self, holder: str, parent: int) -> None:
        """Answer what is handed over and make jobs, in the child, until there has been nothing to do for a while."""
        self.app.extensions["relay"] = None  # what others hand over is computed here
        threads = ComputingThreads(self.app, self.relay) if self.relay else None
        if threads:
            threads.start()
        bound_process()

        def ends(last: float) -> bool:
            last = max(last, threads.last) if threads else last
            return os.getppid() != parent or memory_used() >= GROWN or time.monotonic() - last > IDLE

        make_until(self.app, holder, ends, lambda: bool(self._makes_jobs[0]))
        if threads:
            threads.end()

    @staticmethod
    def _give_back(db: Database, child: _Child, *, is_to_blame: bool) -> None:
        """Queue again what the child had begun."""
        if job := jobs.held_by(db, child.holder):
            jobs.give_back(db, job, is_to_blame=is_to_blame)

    def _watch(self, db: Database, child: _Child) -> None:
        """Say that the job of the child is alive; end a child that has been at it for too long."""
        job, at = jobs.held_by(db, child.holder), time.monotonic()
        if job is None:
            child.job = 0
        elif job.id != child.job:
            child.job, child.since, child.beaten = job.id, at, at
        elif at - child.since > self.longest:
            self._kill(child)
            jobs.fail(db, job, TOO_LONG)
            self._child = None
        elif at - child.beaten > _BEAT:
            jobs.beat(db, job)
            child.beaten = at

    def _end_child(self) -> None:
        if child := self._child:
            self._kill(child)
            self._guarded(lambda db: self._give_back(db, child, is_to_blame=False))

    @staticmethod
    def _kill(child: _Child) -> None:
        with suppress(ProcessLookupError):
            os.kill(child.pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(child.pid, 0)


def ask_for_due(db: Database) -> None:
    """Have the messages sent whose time has come, and whose jobs a purge has erased."""
    for one in due_deliveries(db):
        jobs.ask(db, jobs.Demand(SENDING, one.key, one.parameters))


def _locked(descriptor: int) -> bool:
    with suppress(OSError):
        return try_lock(descriptor)
    return False


def _machine() -> str:
    return gethostname().replace(":", "-")


def _be_child(watcher: JobProcess, holder: str, parent: int) -> None:
    """Compute, then end; never comes back."""
    try:
        usual_signals()
        end_with_parent(parent, signal.SIGKILL)
        watcher.compute(holder, parent)
    except BaseException:
        watcher.app.logger.exception("the process that computes")
    finally:
        os._exit(0)


def start(app: Flask, relay: Relay, inherited: Iterable[Closable]) -> int:
    """Start the process beside those that answer, which give it none of their sockets. Returns its number.

    A request to stop that comes before the process is ready for it waits until it is.
    """
    parent = os.getpid()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    pid = os.fork()
    if pid == 0:
        _be_process(app, relay, inherited, parent)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    return pid


def _be_process(app: Flask, relay: Relay, inherited: Iterable[Closable], parent: int) -> None:
    """Watch over the jobs; never comes back."""
    try:
        usual_signals()
        for one in inherited:
            one.close()
        name_process(NAME)
        end_with_parent(parent, signal.SIGTERM)
        JobProcess(app, parent, LONGEST, relay).run()
    except BaseException:
        app.logger.exception("the process of jobs")
    finally:
        os._exit(0)
