"""What is wrong in one file, gathered as it is read: nothing stops at the first problem."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from grille.errors import FileProblem  # and not from grille: what reads untrusted files loads no more than it needs

LISTED: Final = 1_000


@dataclass
class TableFindings:
    """What is wrong in one file: the first ``LISTED`` problems in full, all of them counted."""

    file: str
    problems: list[FileProblem] = field(default_factory=list)
    total: int = 0

    def add(self, message: str, line: int | None = None, column: str | None = None) -> None:
        """Note one problem."""
        self.total += 1
        if len(self.problems) < LISTED:
            self.problems.append(FileProblem(self.file, line, message, column))

    def count_only(self, more: int) -> None:
        """Count problems that are too many to be told one by one."""
        self.total += more

    def take(self, problems: Iterable[tuple[int | None, str]], total: int) -> None:
        """Note what was found elsewhere in this file: the first problems (line, message), and how many there are."""
        before = self.total
        for line, message in problems:
            self.add(message, line)
        self.total = before + total

    def in_order(self) -> list[FileProblem]:
        """The problems in the order of the lines, those of the whole file first."""
        return sorted(self.problems, key=lambda problem: problem.line or 0)
