"""Strengths and weaknesses proposed to a reviewer by one stated rule, from published figures; a person then edits them.

The mean of a skill is that of its published colleges, each counting alike, and at least as many as publish a territory.
It is a strength half a level (``Rules.clear_change``) above the middle of the scale, a weakness as much below it, or
when a quarter of a college cannot judge it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from restitution.findings.skills import HIGH_UNKNOWN, FamilyView, SkillView
from restitution.text.language import gettext as _
from restitution.text.numbers import decimal, share

if TYPE_CHECKING:
    from scoring.edition_1 import Profile


@dataclass(frozen=True)
class Proposals:
    """What the rule proposes for a family, one line per skill, and the rule itself in words."""

    strengths: tuple[str, ...]
    weaknesses: tuple[str, ...]
    rule: str


def proposals(view: FamilyView, profile: Profile) -> Proposals:
    """The strengths and weaknesses of a family, best first and worst first."""
    needed = profile.rules.colleges_needed(len(profile.colleges))
    middle = (profile.grid.lowest + profile.grid.highest) / 2
    clear = float(profile.rules.clear_change)
    known = sorted(
        ((mean_of(skill), skill) for skill in view.skills if len(skill.published) >= needed), key=lambda one: one[0]
    )
    strong = [_line(skill, mean) for mean, skill in reversed(known) if mean >= middle + clear]
    weak = [_line(skill, mean) for mean, skill in known if mean <= middle - clear or _blind(skill)]
    return Proposals(tuple(strong), tuple(weak), _rule(needed, middle, clear))


def mean_of(skill: SkillView) -> float:
    """The mean of the published colleges, each counting alike."""
    means = [cell.mean for cell in skill.published if cell.mean is not None]
    return sum(means) / len(means)


def _blind(skill: SkillView) -> list[str]:
    return [cell.label for cell in skill.published if (cell.unknown or 0) >= HIGH_UNKNOWN]


def _line(skill: SkillView, mean: float) -> str:
    blind = _blind(skill)
    unseen = _(", difficile à voir pour\u00a0: %(colleges)s", colleges=", ".join(blind)) if blind else ""
    return f"{skill.skill.title} ({decimal(mean)}{unseen})"


def _rule(needed: int, middle: float, clear: float) -> str:
    return _(
        "Est proposé comme force un savoir-faire dont la moyenne des collèges atteint %(high)s, soit le milieu de "
        "l’échelle plus %(clear)s niveau\u202f; comme faiblesse, celui dont elle ne dépasse pas %(low)s, ou qu’au "
        "moins %(blind)s d’un collège dit ne pas pouvoir juger. Il faut au moins %(needed)s collèges publiés.",
        high=decimal(middle + clear),
        low=decimal(middle - clear),
        clear=decimal(clear),
        blind=share(HIGH_UNKNOWN),
        needed=needed,
    )
