"""The address that printed links begin with, which the server writes to a file for commands run later; and the command
that makes the first account.

Commands are often typed in another terminal than the one where PORT was set.
"""

import shlex
import sys
from contextlib import suppress
from pathlib import Path

from flask import Flask, current_app

from grille.messages import message as _


def site_link(*parts: str) -> str:
    """Return the whole address of a path, as people can open it."""
    return "/".join([_site().rstrip("/"), *parts])


def note_address(app: Flask) -> None:
    """Write the address of the starting server beside its database; does nothing if the folder is read-only."""
    with suppress(OSError):
        _note(app).write_text(app.config["PUBLIC_URL"])


def first_account_command(database: str) -> str:
    """Return the command that makes the first account of this installation, to copy into a terminal of its machine."""
    python, folder = Path(sys.executable), Path.cwd()
    here = python.relative_to(folder) if python.is_relative_to(folder) else python
    places = f"cd {shlex.quote(str(folder))} && DATA={shlex.quote(str(Path(database).parent))} {shlex.quote(str(here))}"
    invite = _("account invite vous@exemple.fr --name 'Votre nom'")
    return f"{places} -m flask --app app {invite}"


def _site() -> str:
    """What the environment of this command says, or else what the last server of this folder noted."""
    address: str = current_app.config["PUBLIC_URL"]
    if not current_app.config["ADDRESS_GIVEN"]:
        with suppress(OSError):
            address = _note(current_app).read_text() or address
    return address


def _note(app: Flask) -> Path:
    return Path(app.config["DATABASE"]).with_name("address")
