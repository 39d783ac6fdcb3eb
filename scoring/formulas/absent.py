"""What those who did not answer would have to think for the level read to change (method § 5, voluntary colleges)."""

import math
from fractions import Fraction

from grille.grid import Grid
from scoring.display import levels_read


def absent_gap(score: Fraction, n: int, size: int | None, grid: Grid) -> Fraction | None:
    """By how much, in levels, the N − n absent should differ on average from those who answered.

    With θ the limits ℓ ± ½ of the level read, (θ − score)·N/(N − n), the smallest that absent people can reach.
    Positive: above those who answered. Zero when the score is displayed exactly half way between two levels. ``None``
    when N is unknown or reached, or when nothing the absent may think changes the level read.

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
