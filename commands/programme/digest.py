"""``flask --app app programme digest``: asks for the weekly digest of the programme to be sent."""

import click
from flask.cli import with_appcontext

from commands.database import opened
from grille.messages import message as _
from storage.core.timestamps import now
from storage.operations.jobs import ask
from storage.programme.digests import digest_demand


@click.command("digest", help=_("Demande l’envoi de la lettre de la semaine à qui l’a voulue."))
@with_appcontext
def digest_command() -> None:
    """Ask for the job of this week: the server makes it, or ``jobs work --once``."""
    with opened() as db:
        job = ask(db, digest_demand(now()))
    if job.state == "done":
        click.echo(_("La lettre de cette semaine est déjà partie."))
    else:
        click.echo(_("La lettre de cette semaine est demandée\u00a0: le serveur l’envoie."))
