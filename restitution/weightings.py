"""What the weight given to colleges changes: both weightings, and a sentence when a conclusion depends on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from restitution.language import gettext as _
from restitution.numbers import decimal, figure, signed
from restitution.radar import Axis, axes_of, level_word
from restitution.rows import rows
from restitution.sentences import listed

if TYPE_CHECKING:
    from scoring import Profile


@dataclass(frozen=True)
class Weighted:
    """One family under both weightings; ``None`` when it is not published."""

    axis: Axis
    equal: float | None
    heads: float | None
    difference: float | None
    changes_level: bool = False

    @property
    def texts(self) -> tuple[str, str, str]:
        """Equal colleges, equal people, and the difference."""
        if self.equal is None or self.heads is None or self.difference is None:
            return "–", "–", "–"
        return decimal(self.equal), decimal(self.heads), signed(self.difference)


def weighted(profile: Profile) -> list[Weighted]:
    """Every family under both weightings."""
    known = {row["family"]: row for row in rows(profile.weightings)}
    return [_weighted(axis, known[axis.code], profile) for axis in axes_of(profile.grid)]


def _weighted(axis: Axis, row: dict[str, object], profile: Profile) -> Weighted:
    equal, heads, difference = (figure(row[name]) for name in ("equal", "heads", "difference"))
    if equal is None or heads is None:
        return Weighted(axis, None, None, None)
    moved = level_word(equal, profile.grid.levels) != level_word(heads, profile.grid.levels)
    return Weighted(axis, equal, heads, difference, moved)


def sentence(found: Sequence[Weighted]) -> str:
    """What would change if each person counted the same, rather than each college."""
    differences = [abs(one.difference) for one in found if one.difference is not None]
    if not differences:
        return _("Aucun score de territoire n’est publié\u00a0: il n’y a rien à comparer.")
    moved = [one.axis.title for one in found if one.changes_level]
    if moved:
        return _(
            "Si chaque personne comptait autant, et non chaque collège, %(families)s changerait de niveau\u00a0: "
            "cette conclusion dépend du poids donné aux collèges.",
            families=listed(moved),
        )
    return _(
        "Si chaque personne comptait autant, et non chaque collège, aucune famille ne changerait de niveau\u202f; "
        "aucun score ne bougerait de plus de %(most)s.",
        most=decimal(max(differences)),
    )
