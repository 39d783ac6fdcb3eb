"""The spread (« étalement ») of a family for a college (method § 4): exact, or in steps when a small cell is used."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from scoring.cells import SkillTally
from scoring.rules import Rules
from scoring.statistics.exact import exact, total
from scoring.statistics.student import root

_STEPS: Final = 4
_HINDSIGHT_STEPS: Final = 16


@dataclass(frozen=True)
class Spread:
    """A spread: ``square`` is e², in levels²; ``rule`` is the rule of § 4 that gave it, from 1 to 6.

    >>> Spread(Fraction(1, 4), 2).e
    0.5
    """

    square: Fraction
    rule: int

    @property
    def e(self) -> float:
        """The spread e, in levels."""
        return root(self.square)


def variance(cell: SkillTally) -> Fraction:
    """Return the exact variance s² = Σ(x − m)²/(n − 1), in levels². Raises ``ZeroDivisionError`` for n < 2.

    >>> variance(SkillTally(counts=(0, 5, 1, 0, 0), lowest=0, unknown=0, not_applicable=0, unanswered=0))
    Fraction(1, 6)
    """
    return Fraction(cell.squares, cell.n * (cell.n - 1))


def is_small(n: int, rules: Rules) -> bool:
    """Return whether a cell with n valid answers is small, so that only its mean is shown."""
    return n < rules.k_detail


def spread_rule(used: Iterable[int], college: Iterable[int], rules: Rules) -> int:
    """Return the rule of § 4 that applies, from the n of the cells used and of all published cells of the college.

    >>> [spread_rule(used, used, Rules()) for used in ([10, 12], [5, 6, 7], [5, 12], [5])]
    [1, 2, 3, 6]
    >>> [spread_rule([5], college, Rules()) for college in ([5, 6, 7], [5, 12])]
    [4, 5]
    """
    cells, all_cells = list(used), list(college)
    small = sum(is_small(n, rules) for n in cells)
    all_small = sum(is_small(n, rules) for n in all_cells)
    conditions = (
        small == 0,
        small >= rules.spread_skills,
        small < len(cells),
        all_small >= rules.spread_skills,
        all_small < len(all_cells),
    )
    return next((rule for rule, holds in enumerate(conditions, start=1) if holds), 6)


def spread_of(weights: Mapping[str, Fraction], tallies: Mapping[str, SkillTally], levels: int, rules: Rules) -> Spread:
    """Return the spread of a family, from the weights of its skills used and all published cells of the college.

    ``weights`` has a positive weight per skill used. Rules 1 and 3: √(Σ a·s²/Σ a) over the cells published in detail.
    Rules 2 and 4: the step nearest to the unweighted mean. Rule 5: that mean. Rules 4 to 6: at least the default.
    """
    rule = spread_rule((tallies[skill].n for skill in weights), (cell.n for cell in tallies.values()), rules)
    if rule in (1, 3):
        known = [skill for skill in weights if not is_small(tallies[skill].n, rules)]
        return Spread(_weighted([(weights[skill], variance(tallies[skill])) for skill in known]), rule)
    if rule == 2:
        return Spread(step([variance(tallies[skill]) for skill in weights], levels), rule)
    others = [variance(cell) for cell in tallies.values() if is_small(cell.n, rules) == (rule == 4)]
    floor = default_square(levels, rules)
    if rule == 4:
        return Spread(max(step(others, levels), floor), rule)
    return Spread(max(_mean(others), floor) if rule == 5 else floor, rule)


def mean_variance(cells: Iterable[SkillTally]) -> Fraction:
    """Return the unweighted mean of the variances s² of these cells. Raises ``ZeroDivisionError`` without cells."""
    return _mean([variance(cell) for cell in cells])


def default_square(levels: int, rules: Rules) -> Fraction:
    """Return the square of the default spread, (R·spread_default)² in levels², used when nothing measures it."""
    return (exact(rules.spread_default) * (levels - 1)) ** 2


def step(variances: Sequence[Fraction], levels: int) -> Fraction:
    """Return (R·j/8)², with j the integer from 1 to 4 nearest to 8√q/R, halves up; q is the mean of the variances.

    >>> step([Fraction(17, 30), Fraction(3, 10), Fraction(3, 10)], levels=5)
    Fraction(1, 4)
    """
    return nearest_step(_mean(variances), levels, _STEPS, 2 * _STEPS)


def step_range(square: Fraction, levels: int, floor: Fraction = Fraction(0)) -> tuple[Fraction, Fraction | None]:
    """Return the lower and upper limits of a mean variance that is published as this step, in levels².

    ``floor`` is the smallest square that can be published; an upper limit of None means that there is none.

    >>> step_range(Fraction(1), levels=5), step_range(Fraction(9, 4), levels=5, floor=Fraction(9, 4))
    ((Fraction(9, 16), Fraction(25, 16)), (Fraction(0, 1), Fraction(49, 16)))
    """
    width = Fraction(levels - 1, 2 * _STEPS)
    place = max(place for place in range(_STEPS + 1) if (width * place) ** 2 <= square)
    low = Fraction(0) if place <= 1 or square <= floor else (width * (2 * place - 1) / 2) ** 2
    return low, None if place == _STEPS else (width * (2 * place + 1) / 2) ** 2


def hindsight_step(square: Fraction, levels: int) -> Fraction:
    """Return (R·j/16)², with j the integer from 1 to 16 nearest to 16√q/R, halves up; q is ``square`` (method § 8)."""
    return nearest_step(square, levels, _HINDSIGHT_STEPS, _HINDSIGHT_STEPS)


def nearest_step(square: Fraction, levels: int, steps: int, parts: int) -> Fraction:
    """Return the square of the step nearest to √square among R/parts, 2R/parts … steps·R/parts; halves go up.

    >>> [nearest_step(Fraction(number), 5, 4, 8) for number in (0, 1, 100)]
    [Fraction(1, 4), Fraction(1, 1), Fraction(4, 1)]
    """
    width, place = Fraction(levels - 1, parts), 1
    while place < steps and square >= (width * (2 * place + 1) / 2) ** 2:
        place += 1
    return (width * place) ** 2


def _mean(values: Sequence[Fraction]) -> Fraction:
    return total(values) / len(values)


def _weighted(pairs: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    return total([weight * value for weight, value in pairs]) / total([weight for weight, _ in pairs])
