"""``flask --app app database``: the database file itself."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from commands.refusals import Refusal, refusals
from storage.database import check, migrate, open_database
from storage.engine import Database

database = AppGroup("database", help="La base de données : la créer, la mettre à jour, la vérifier.")


def database_path() -> Path:
    """Where the application keeps its database."""
    return Path(current_app.config["DATABASE"])


@contextmanager
def opened() -> Iterator[Database]:
    """The application's database for the time of a command; what storage refuses becomes a ``Refusal``."""
    with refusals(), closing(open_database(database_path())) as db:
        yield db


@database.command("migrate", help="Crée la base de données ou met sa structure à jour.")
def migrate_command() -> None:
    """Run the pending migrations."""
    with refusals():
        done = migrate(database_path())
    steps = f" Étapes faites : {', '.join(done)}." if done else ""
    click.echo(f"La base de données est à jour.{steps}")


@database.command("check", help="Lit toute la base de données et dit si elle est saine.")
def check_command() -> None:
    """Look for damage inside the file."""
    with refusals():
        problems = check(database_path())
    if problems:
        raise Refusal(*problems, "La base de données est abîmée : remettez une sauvegarde à sa place.")
    click.echo("La base de données est saine.")
