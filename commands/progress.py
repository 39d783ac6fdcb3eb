"""Progress of a long reading, printed on the error stream so that it never mixes with results."""

from time import monotonic

import click

from grille.messages import Count
from grille.messages import message as _

PATIENCE = 1.0
EVERY = 1.0


class ReadingProgress:
    """Prints how much has been read, once a second; nothing for a reading shorter than that."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.next = monotonic() + PATIENCE

    def __call__(self, rows: int, share: float | None) -> None:
        """Tell the rows read so far and the share of the file that they are (``None``: unknown)."""
        if monotonic() < self.next:
            return
        self.next = monotonic() + EVERY
        count = str(Count(rows))
        part = "" if share is None else f", {share:.0%}".replace("%", "\u00a0%")
        click.echo(_("%(what)s : %(count)s lignes lues%(part)s", what=self.what, count=count, part=part), err=True)
