"""``python app.py``: run the server, and print the addresses to open once it answers."""

import ctypes
import errno
import gc
import logging
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any

import click
from flask import Flask

from commands.addresses import note_address
from commands.demo_credentials import DEMO_EMAIL, DEMO_PASSWORD, TRIAL_SLUG, TRIAL_TOKEN
from commands.serving import server_log as logs
from commands.serving.job_process import start as start_jobs
from commands.serving.process_ties import end, has_ended
from commands.serving.reception import Reception, reception
from commands.serving.relay import Relay
from grille.messages import message as _
from storage.accounts.accounts import account_by_email, account_page
from storage.campaigns.campaigns import campaign_by_slug, some_published_slug
from storage.core.database import open_database, refuse_damaged
from storage.core.database_errors import DatabaseNotReady
from storage.core.engine import Database
from storage.core.file_locks import hold_database
from storage.core.timestamps import now

_ARENA_MAX = -8  # M_ARENA_MAX of malloc.h
SWITCH_INTERVAL = 0.0005
"""Seconds after which a thread lets another go on: a tenth of Python's own, so that a long page delays short ones less
(decision 0227)."""


def serve(app: Flask, host: str, port: int, *, workers: int, threads: int) -> None:
    """Answer until stopped; exits with one sentence when the database is not ready or the port is taken."""
    addresses = _addresses(app)
    listening = _listening(host, port)
    sys.setswitchinterval(SWITCH_INTERVAL)
    _share_memory_among_threads()
    if not app.config.get("DEVELOPMENT"):
        logs.configure()
    try:
        with hold_database(app.config["DATABASE"]):
            note_address(app)
            if os.name == "nt":
                _serve_on_windows(app, listening, threads, addresses)
            else:
                _serve_with_gunicorn(app, listening, workers, threads, addresses)
    except DatabaseNotReady as error:
        sys.exit(str(error))


def _share_memory_among_threads() -> None:
    """Have all threads take memory from one place: each would keep some free for itself, 5 MB in all."""
    with suppress(OSError, AttributeError, TypeError):  # where the C library is not glibc
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def _share_what_is_loaded() -> None:
    """Have no process look for garbage in what all of them share: it would copy it, and hold answers meanwhile."""
    gc.collect()
    gc.freeze()


def _listening(host: str, port: int) -> socket.socket:
    """The socket, already ours: a server that starts never finds its port taken."""
    try:
        return socket.create_server((host, port), backlog=2048, family=_family(host))
    except OSError as error:
        why = _REASONS.get(error.errno or 0, os.strerror(error.errno or 0))
        sys.exit(
            _(
                "Le port %(port)s de %(host)s ne peut pas servir : %(why)s. Choisissez-en un autre : %(other)s.",
                port=port,
                host=host,
                why=why,
                other=_other(port),
            )
        )


_REASONS = {
    errno.EADDRINUSE: _("un autre programme l’occupe déjà"),
    errno.EACCES: _("il est réservé à l’administrateur de la machine"),
    errno.EADDRNOTAVAIL: _("cette adresse n’est pas à cette machine"),
}


def _other(port: int) -> str:
    return f"PORT={port + 1 if 1024 <= port < 65535 else 8000}"


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _addresses(app: Flask) -> str:
    """What to open, as text; leaves with one sentence when the database cannot be served."""
    try:
        refuse_damaged(app.config["DATABASE"])
        app.config["READ_AT"] = now()
        with closing(open_database(app.config["DATABASE"])) as db:
            pages = list(_pages(db))
            account, nobody = account_by_email(db, DEMO_EMAIL), not account_page(db, size=1).rows
    except DatabaseNotReady as error:
        sys.exit(str(error))
    shown = [f"  {label:<14}{app.config['PUBLIC_URL']}{path}" for label, path in pages]
    first = _first_account(app) if nobody else []
    signing = (
        [
            _(
                "  (compte de démonstration : %(demo_email)s, mot de passe : %(demo_password)s)",
                demo_email=DEMO_EMAIL,
                demo_password=DEMO_PASSWORD,
            )
        ]
        if account
        else []
    )
    return "\n".join(["", _("Grille est prête :"), *shown, *signing, *first, "", _("Pour arrêter : Ctrl+C")])


def _first_account(app: Flask) -> list[str]:
    """How the first account is made, as a command that can be copied into another terminal."""
    return [
        "",
        _(
            "Personne n’a encore de compte. Cette commande, dans un autre terminal, "
            "crée celui de l’équipe du programme,"
        ),
        _("et donne le lien par lequel on choisit son mot de passe :"),
        f"  {app.config['FIRST_ACCOUNT']}",
    ]


def _pages(db: Database) -> Iterator[tuple[str, str]]:
    yield _("Accueil"), "/"
    if campaign_by_slug(db, TRIAL_SLUG):
        yield _("Répondre"), f"/repondre/{TRIAL_TOKEN}"
    if slug := some_published_slug(db):
        yield _("Analyser"), f"/restitution/{slug}"
        yield _("Projeter"), f"/seance/{slug}"
    yield _("Les grilles"), "/grilles"
    yield _("Se connecter"), "/connexion"


def _serve_with_gunicorn(app: Flask, listening: socket.socket, workers: int, threads: int, addresses: str) -> None:
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

    class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
        """Our application, loaded before the workers part: they share its memory."""

        def load_config(self) -> None:
            """Threads in few processes: what costs is shared, and a slow page holds up nobody."""
            listening.set_inheritable(True)
            chosen: dict[str, Any] = {
                "bind": f"fd://{listening.fileno()}",
                "worker_class": _worker(),
                "workers": workers,
                "threads": threads,
                "graceful_timeout": 10,
                "loglevel": "warning",
                "logger_class": _plain_logger(),
                "control_socket_disable": True,
                "when_ready": lambda _server: click.echo(addresses),
            }
            for name, value in chosen.items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            """What the workers run."""
            return app

        def run(self) -> None:
            """Answer, and have jobs made."""
            _parent(app, relay, listening)(self).run()

    app.config["JOBS_APART"] = True
    app.extensions["relay"] = relay = Relay()
    _share_what_is_loaded()
    Server().run()


def _parent(app: Flask, relay: Relay, listening: socket.socket) -> type:
    """The process that starts the others, gunicorn's, which starts one for jobs too."""
    from gunicorn.arbiter import Arbiter  # type: ignore[import-untyped]

    class WithJobs(Arbiter):  # type: ignore[misc]  # gunicorn has no types
        """The parent of the processes that answer, and of the one that makes jobs: each is replaced when it ends."""

        jobs = 0

        def manage_workers(self) -> None:
            """Replace what has ended."""
            super().manage_workers()
            if not self.jobs or has_ended(self.jobs):
                self.jobs = start_jobs(app, relay, [listening, *self.LISTENERS])

        def stop(self, graceful: bool = True) -> None:
            """End all of them."""
            if self.jobs:
                end(self.jobs)
            super().stop(graceful)

    return WithJobs


def _worker() -> type:
    """A process of gunicorn's that receives as ``reception`` does."""
    from gunicorn.workers.base import Worker  # type: ignore[import-untyped]

    class Receiving(Worker):  # type: ignore[misc]  # gunicorn has no types
        """Alive until it is told to stop, or its parent is gone."""

        server: Reception | None = None

        def run(self) -> None:
            """Receive and answer; then end what has begun."""
            self.server = server = _reception(self.wsgi, self.sockets[0].sock, self.cfg.threads)
            while self.alive and self.ppid == os.getppid():
                self.notify()
                server.turns(1)
            server.end(self.cfg.graceful_timeout * 0.8)

        def handle_exit(self, *_: Any) -> None:
            """Stop: without waiting for the next client to say something."""
            self.alive = False
            if self.server:
                self.server.ending = True
                self.server.pull_trigger()

    return Receiving


def _reception(app: Flask, listening: socket.socket, threads: int) -> Reception:
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # waiting one's turn is no event
    largest = (app.config.get("EVIDENCE_MEGABYTES", 20) + 1) * 1024 * 1024
    return reception(app, listening, threads, largest=largest, proxied=bool(app.config.get("PROXIES")))


def _plain_logger() -> type:
    """Gunicorn's logger, speaking through our log: its own would quote addresses."""
    from gunicorn.glogging import Logger  # type: ignore[import-untyped]

    class PlainLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
        """Errors go where ours go; there is no access log."""

        def setup(self, cfg: Any) -> None:
            """Keep the level, not the handlers."""
            super().setup(cfg)
            self.error_log.handlers.clear()
            self.error_log.propagate = True

    return PlainLogger


def _serve_on_windows(app: Flask, listening: socket.socket, threads: int, addresses: str) -> None:
    server = _reception(app, listening, threads)
    click.echo(addresses)
    server.run()
