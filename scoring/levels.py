"""Step 7 of the method: the level shown beside a score."""

import math
from fractions import Fraction

from grille.model import Grid, Level
from scoring.exact import Number, exact


def nearest_level(grid: Grid, score: Number) -> Level:
    """The level nearest to a score; exactly halfway, the higher one (2.5 is read as level 3).

    A score outside the scale is read as its nearest end.

    >>> from grille import Grid, Level
    >>> levels = tuple(Level(value=value, label=f"niveau {value}") for value in range(5))
    >>> grid = Grid(id="g", version="1", title="G", status="proposition", levels=levels, families=(), colleges=())
    >>> [nearest_level(grid, score).label for score in (1.4, 2.5, 4)]
    ['niveau 1', 'niveau 3', 'niveau 4']
    """
    step = math.floor(exact(score) - grid.lowest + Fraction(1, 2))
    return grid.levels[max(0, min(step, len(grid.levels) - 1))]
