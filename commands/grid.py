"""``flask --app app grid``: check grid files, and keep the library of grids."""

from pathlib import Path

import click
from flask.cli import with_appcontext

import grille
from accounts.audit_events import AuditEvent
from commands.database import opened
from commands.errors import Refusal, write_file
from grille.messages import message as _
from grille.text_files import why_not
from questionnaires.outside.grid_workbook import read_grid_workbook
from storage.core.database import writing
from storage.core.engine import Database
from storage.grids.library import (
    LibraryGrid,
    add_grid,
    default_grid,
    find_grid,
    identity_problems,
    library,
    refuse_withdrawn,
    restore_grid,
    withdraw_grid,
)
from storage.operations.audit_log import record

FILE = click.Path(path_type=Path, dir_okay=False)


@click.group(help=_("Les grilles de savoir-faire : vérifier un fichier, tenir la bibliothèque."))
def grid() -> None:
    """The group of commands; ``check`` needs no configured application."""


@grid.command(
    "check", help=_("Vérifie des fichiers de grille : dit tout ce qui ne va pas, avec la ligne et quoi faire.")
)
@click.argument("files", metavar="FICHIER…", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Print one line per valid grid, then its remarks; or every problem of every file, and exit with 2."""
    books = [file for file in files if file.suffix.lower() == ".xlsx"]
    texts = [file for file in files if file not in books]
    try:
        grids = [*grille.check(texts), *map(_of_workbook, books)]
    except grille.GridErrors as errors:
        raise Refusal(*errors.lines()) from errors
    for file, found in zip([*texts, *books], grids, strict=True):
        click.echo(f"{file} : {_summary(found)}")
        for remark in (*identity_problems(found), *grille.remarks(found)):
            click.echo(_("  remarque : %(remark)s", remark=remark))


def _summary(found: grille.Grid) -> str:
    core = sum(skill.core for skill in found.skills)
    return _(
        "grille %(id)s %(version)s (%(status)s), correcte. Familles : %(families)s ; savoir-faire : "
        "%(skills)s, dont %(core)s en forme courte ; niveaux : %(lowest)s à %(highest)s ; "
        "collèges : %(colleges)s.",
        id=found.id,
        version=found.version,
        status=_status(found),
        families=len(found.families),
        skills=len(found.skills),
        core=core,
        lowest=found.lowest,
        highest=found.highest,
        colleges=len(found.colleges),
    )


def _status(found: grille.Grid) -> str:
    return _("proposition") if found.status == "proposition" else _("officielle")


@grid.command("add", help=_("Ajoute une grille à la bibliothèque, depuis un fichier."))
@click.argument("file", metavar="FICHIER", type=FILE)
@with_appcontext
def add(file: Path) -> None:
    """Add a grid to the library, all or nothing; the same grid again changes nothing."""
    found = _loaded(file)
    with opened() as db:
        one, new = _add_logged(db, found)
    said = _("%(name)s est dans la bibliothèque.") if new else _("%(name)s y était déjà : rien n’a changé.")
    click.echo(said % {"name": one.name})


@grid.command("list", help=_("Toutes les grilles de la bibliothèque."))
@with_appcontext
def list_command() -> None:
    """Print one line per grid: its identity, its title, and what became of it."""
    with opened() as db:
        for one in library(db):
            click.echo("\t".join([one.name, one.grid.title, *_state(one)]))


def _state(one: LibraryGrid) -> list[str]:
    default = [_("proposée d’abord")] if one.default else []
    return [_status(one.grid), *default, *([_("retirée")] if one.withdrawn else [])]


@grid.command("export", help=_("Écrit une grille de la bibliothèque dans un fichier."))
@click.argument("id_", metavar="ID")
@click.argument("version", metavar="VERSION")
@click.option("--to", "file", required=True, type=FILE, help=_("Où écrire : un fichier .yaml ou .xlsx."))
@with_appcontext
def export(id_: str, version: str, file: Path) -> None:
    """Write a grid as a file that ``add`` reads back into the same grid."""
    with opened() as db:
        one = library_grid(db, f"{id_}/{version}")
    write_file(file, _written(one.grid, file.suffix.lower()))
    click.echo(_("Écrit dans %(out)s", out=file))


@grid.command("withdraw", help=_("Retire une grille : plus aucune nouvelle campagne ne la prend."))
@click.argument("name", metavar="ID/VERSION")
@click.option("--undo", is_flag=True, help=_("La remet en usage."))
@with_appcontext
def withdraw(name: str, undo: bool) -> None:
    """Withdraw a grid from use, or bring it back."""
    event = AuditEvent.GRID_RESTORED if undo else AuditEvent.GRID_WITHDRAWN
    with opened() as db, writing(db):
        one = library_grid(db, name)
        if (restore_grid if undo else withdraw_grid)(db, one):
            record(db, event, None, grid=one.name)
    click.echo(_("%(name)s est en usage.", name=one.name) if undo else _("%(name)s est retirée.", name=one.name))


def _written(found: grille.Grid, suffix: str) -> bytes:
    if suffix != ".xlsx":
        return grille.as_yaml(found).encode()
    from restitution.documents.office.grid_workbook import grid_xlsx

    return grid_xlsx(found)


def _of_workbook(file: Path) -> grille.Grid:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise grille.GridErrors([grille.FileProblem(str(file), None, why_not(error))]) from None
    return read_grid_workbook(content, str(file))


def _add_logged(db: Database, found: grille.Grid) -> tuple[LibraryGrid, bool]:
    """Add a grid to the library, record it in the audit log, and return it with whether it is new there."""
    with writing(db):
        new = find_grid(db, found.id, found.version) is None
        one = add_grid(db, found)
        if new:
            record(db, AuditEvent.GRID_ADDED, None, grid=one.name)
    return one, new


def grid_named(db: Database, name: str) -> grille.Grid:
    """Return the grid that a command names: ``id/version``, a version of the default grid, a file, "" for the default.

    Raises ``Refusal``.
    """
    known = _known(db, name)
    return known.grid if known else _of_file(db, name)


def new_campaign_grid(db: Database, name: str) -> grille.Grid:
    """Return the grid of a new campaign, as ``grid_named`` does; that of a file enters the library.

    Raises ``Refusal``, and ``LibraryError`` for a grid that is withdrawn or a file that contradicts the library.
    """
    known = _known(db, name)
    one = known or _add_logged(db, _of_file(db, name))[0]
    refuse_withdrawn(db, one.grid)
    return one.grid


def _of_file(db: Database, name: str) -> grille.Grid:
    if not Path(name).is_file():
        raise _unknown(db, name)
    return _loaded(Path(name))


def _known(db: Database, name: str) -> LibraryGrid | None:
    default = default_grid(db)
    if not name:
        return default
    id_, slash, version = name.partition("/")
    return find_grid(db, id_, version) if slash else find_grid(db, default.grid.id, name)


def library_grid(db: Database, name: str) -> LibraryGrid:
    """Return the grid of the library that a command names. Raises ``Refusal``."""
    found = _known(db, name)
    if found is None:
        raise _unknown(db, name)
    return found


def _unknown(db: Database, name: str) -> Refusal:
    known = ", ".join(one.name for one in library(db))
    return Refusal(
        _("« %(name)s » n’est ni un fichier, ni une grille de la bibliothèque (%(known)s).", name=name, known=known)
    )


def _loaded(file: Path) -> grille.Grid:
    try:
        return _of_workbook(file) if file.suffix.lower() == ".xlsx" else grille.load(file)
    except grille.GridErrors as errors:
        raise Refusal(*errors.lines()) from errors
