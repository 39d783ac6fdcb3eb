"""A radar as data: axes, series and levels, the same for every drawing of it (SVG, plotly, table)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from grille import Grid, Level
from questionnaires.local.questions import LOCAL
from restitution.chart_data.captions import caption
from restitution.chart_data.colours import hue
from restitution.chart_data.reasons import reason_of
from restitution.chart_data.rows import rows
from restitution.text import sentences
from restitution.text.language import gettext as _
from restitution.text.numbers import Figure, decimal, decimals, number_or_none
from restitution.text.sentences import levels_read

if TYPE_CHECKING:
    from scoring import Profile

# The newest series is strongest, the oldest lightest; three shapes at most can be told apart (domain §3).
ROLES = ("now", "before", "first")
# The year before as it is seen now (decision 0029): drawn as a series, but no campaign.
RETROSPECTIVE = "hindsight"
MOST_AXES = 6


@dataclass(frozen=True)
class Axis:
    """A family on a radar: its title, a badge of two letters that identifies it without colour, its colour name."""

    code: str
    title: str
    badge: str
    hue: str


@dataclass(frozen=True)
class Point:
    """A score on an axis, or the reason in a few words why none is shown.

    ``value`` is used for drawing; ``exact`` is the figure printed, rounded once to ``places`` decimals; ``ends`` is its
    interval as printed, None where there is none.

    >>> Point(2.125, places=2).text, Point(None, "moins de 5 réponses").text
    ('2,13', '')
    """

    value: float | None
    missing: str = ""
    places: int = 1
    exact: Fraction | None = None
    ends: tuple[float, float] | None = None

    @property
    def figure(self) -> Figure | None:
        """What is rounded: the exact figure, or the value where none is known; None when there is no score."""
        return self.value if self.exact is None else self.exact

    @property
    def text(self) -> str:
        """The score as printed; empty when there is none."""
        return "" if self.figure is None else decimal(self.figure, self.places)

    def word(self, levels: Sequence[Level]) -> str:
        """The level read in the score as it is printed; empty when there is none."""
        return "" if self.figure is None else level_word(self.figure, levels, self.places)


@dataclass(frozen=True)
class Series:
    """The points of one campaign (or one college), in the order of the axes."""

    label: str
    points: tuple[Point, ...]
    role: str = "now"

    @property
    def values(self) -> tuple[float | None, ...]:
        """The scores alone; ``None`` where none is shown."""
        return tuple(point.value for point in self.points)

    @property
    def known(self) -> bool:
        """Whether any axis has a score."""
        return any(value is not None for value in self.values)

    @property
    def complete(self) -> bool:
        """Whether every axis has a score."""
        return None not in self.values


@dataclass(frozen=True)
class Radar:
    """The scores of one to three series on the axes of one grid, newest series first.

    ``compared`` tells that a change is shown beside it: scores are then printed with one more decimal.

    >>> axes = tuple(Axis(code, code.title(), code[:2], "hue-1") for code in ("agir", "lire", "voir"))
    >>> levels = (Level(value=0, label="Jamais", description=""), Level(value=2, label="Toujours", description=""))
    >>> radar = Radar(axes, (Series("2026", (Point(1.5), Point(None, "moins de 5 réponses"), Point(0.0))),), levels, "")
    >>> radar.position(1.5), radar.level_word(1.5)
    (0.75, 'Toujours')
    """

    axes: tuple[Axis, ...]
    series: tuple[Series, ...]
    levels: tuple[Level, ...]
    title: str
    caption: tuple[str, ...] = ()
    compared: bool = False

    def __post_init__(self) -> None:
        if not 1 <= len(self.series) <= len(ROLES):
            raise ValueError(_("Un radar compare une à trois séries : au-delà, il ne se lit plus."))
        if not self.axes:
            raise ValueError(_("Un radar demande au moins un axe."))
        if any(len(series.points) != len(self.axes) for series in self.series):
            raise ValueError(_("Chaque série d’un radar a un point par axe."))

    @property
    def as_rows(self) -> bool:
        """Whether its figures are drawn as rows: a radar is readable from three to six axes."""
        return not 3 <= len(self.axes) <= MOST_AXES

    @property
    def lowest(self) -> int:
        """The level at the centre."""
        return self.levels[0].value

    @property
    def highest(self) -> int:
        """The level on the rim."""
        return self.levels[-1].value

    def position(self, value: float) -> float:
        """Return the place of a score between the centre (0) and the rim (1)."""
        return (value - self.lowest) / (self.highest - self.lowest)

    @property
    def places(self) -> int:
        """The number of decimals with which its scores are printed."""
        return decimals(len(self.levels)) + self.compared

    def level_word(self, value: Figure) -> str:
        """Return the name of the level nearest to that score, as it is printed here."""
        return level_word(value, self.levels, self.places)

    @classmethod
    def from_profile(cls, profile: Profile, label: str | None = None, *, college: str | None = None) -> Radar:
        """Return the radar of one profile: of the territory, or of one college (its code)."""
        return cls.from_profiles([profile], None if label is None else [label], college=college)

    @classmethod
    def from_profiles(
        cls,
        profiles: Sequence[Profile],
        labels: Sequence[str] | None = None,
        *,
        title: str | None = None,
        date: str = "",
        college: str | None = None,
        compared: bool = False,
    ) -> Radar:
        """Return the radar of one to three profiles, newest first, on the axes of the newest grid.

        ``labels`` name the series (usually years); ``date`` tells when the newest was collected; ``title`` replaces the
        sentence made from the newest scores; ``compared`` tells that a change is shown beside it.
        """
        newest = profiles[0]
        names = labels or [_("Profil")] * len(profiles)
        axes = axes_of(newest.grid)
        series = tuple(
            Series(name, points_on(newest.grid, profile, college, compared=compared), role)
            for profile, name, role in zip(profiles, names, ROLES, strict=False)
        )
        reading = title or sentences.first_reading(
            [(axis.title, point.exact) for axis, point in zip(axes, series[0].points, strict=True)], newest.grid.levels
        )
        return cls(axes, series, newest.grid.levels, reading, caption(newest, date, college), compared)


def level_word(value: Figure, levels: Sequence[Level], places: int | None = None) -> str:
    """Return the name of the level nearest to that score as printed; exactly halfway, « entre » both neighbours.

    ``places`` is its number of decimals, by default that of scores.
    """
    read = levels_read(value, levels, places)
    return (
        read[0]
        if len(read) == 1
        else _("entre «\u00a0%(low)s\u00a0» et «\u00a0%(high)s\u00a0»", low=read[0], high=read[1])
    )


def axes_of(grid: Grid) -> tuple[Axis, ...]:
    """Return one axis per family of the grid, in its order."""
    badges = badges_of([family.code for family in grid.families])
    return tuple(
        Axis(family.code, family.title, badge, hue(position))
        for position, (family, badge) in enumerate(zip(grid.families, badges, strict=True))
    )


def axes_asked(grid: Grid) -> dict[str, Axis]:
    """Return what marks each page of a questionnaire, by the code of its family; that of local questions is a plus."""
    axes = {axis.code: axis for axis in axes_of(grid)}
    return {**axes, LOCAL: Axis(LOCAL, "", "+", hue(len(axes)))}


def badges_of(codes: Sequence[str]) -> list[str]:
    """Return two letters per code, all different: the first and the next free one, else its position.

    >>> badges_of(["COO", "CON", "FAC", "INT", "OUV"])
    ['Co', 'Cn', 'Fa', 'In', 'Ou']
    """
    badges: list[str] = []
    for position, code in enumerate(codes, start=1):
        tried = (f"{code[0].upper()}{letter.lower()}" for letter in code[1:])
        badges.append(next((badge for badge in tried if badge not in badges), str(position)))
    return badges


def score_rows(profile: Profile, college: str | None = None) -> dict[str, dict[str, Any]]:
    """Return the published rows by family code, of the territory or of one college."""
    frame = profile.territory if college is None else profile.families[profile.families["college"] == college]
    return {row["family"]: row for row in rows(frame)}


def point_of(row: dict[str, Any] | None, profile: Profile, *, compared: bool = False) -> Point:
    """Return the point of a row of ``families`` or ``territory``, with the reason when it has no score."""
    if row is None:
        return Point(None, _("absente de la grille %(version)s", version=profile.grid.version))
    score = number_or_none(row["score"])
    if score is None:
        return Point(None, reason_of(row, "score", profile))
    exact = profile.score(row["family"], row.get("college"))
    return Point(score, "", decimals(len(profile.grid.levels)) + compared, exact, _ends(row, profile))


def _ends(row: dict[str, Any], profile: Profile) -> tuple[float, float] | None:
    from scoring.display import interval_shown  # pandas loads only where it is needed

    low, high = number_or_none(row["low"]), number_or_none(row["high"])
    if low is None or high is None:
        return None
    shown = interval_shown(low, high, decimals(len(profile.grid.levels)), profile.grid)
    return float(shown[0]), float(shown[1])


def points_on(grid: Grid, profile: Profile, college: str | None = None, *, compared: bool = False) -> tuple[Point, ...]:
    """Return the profile's points on the axes of a grid, its own or a later one; without scores if levels differ."""
    if [level.value for level in profile.grid.levels] != [level.value for level in grid.levels]:
        return tuple(Point(None, _("mesurée sur une autre échelle")) for _family in grid.families)
    known = score_rows(profile, college)
    return tuple(point_of(known.get(family.code), profile, compared=compared) for family in grid.families)


def description_of(radar: Radar) -> str:
    """Return the whole figure as text, for screen readers, where no table stands beside it."""
    return " ".join(_series_in_words(radar, series) for series in radar.series)


def _series_in_words(radar: Radar, series: Series) -> str:
    points = (f"{axis.title} {_in_words(point)}" for axis, point in zip(radar.axes, series.points, strict=True))
    return f"{series.label}\u00a0: {', '.join(points)}."


def _in_words(point: Point) -> str:
    return point.text or point.missing
