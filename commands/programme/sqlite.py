"""``flask --app app programme sqlite``: everything that is published as one SQLite file, for Datasette."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click
from flask.cli import with_appcontext

from commands.database import opened
from commands.errors import Refusal
from commands.programme.export import tables_or_damage
from commands.progress import ExportProgress
from grille.messages import counted
from grille.messages import message as _
from storage.core.engine import Database
from storage.core.revisions import published_revisions
from storage.data_files.sqlite_file import SqliteFile, written_to

if TYPE_CHECKING:
    from restitution.documents.open_data.tables import DataTable


@click.command("sqlite", help=_("Écrit tout ce qui est publié en un fichier SQLite, pour Datasette par exemple."))
@click.option(
    "--to", "out", required=True, type=click.Path(path_type=Path, dir_okay=False), help=_("Le fichier à écrire.")
)
@with_appcontext
def sqlite_command(out: Path) -> None:
    """Write the file beside its place, then move it there: a former one stays whole until then."""
    try:
        with opened() as db, TemporaryDirectory(dir=out.parent, prefix=".grille-") as workshop:
            ready = Path(workshop, out.name)
            with written_to(ready) as file:
                written = _write(db, file)
            ready.replace(out)
    except OSError as error:
        raise Refusal(
            _("%(out)s : rien n’a pu y être écrit (%(why)s) ; vérifiez le dossier et vos droits.", out=out, why=error)
        ) from error
    found = counted("%(n)s campagne publiée", "%(n)s campagnes publiées", written)
    click.echo(_("Fichier écrit : %(out)s, %(found)s.", out=out, found=found))


def _write(db: Database, file: SqliteFile) -> int:
    """Write every published campaign that can be computed; those that cannot are said at once. Returns how many."""
    slugs = [slug for _number, slug, _revision in published_revisions(db)]
    written, progress = 0, ExportProgress(len(slugs))
    for slug in slugs:
        tables = tables_or_damage(db, slug)
        for table in tables or ():
            _add(file, table)
        written += tables is not None
        progress.advance()
    return written


def _add(file: SqliteFile, table: DataTable) -> None:
    from restitution.documents.data_files.typed_tables import typed

    one = typed(table, "campaign")
    file.add(one.name, one.columns, one.key, one.rows)
