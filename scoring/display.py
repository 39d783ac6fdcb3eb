"""Rounding of the results that are shown (method § 10): half up, once, from the exact figure, so that sums agree.

Functions take exact fractions (or floats from tables, read as they are written) and return ``Decimal``s with the
decimals to print. No other module rounds a figure of the results.
"""

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from grille.grid import Grid, Level
from grille.messages import message as _
from grille.rounding import decimals as decimals
from grille.rounding import half_up as half_up
from scoring.statistics.exact import Number, exact

_SLACK: Final = Fraction(1, 10**9)
_HALF: Final = Fraction(1, 2)


def _scaled(units: int, places: int) -> Decimal:
    return Decimal(units).scaleb(-places)


def rounded_down(figure: Number, places: int) -> Decimal:
    """Return the lower end x of an interval, rounded down to d decimals: ⌊10^d·x + 10⁻⁹⌋ / 10^d.

    >>> rounded_down(0.8373, 1), rounded_down(-0.01, 1)
    (Decimal('0.8'), Decimal('-0.1'))
    """
    return _scaled(math.floor(exact(figure) * 10**places + _SLACK), places)


def rounded_up(figure: Number, places: int) -> Decimal:
    """Return the upper end x of an interval, rounded up to d decimals: ⌈10^d·x − 10⁻⁹⌉ / 10^d.

    >>> rounded_up(1.5961, 1), rounded_up(1.5, 1)
    (Decimal('1.6'), Decimal('1.5'))
    """
    return _scaled(math.ceil(exact(figure) * 10**places - _SLACK), places)


def score_shown(score: Number, grid: Grid, compared: bool = False) -> Decimal:
    """Return a score as printed; with one more decimal when a change is shown on the same page (``compared``).

    >>> from grille import current
    >>> score_shown(Fraction(73, 60), current()), score_shown(Fraction(73, 60), current(), compared=True)
    (Decimal('1.2'), Decimal('1.22'))
    """
    return half_up(score, decimals(len(grid.levels)) + compared)


def interval_shown(low: Number, high: Number, places: int, grid: Grid | None = None) -> tuple[Decimal, Decimal]:
    """Return an interval rounded outwards; with a grid, within its scale.

    >>> interval_shown(1.8619, 2.4715, 1)
    (Decimal('1.8'), Decimal('2.5'))
    """
    ends = rounded_down(low, places), rounded_up(high, places)
    if grid is None:
        return ends
    lowest, highest = _scaled(grid.lowest * 10**places, places), _scaled(grid.highest * 10**places, places)
    return max(ends[0], lowest), min(ends[1], highest)


def change_shown(before: Number, after: Number, places: int) -> tuple[Decimal, Decimal, Decimal]:
    """Return both figures as shown, and their difference, computed from the figures as shown.

    >>> change_shown(Fraction(27, 20), Fraction(17, 8), 2)
    (Decimal('1.35'), Decimal('2.13'), Decimal('0.78'))
    """
    was, now = half_up(before, places), half_up(after, places)
    return was, now, now - was


def difference_shown(one: Number, other: Number, places: int) -> Decimal:
    """Return ``other`` − ``one``, computed from the figures as shown.

    >>> difference_shown(Fraction(77, 60), Fraction(13, 10), 2)
    Decimal('0.02')
    """
    return change_shown(one, other, places)[2]


def largest_remainder(terms: Sequence[Fraction], places: int) -> tuple[Decimal, ...]:
    """Return the terms, rounded so that they add up to their rounded sum (largest remainder method).

    Terms with the largest remainders are rounded up, the first ones in case of a tie.

    >>> largest_remainder([Fraction(7, 12), Fraction(3, 4), Fraction(5, 6)], 2)
    (Decimal('0.59'), Decimal('0.75'), Decimal('0.83'))
    """
    scaled = [exact(term) * 10**places for term in terms]
    floors = [math.floor(term) for term in scaled]
    missing = math.floor(sum(scaled, _HALF)) - sum(floors)
    ranked = sorted(range(len(terms)), key=lambda place: floors[place] - scaled[place])
    raised = set(ranked[:missing])
    return tuple(_scaled(floor + (place in raised), places) for place, floor in enumerate(floors))


def levels_read(grid: Grid, score: Number, places: int | None = None) -> tuple[Level, ...]:
    """Return the level nearest to a score as displayed; both neighbours when it is displayed exactly half way.

    ``places`` is the number of decimals displayed, by default that of a score.

    >>> from grille import current
    >>> [[level.value for level in levels_read(current(), score)] for score in (1.4, 2.46, 2.54, 4)]
    [[1], [2, 3], [2, 3], [4]]
    """
    shown = exact(half_up(score, decimals(len(grid.levels)) if places is None else places))
    steps = shown - grid.lowest
    below = math.floor(steps)
    if steps - below == _HALF and 0 <= below < len(grid.levels) - 1:
        return grid.levels[below], grid.levels[below + 1]
    return (grid.levels[max(0, min(math.floor(steps + _HALF), len(grid.levels) - 1))],)


def level_words(grid: Grid, score: Number, places: int | None = None) -> str:
    """Return in French the level nearest to a score, or the two levels when it is displayed half way.

    >>> from grille import Grid, Level
    >>> levels = tuple(Level(value=value, label=f"niveau {value}") for value in range(5))
    >>> grid = Grid(id="g", version="1", title="G", status="proposition", levels=levels, families=(), colleges=())
    >>> level_words(grid, 1.4), level_words(grid, 2.5)
    ('niveau 1', 'entre «\xa0niveau 2\xa0» et «\xa0niveau 3\xa0»')
    """
    read = levels_read(grid, score, places)
    if len(read) == 1:
        return read[0].label
    return _("entre «\u00a0%(low)s\u00a0» et «\u00a0%(high)s\u00a0»", low=read[0].label, high=read[1].label)
