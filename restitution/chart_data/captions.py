"""What must be known to read a figure, in words: who answered, in what unit, on which grid, put together how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grille import Grid
from restitution.chart_data.reasons import fewer_than
from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from restitution.text.numbers import level_text, number_or_none

if TYPE_CHECKING:
    from scoring import Profile


def caption(profile: Profile, date: str = "", college: str | None = None) -> tuple[str, ...]:
    """What must be known to read the figure: who answered, when, in what unit, on which grid."""
    unit = _(
        "niveau moyen, de %(low)s à %(high)s",
        low=level_text(profile.grid.lowest),
        high=level_text(profile.grid.highest),
    )
    people = (answered(profile, college), volunteers(profile, college))
    parts = (*people, date, unit, _weighting(profile, college), grid_status(profile.grid))
    return tuple(part for part in parts if part)


def volunteers(profile: Profile, college: str | None = None) -> str:
    """Which colleges came by an open call; nothing when none did. Their intervals measure chance, not who came."""
    labels = [one.label for one in profile.grid.colleges if one.code in profile.rules.voluntary]
    if college is not None:
        return _("répondants volontaires") if college in profile.rules.voluntary else ""
    return _("répondants volontaires : %(colleges)s", colleges=", ".join(labels)) if labels else ""


def grid_status(grid: Grid) -> str:
    """Which grid, and whether it is official.

    The project's own grid says at every place that it is a proposal.
    """
    if grid.status == "proposition":
        return _("grille %(version)s, proposition du projet", version=grid.version)
    return _("grille %(version)s", version=grid.version)


def answered(profile: Profile, college: str | None = None) -> str:
    """How many people answered, as far as it may be said: colleges too small are named by no number."""
    if college is not None:
        number = number_or_none(profile.respondents.get(college))
        return _responses(int(number)) if number is not None else fewer_than(profile.rules.k)
    known = [int(n) for n in map(number_or_none, _individual(profile).values()) if n is not None]
    if not known:
        return _("moins de %(k)s réponses dans chaque collège", k=profile.rules.k)
    text = _("%(responses)s dans %(colleges)s", responses=_responses(sum(known)), colleges=_colleges(len(known)))
    hidden = len(_individual(profile)) - len(known)
    return text + _(" (et %(n)s de moins de %(k)s)", n=hidden, k=profile.rules.k) if hidden else text


def _individual(profile: Profile) -> dict[str, object]:
    return {college: n for college, n in profile.respondents.items() if college != "atelier"}


def _responses(n: int) -> str:
    return ngettext("%(n)s réponse", "%(n)s réponses", n)


def _colleges(n: int) -> str:
    return ngettext("%(n)s collège", "%(n)s collèges", n)


def _weighting(profile: Profile, college: str | None) -> str:
    if college is not None:
        return ""
    return weighting_name(profile.rules.weighting)


def weighting_name(weighting: str) -> str:
    """How the colleges were put together, in words."""
    return _("moyenne des personnes") if weighting == "heads" else _("moyenne des collèges")
