"""Progress of long work, printed on the error stream so that it never mixes with results."""

from time import monotonic

import click

from grille.messages import Count, counted
from grille.messages import message as _

PATIENCE = 1.0
EVERY = 1.0


class Interval:
    """Says when to tell more: once a second; never for work shorter than that."""

    def __init__(self) -> None:
        self.next = monotonic() + PATIENCE

    def is_due(self) -> bool:
        """Whether a second has passed since the last time."""
        if monotonic() < self.next:
            return False
        self.next = monotonic() + EVERY
        return True


class ReadingProgress:
    """Prints how much has been read."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.interval = Interval()

    def __call__(self, rows: int, share: float | None) -> None:
        """Tell the rows read so far and the share of the file that they are (``None``: unknown)."""
        if not self.interval.is_due():
            return
        part = "" if share is None else f", {share:.0%}".replace("%", "\u00a0%")
        lines = counted("%(n)s ligne lue%(part)s", "%(n)s lignes lues%(part)s", rows, part=part)
        click.echo(_("%(what)s : %(lines)s", what=self.what, lines=lines), err=True)


class ExportProgress:
    """Prints how many campaigns are written, of how many."""

    def __init__(self, total: int) -> None:
        self.total, self.done, self.interval = total, 0, Interval()

    def advance(self, campaigns: int = 1) -> None:
        """Tell that so many more are written."""
        self.done += campaigns
        if self.interval.is_due():
            of = Count(self.total)
            said = counted(
                "Export\u00a0: %(n)s campagne sur %(of)s", "Export\u00a0: %(n)s campagnes sur %(of)s", self.done, of=of
            )
            click.echo(said, err=True)
