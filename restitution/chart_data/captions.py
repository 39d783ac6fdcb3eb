"""Captions of figures, in words: who answered, the unit, the grid, the weighting."""

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
    """Return the lines of a figure's caption: who answered, when, in which unit, on which grid."""
    unit = _(
        "niveau moyen, de %(low)s à %(high)s",
        low=level_text(profile.grid.lowest),
        high=level_text(profile.grid.highest),
    )
    people = (answered(profile, college), volunteers(profile, college))
    parts = (*people, date, unit, _weighting(profile, college), grid_status(profile.grid))
    return tuple(part for part in parts if part)


def volunteers(profile: Profile, college: str | None = None) -> str:
    """Return a sentence on the colleges invited by an open call; empty without any.

    Their intervals measure chance only, not who chose to answer.
    """
    labels = [one.label for one in profile.grid.colleges if one.code in profile.rules.voluntary]
    if college is not None:
        return _("répondants volontaires") if college in profile.rules.voluntary else ""
    return _("répondants volontaires : %(colleges)s", colleges=", ".join(labels)) if labels else ""


def grid_status(grid: Grid) -> str:
    """Return the name of the grid and whether it is official.

    The project's own grid is called a proposal wherever it is shown.
    """
    if grid.status == "proposition":
        return _("grille %(version)s, proposition du projet", version=grid.version)
    return _("grille %(version)s", version=grid.version)


def answered(profile: Profile, college: str | None = None) -> str:
    """Return how many people answered, in words; the numbers of colleges that are too small are left out."""
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
    """Return the weighting of colleges in words."""
    return _("moyenne des personnes") if weighting == "heads" else _("moyenne des collèges")
