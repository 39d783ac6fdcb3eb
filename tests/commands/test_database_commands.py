"""``database migrate`` and ``database check``: what they print, and when they refuse."""

from pathlib import Path

from flask import Flask

from app import create_app
from settings import Settings


def an_app(folder: Path) -> Flask:
    return create_app(Settings(data=folder, secret_key="a secret that only tests can know"))


def test_a_database_is_created_then_up_to_date_then_sound(tmp_path: Path) -> None:
    runner = an_app(tmp_path / "data").test_cli_runner()
    assert "Étapes faites" in runner.invoke(args=["database", "migrate"]).stdout
    assert runner.invoke(args=["database", "migrate"]).stdout == "La base de données est à jour.\n"
    assert runner.invoke(args=["database", "check"]).stdout == "La base de données est saine.\n"


def test_a_database_that_is_not_there_is_said_with_the_remedy(tmp_path: Path) -> None:
    for arguments in (["database", "check"], ["campaign", "list"], ["demo"]):
        result = an_app(tmp_path).test_cli_runner().invoke(args=arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "flask --app app database migrate" in result.stderr
        assert len(result.stderr.splitlines()) == 1


def test_a_damaged_database_is_said(app: Flask) -> None:
    path = Path(app.config["DATABASE"])
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096)
    result = app.test_cli_runner().invoke(args=["database", "check"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "emettez une sauvegarde" in result.stderr
