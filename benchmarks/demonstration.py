"""The demonstration that benchmarks measure, made with nothing but what ``make run`` installs."""

from pathlib import Path

from flask import Flask

from app import create_app
from settings import Settings


def application(data: Path) -> Flask:
    """Return the application with that data folder."""
    return create_app(Settings(data=data, secret_key="a secret that only benchmarks know"))


def make_demo(data: Path) -> None:
    """Fill a folder with the demonstration, through its own commands."""
    commands = application(data).test_cli_runner()
    for arguments in (["database", "migrate"], ["demo"]):
        result = commands.invoke(args=arguments)
        assert result.exit_code == 0, result.output
