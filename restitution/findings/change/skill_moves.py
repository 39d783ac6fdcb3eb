"""Skills from campaign to campaign: each one's mean over the colleges published in every campaign that is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
    """One skill between two campaigns, on the same colleges both times."""

    axis: Axis
    code: str
    title: str
    before: Fraction
    after: Fraction
    places: int = 2

    @property
    def delta(self) -> Fraction:
        """How many levels it moved; below zero it fell."""
        return self.after - self.before

    @property
    def numbers(self) -> str:
        """From what to what, as printed."""
        return f"{decimal(self.before, self.places)} → {decimal(self.after, self.places)}"


def code_in(before: Grid, after: Grid, code: str) -> str | None:
    """The one skill of the earlier grid that this skill of the later one continues; None when there is no such one."""
    if (before.id, before.version) == (after.id, after.version):
        return code
    try:
        units = comparable_units(before, after)
    except IncomparableGridsError:
        return None
    return next((unit.before[0] for unit in units if unit.after == (code,) and len(unit.before) == 1), None)


def skill_line(profiles: Sequence[Profile], code: str) -> tuple[Fraction | None, ...]:
    """Return a skill's mean in each campaign (None if not asked or not published); ``code`` is the last grid's.

    Colleges are those published in every campaign that asked the skill, so that nobody's arrival moves the line; they
    count the same, or by their answers, as the last profile's rules say.
    """
    newest = profiles[-1]
    campaigns = [_of_colleges(profile, code_in(profile.grid, newest.grid, code)) for profile in profiles]
    asked = [campaign for campaign in campaigns if campaign]
    common = [college for college in asked[-1] if all(college in campaign for campaign in asked)] if asked else []
    return tuple(_mean(campaign, common, newest.rules.weighting) for campaign in campaigns)


def _of_colleges(profile: Profile, code: str | None) -> CollegeMeans:
    cells = ((college, cell) for (skill, college), cell in profile.cells.items() if skill == code)
    return {college: (cell.mean, cell.n) for college, cell in cells if college != WORKSHOP}


def _mean(campaign: CollegeMeans, colleges: Iterable[str], weighting: str) -> Fraction | None:
    found = [campaign[college] for college in colleges if college in campaign]
    weights = [answers if weighting == "heads" else 1 for _mean, answers in found]
    if not found:
        return None
    total = sum((mean * weight for (mean, _n), weight in zip(found, weights, strict=True)), Fraction(0))
    return total / sum(weights)


def skill_moves(before: Profile, after: Profile) -> list[SkillMove]:
    """Every skill that both campaigns asked alike and can show, in the order of the later grid."""
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
    """The skills of one family as a slope chart, campaigns oldest first; None when no skill has two points to join."""
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
