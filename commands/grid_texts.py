"""``flask --app app grid texts``: the easy wording and the translations that a grid of the library is given later."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from accounts.audit_events import AuditEvent
from commands.database import opened
from commands.errors import Refusal, write_file
from commands.grid import FILE, library_grid
from grille.additions.checking import CheckedAddition
from grille.additions.files import AdditionFile
from grille.additions.languages import not_a_language, well_formed
from grille.errors import FileErrors
from grille.messages import message as _
from grille.text_files import why_not
from questionnaires.outside.grid_workbook import read_addition_workbook
from questionnaires.outside.xliff import addition_xliff, read_addition_xliff
from storage.core.database import writing
from storage.core.engine import Database
from storage.grids.additions import addition_of, languages_of, offer, withdraw, write_texts
from storage.grids.library import identity
from storage.operations.audit_log import record

_NAME = click.argument("name", metavar="ID/VERSION")
_LANGUAGE = click.argument("language", metavar="LANGUE")


@click.group(help=_("Ce qui s’ajoute à une grille publiée : mots faciles à lire, traductions."))
def texts() -> None:
    """The group of commands about what is added to a grid; ``fr-simple`` is the easy wording of one in French."""


@texts.command("list", help=_("Ce qu’une grille a reçu, langue par langue, et ce qui y manque."))
@_NAME
@with_appcontext
def list_command(name: str) -> None:
    """Print one line per language: how much is written, what is to see again, too long or not reviewed."""
    with opened() as db:
        found = library_grid(db, name).grid
        for language in languages_of(db, found):
            checked = CheckedAddition(found, addition_of(db, found, language))
            click.echo("\t".join([language, *_said(checked)]))


def _said(checked: CheckedAddition) -> list[str]:
    counts = {"missing": checked.missing, "stale": checked.stale, "long": checked.long, "new": checked.unreviewed}
    said = _(
        "à écrire : %(missing)s ; à revoir : %(stale)s ; trop longs : %(long)s ; pas relus : %(new)s",
        **{name: len(places) for name, places in counts.items()},
    )
    return [_("en service") if checked.addition.offered else _("pas en service"), said]


@texts.command("export", help=_("Écrit les textes d’une langue dans un fichier à remplir."))
@_NAME
@_LANGUAGE
@click.option("--to", "file", required=True, type=FILE, help=_("Où écrire : un fichier .xlsx, ou .xlf (XLIFF 2)."))
@with_appcontext
def export(name: str, language: str, file: Path) -> None:
    """Write what there is and what is missing, which ``add`` reads back."""
    with opened() as db:
        checked = _checked(db, name, language)
    write_file(file, _written(checked, file.suffix.lower()))
    click.echo(_("Écrit dans %(out)s", out=file))


def _written(checked: CheckedAddition, suffix: str) -> bytes:
    if suffix != ".xlsx":
        return addition_xliff(checked)
    from restitution.documents.office.grid_workbook import addition_xlsx

    return addition_xlsx(checked)


@texts.command("add", help=_("Prend les textes d’un fichier rempli, tous ou aucun."))
@_NAME
@_LANGUAGE
@click.argument("file", metavar="FICHIER", type=FILE)
@click.option("--replace", is_flag=True, help=_("Remplace aussi ce qui a été écrit depuis que le fichier a été fait."))
@with_appcontext
def add(name: str, language: str, file: Path, replace: bool) -> None:
    """Write what a file brings, whole or not at all; what is there already changes nothing."""
    with opened() as db:
        checked = _checked(db, name, language)
        brought = _brought(checked, file)
        since = None if replace else brought.revision
        with writing(db):
            count = write_texts(db, checked.grid, language, brought.changes, None, since=since)
            if count:
                record(db, AuditEvent.GRID_TEXTS_WRITTEN, None, grid=identity(checked.grid), language=language)
    click.echo(_("%(name)s, %(language)s : changements enregistrés : %(n)s.", name=name, language=language, n=count))


def _brought(checked: CheckedAddition, file: Path) -> AdditionFile:
    read = read_addition_workbook if file.suffix.lower() == ".xlsx" else read_addition_xliff
    try:
        return read(file.read_bytes(), checked, str(file))
    except OSError as error:
        raise Refusal(f"{file} : {why_not(error)}") from None
    except FileErrors as errors:
        raise Refusal(*errors.lines()) from errors


@texts.command("offer", help=_("Met des textes en service : ils se lisent dès maintenant."))
@_NAME
@_LANGUAGE
@click.option("--undo", is_flag=True, help=_("Les retire ; rien n’en est perdu."))
@with_appcontext
def offer_command(name: str, language: str, undo: bool) -> None:
    """Let respondents read these texts, or take them back."""
    event = AuditEvent.GRID_TEXTS_WITHDRAWN if undo else AuditEvent.GRID_TEXTS_OFFERED
    with opened() as db, writing(db):
        checked = _checked(db, name, language)
        if (withdraw if undo else offer)(db, checked.grid, language, None):
            record(db, event, None, grid=identity(checked.grid), language=language)
    done = _("Ces textes sont retirés.") if undo else _("Ces textes sont en service.")
    click.echo(done)


def _checked(db: Database, name: str, language: str) -> CheckedAddition:
    found = library_grid(db, name).grid
    if not well_formed(language):
        raise Refusal(not_a_language(language))
    if language == found.language:
        raise Refusal(_("La grille est déjà écrite dans cette langue : choisissez-en une autre."))
    return CheckedAddition(found, addition_of(db, found, language))
