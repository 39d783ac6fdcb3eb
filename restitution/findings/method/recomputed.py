"""The notice about results that an earlier edition of the method published, shown wherever they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Final

from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from restitution.text.names import in_words
from restitution.text.sentences import listed


@dataclass(frozen=True)
class RecomputedCampaign:
    """A campaign published under the first edition and recomputed since: its label, and both dates."""

    label: str
    published: date
    recomputed: date


@dataclass(frozen=True)
class RecomputedNotice:
    """The notice about a campaign's results and those shown beside them.

    ``own`` is ``None`` if only the second edition published the campaign; ``adopted`` tells that its diagnostic was
    adopted under the first edition and remains valid.
    """

    own: RecomputedCampaign | None = None
    others: tuple[RecomputedCampaign, ...] = ()
    adopted: bool = False

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The whole notice in sentences; empty if nothing was recomputed."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[str]:
        if self.own:
            yield _(
                "Ces résultats, publiés le %(published)s avec l’édition 1 de la méthode, ont été recalculés le "
                "%(recomputed)s avec l’édition 2\u00a0: les réponses et les moyennes sont les mêmes, les intervalles "
                "et les mots peuvent changer.",
                published=in_words(self.own.published),
                recomputed=in_words(self.own.recomputed),
            )
        if self.adopted:
            yield _("Le diagnostic adopté reste celui de l’édition 1.")
        for day, group in groupby(self.others, key=lambda one: one.recomputed):
            yield _of_others(day, list(group))

    @property
    def text(self) -> str:
        """The whole notice as one text."""
        return " ".join(self.lines)

    @property
    def days(self) -> dict[str, str | None]:
        """Both dates of the campaign itself, for data files."""
        published, again = (self.own.published, self.own.recomputed) if self.own else (None, None)
        return {
            "first_published_on": published.isoformat() if published else None,
            "recomputed_on": again.isoformat() if again else None,
        }

    @property
    def short(self) -> str:
        """The notice in a few words, for the foot of slides and pages."""
        if self.own:
            return _(
                "recalculé le %(recomputed)s (publié le %(published)s)",
                recomputed=in_words(self.own.recomputed),
                published=in_words(self.own.published),
            )
        if not self.others:
            return ""
        labels = ", ".join(one.label for one in self.others)
        day = max(one.recomputed for one in self.others)
        return _("recalcul de %(labels)s le %(day)s", labels=labels, day=in_words(day))


NOTHING_RECOMPUTED: Final = RecomputedNotice()


def _of_others(day: date, campaigns: Sequence[RecomputedCampaign]) -> str:
    dated = (_("%(label)s (le %(published)s)", label=one.label, published=in_words(one.published)) for one in campaigns)
    return ngettext(
        "Recalculée avec l’édition 2 le %(day)s, une campagne comparée avait été publiée avec l’édition 1\u00a0: "
        "%(which)s.",
        "Recalculées avec l’édition 2 le %(day)s, des campagnes comparées avaient été publiées avec l’édition 1\u00a0: "
        "%(which)s.",
        len(campaigns),
        day=in_words(day),
        which=listed(list(dated)),
    )
