"""The colleges side by side on one family: a row each, its score with its interval, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from grille import Level
from restitution.chart_data.radar import Axis, Point, axes_of, point_of, score_rows
from restitution.text.language import gettext as _
from restitution.text.numbers import decimal, number_or_none, respondents

if TYPE_CHECKING:
    from scoring.edition_1 import Profile


# Colleges nearer than this share of the scale (half a level of five) see about the same; a title says nothing else.
ALIKE = Fraction(1, 8)


@dataclass(frozen=True)
class CollegeScore:
    """A college on one family: its name, how many answered (in words), its score and interval if they are shown."""

    code: str
    label: str
    n: str
    point: Point
    low: float | None = None
    high: float | None = None

    @property
    def text(self) -> str:
        """The score as text, empty when it is hidden."""
        return "" if self.point.value is None else decimal(self.point.value)

    @property
    def margin(self) -> str:
        """The bounds of the interval, empty when there is none."""
        if self.low is None or self.high is None:
            return ""
        return _("%(low)s\u00a0à\u00a0%(high)s", low=decimal(self.low), high=decimal(self.high))

    @property
    def in_words(self) -> str:
        """The row as a sentence."""
        if self.point.value is None:
            return f"{self.label}\u00a0: {self.point.missing}"
        text = f"{self.label}\u00a0: {decimal(self.point.value)} ({self.n})"
        return f"{text}, {self.margin}" if self.margin else text


@dataclass(frozen=True)
class CollegesOnFamily:
    """Every college of the campaign on one family, and the territory's score beside them."""

    axis: Axis
    scores: tuple[CollegeScore, ...]
    territory: Point
    levels: tuple[Level, ...]

    @property
    def gap(self) -> tuple[float, CollegeScore, CollegeScore] | None:
        """The widest difference between two published colleges: (levels, the higher, the lower)."""
        known = sorted((score.point.value, i) for i, score in enumerate(self.scores) if score.point.value is not None)
        if len(known) < 2:
            return None
        return known[-1][0] - known[0][0], self.scores[known[-1][1]], self.scores[known[0][1]]


def colleges_by_family(profile: Profile, labels: Mapping[str, str]) -> list[CollegesOnFamily]:
    """One panel per family; ``labels`` names the colleges of the campaign, in order (no workshop)."""
    territory = score_rows(profile)
    columns = {code: score_rows(profile, code) for code in labels}
    return [
        CollegesOnFamily(
            axis,
            tuple(_score(code, label, columns[code].get(axis.code), profile) for code, label in labels.items()),
            point_of(territory.get(axis.code), profile),
            profile.grid.levels,
        )
        for axis in axes_of(profile.grid)
    ]


def _score(code: str, label: str, row: dict[str, object] | None, profile: Profile) -> CollegeScore:
    point = point_of(row, profile)
    n = respondents(row["n"] if row else None, profile.rules.k)
    if row is None or point.value is None:
        return CollegeScore(code, label, n, point)
    return CollegeScore(code, label, n, point, number_or_none(row["low"]), number_or_none(row["high"]))


def divergence(panels: Sequence[CollegesOnFamily]) -> str:
    """What the colleges see alike or not, as a sentence: the widest gap, from ``ALIKE`` of the scale on."""
    gaps = [(gap, panel) for panel in panels if (gap := panel.gap)]
    if not gaps:
        return _("Aucune famille n’est publiée pour deux collèges\u00a0: rien à comparer")
    (distance, high, low), widest = max(gaps, key=lambda one: one[0][0])
    if distance < ALIKE * (widest.levels[-1].value - widest.levels[0].value):
        return _("Les collèges publiés voient à peu près la même chose")
    family = widest.axis.title
    return _(
        "C’est sur %(family)s que les regards s’écartent le plus : %(high)s (%(up)s) et %(low)s (%(down)s)",
        family=family,
        high=high.label,
        up=decimal(high.point.value or 0),
        low=low.label,
        down=decimal(low.point.value or 0),
    )
