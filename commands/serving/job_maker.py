"""Making jobs in this process: the one that the server starts for it, a command, a test."""

import os
import time
from collections.abc import Callable
from typing import Final

from flask import Flask
from flask_babel import force_locale

from grille.messages import message as _
from questionnaires.untrusted.limits import MEGABYTE, BoundsMissing, bound, give_way
from storage.core.engine import Database
from storage.operations import jobs
from storage.operations.jobs import Job

MEMORY: Final = 1536 * MEGABYTE
"""Of addresses: libraries reserve more of them than they use of memory."""

LARGEST_RESULT: Final = 512 * MEGABYTE
PAUSE: Final = 0.1

BROKEN: Final = _(
    "Quelque chose n’a pas marché de notre côté. Réessayer n’y changera sans doute rien\u00a0: prévenez la personne "
    "qui s’occupe de ce site, l’erreur est dans le journal du serveur."
)
TOO_HEAVY: Final = _(
    "Ce travail demande plus de mémoire que le serveur n’en accorde à une préparation. Prévenez la personne qui "
    "s’occupe de ce site."
)


class Overtaken(Exception):
    """The job is somebody else's by now: nothing more is to be said of it."""


def bound_process() -> None:
    """Let this process neither take all the memory nor slow down who answers."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    give_way(10)
    try:
        bound(memory=MEMORY, output=LARGEST_RESULT)
    except BoundsMissing:
        return  # the system forbids it; how long it lasts is still watched from outside


def make_waiting(app: Flask, holder: str) -> int:
    """Make the jobs that wait, one after the other, until none is left. Returns how many."""
    return sum(1 for _done in iter(lambda: make_next(app, holder), False))


def make_next(app: Flask, holder: str) -> bool:
    """Make the job that waits for longest. Returns whether there was one."""
    with app.app_context():
        db = _database(app)
        job = jobs.claim(db, holder)
        if job:
            _make(app, db, job)
        return job is not None


def make_until(app: Flask, holder: str, ends: Callable[[float], bool], may: Callable[[], bool]) -> None:
    """Make jobs as they come, whenever it may, until ``ends``, which is told when the last one ended, says so."""
    last = time.monotonic()
    while not ends(last):
        if may() and make_next(app, holder):
            last = time.monotonic()
        else:
            time.sleep(PAUSE)


def _database(app: Flask) -> Database:
    db: Database = app.extensions["database"].get()
    return db


def _make(app: Flask, db: Database, job: Job) -> None:
    """Make one job; whatever happens, it ends, and says how."""

    def tell(done: int, total: int, note: str) -> None:
        if not jobs.tell(db, job, done, total, note):
            raise Overtaken

    language, root = (job.parameters.get(name, usual) for name, usual in (("language", "fr"), ("root", "")))
    where = {"base_url": app.config["PUBLIC_URL"], "environ_overrides": {"SCRIPT_NAME": root}}
    with app.test_request_context(**where), force_locale(language):
        try:
            jobs.finish(db, job, app.extensions["jobs"][job.kind](job, tell))
        except Overtaken:
            return
        except MemoryError:
            jobs.fail(db, job, TOO_HEAVY)
        except Exception:
            app.logger.exception("job %s (%s)", job.id, job.kind)
            jobs.fail(db, job, BROKEN)
