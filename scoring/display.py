"""Every rounding of what is shown (method § 10): half up, once, from the exact figure, so that what is shown adds up.

Figures come as exact fractions (or as the doubles of the tables, read as they are written) and leave as ``Decimal``,
with exactly as many decimals as are printed. Nothing else in the product rounds a figure of the results.
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
    """⌊10^d·x + 10⁻⁹⌋ / 10^d: the lower end of an interval, never brought closer by rounding.

    >>> rounded_down(0.8373, 1), rounded_down(-0.01, 1)
    (Decimal('0.8'), Decimal('-0.1'))
    """
    return _scaled(math.floor(exact(figure) * 10**places + _SLACK), places)


def rounded_up(figure: Number, places: int) -> Decimal:
    """⌈10^d·x − 10⁻⁹⌉ / 10^d: the upper end of an interval.

    >>> rounded_up(1.5961, 1), rounded_up(1.5, 1)
    (Decimal('1.6'), Decimal('1.5'))
    """
    return _scaled(math.ceil(exact(figure) * 10**places - _SLACK), places)


def score_shown(score: Number, grid: Grid, compared: bool = False) -> Decimal:
    """A score as it is printed; with one more decimal wherever a change is shown on the same page.

    >>> from grille import current
    >>> score_shown(Fraction(73, 60), current()), score_shown(Fraction(73, 60), current(), compared=True)
    (Decimal('1.2'), Decimal('1.22'))
    """
    return half_up(score, decimals(len(grid.levels)) + compared)


def interval_shown(low: Number, high: Number, places: int, grid: Grid | None = None) -> tuple[Decimal, Decimal]:
    """An interval, rounded outwards; with a grid, never beyond its scale.

    >>> interval_shown(1.8619, 2.4715, 1)
    (Decimal('1.8'), Decimal('2.5'))
    """
    ends = rounded_down(low, places), rounded_up(high, places)
    if grid is None:
        return ends
    lowest, highest = _scaled(grid.lowest * 10**places, places), _scaled(grid.highest * 10**places, places)
    return max(ends[0], lowest), min(ends[1], highest)


def change_shown(before: Number, after: Number, places: int) -> tuple[Decimal, Decimal, Decimal]:
    """Before, after and their difference, which is that of what is shown.

    >>> change_shown(Fraction(27, 20), Fraction(17, 8), 2)
    (Decimal('1.35'), Decimal('2.13'), Decimal('0.78'))
    """
    was, now = half_up(before, places), half_up(after, places)
    return was, now, now - was


def difference_shown(one: Number, other: Number, places: int) -> Decimal:
    """``other`` − ``one``, each as shown: two weightings, or what was seen less what was expected.

    >>> difference_shown(Fraction(77, 60), Fraction(13, 10), 2)
    Decimal('0.02')
    """
    return change_shown(one, other, places)[2]


def largest_remainder(terms: Sequence[Fraction], places: int) -> tuple[Decimal, ...]:
    """Terms rounded so that they add up to their sum as shown: those of largest remainder go up, the first ones first.

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
    """The level nearest to a score as displayed; both neighbours when it is displayed exactly half way.

    ``places`` is how many decimals the page shows it with, by default those of a score.

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
    """The level read in a score, in words.

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
