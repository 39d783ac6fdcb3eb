"""``flask grid``: one line per good file, every problem of the bad ones; the library, in and out."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

import grille
from commands.grid import grid
from storage.core.engine import Database
from storage.operations.audit_log import Wanted, entry_page


def entries(database: Database):
    return entry_page(database, Wanted()).rows


def check(*files):
    return CliRunner().invoke(grid, ["check", *map(str, files)])


def test_the_shipped_grids_are_correct():
    result = check(*grille.shipped())
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert len(lines) == len(grille.shipped())
    assert all("correcte" in line and "proposition" in line for line in lines)
    assert "28, dont 15 en forme courte" in lines[-1]


def test_every_problem_of_every_file_and_exit_code_2(tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("id: 3\ntitre: x\n")
    result = check(bad, grille.shipped()[0], tmp_path / "absent.yaml")
    assert result.exit_code == 2
    assert result.stdout == ""
    for said in ("bad.yaml:1", "bad.yaml:2", "absent.yaml", "n’existe pas"):
        assert said in result.stderr


def test_remarks_go_with_a_grid_that_is_correct(tmp_path):
    shipped = grille.current()
    bare = [
        family.model_copy(update={"skills": tuple(one.model_copy(update={"core": False}) for one in family.skills)})
        for family in shipped.families
    ]
    path = tmp_path / "grille.yaml"
    path.write_text(grille.as_yaml(shipped.model_copy(update={"id": "atelier", "families": tuple(bare)})))
    lines = check(path).stdout.splitlines()
    assert "l’identifiant « atelier » est réservé" in lines[1].lower()
    assert "seul le complet sera possible" in lines[2]


@pytest.fixture
def run(app: Flask) -> Callable[..., Result]:
    """``flask --app app grid …``."""
    return lambda *arguments: app.test_cli_runner().invoke(args=["grid", *map(str, arguments)])


def test_a_workbook_goes_out_and_comes_in(run, tmp_path: Path) -> None:
    book = tmp_path / "grille.xlsx"
    assert run("export", "territoires-engagement", "2024.1", "--to", book).exit_code == 0
    assert "y était déjà : rien n’a changé" in run("add", book).stdout
    assert "2024.1 (proposition), correcte" in check(book).stdout
    (tmp_path / "texte.xlsx").write_text("id: 3")
    assert "ce classeur ne s’ouvre pas" in run("add", tmp_path / "texte.xlsx").stderr
    assert "n’existe pas" in check(tmp_path / "absent.xlsx").stderr


def test_a_grid_enters_the_library_and_comes_out_the_same(run, database: Database, tmp_path: Path) -> None:
    given, taken = tmp_path / "donnée.yaml", tmp_path / "sortie.yaml"
    given.write_text(grille.as_yaml(grille.current().model_copy(update={"id": "autre", "title": "Une « autre » : 1"})))
    assert run("add", given).stdout == "autre/2026.1 est dans la bibliothèque.\n"
    assert run("add", given).stdout == "autre/2026.1 y était déjà : rien n’a changé.\n"
    assert run("export", "autre", "2026.1", "--to", taken).exit_code == 0
    assert grille.load(taken) == grille.load(given)
    assert "autre/2026.1\tUne « autre » : 1\tproposition\n" in run("list").stdout
    assert [entry.event for entry in entries(database)] == ["grid added"]


def test_what_the_library_refuses_is_said_in_sentences(run, tmp_path: Path) -> None:
    other = tmp_path / "grille.yaml"
    other.write_text(grille.as_yaml(grille.current().model_copy(update={"title": "Autre texte"})))
    (tmp_path / "mauvaise.yaml").write_text("id: 3\n")
    for arguments, said in (
        (("add", other), "donnez un autre numéro à « version »"),
        (("add", tmp_path / "mauvaise.yaml"), "mauvaise.yaml:1"),
        (("export", "absente", "1", "--to", tmp_path / "x.yaml"), "ni une grille de la bibliothèque"),
        (("withdraw", "territoires-engagement/2026.1"), "choisissez-en une autre"),
    ):
        refused = run(*arguments)
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert said in refused.stderr


def test_a_grid_is_withdrawn_and_put_back(run, database: Database) -> None:
    run("withdraw", "2024.1")
    assert "\tretirée" in run("list").stdout
    run("withdraw", "territoires-engagement/2024.1", "--undo")
    assert "retirée" not in run("list").stdout
    assert [entry.event for entry in entries(database)] == ["grid restored", "grid withdrawn"]
