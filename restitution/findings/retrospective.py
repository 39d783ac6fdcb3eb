"""The year before as people now see it, beside how they saw it then: a dotted series of its own, never a campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from restitution.chart_data.radar import RETROSPECTIVE, Radar, Series, axes_of, caption, points_on
from restitution.text.language import gettext as _

if TYPE_CHECKING:
    from scoring.edition_1 import Profile


def retrospective_radar(
    profile: Profile, label: str, before: Profile | None = None, before_label: str = "", *, date: str = ""
) -> Radar | None:
    """Return the radar of the newest campaign, the year before in retrospect and, if measured, as it was said then.

    ``None`` when people were not asked, or when not one figure of it may be shown.
    """
    if profile.retrospective is None:
        return None
    grid = profile.grid
    series = [
        Series(label, points_on(grid, profile)),
        Series(_("l’an dernier, avec le recul"), points_on(grid, profile.retrospective), RETROSPECTIVE),
    ]
    if all(value is None for value in series[1].values):
        return None
    if before is not None:
        series.append(Series(before_label, points_on(grid, before), "before"))
    title = _("L’an dernier, vu d’aujourd’hui")
    return Radar(axes_of(grid), tuple(series), grid.levels, title, caption(profile.retrospective, date))
