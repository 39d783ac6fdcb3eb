"""What people cannot judge: the skills and colleges where « je ne sais pas » is frequent, most frequent first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from restitution.chart_data.radar import Axis
from restitution.findings.skills import HIGH_UNKNOWN, FamilyView
from restitution.text.numbers import share


@dataclass(frozen=True)
class Silence:
    """A skill that many people of a college cannot judge: a finding, not a low level."""

    axis: Axis
    title: str
    college: str
    share: float

    @property
    def text(self) -> str:
        """The share as people say it."""
        return share(self.share)


def silences(families: Sequence[FamilyView]) -> list[Silence]:
    """What a quarter of a college or more cannot judge, the most frequent first."""
    found = [
        Silence(family.axis, view.skill.title, cell.label, cell.unknown or 0)
        for family in families
        for view in family.skills
        for cell in view.published
        if (cell.unknown or 0) >= HIGH_UNKNOWN
    ]
    return sorted(found, key=lambda one: -one.share)
