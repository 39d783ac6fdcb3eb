"""A slope chart as data: one line per family from campaign to campaign, named at its end."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grille import Level
from restitution.chart_data.radar import Axis, Point, axes_of, points_on

if TYPE_CHECKING:
    from scoring import Profile


MOST_LINES = 10


@dataclass(frozen=True)
class FamilyTrend:
    """A family: one point per campaign, oldest first."""

    axis: Axis
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Slope:
    """The trends of families (or of ``skills``), oldest campaign first; ``years`` are the positions in time."""

    labels: tuple[str, ...]
    years: tuple[float, ...]
    trends: tuple[FamilyTrend, ...]
    levels: tuple[Level, ...]
    grids: tuple[str, ...] = ()
    skills: bool = False

    @classmethod
    def from_profiles(
        cls, profiles: Sequence[Profile], labels: Sequence[str], years: Sequence[float], *, compared: bool = True
    ) -> Slope:
        """Return the trends of the families of the newest grid; profiles, labels and years oldest first."""
        newest = profiles[-1].grid
        campaigns = [points_on(newest, profile, compared=compared) for profile in profiles]
        lines = (
            FamilyTrend(axis, tuple(campaign[position] for campaign in campaigns))
            for position, axis in enumerate(axes_of(newest))
        )
        grids = tuple(profile.grid.version for profile in profiles)
        return cls(tuple(labels), tuple(years), tuple(lines), newest.levels, grids)

    @property
    def readable(self) -> bool:
        """Whether lines can be told apart; beyond, the rows of ``Radar.as_rows`` say the same."""
        return len(self.trends) <= MOST_LINES

    def position(self, campaign: int) -> float:
        """Return the place of a campaign in time, from the first (0) to the last (1); of a single one, the middle."""
        first, last = self.years[0], self.years[-1]
        return (self.years[campaign] - first) / (last - first) if last > first else 0.5

    @property
    def shown(self) -> tuple[int, int]:
        """The lowest and the highest level on the scale: whole levels around the scores, at least two apart."""
        values = [point.value for line in self.trends for point in line.points if point.value is not None]
        lowest, highest = self.levels[0].value, self.levels[-1].value
        low = max(lowest, math.floor(min(values, default=lowest) - 0.15))
        high = min(highest, math.ceil(max(values, default=highest) + 0.15))
        return (low, high) if high - low >= 2 else (max(lowest, high - 2), min(highest, low + 2))
