"""The command line, one group per subject.

Knows arguments, exit codes and what to print.
Ignores pages; does nothing that the rooms below could not do without it.
"""

from typing import Any

from flask import Flask
from flask.cli import AppGroup

from commands.addresses import first_account_command


class _Commands(AppGroup):
    """The commands of ``flask --app app``, loaded once one is asked for: a process that serves people needs none."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all of them."""
        self._load()
        return super().list_commands(ctx)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command of that name; None if there is none."""
        self._load()
        return super().get_command(ctx, cmd_name)

    def _load(self) -> None:
        from commands.all_commands import COMMANDS

        for command in COMMANDS:
            self.add_command(command)


def register(app: Flask) -> None:
    """Add every command to ``flask --app app``, and say in ``FIRST_ACCOUNT`` how the first account is made."""
    app.config["FIRST_ACCOUNT"] = first_account_command(app.config.get("DATABASE", ""))
    app.cli = _Commands(app.name)
