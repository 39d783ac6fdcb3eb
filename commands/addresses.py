"""The address that printed links begin with; the server writes it to a file for commands run later.

Commands are often typed in another terminal than the one where PORT was set.
"""

from contextlib import suppress
from pathlib import Path

from flask import Flask, current_app


def site_link(*parts: str) -> str:
    """Return the whole address of a path, as people can open it."""
    return "/".join([_site().rstrip("/"), *parts])


def note_address(app: Flask) -> None:
    """Write the address of the starting server beside its database; does nothing if the folder is read-only."""
    with suppress(OSError):
        _note(app).write_text(app.config["PUBLIC_URL"])


def _site() -> str:
    """What the environment of this command says, or else what the last server of this folder noted."""
    address: str = current_app.config["PUBLIC_URL"]
    if not current_app.config["ADDRESS_GIVEN"]:
        with suppress(OSError):
            address = _note(current_app).read_text() or address
    return address


def _note(app: Flask) -> Path:
    return Path(app.config["DATABASE"]).with_name("address")
