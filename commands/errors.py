"""How a command refuses: one sentence per problem on the error stream, exit code 2, no traceback."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click

from grille.messages import message as _
from storage.core.damage import CampaignDamaged
from storage.core.database_errors import DatabaseNotReady, DatabaseUnavailable
from storage.core.errors import CampaignError
from storage.operations.backup_check import BackupRefused


class Refusal(click.ClickException):
    """An error that the user of the command can put right; its exit code is 2."""

    exit_code = 2

    def __init__(self, *problems: object) -> None:
        super().__init__("\n".join(map(str, problems)))

    def show(self, file: IO[Any] | None = None) -> None:
        """Print each problem on a line, without click's prefix."""
        click.echo(self.message, file=file, err=True)


@contextmanager
def refusals() -> Iterator[None]:
    """Turn the errors of storage into a ``Refusal``."""
    try:
        yield
    except (CampaignError, BackupRefused) as error:
        raise Refusal(*error.problems) from error
    except (DatabaseNotReady, DatabaseUnavailable, CampaignDamaged) as error:
        raise Refusal(error) from error


def write_file(out: Path, content: bytes) -> None:
    """Write the file that a command was asked for. Raises ``Refusal`` when it cannot be written there."""
    try:
        out.write_bytes(content)
    except OSError as error:
        raise Refusal(_("%(out)s : rien n’a pu y être écrit ; vérifiez le dossier et vos droits.", out=out)) from error
