"""``flask --app app jobs``: what pages have asked for and is made outside of requests."""

import os
from datetime import timedelta

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from commands.database import database_path, opened
from commands.errors import Refusal, refusals
from commands.serving.job_maker import bound_process, make_waiting
from commands.serving.job_process import LONGEST, JobProcess
from grille.messages import counted
from grille.messages import message as _
from storage.core.file_locks import hold_database
from storage.operations.jobs import Job, clear_ended, jobs_of, retry_failed

jobs = AppGroup("jobs", help=_("Les travaux demandés par des pages et faits en dehors d’elles."))

STATES = {
    "queued": _("en attente"),
    "running": _("en cours"),
    "done": _("fait"),
    "failed": _("échoué"),
}


@jobs.command("work", help=_("Fait les travaux qui attendent. Le serveur a déjà un processus pour cela."))
@click.option("--once", is_flag=True, help=_("S’arrête dès qu’il n’y a plus rien à faire."))
@with_appcontext
def work(once: bool) -> None:
    """Make the jobs that wait, or all that come until it is stopped."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # for the processes
    with refusals(), hold_database(database_path()):
        if once:
            bound_process()
            made = make_waiting(app, f"command:{os.getpid()}")
            click.echo(counted("%(n)s travail traité.", "%(n)s travaux traités.", made))
        elif hasattr(os, "fork"):
            JobProcess(app, os.getppid(), LONGEST).run()
        else:
            raise Refusal(_("Ce système ne permet que « jobs work --once »."))


@jobs.command("list", help=_("Dit ce qui attend, ce qui se fait, ce qui est fait et ce qui a échoué."))
@with_appcontext
def list_command() -> None:
    """One line per job, the newest first."""
    with opened() as db:
        found = jobs_of(db)
    for job in found:
        click.echo(_line(job))
    if not found:
        click.echo(_("Aucun travail n’a été demandé ces derniers jours."))


def _line(job: Job) -> str:
    moment = job.created_at.isoformat(timespec="minutes") if job.created_at else "?"
    share = f" {job.done}/{job.total}" if job.total and job.pending else ""
    return f"{job.id}  {moment}  {job.kind}  {STATES[job.state]}{share}  {job.note}".rstrip()


@jobs.command("retry", help=_("Remet en attente tout ce qui a échoué."))
@with_appcontext
def retry() -> None:
    """Queue anew what failed."""
    with opened() as db:
        again = retry_failed(db)
    click.echo(counted("%(n)s travail remis en attente.", "%(n)s travaux remis en attente.", again))


@jobs.command("clear", help=_("Efface les travaux terminés et leurs résultats\u202f; ils seront refaits à la demande."))
@click.option("--older-than", "days", type=click.IntRange(min=0), default=0, help=_("Seulement ceux de tant de jours."))
@with_appcontext
def clear(days: int) -> None:
    """Erase what has ended."""
    with opened() as db:
        gone = clear_ended(db, timedelta(days=days))
    click.echo(counted("%(n)s travail effacé.", "%(n)s travaux effacés.", gone))
