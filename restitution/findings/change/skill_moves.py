"""Skills from campaign to campaign: the mean over the colleges published in every campaign shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from grille import Grid, IncomparableGridsError, Skill, comparable_units
from restitution.chart_data.radar import Axis, Point, axes_of
from restitution.chart_data.reasons import WORKSHOP
from restitution.chart_data.slope import FamilyTrend, Slope
from restitution.text.language import gettext as _
from restitution.text.numbers import decimal, decimals

if TYPE_CHECKING:
    from scoring import Profile

CollegeMeans = Mapping[str, tuple[Fraction, int]]


@dataclass(frozen=True)
class SkillMove:
    """The change of a skill between two campaigns, over the same colleges."""

    axis: Axis
    code: str
    title: str
    before: Fraction
    after: Fraction
    places: int = 2

    @property
    def delta(self) -> Fraction:
        """The later mean minus the earlier one, in levels."""
        return self.after - self.before

    @property
    def numbers(self) -> str:
        """Both means as printed."""
        return f"{decimal(self.before, self.places)} → {decimal(self.after, self.places)}"


def moved_most(moves: Iterable[SkillMove], families: Set[str], sign: int) -> list[SkillMove]:
    """Return the skills of these families that moved in the direction of ``sign``, furthest first."""
    found = [one for one in moves if one.axis.code in families and one.delta * sign > 0]
    return sorted(found, key=lambda one: -one.delta * sign)


def code_in(before: Grid, after: Grid, code: str) -> str | None:
    """Return the code of the same skill in the earlier grid; None if there is none or it was split or merged."""
    if (before.id, before.version) == (after.id, after.version):
        return code
    try:
        units = comparable_units(before, after)
    except IncomparableGridsError:
        return None
    return next((unit.before[0] for unit in units if unit.after == (code,) and len(unit.before) == 1), None)


def skill_line(profiles: Sequence[Profile], code: str) -> tuple[Fraction | None, ...]:
    """Return a skill's mean in each campaign, None where not asked or not published; ``code`` is the last grid's.

    Only colleges published in every campaign that asked the skill count, so that a new one does not change the mean.
    They are weighted as the rules of the last profile say.
    """
    newest = profiles[-1]
    campaigns = [_of_colleges(profile, code_in(profile.grid, newest.grid, code)) for profile in profiles]
    asked = [campaign for campaign in campaigns if campaign]
    common = [college for college in asked[-1] if all(college in campaign for campaign in asked)] if asked else []
    return tuple(_mean(campaign, common, newest.rules.weighting) for campaign in campaigns)


def _of_colleges(profile: Profile, code: str | None) -> CollegeMeans:
    cells = ((college, cell) for (skill, college), cell in profile.cells.items() if skill == code)
    return {college: (cell.mean, cell.n) for college, cell in cells if college != WORKSHOP}


def college_means(before: Profile, grid: Grid, code: str) -> CollegeMeans:
    """Return the means that the colleges gave before to the same skill; none if it was not asked, split or merged.

    ``code`` is the skill's in the later grid.
    """
    return _of_colleges(before, code_in(before.grid, grid, code))


def _mean(campaign: CollegeMeans, colleges: Iterable[str], weighting: str) -> Fraction | None:
    found = [campaign[college] for college in colleges if college in campaign]
    weights = [answers if weighting == "heads" else 1 for _mean, answers in found]
    if not found:
        return None
    total = sum((mean * weight for (mean, _n), weight in zip(found, weights, strict=True)), Fraction(0))
    return total / sum(weights)


def skill_moves(before: Profile, after: Profile) -> list[SkillMove]:
    """Return the changes of the skills comparable and published in both campaigns, in the later grid's order."""
    found = []
    for axis, skill in _skills(after.grid):
        was, now = skill_line((before, after), skill.code)
        if was is not None and now is not None:
            places = decimals(len(after.grid.levels)) + 1
            found.append(SkillMove(axis, skill.code, skill.title, was, now, places))
    return found


def _skills(grid: Grid) -> list[tuple[Axis, Skill]]:
    families = zip(axes_of(grid), grid.families, strict=True)
    return [(axis, skill) for axis, family in families for skill in family.skills]


def skill_slope(profiles: Sequence[Profile], labels: Sequence[str], years: Sequence[float], axis: Axis) -> Slope | None:
    """Return the skills of a family as a slope chart, oldest campaign first; None if no skill has two points."""
    newest = profiles[-1].grid
    family = next(one for one in newest.families if one.code == axis.code)
    lines = [(skill, skill_line(profiles, skill.code)) for skill in family.skills]
    shown = [(skill, line) for skill, line in lines if line[-1] is not None]
    if not any(sum(value is not None for value in line) > 1 for _skill, line in shown):
        return None
    places = decimals(len(newest.levels)) + 1
    trends = tuple(
        FamilyTrend(Axis(skill.code, skill.title, str(place), axis.hue), tuple(_point(mean, places) for mean in line))
        for place, (skill, line) in enumerate(shown, start=1)
    )
    grids = tuple(profile.grid.version for profile in profiles)
    return Slope(tuple(labels), tuple(years), trends, newest.levels, grids, skills=True)


def _point(mean: Fraction | None, places: int) -> Point:
    return Point(None, _("non publié")) if mean is None else Point(float(mean), places=places, exact=mean)
