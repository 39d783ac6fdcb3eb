"""A parcours beside the figures: weak skills that no action aims at, and how far the skills worked on have moved.

Both come from published figures alone. The mean of a skill is that of its published colleges, each counting alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grille import IncomparableGridsError, Skill, comparable_units
from restitution.chart_data.radar import Axis
from restitution.chart_data.rows import rows
from restitution.findings import skills
from restitution.findings.proposals import mean_of
from restitution.text.language import gettext as _
from restitution.text.numbers import decimal, number_or_none, signed

if TYPE_CHECKING:
    from scoring.edition_1 import Profile

# Fewer skills than this on one side make a mean of differences that says nothing.
FEWEST_SKILLS = 2


@dataclass(frozen=True)
class WeakSkill:
    """A skill whose mean is low, and the family that it belongs to."""

    axis: Axis
    skill: Skill
    mean: float

    @property
    def text(self) -> str:
        """The mean as text."""
        return decimal(self.mean)


def weak_skills(profile: Profile, labels: Mapping[str, str]) -> list[WeakSkill]:
    """The skills at half a level (``Rules.clear_change``) or more below the middle of the scale, the lowest first.

    At least as many colleges must be published as it takes to publish a territory.
    """
    needed, limit = profile.rules.colleges_needed(len(profile.colleges)), _limit(profile)
    found = [
        WeakSkill(family.axis, view.skill, mean_of(view))
        for family in skills.families(profile, labels)
        for view in family.skills
        if len(view.published) >= needed and mean_of(view) <= limit
    ]
    return sorted(found, key=lambda one: one.mean)


def weak_rule(profile: Profile) -> str:
    """The rule of ``weak_skills``, in words."""
    return _(
        "Est dit faible un savoir-faire dont la moyenne des collèges ne dépasse pas %(limit)s (le milieu de l’échelle "
        "moins %(clear)s niveau). Il faut au moins %(needed)s collèges publiés.",
        limit=decimal(_limit(profile)),
        clear=decimal(float(profile.rules.clear_change)),
        needed=profile.rules.colleges_needed(len(profile.colleges)),
    )


def _limit(profile: Profile) -> float:
    return (profile.grid.lowest + profile.grid.highest) / 2 - float(profile.rules.clear_change)


@dataclass(frozen=True)
class ParcoursSkillMove:
    """How far a skill moved between two campaigns: the mean of the colleges published in both, later minus earlier."""

    code: str
    title: str
    delta: float
    colleges: int

    @property
    def text(self) -> str:
        """The difference as text, its sign written."""
        return signed(self.delta)


@dataclass(frozen=True)
class ParcoursProgress:
    """The skills worked on beside the others, over the same two campaigns."""

    since: str
    until: str
    worked: tuple[ParcoursSkillMove, ...]
    others: tuple[ParcoursSkillMove, ...]

    @property
    def comparable(self) -> bool:
        """Whether there are enough skills on each side to set them beside each other."""
        return min(len(self.worked), len(self.others)) >= FEWEST_SKILLS

    @property
    def worked_mean(self) -> float:
        """How far the skills worked on moved on average, in levels; only when ``comparable``."""
        return _mean(self.worked)

    @property
    def others_mean(self) -> float:
        """How far the others moved on average, in levels; only when ``comparable``."""
        return _mean(self.others)

    @property
    def sentence(self) -> str:
        """Both means, with how many skills each rests on."""
        if not self.comparable:
            return _("Trop peu de savoir-faire comparables pour mettre les deux groupes côte à côte.")
        return _(
            "De %(since)s à %(until)s, les %(n)s savoir-faire travaillés ont bougé de %(worked)s niveau en moyenne, "
            "les %(m)s autres de %(others)s.",
            since=self.since,
            until=self.until,
            n=len(self.worked),
            m=len(self.others),
            worked=signed(self.worked_mean),
            others=signed(self.others_mean),
        )

    @property
    def caution(self) -> str:
        """Why the difference proves nothing by itself."""
        return _(
            "Cela ne prouve pas que les actions en sont la cause. On travaille souvent ce qui est le plus bas, "
            "et ce qui est bas remonte plus facilement\u202f; d’autres choses ont pu changer\u202f; une bonne "
            "formation peut même faire baisser les scores, parce qu’on devient plus exigeant."
        )


def _mean(moves: tuple[ParcoursSkillMove, ...]) -> float:
    return sum(move.delta for move in moves) / len(moves)


def progress(before: Profile, after: Profile, worked: Collection[str], since: str, until: str) -> ParcoursProgress:
    """Every skill that the two campaigns can compare, those of ``worked`` (codes of the later grid) set apart."""
    moves = list(_moves(before, after))
    on, off = (tuple(move for move in moves if (move.code in worked) is side) for side in (True, False))
    return ParcoursProgress(since, until, on, off)


def _moves(before: Profile, after: Profile) -> Iterator[ParcoursSkillMove]:
    try:
        units = comparable_units(before.grid, after.grid)
    except IncomparableGridsError:
        return
    earlier, later = _cells(before), _cells(after)
    for unit in units:
        if len(unit.before) != 1 or len(unit.after) != 1:
            continue  # a skill that was split or merged has no difference of its own
        old, new = earlier.get(unit.before[0], {}), later.get(unit.after[0], {})
        both = [college for college in new if college in old]
        if both:
            delta = sum(new[college] - old[college] for college in both) / len(both)
            yield ParcoursSkillMove(unit.after[0], after.grid.skill(unit.after[0]).title, delta, len(both))


def _cells(profile: Profile) -> dict[str, dict[str, float]]:
    """The published mean of each skill by college; workshops are another measurement."""
    found: dict[str, dict[str, float]] = {}
    for row in rows(profile.skills):
        mean = number_or_none(row["mean"])
        if mean is not None and row["college"] in profile.colleges:
            found.setdefault(row["skill"], {})[row["college"]] = mean
    return found
