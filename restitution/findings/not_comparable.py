"""The skills of two grids that cannot be compared, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grille import Grid, IncomparableGridsError, not_comparable
from restitution.text.language import gettext as _


@dataclass(frozen=True)
class NotComparableSkill:
    """A skill left out of the comparison, and why."""

    title: str
    reason: str


def not_comparable_skills(before: Grid, after: Grid) -> list[NotComparableSkill]:
    """The skills of two grids that cannot be compared, and the reason in a few words."""
    if (before.id, before.version) == (after.id, after.version):
        return []
    return list(_not_comparable_skills(before, after))


def _not_comparable_skills(before: Grid, after: Grid) -> Iterator[NotComparableSkill]:
    try:
        apart = not_comparable(before, after)
    except IncomparableGridsError as error:
        yield NotComparableSkill(_("Toute la grille"), str(error))
        return
    for one in apart:
        grid = before if one.side == "before" else after
        yield NotComparableSkill(grid.skill(one.code).title, one.reason)
