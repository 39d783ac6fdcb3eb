"""The agreement within a college, as a number and in words (method § 7)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from math import comb
from typing import Final

from scoring.cells import SkillTally
from scoring.rules import Rules
from scoring.statistics.exact import exact
from scoring.words import CONVERGENT, OPPOSED, SHARED

_ENUMERATED: Final = 20


def rwg(cell: SkillTally) -> float | None:
    """Return the agreement index r_wg = max(0, 1 − s²/σ²), from 0 to 1; σ² = (A² − 1)/12 is that of random answers.

    James, Demaree & Wolf (1984), Journal of Applied Psychology 69, 85–98. None for fewer than two answers.

    >>> rwg(SkillTally(counts=(0, 0, 2, 8, 0), lowest=0, unknown=0, not_applicable=0, unanswered=0))
    0.9111111111111111
    """
    if cell.n < 2:
        return None
    chance = (len(cell.counts) ** 2 - 1) * cell.n * (cell.n - 1)
    return max(0, chance - 12 * cell.squares) / chance


def words(cell: SkillTally, rules: Rules) -> str | None:
    """Return the agreement in French: convergent if the mean deviation AD is small, opposed if large, else shared.

    Small: AD ≤ A/6 (Burke & Dunlap 2002, Organizational Research Methods 5, 159–172) and, up to 20 answers, so small
    that random answers reach it once in twenty at most (Dunlap, Burke & Smith-Crowe 2003, Journal of Applied Psychology
    88, 356–362). Large: AD ≥ 5/8 of its maximum, R/2. None for fewer than two answers.

    >>> words(SkillTally(counts=(5, 0, 0, 0, 5), lowest=0, unknown=0, not_applicable=0, unanswered=0), Rules())
    'avis opposés'
    """
    if cell.n < 2:
        return None
    levels, deviation = len(cell.counts), Fraction(cell.gaps, cell.n**2)
    largest = convergence_limit(levels, cell.n, rules)
    if largest is not None and deviation <= largest:
        return CONVERGENT
    return OPPOSED if deviation >= exact(rules.opposed_share) * (levels - 1) / 2 else SHARED


def convergence_limit(levels: int, n: int, rules: Rules) -> Fraction | None:
    """Return the largest AD called convergent, in levels, for n answers on a scale of so many levels; None if none is.

    >>> [str(convergence_limit(5, n, Rules())) for n in (10, 11, 12, 13, 14, 21)]
    ['37/50', '96/121', '59/72', '140/169', '5/6', '5/6']
    """
    practical = Fraction(levels, rules.agreement_divisor)
    if n > _ENUMERATED:
        return practical
    rare = chance_limit(levels, n, exact(rules.agreement_chance))
    return None if rare is None else min(practical, rare)


@cache
def chance_limit(levels: int, n: int, chance: Fraction) -> Fraction | None:
    """Return c(A, n), the largest possible AD with P(AD ≤ c | n random answers) ≤ chance; None if there is none."""
    allowed, seen, largest = chance * levels**n, 0, None
    for deviation, ways in sorted(deviations(levels, n).items()):
        seen += ways
        if seen > allowed:
            break
        largest = Fraction(deviation, n**2)
    return largest


@cache
def deviations(levels: int, n: int) -> Mapping[int, int]:
    """Return how many of the A^n sequences of answers have each value of n²·AD.

    For each total T, with b people at levels below T/n whose sum is S, n²·AD = 2(bT − nS).

    >>> dict(deviations(2, 2))
    {0: 2, 2: 2}
    """
    found: Counter[int] = Counter()
    for cut in range(levels):  # the levels below `cut` are those below T/n, for n·(cut − 1) < T ≤ n·cut
        below, above = _ways(range(cut), n), _ways(range(cut, levels), n)
        totals = range(n * (cut - 1) + 1, n * cut + 1)
        for low in range(n + 1):
            _count(found, n, low, totals, below[low], above[n - low])
    return dict(found)


def _count(
    found: Counter[int], n: int, low: int, totals: range, below: Mapping[int, int], above: Mapping[int, int]
) -> None:
    choices = comb(n, low)
    for sum_low, ways_low in below.items():
        for sum_high, ways_high in above.items():
            whole = sum_low + sum_high
            if whole in totals:
                found[2 * (low * whole - n * sum_low)] += choices * ways_low * ways_high


def _ways(values: Sequence[int], n: int) -> list[dict[int, int]]:
    """Return, for 0 to n people, the number of ways to choose one of these values each, by the sum of the values."""
    rows: list[dict[int, int]] = [{0: 1}]
    for _ in range(n):
        row: Counter[int] = Counter()
        for whole, ways in rows[-1].items():
            for value in values:
                row[whole + value] += ways
        rows.append(dict(row))
    return rows
