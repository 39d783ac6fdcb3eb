"""Background jobs asked for by pages, and the page that waits for one.

A room registers the function that makes each kind of job; a view asks with ``find_or_ask``. Where the server has a
process for jobs (``JOBS_APART``), that process makes them; elsewhere (tests, another server) views make theirs
themselves.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from threading import BoundedSemaphore
from typing import Final, Protocol

from flask import Blueprint, Flask, Response, current_app, make_response, render_template, request
from flask_login import current_user

from storage.operations.jobs import Demand, Job, ask, before, find_job, former_job, result
from storage.operations.published_copies import CopyNotReady
from web.http.database import connection
from web.http.language import reader

MOST_WAITING: Final = 2
"""Threads of one process that wait for a job: the others are for respondents."""

A_MOMENT: Final = 1.0
"""Seconds that somebody waits before they are shown the page that says how far the work is."""

A_WHILE: Final = 10.0
"""Seconds that a program waits, which has no use for that page."""

_PAUSE: Final = 0.05


SUBJECT_LENGTH: Final = 16


def key_about(subject: object, depends: object) -> str:
    """Return a key for a result about a subject, of which other results were made before it depended on something else.

    Its first ``SUBJECT_LENGTH`` characters are the subject's.
    """
    about, whole = (sha256(repr(one).encode()).hexdigest() for one in (subject, (subject, depends)))
    return f"{about[:SUBJECT_LENGTH]}{whole[:32]}"


class Tell(Protocol):
    """A function that reports progress: steps done, steps in all, and a sentence on the current one."""

    def __call__(self, done: int, total: int, note: str, /) -> object:
        """Say it."""


Maker = Callable[[Job, Tell], bytes | None]
"""Makes what a job asks for. Gives back its bytes, or None when they are kept elsewhere."""


def init_app(app: Flask) -> None:
    """Prepare the registry of the kinds of jobs."""
    app.extensions["jobs"] = {}


def register(blueprint: Blueprint, kind: str, make: Maker) -> None:
    """Register the function that makes jobs of that kind, which views of that room ask for."""
    blueprint.record(lambda setup: setup.app.extensions["jobs"].__setitem__(kind, make))


def are_apart() -> bool:
    """Whether a process of its own makes the jobs of this server."""
    return bool(current_app.config.get("JOBS_APART"))


_waiting = BoundedSemaphore(MOST_WAITING)


def find_or_ask(demand: Demand, find: Callable[[], bytes | None]) -> bytes | None:
    """Return the result of that demand, asked for if needed; None for a person who has to wait.

    ``find`` returns a result cached elsewhere. A program, which a page would not help, waits a while. Raises
    ``CopyNotReady`` when that is not long enough.
    """
    job = ask(connection(), _signed(demand))
    if _reads_pages():
        return _awaited(job, find, A_MOMENT)
    found = _awaited(job, find, A_WHILE)
    if found is None:
        raise CopyNotReady
    return found


def _signed(demand: Demand) -> Demand:
    """The demand, in the name of who is asking, in their language, and with what stands before our addresses."""
    owner = current_user.account.id if current_user.is_authenticated else None
    asking = {"language": reader(), "root": request.script_root}
    return replace(demand, owner=owner, parameters={**demand.parameters, **asking})


def _reads_pages() -> bool:
    """Whether who is asking is a browser, or a script of ours: programs take anything."""
    return "text/html" in request.headers.get("Accept", "")


def _awaited(job: Job, find: Callable[[], bytes | None], seconds: float) -> bytes | None:
    if job.state == "done":
        return result(connection(), job) or find()
    if not job.pending or not _waiting.acquire(blocking=False):
        return None
    try:
        return _polled(job, find, time.monotonic() + seconds)
    finally:
        _waiting.release()


def _polled(job: Job, find: Callable[[], bytes | None], deadline: float) -> bytes | None:
    db, now = connection(), job
    while now.pending and time.monotonic() < deadline:
        time.sleep(_PAUSE)
        now = find_job(db, job.kind, job.key) or now
    return (result(db, now) or find()) if now.state == "done" else None


@dataclass(frozen=True)
class Former:
    """A result that was made before something changed, and when."""

    content: bytes
    made_at: datetime


class Progress:
    """The progress of a job as its page shows it; ``job`` is None for what is made already."""

    def __init__(self, job: Job | None) -> None:
        self.job = job

    @cached_property
    def before(self) -> int:
        """How many jobs come before it."""
        return before(connection(), self.job) if self.job else 0

    @property
    def content(self) -> bytes | None:
        """The result, if it is there and a file of the job."""
        return result(connection(), self.job) if self.job else None

    @property
    def state(self) -> str:
        """``ready``, ``failed`` or ``pending``."""
        if self.job is None or self.job.state == "done":
            return "ready"
        return "failed" if self.job.state == "failed" else "pending"


def progress_of(demand: Demand, *, made: bool) -> Progress | None:
    """Return the progress of a demand; None when it is to be asked for.

    ``made``: its result is cached elsewhere. Where views make what they are asked for, everything is ready.
    """
    if made or not are_apart():
        return Progress(None)
    job = find_job(connection(), demand.kind, demand.key)
    if job is None or (job.state == "done" and result(connection(), job) is None):
        return None
    return Progress(job)


def asked(demand: Demand) -> Progress:
    """Create the job, and return its progress."""
    return Progress(ask(connection(), _signed(demand)))


def former(demand: Demand) -> Former | None:
    """Return the last result about the same subject, whose key was made by ``key_about``; None if there is none."""
    job = former_job(connection(), demand.kind, demand.key[:SUBJECT_LENGTH])
    content = result(connection(), job) if job else None
    return Former(content, job.finished_at) if job and content is not None and job.finished_at else None


def page(progress: Progress, what: str, **content: object) -> Response:
    """Return the page of the progress, never cached by browsers; it reloads by itself."""
    response = make_response(render_template("preparing.html", progress=progress, what=what, **content))
    response.headers["Cache-Control"] = "private, no-store"
    return response
