"""Strengths and weaknesses proposed to reviewers by one rule, from published figures, to be edited by them.

The mean of a skill is the plain mean of its published colleges, of which it needs as many as a territory's score. A
skill is a strength if it is ``Rules.clear_change`` of the scale or more above the middle; a weakness if it is as much
below, or if a quarter of a college cannot judge it.
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
    """What the rule proposes for a family, one line per skill, and the rule in words."""

    strengths: tuple[str, ...]
    weaknesses: tuple[str, ...]
    rule: str


def proposals(view: FamilyView, profile: Profile) -> Proposals:
    """Return the strengths of a family, best first, and its weaknesses, worst first."""
    needed = profile.rules.colleges_needed(len(profile.colleges))
    middle, clear = middle_of(profile), clear_of(profile)
    known = sorted(
        ((mean_of(skill), skill) for skill in view.skills if len(skill.published) >= needed), key=lambda one: one[0]
    )
    strong = [_line(skill, mean) for mean, skill in reversed(known) if mean >= middle + clear]
    weak = [_line(skill, mean) for mean, skill in known if mean <= middle - clear or _blind(skill)]
    return Proposals(tuple(strong), tuple(weak), _rule(needed, middle, clear, decimals(len(profile.grid.levels))))


def middle_of(profile: Profile) -> Fraction:
    """Return the middle of the scale, in levels."""
    return Fraction(profile.grid.lowest + profile.grid.highest, 2)


def clear_of(profile: Profile) -> Fraction:
    """Return the smallest difference called « nette », in levels."""
    return Fraction(str(profile.rules.clear_change)) * (profile.grid.highest - profile.grid.lowest)


def mean_of(skill: SkillView) -> Fraction:
    """Return the plain mean of the published colleges."""
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
