"""The problems of a file, collected while it is read; reading does not stop at the first one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from grille.errors import FileProblem  # not from grille: readers of untrusted files import little

LISTED: Final = 1_000


@dataclass
class TableFindings:
    """The problems of a file: the first ``LISTED`` are kept, all are counted in ``total``."""

    file: str
    problems: list[FileProblem] = field(default_factory=list)
    total: int = 0

    def add(self, message: str, line: int | None = None, column: str | None = None) -> None:
        """Add a problem, with its line (from 1) and its column if they are known."""
        self.total += 1
        if len(self.problems) < LISTED:
            self.problems.append(FileProblem(self.file, line, message, column))

    def count_only(self, more: int) -> None:
        """Count ``more`` problems without keeping them."""
        self.total += more

    def take(self, problems: Iterable[tuple[int | None, str]], total: int) -> None:
        """Add problems (line, message) that another reader found in this file; ``total`` is their number."""
        before = self.total
        for line, message in problems:
            self.add(message, line)
        self.total = before + total

    def in_order(self) -> list[FileProblem]:
        """Return the problems in the order of their lines, those without line first."""
        return sorted(self.problems, key=lambda problem: problem.line or 0)
