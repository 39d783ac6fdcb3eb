"""``flask --app app audit``: verify and export the audit log."""

from typing import IO

import click
import orjson
from flask.cli import AppGroup

from accounts.audit_events import AuditEvent
from commands.database import opened
from commands.errors import Refusal
from grille.messages import message as _
from storage.operations.audit_log import last_seal, lines, problems, record

audit = AppGroup("audit", help=_("Le journal : vérifier qu’il est entier, le sortir."))


@audit.command("verify", help=_("Vérifie qu’aucune ligne du journal n’a été changée ni retirée."))
@click.option("--known", default="", help=_("Un sceau noté plus tôt, qui doit s’y trouver encore."))
def verify_command(known: str) -> None:
    """Print whether the log is complete and unaltered, and the seal to note; exits with 2 when it is not."""
    with opened() as db:
        found = list(problems(db, known.strip().lower()))
        count, seal = last_seal(db)
    if found:
        raise Refusal(*found, _("Le journal a été touché à la main : comparez-le avec une sauvegarde."))
    click.echo(
        _("Le journal est entier : %(count)s lignes.", count=count)
        if count > 1
        else _("Le journal est entier : %(count)s ligne.", count=count)
    )
    if count:
        click.echo(_("Sceau à noter ailleurs : %(seal)s", seal=seal))


@audit.command("export", help=_("Écrit toutes les lignes du journal, une par ligne, en JSON."))
@click.option("--out", type=click.File("wb"), default="-", help=_("Un fichier ; sinon, la sortie."))
def export_command(out: IO[bytes]) -> None:
    """Write the log as JSON lines, oldest first; the last line records this export."""
    with opened() as db:
        record(db, AuditEvent.LOG_EXPORTED, None)
        for line in lines(db):
            out.write(orjson.dumps(line) + b"\n")
