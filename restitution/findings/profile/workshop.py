"""The consensus of workshops: figures of their own, which are part of no mean."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from restitution.chart_data.radar import Radar
from restitution.chart_data.reasons import WORKSHOP
from restitution.text.language import gettext as _
from restitution.text.numbers import count, number_or_none

if TYPE_CHECKING:
    from scoring import Profile


def workshop_radar(profile: Profile, label: str) -> Radar | None:
    """Return the radar of the levels noted by workshops; None if there are none."""
    if WORKSHOP not in profile.respondents:
        return None
    return Radar.from_profile(profile, label, college=WORKSHOP)


def workshops_in_words(profile: Profile) -> str:
    """Return the number of workshops that noted something, in words."""
    n = int(number_or_none(profile.respondents.get(WORKSHOP)) or 0)
    return _("un atelier") if n == 1 else _("%(n)s ateliers", n=count(n))


def consensus(profile: Profile) -> list[tuple[str, Fraction]]:
    """Return the title of each skill that workshops agreed on, and the mean of their levels."""
    noted = {skill: cell.mean for (skill, college), cell in profile.cells.items() if college == WORKSHOP}
    return [(skill.title, noted[skill.code]) for skill in profile.grid.skills if skill.code in noted]
