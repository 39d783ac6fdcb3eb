"""What people cannot judge: the skills and colleges where « je ne sais pas » is frequent, most frequent first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from restitution.chart_data.radar import Axis
from restitution.findings.profile.skills import HIGH_UNKNOWN, FamilyView
from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from restitution.text.numbers import count, share


@dataclass(frozen=True)
class Silence:
    """A skill that many people of a college cannot judge: a finding, not a low level.

    Of a small cell, only the share without level is known (``without_level`` is then « sans niveau »).
    """

    axis: Axis
    title: str
    college: str
    share: float
    respondents: int | None = None
    without_level: str = ""

    @property
    def text(self) -> str:
        """The share as printed."""
        return share(self.share)

    @property
    def what(self) -> str:
        """What is known of these people: they answered « je ne sais pas », or only that they gave no level."""
        if self.without_level:
            return _("%(share)s sans niveau", share=self.text)
        return _("%(share)s ne savent pas", share=self.text)

    @property
    def people(self) -> str:
        """The number of these people, out of the respondents of the college, in words."""
        if self.respondents is None:
            return ""
        unsure = round(self.share * self.respondents)
        return ngettext("%(n)s personne sur %(of)s", "%(n)s personnes sur %(of)s", unsure, of=count(self.respondents))

    @property
    def in_words(self) -> str:
        """The skill, the college, and the number of people."""
        who = _("%(college)s\u00a0: %(what)s", college=self.college, what=self.what)
        return f"{self.title} ({', '.join(filter(None, (who, self.people)))})"

    @property
    def sentence(self) -> str:
        """The finding as a title."""
        words = {"share": self.text, "college": self.college, "skill": self.title}
        if self.without_level:
            return _(
                "%(share)s des répondants du collège %(college)s ne donnent pas de niveau à «\u00a0%(skill)s\u00a0»",
                **words,
            )
        return _("%(share)s des répondants du collège %(college)s ne savent pas juger «\u00a0%(skill)s\u00a0»", **words)


def most_frequent(found: Sequence[Silence], most: int) -> list[Silence]:
    """Return the ``most`` least known skills, each once, for the college where that is most frequent."""
    first: dict[str, Silence] = {}
    for one in found:
        first.setdefault(one.title, one)
    return list(first.values())[:most]


def silences(families: Sequence[FamilyView]) -> list[Silence]:
    """Return what a quarter or more of a college cannot judge, most frequent first."""
    found = [
        Silence(
            family.axis,
            view.skill.title,
            cell.label,
            cell.blind,
            cell.respondents,
            _("sans niveau") if cell.small else "",
        )
        for family in families
        for view in family.skills
        for cell in view.published
        if cell.blind >= HIGH_UNKNOWN
    ]
    return sorted(found, key=lambda one: -one.share)
