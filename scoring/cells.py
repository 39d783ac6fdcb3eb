"""Cells: the counts of a college's answers to a skill, and which cells may be published (method, steps 1 and 2)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from scoring.coding import NSP, SO, UNANSWERED, WORKSHOP, CodedAnswers, Codes
from scoring.conventions import Conventions

Tallies = dict[tuple[str, str], "SkillTally"]


@dataclass(frozen=True)
class SkillTally:
    """The counts of a college's answers to a skill.

    ``counts`` has one count per level, lowest first; ``lowest`` is the value of the first level.

    >>> cell = SkillTally(counts=(0, 1, 2, 1, 0), lowest=0, unknown=1, not_applicable=0, unanswered=0)
    >>> cell.n, cell.mean, round(cell.sd, 3), cell.ad
    (4, Fraction(2, 1), 0.816, 0.5)
    """

    counts: tuple[int, ...]
    lowest: int
    unknown: int
    not_applicable: int
    unanswered: int

    @cached_property
    def n(self) -> int:
        """The number of valid answers, those that are a level."""
        return sum(self.counts)

    @cached_property
    def respondents(self) -> int:
        """The number of the college's respondents, whatever they answered to this skill."""
        return self.n + self.unknown + self.not_applicable + self.unanswered

    @cached_property
    def total(self) -> int:
        """The sum of the levels, each counted from 0 for the lowest."""
        return sum(step * count for step, count in enumerate(self.counts))

    @cached_property
    def mean(self) -> Fraction:
        """The mean of the valid answers, m = Σx / n, in levels. Raises ``ZeroDivisionError`` when there is none."""
        return Fraction(self.lowest * self.n + self.total, self.n)

    @cached_property
    def squares(self) -> int:
        """n · Σ(x − m)², an integer."""
        return self.n * sum(step * step * count for step, count in enumerate(self.counts)) - self.total**2

    @cached_property
    def gaps(self) -> int:
        """n · Σ|x − m|, an integer."""
        return sum(abs(step * self.n - self.total) * count for step, count in enumerate(self.counts))

    @property
    def sd(self) -> float | None:
        """The standard deviation √(Σ(x − m)² / (n − 1)), in levels; None for fewer than two valid answers."""
        return None if self.n < 2 else math.sqrt(self.squares / (self.n * (self.n - 1)))

    @property
    def ad(self) -> float:
        """The mean absolute deviation AD = Σ|x − m| / n, in levels (Burke, Finkelstein & Dusig 1999).

        Raises ``ZeroDivisionError`` when there is no valid answer.
        """
        return self.gaps / self.n**2

    def share(self, count: int) -> float:
        """Return a count as a share of the college's respondents, from 0 to 1."""
        return count / self.respondents


def tally(answers: CodedAnswers) -> Tallies:
    """Return every cell of the campaign, by skill and college."""
    return {
        (skill.code, college): _cell(answers.block(college)[row], answers)
        for row, skill in enumerate(answers.grid.skills)
        for college in answers.colleges
    }


def _cell(codes: Codes, answers: CodedAnswers) -> SkillTally:
    counts = np.bincount(codes - SO, minlength=len(answers.grid.levels) - SO).tolist()
    silent = {state: counts[state - SO] for state in (UNANSWERED, NSP, SO)}
    return SkillTally(
        counts=tuple(counts[-SO:]),
        lowest=answers.grid.lowest,
        unknown=silent[NSP],
        not_applicable=silent[SO],
        unanswered=silent[UNANSWERED],
    )


def published(cells: Tallies, rules: Conventions) -> Tallies:
    """Return the cells that may be published: those with at least k valid answers."""
    return {
        (skill, college): cell
        for (skill, college), cell in cells.items()
        if cell.n >= rules.threshold(workshop=college == WORKSHOP)
    }


def blank_hidden(answers: CodedAnswers, shown: Tallies) -> CodedAnswers:
    """Return the answers with every unpublished cell emptied, so that nothing computed from them discloses it.

    This is the closure principle: hide first, compute after.
    """
    codes = answers.codes.copy()
    for row, skill in enumerate(answers.grid.skills):
        for place, college in enumerate(answers.colleges):
            if (skill.code, college) not in shown:
                codes[row, answers.bounds[place] : answers.bounds[place + 1]] = UNANSWERED
    return CodedAnswers(answers.grid, answers.colleges, codes, answers.bounds)


def positions(answers: CodedAnswers, skills: Sequence[str]) -> list[int]:
    """Return the row numbers of these skills in the coded answers."""
    rows = {skill.code: row for row, skill in enumerate(answers.grid.skills)}
    return [rows[skill] for skill in skills]
