"""The level shown beside a score (step 7 of the method)."""

import math
from fractions import Fraction

from grille.grid import Grid, Level
from scoring.statistics.exact import Number, exact


def nearest_level(grid: Grid, score: Number) -> Level:
    """Return the level nearest to a score; exactly halfway, the higher one (2.5 is read as level 3).

    For a score outside the scale, it is the lowest or the highest level.

    >>> from grille import Grid, Level
    >>> levels = tuple(Level(value=value, label=f"niveau {value}") for value in range(5))
    >>> grid = Grid(id="g", version="1", title="G", status="proposition", levels=levels, families=(), colleges=())
    >>> [nearest_level(grid, score).label for score in (1.4, 2.5, 4)]
    ['niveau 1', 'niveau 3', 'niveau 4']
    """
    step = math.floor(exact(score) - grid.lowest + Fraction(1, 2))
    return grid.levels[max(0, min(step, len(grid.levels) - 1))]


def must_justify(retained: int | None, score: Number | None) -> bool:
    """Return whether a retained level requires a written reason: it differs from the score by a level or more.

    Where no score is published, any retained level requires one; no retained level (None) requires none.

    >>> must_justify(3, 2.4), must_justify(3, 2), must_justify(3, None), must_justify(None, 2.4)
    (False, True, True, False)
    """
    if retained is None:
        return False
    return score is None or abs(retained - score) >= 1
