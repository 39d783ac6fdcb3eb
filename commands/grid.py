"""``flask --app app grid``: grid files, checked before anyone is asked anything."""

from pathlib import Path

import click

import grille
from commands.errors import Refusal


@click.group(help="Les grilles de savoir-faire : vérifier un fichier.")
def grid() -> None:
    """Need no application: a grid is checked before anything runs."""


@grid.command("check", help="Vérifie des fichiers de grille : dit tout ce qui ne va pas, avec la ligne et quoi faire.")
@click.argument("files", metavar="FICHIER…", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Print one line per grid, or every problem of every file."""
    try:
        grids = grille.check(files)
    except grille.GridErrors as errors:
        raise Refusal(*errors.lines()) from errors
    for file, found in zip(files, grids, strict=True):
        click.echo(f"{file} : {_summary(found)}")


def _summary(found: grille.Grid) -> str:
    status = "proposition" if found.status == "proposition" else "officielle"
    core = sum(skill.core for skill in found.skills)
    return (
        f"grille {found.id} {found.version} ({status}), correcte. Familles : {len(found.families)} ; savoir-faire : "
        f"{len(found.skills)}, dont {core} en forme courte ; niveaux : {found.lowest} à {found.highest} ; "
        f"collèges : {len(found.colleges)}."
    )
