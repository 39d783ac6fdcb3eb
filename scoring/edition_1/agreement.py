"""The agreement within a college, as a number and in words."""

from typing import Final

from grille.messages import marked
from scoring.cells import SkillTally
from scoring.edition_1.rules import Rules
from scoring.statistics.exact import exact

CONVERGENT: Final = marked("avis convergents")
SHARED: Final = marked("avis partagés")
OPPOSED: Final = marked("avis opposés")


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
    """Return the agreement in French: convergent if AD ≤ A/6 on enough answers, else opposed or shared.

    A/6 is the upper limit of Burke & Dunlap (2002), Organizational Research Methods 5, 159–172. « opposés », when many
    people chose each end of the scale, is our own rule. None for fewer than two answers.

    >>> words(SkillTally(counts=(3, 0, 0, 0, 3), lowest=0, unknown=0, not_applicable=0, unanswered=0), Rules())
    'avis opposés'
    """
    if cell.n < 2:
        return None
    if cell.n >= rules.agreement_n and rules.agreement_divisor * cell.gaps <= len(cell.counts) * cell.n**2:
        return CONVERGENT
    return OPPOSED if _both_ends_held(cell, rules) else SHARED


def _both_ends_held(cell: SkillTally, rules: Rules) -> bool:
    reach = min(rules.opposed_levels, len(cell.counts) // 2)
    share = exact(rules.opposed_share)
    held = min(sum(cell.counts[:reach]), sum(cell.counts[-reach:]))
    return held * share.denominator >= share.numerator * cell.n
