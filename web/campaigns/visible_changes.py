"""The smallest changes that the expected numbers of answers can show from one year to the next, before opening."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grille import Grid
from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from restitution.text.numbers import decimals, levels_in_words, rounded
from storage.campaigns.campaigns import Campaign
from web.http.heavy_requests import hand_over

if TYPE_CHECKING:
    from scoring import Visible


@dataclass(frozen=True)
class VisibleChanges:
    """The smallest visible changes, in words: of the territory, then college by college."""

    territory: str
    colleges: tuple[tuple[str, str], ...]


def visible_changes(campaign: Campaign) -> VisibleChanges | None:
    """Return them from the target of each college, else from its size; None when no college has either."""
    expected = {one.code: one.target or one.size or 0 for one in campaign.colleges}
    if not any(expected.values()):
        return None
    hand_over()
    from scoring.reading.visible import smallest_visible_by_college  # loads pandas, never where people only answer
    from storage.responses.computed.profiles import rules_of

    found = smallest_visible_by_college(expected, _asked(campaign), rules_of(campaign))
    places = decimals(len(campaign.grid.levels)) + 1
    words = {code: _of_college(campaign, found, code, places) for code in expected}
    territory = _territory(found, places)
    return VisibleChanges(territory, tuple((one.label, words[one.code]) for one in campaign.colleges))


def _territory(found: Visible, places: int) -> str:
    if found.territory is not None:
        return _levels(found.territory, places)
    if len(found.published) >= found.needed:
        return _volunteers()
    return ngettext(
        "aucun\u00a0: moins de %(n)s collège dont on attend assez de réponses",
        "aucun\u00a0: moins de %(n)s collèges dont on attend assez de réponses",
        found.needed,
    )


def _volunteers() -> str:
    return _("aucun\u00a0: des volontaires ne disent pas le changement de tous")


def _asked(campaign: Campaign) -> Grid:
    """The part of its grid that the campaign asks: the short form asks fewer skills, and shows less."""
    if campaign.form == "full":
        return campaign.grid
    asked = [(family, tuple(skill for skill in family.skills if skill.core)) for family in campaign.grid.families]
    families = tuple(family.model_copy(update={"skills": skills}) for family, skills in asked if skills)
    return campaign.grid.model_copy(update={"families": families})


def _of_college(campaign: Campaign, found: Visible, code: str, places: int) -> str:
    with_others, by_itself = found.opened[code], found.alone[code]
    if by_itself is None:
        if code in campaign.voluntary:
            return _volunteers()
        return _("aucun\u00a0: trop peu de réponses attendues, ou un nombre que l’on ne connaît pas")
    if with_others is None:  # no territory can move with it, or it is the whole territory
        return _levels(by_itself, places)
    return _(
        "%(opened)s si le territoire bouge dans le même sens, %(alone)s si le collège bouge seul",
        opened=_levels(with_others, places),
        alone=_levels(by_itself, places),
    )


def _levels(change: float, places: int) -> str:
    return levels_in_words(rounded(change, places))
