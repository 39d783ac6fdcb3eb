"""The change of the skills worked on, compared with that of other skills that started as low (method § 9)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grille.correspondence import comparable_units
from scoring.profile import Profile
from scoring.statistics.exact import exact, total
from scoring.statistics.student import root, two_sided

Point = tuple[Fraction, Fraction]
"""The unweighted means of the colleges, before and after, in levels."""


@dataclass(frozen=True)
class Progress:
    """The mean changes of the skills worked on and of the others, in levels.

    ``expected`` is the change predicted for skills that started as low by a line fitted on the others (with this
    ``slope``), ``beyond`` the observed change minus ``expected``, ``margin`` the half-width of its interval. The four
    are None when the others are too few or all started at the same level. The line corrects regression to the mean:
    Morton & Torgerson (2003), BMJ 326, 1083–1084; Cochran (1957), Biometrics 13, 261–281.
    """

    worked: Fraction
    others: Fraction | None
    worked_skills: tuple[str, ...]
    other_skills: tuple[str, ...]
    slope: Fraction | None = None
    expected: Fraction | None = None
    beyond: Fraction | None = None
    margin: float | None = None

    @property
    def beyond_chance(self) -> bool:
        """Whether |beyond| > margin, so that « plus que le seul hasard » may be written."""
        return self.beyond is not None and self.margin is not None and abs(float(self.beyond)) > self.margin


def progress(before: Profile, after: Profile, worked: Iterable[str]) -> Progress | None:
    """Return the progress of the skills ``worked`` on (codes of the later grid); None if none of them can be compared.

    Only skills that continue as a single skill are used, each with the unweighted mean of the colleges published in
    both campaigns, workshops left out. Raises ``IncomparableGridsError`` when the levels of the grids differ.

    >>> import pandas as pd
    >>> from grille import current
    >>> from scoring import profile
    >>> starts = dict(zip(["COO-1", "COO-2", "COO-3", "CON-1", "CON-2", "CON-3"], [0, 1, 2, 1, 2, 2]))
    >>> before, after = (profile(pd.DataFrame({"college": ["elus"] * 5} | {
    ...     skill: [start + (rise if skill == "COO-1" else 0)] * 5 for skill, start in starts.items()}), current())
    ...     for rise in (0, 1))
    >>> found = progress(before, after, ["COO-1"])
    >>> str(found.worked), str(found.others), str(found.expected), str(found.beyond), found.margin
    ('1', '0', '0', '1', 0.0)
    """
    points = dict(_points(before, after))
    chosen = set(worked)
    ours = {skill: point for skill, point in points.items() if skill in chosen}
    others = {skill: point for skill, point in points.items() if skill not in chosen}
    if not ours:
        return None
    names = tuple(ours), tuple(others)
    if len(others) < after.rules.progress_others or len({before for before, _ in others.values()}) < 2:
        return Progress(_rise(list(ours.values())), _rise(list(others.values())) if others else None, *names)
    return _compared(list(ours.values()), list(others.values()), names, two_sided_of(after, len(others)))


def two_sided_of(after: Profile, others: int) -> float:
    """Return t((1 + confidence)/2; o − 2), where o is the number of the other skills."""
    return two_sided(exact(after.rules.confidence), others - 2)


def _points(before: Profile, after: Profile) -> list[tuple[str, Point]]:
    found = []
    for unit in comparable_units(before.grid, after.grid):
        if len(unit.before) == len(unit.after) == 1:
            was, now = unit.before[0], unit.after[0]
            shared = [
                college
                for college in after.colleges
                if (was, college) in before.cells and (now, college) in after.cells
            ]
            if shared:
                means = [(before.cells[was, college].mean, after.cells[now, college].mean) for college in shared]
                found.append((now, (_mean([one for one, _ in means]), _mean([other for _, other in means]))))
    return found


def _compared(
    ours: Sequence[Point], others: Sequence[Point], names: tuple[tuple[str, ...], tuple[str, ...]], t: float
) -> Progress:
    """Return the progress, with expected = (ȳ_o − x̄_o) + (b − 1)(x̄_p − x̄_o).

    The margin is that of the prediction of the mean of p new points by the line.
    """
    x, y = _mean([one for one, _ in others]), _mean([other for _, other in others])
    squares = total([(one - x) ** 2 for one, _ in others])
    slope = total([(one - x) * (other - y) for one, other in others]) / squares
    gap = _mean([one for one, _ in ours]) - x
    expected = (y - x) + (slope - 1) * gap
    residual = total([(other - y - slope * (one - x)) ** 2 for one, other in others])
    count = len(others)
    variance = residual / (count - 2) * (Fraction(1, len(ours)) + Fraction(1, count) + gap**2 / squares)
    worked = _rise(ours)
    return Progress(worked, _rise(others), *names, slope, expected, worked - expected, t * root(variance))


def _rise(points: Sequence[Point]) -> Fraction:
    return _mean([after - before for before, after in points])


def _mean(values: Sequence[Fraction]) -> Fraction:
    return total(values) / len(values)
