"""``flask --app app grid``: check grid files."""

from pathlib import Path

import click

import grille
from commands.errors import Refusal
from grille.messages import message as _


@click.group(help=_("Les grilles de savoir-faire : vérifier un fichier."))
def grid() -> None:
    """The group of commands; needs no configured application."""


@grid.command(
    "check", help=_("Vérifie des fichiers de grille : dit tout ce qui ne va pas, avec la ligne et quoi faire.")
)
@click.argument("files", metavar="FICHIER…", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Print one line per valid grid, or every problem of every file; exits with 2 when there is any."""
    try:
        grids = grille.check(files)
    except grille.GridErrors as errors:
        raise Refusal(*errors.lines()) from errors
    for file, found in zip(files, grids, strict=True):
        click.echo(f"{file} : {_summary(found)}")


def _summary(found: grille.Grid) -> str:
    status = _("proposition") if found.status == "proposition" else _("officielle")
    core = sum(skill.core for skill in found.skills)
    return _(
        "grille %(id)s %(version)s (%(status)s), correcte. Familles : %(families)s ; savoir-faire : "
        "%(skills)s, dont %(core)s en forme courte ; niveaux : %(lowest)s à %(highest)s ; "
        "collèges : %(colleges)s.",
        id=found.id,
        version=found.version,
        status=status,
        families=len(found.families),
        skills=len(found.skills),
        core=core,
        lowest=found.lowest,
        highest=found.highest,
        colleges=len(found.colleges),
    )
