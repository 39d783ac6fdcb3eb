"""How different those who did not answer would have to be to change the level read (method § 5, voluntary colleges)."""

import math
from fractions import Fraction

from grille.grid import Grid
from scoring.display import levels_read


def absent_gap(score: Fraction, n: int, size: int | None, grid: Grid) -> Fraction | None:
    """Return the mean difference, in levels, of the N − n absent from those who answered that would change the level.

    It is (θ − score)·N/(N − n), where θ is a limit ℓ ± ½ of the level ℓ read: the smallest in absolute value that is
    possible on the scale. Positive means above those who answered. Zero when the score is displayed exactly half way
    between two levels. None when N is unknown or everybody answered, or when the absent cannot change the level.

    >>> from grille import current
    >>> absent_gap(Fraction(17, 8), n=10, size=40, grid=current()), absent_gap(Fraction(2), 10, 10, current())
    (Fraction(1, 2), None)
    """
    if size is None or size <= n:
        return None
    if len(levels_read(grid, score)) == 2:
        return Fraction(0)
    level = math.floor(score + Fraction(1, 2))
    limits = [level + half for half in (Fraction(-1, 2), Fraction(1, 2))]
    gaps = [(limit - score) * size / (size - n) for limit in limits if grid.lowest <= limit <= grid.highest]
    reachable = [gap for gap in gaps if grid.lowest <= score + gap <= grid.highest]
    return min(reachable, key=abs, default=None)
