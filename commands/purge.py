"""``flask --app app purge``: erase what is past its retention period, then verify that it is gone."""

import click
from flask import current_app
from flask.cli import with_appcontext

from commands.database import opened
from commands.errors import Refusal
from grille.messages import message as _
from storage.operations.purge import KINDS, Periods, outdated
from storage.operations.purge import purge as erase


@click.command("purge", help=_("Efface ce dont personne n’a plus besoin, et vérifie qu’il n’en reste rien."))
@click.option("--dry-run", is_flag=True, help=_("Compte seulement : rien n’est effacé."))
@with_appcontext
def purge(dry_run: bool) -> None:
    """Print how many of each kind there are, erase them, then look for remains; exits with 2 when any is found."""
    periods = Periods(**current_app.config["KEEP"])
    with opened() as db:
        if dry_run:
            for kind in KINDS:
                click.echo(
                    _("%(label)s : %(outdated)s à effacer", label=kind.label, outdated=outdated(db, periods)[kind.name])
                )
            return
        done = erase(db, periods)
    for kind in KINDS:
        click.echo(
            _(
                "%(label)s : %(before)s avant, %(after)s après",
                label=kind.label,
                before=done.before[kind.name],
                after=done.after[kind.name],
            )
        )
    if done.problems:
        raise Refusal(*done.problems)
    click.echo(_("Fichiers de preuves effacés : %(files)s.", files=done.files))
    click.echo(
        _(
            "Secrets, marques et textes effacés, cherchés dans la base et introuvables : %(looked_for)s.",
            looked_for=done.looked_for,
        )
    )
