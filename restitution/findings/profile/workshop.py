"""What workshops noted together: a measure of its own, which enters no mean."""

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
    """Return the radar of the workshops' own levels; None when no workshop noted anything."""
    if WORKSHOP not in profile.respondents:
        return None
    return Radar.from_profile(profile, label, college=WORKSHOP)


def workshops_in_words(profile: Profile) -> str:
    """How many workshops noted something."""
    n = int(number_or_none(profile.respondents.get(WORKSHOP)) or 0)
    return _("un atelier") if n == 1 else _("%(n)s ateliers", n=count(n))


def consensus(profile: Profile) -> list[tuple[str, Fraction]]:
    """What workshops agreed on, skill by skill: its title and the mean of their levels."""
    noted = {skill: cell.mean for (skill, college), cell in profile.cells.items() if college == WORKSHOP}
    return [(skill.title, noted[skill.code]) for skill in profile.grid.skills if skill.code in noted]
