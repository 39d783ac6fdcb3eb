"""``flask --app app purge``: what is past its period goes, and the command shows that it went."""

import click
from flask import current_app
from flask.cli import with_appcontext

from commands.database import opened
from commands.errors import Refusal
from storage.operations.purge import KINDS, Periods, outdated
from storage.operations.purge import purge as erase


@click.command("purge", help="Efface ce dont personne n’a plus besoin, et vérifie qu’il n’en reste rien.")
@click.option("--dry-run", is_flag=True, help="Compte seulement : rien n’est effacé.")
@with_appcontext
def purge(dry_run: bool) -> None:
    """Print how many of each kind there are, then erase them and look for what is left; exits with 2 if anything is."""
    periods = Periods(**current_app.config["KEEP"])
    with opened() as db:
        if dry_run:
            for kind in KINDS:
                click.echo(f"{kind.label} : {outdated(db, periods)[kind.name]} à effacer")
            return
        done = erase(db, periods)
    for kind in KINDS:
        click.echo(f"{kind.label} : {done.before[kind.name]} avant, {done.after[kind.name]} après")
    if done.problems:
        raise Refusal(*done.problems)
    click.echo(f"Fichiers de preuves effacés : {done.files}.")
    click.echo(f"Cherchés dans la base et introuvables : {done.looked_for} secrets, marques et textes effacés.")
