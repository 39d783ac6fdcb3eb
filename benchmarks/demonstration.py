"""What benchmarks measure on, made without anything but what ``make run`` installs."""

from pathlib import Path

from flask import Flask

from app import create_app
from settings import Settings


def application(data: Path) -> Flask:
    """The application over that folder."""
    return create_app(Settings(data=data, secret_key="a secret that only benchmarks know"))


def make_demo(data: Path) -> None:
    """Fill a folder with the demonstration, as its commands do."""
    commands = application(data).test_cli_runner()
    for arguments in (["database", "migrate"], ["demo"]):
        result = commands.invoke(args=arguments)
        assert result.exit_code == 0, result.output
