"""``flask --app app score``: compute five files from a table of answers and a grid file; no database, no secret."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

import grille
from commands.atomic_files import cannot_deliver, deliver
from commands.errors import Refusal
from commands.progress import ReadingProgress
from grille.messages import message as _
from storage.campaigns.validation import DEFAULT_K

if TYPE_CHECKING:
    from pandas import DataFrame

    from scoring import Profile, Rules

Result = TypeVar("Result")


@click.command("score", help=_("Calcule un profil depuis un tableau de réponses et le fichier de sa grille."))
@click.argument("answers", metavar=_("RÉPONSES.csv"), type=click.Path(path_type=Path))
@click.option(
    "--grid", "grid", required=True, type=click.Path(path_type=Path), help=_("Le fichier de la grille (YAML).")
)
@click.option("--colleges", type=click.Path(path_type=Path), help=_("Effectifs des collèges (CSV : code,size)."))
@click.option(
    "--k", type=int, default=DEFAULT_K, show_default=True, help=_("Aucun chiffre sur moins de K réponses (3 à 11).")
)
@click.option(
    "--weighting",
    type=click.Choice(["equal", "heads"]),
    default="equal",
    show_default=True,
    help=_("Poids des collèges dans le territoire : égal, ou selon leurs répondants."),
)
@click.option("--voluntary", multiple=True, help=_("CODE d’un collège invité par un appel ouvert à tous, à répéter."))
@click.option("--date", default="", help=_("Date ou période à imprimer avec les figures, par exemple « avril 2026 »."))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help=_("Le dossier où écrire les cinq fichiers.")
)
def score(
    answers: Path,
    grid: Path,
    colleges: Path | None,
    k: int,
    weighting: str,
    voluntary: tuple[str, ...],
    date: str,
    out: Path,
) -> None:
    """Read the files, report all their problems at once, else compute and write the results."""
    reading = _ScoreReading()
    read_grid = reading.attempt(lambda: grille.load(grid))
    table = reading.attempt(lambda: _answers(answers, read_grid))
    sizes = reading.attempt(lambda: _sizes(colleges, read_grid)) if colleges else None
    rules = reading.attempt(lambda: _rules(k, weighting, sizes, voluntary))
    if trouble := cannot_deliver(out):
        reading.problems.append(trouble)
    if reading.problems or read_grid is None or table is None or rules is None:
        raise Refusal(*reading.problems)
    _write(_profile(table, read_grid, rules), date, out)


class _ScoreReading:
    """Tries to read several things, and keeps what is wrong in each."""

    def __init__(self) -> None:
        self.problems: list[object] = []

    def attempt(self, read: Callable[[], Result]) -> Result | None:
        from scoring import ScoringError

        try:
            return read()
        except grille.FileErrors as errors:
            self.problems += errors.lines()
        except ScoringError as errors:
            self.problems += errors.problems
        except OSError as error:
            self.problems.append(
                _(
                    "%(filename)s : la lecture s’est interrompue ; vérifiez le disque, puis réessayez.",
                    filename=error.filename or "",
                )
            )
        return None


def _answers(path: Path, grid: grille.Grid | None) -> DataFrame | None:
    """The table or, when its grid cannot be read, at least what is wrong in its form."""
    from questionnaires.answers_table import check_form, read_answers

    if grid is None:
        check_form(path)
        return None
    return read_answers(path, grid, ReadingProgress(str(path)))


def _sizes(path: Path, grid: grille.Grid | None) -> dict[str, int] | None:
    from questionnaires.answers_table import check_form
    from questionnaires.college_sizes import read_colleges

    if grid is None:
        check_form(path)
        return None
    return read_colleges(path, grid)


def _rules(k: int, weighting: Any, sizes: dict[str, int] | None, voluntary: tuple[str, ...]) -> Rules:
    from scoring import Rules

    return Rules(k=k, weighting=weighting, sizes=sizes, voluntary=voluntary)


def _profile(table: DataFrame, grid: grille.Grid, rules: Rules) -> Profile:
    from scoring import ScoringError, profile

    try:
        return profile(table, grid, rules)
    except ScoringError as errors:
        raise Refusal(*errors.problems) from errors


def _write(profile: Profile, date: str, out: Path) -> None:
    from restitution.documents.profile_files import documents

    files = documents(profile, date)
    try:
        deliver(files, out)
    except OSError as error:
        raise Refusal(
            _("%(out)s : rien n’a pu y être écrit ; vérifiez la place et les droits, ou changez de dossier.", out=out)
        ) from error
    click.echo(
        _("%(count)s fichiers écrits dans %(out)s : %(files)s", count=len(files), out=out, files=", ".join(files))
    )
