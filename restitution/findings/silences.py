"""What people cannot judge: the skills and colleges where « je ne sais pas » is frequent, most frequent first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from restitution.chart_data.radar import Axis
from restitution.findings.skills import HIGH_UNKNOWN, FamilyView
from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from restitution.text.numbers import count, share


@dataclass(frozen=True)
class Silence:
    """A skill that many people of a college cannot judge: a finding, not a low level."""

    axis: Axis
    title: str
    college: str
    share: float
    respondents: int | None = None

    @property
    def text(self) -> str:
        """The share as people say it."""
        return share(self.share)

    @property
    def people(self) -> str:
        """How many people that is, of how many who answered in the college."""
        if self.respondents is None:
            return ""
        unsure = round(self.share * self.respondents)
        return ngettext("%(n)s personne sur %(of)s", "%(n)s personnes sur %(of)s", unsure, of=count(self.respondents))

    @property
    def in_words(self) -> str:
        """The skill, whose college cannot judge it, and how many of them."""
        who = _("%(college)s\u00a0: %(share)s", college=self.college, share=self.text)
        return f"{self.title} ({', '.join(filter(None, (who, self.people)))})"


def most_frequent(found: Sequence[Silence], most: int) -> list[Silence]:
    """The skills least known, each once, by the college where that is most frequent."""
    first: dict[str, Silence] = {}
    for one in found:
        first.setdefault(one.title, one)
    return list(first.values())[:most]


def silences(families: Sequence[FamilyView]) -> list[Silence]:
    """What a quarter of a college or more cannot judge, the most frequent first."""
    found = [
        Silence(family.axis, view.skill.title, cell.label, cell.unknown or 0, cell.respondents)
        for family in families
        for view in family.skills
        for cell in view.published
        if (cell.unknown or 0) >= HIGH_UNKNOWN
    ]
    return sorted(found, key=lambda one: -one.share)
