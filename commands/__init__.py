"""The command line, one group per subject.

Knows arguments, exit codes and what to print.
Ignores pages; does nothing that the rooms below could not do without it.
"""

from flask import Flask

from commands.account import account
from commands.audit import audit
from commands.campaign import campaign
from commands.database import database
from commands.demo import demo
from commands.grid import grid
from commands.instrument import instrument
from commands.purge import purge
from commands.score import score

COMMANDS = (database, account, audit, campaign, demo, grid, instrument, purge, score)


def register(app: Flask) -> None:
    """Add every command to ``flask --app app``."""
    for command in COMMANDS:
        app.cli.add_command(command)
