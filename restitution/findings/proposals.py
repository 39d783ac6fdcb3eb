"""Strengths and weaknesses proposed to a reviewer by one stated rule, from published figures; a person then edits them.

The mean of a skill is that of its published colleges, each counting alike, and at least as many as publish a territory.
It is a strength ``Rules.clear_change`` of the scale above its middle, a weakness as much below it, or when a quarter of
a college cannot judge it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from restitution.findings.profile.skills import HIGH_UNKNOWN, FamilyView, SkillView
from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from restitution.text.numbers import decimal, decimals, share, short

if TYPE_CHECKING:
    from scoring import Profile


@dataclass(frozen=True)
class Proposals:
    """What the rule proposes for a family, one line per skill, and the rule itself in words."""

    strengths: tuple[str, ...]
    weaknesses: tuple[str, ...]
    rule: str


def proposals(view: FamilyView, profile: Profile) -> Proposals:
    """The strengths and weaknesses of a family, best first and worst first."""
    needed = profile.rules.colleges_needed(len(profile.colleges))
    middle, clear = middle_of(profile), clear_of(profile)
    known = sorted(
        ((mean_of(skill), skill) for skill in view.skills if len(skill.published) >= needed), key=lambda one: one[0]
    )
    strong = [_line(skill, mean) for mean, skill in reversed(known) if mean >= middle + clear]
    weak = [_line(skill, mean) for mean, skill in known if mean <= middle - clear or _blind(skill)]
    return Proposals(tuple(strong), tuple(weak), _rule(needed, middle, clear, decimals(len(profile.grid.levels))))


def middle_of(profile: Profile) -> Fraction:
    """The middle of the scale."""
    return Fraction(profile.grid.lowest + profile.grid.highest, 2)


def clear_of(profile: Profile) -> Fraction:
    """The smallest difference said to be clear, in levels."""
    return Fraction(str(profile.rules.clear_change)) * (profile.grid.highest - profile.grid.lowest)


def mean_of(skill: SkillView) -> Fraction:
    """The mean of the published colleges, each counting alike."""
    means = [cell.exact for cell in skill.published if cell.exact is not None]
    return sum(means, Fraction(0)) / len(means)


def _blind(skill: SkillView) -> list[str]:
    return [cell.label for cell in skill.published if cell.blind >= HIGH_UNKNOWN]


def _line(skill: SkillView, mean: Fraction) -> str:
    blind = _blind(skill)
    unseen = _(", difficile à voir pour\u00a0: %(colleges)s", colleges=", ".join(blind)) if blind else ""
    return f"{skill.skill.title} ({decimal(mean, decimals(len(skill.levels)))}{unseen})"


def _rule(needed: int, middle: Fraction, clear: Fraction, places: int) -> str:
    return ngettext(
        "Est proposé comme force un savoir-faire dont la moyenne des collèges atteint %(high)s, soit le milieu de "
        "l’échelle plus %(clear)s niveau\u202f; comme faiblesse, celui dont elle ne dépasse pas %(low)s, ou qu’au "
        "moins %(blind)s d’un collège dit ne pas pouvoir juger. Il faut au moins %(n)s collège publié.",
        "Est proposé comme force un savoir-faire dont la moyenne des collèges atteint %(high)s, soit le milieu de "
        "l’échelle plus %(clear)s niveau\u202f; comme faiblesse, celui dont elle ne dépasse pas %(low)s, ou qu’au "
        "moins %(blind)s d’un collège dit ne pas pouvoir juger. Il faut au moins %(n)s collèges publiés.",
        needed,
        high=decimal(middle + clear, places),
        low=decimal(middle - clear, places),
        clear=short(clear),
        blind=share(HIGH_UNKNOWN),
    )
