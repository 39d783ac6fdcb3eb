"""``flask grid texts``: what is added to a grid goes out, is filled in, comes back whole, and is offered."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

import grille
from grille.additions.languages import easy_tag
from storage.core.engine import Database
from storage.grids.additions import addition_of, texts
from storage.operations.audit_log import Wanted, entry_page

SHIPPED = grille.current()
NAME = f"{SHIPPED.id}/{SHIPPED.version}"


@pytest.fixture
def run(app: Flask) -> Callable[..., Result]:
    """``flask --app app grid texts …``."""
    return lambda *arguments: app.test_cli_runner().invoke(args=["grid", "texts", *map(str, arguments)])


def test_a_translation_goes_out_comes_in_and_is_offered(
    run: Callable[..., Result], database: Database, tmp_path: Path
) -> None:
    file, book = tmp_path / "en.xlf", tmp_path / "en.xlsx"
    assert run("export", NAME, "en", "--to", file).exit_code == 0
    assert run("export", NAME, "en", "--to", book).exit_code == 0
    empty = run("add", NAME, "en", book)
    assert (empty.exit_code, "aucun texte écrit" in empty.stderr) == (2, True)
    text = file.read_text()
    end = f"<source>{SHIPPED.title}</source>"
    file.write_text(text.replace(end, f"{end}<target>The grid</target>"))
    assert run("add", NAME, "en", file).stdout.endswith("1.\n")
    assert run("add", NAME, "en", file).stdout.endswith("0.\n")
    assert "pas en service\tà écrire" in run("list", NAME).stdout.replace("\u00a0", " ")
    assert run("offer", NAME, "en").exit_code == 0
    assert texts(database, SHIPPED, "en").title == "The grid"
    file.write_text(file.read_text().replace("The grid", "A grid"))
    late = run("add", NAME, "en", file)
    assert (late.exit_code, "a changé depuis" in late.stderr) == (2, True)
    assert run("add", NAME, "en", file, "--replace").exit_code == 0
    assert texts(database, SHIPPED, "en").title == "A grid"
    assert run("offer", NAME, "en", "--undo").exit_code == 0
    assert not addition_of(database, SHIPPED, "en").offered
    seen = [entry.event for entry in entry_page(database, Wanted()).rows]
    assert seen == ["grid texts withdrawn", "grid texts written", "grid texts offered", "grid texts written"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("offer", NAME, "en"), "rien n’est encore écrit"),
        (("offer", NAME, easy_tag("fr")), "rien n’est encore écrit"),
        (("offer", NAME, "anglais"), "n’est pas le code d’une langue"),
        (("offer", NAME, "fr"), "déjà écrite dans cette langue"),
        (("list", "absente/1"), "ni une grille de la bibliothèque"),
        (("add", NAME, "en", "/nulle/part.xlf"), "n’existe pas"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    run: Callable[..., Result], arguments: tuple[str, ...], said: str
) -> None:
    refused = run(*arguments)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert said in refused.stderr.lower().replace("\u00a0", " ")
