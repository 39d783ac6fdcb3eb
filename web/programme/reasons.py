"""Why a territory may need a hand, in words, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from flask import url_for

from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from restitution.text.names import in_words
from restitution.text.sentences import listed

KINDS: Final = (
    "few answers",
    "not closed",
    "not opened",
    "not adopted",
    "falls",
    "forgotten",
    "late actions",
)
"""The kinds of reasons, the most urgent first."""

_MONTH: Final = 30
_WEEK: Final = 7


class NextStep(NamedTuple):
    """What to do: a label, and the address where it is done."""

    label: str
    address: str


@dataclass(frozen=True)
class Reason:
    """A reason to look at a territory, as it is kept; ``storage.programme.concerns`` says what its values are.

    For « falls », ``count`` is the year since when and ``names`` are the families; for « forgotten », ``count`` is the
    number of skills.
    """

    kind: str
    campaign: str = ""
    day: date | None = None
    count: int = 0
    expected: int | None = None
    names: tuple[str, ...] = ()

    @property
    def rank(self) -> tuple[int, date, str]:
        """Where it stands among the reasons of a territory: by its kind, then the earliest day."""
        return KINDS.index(self.kind), self.day or date.max, self.campaign

    @property
    def written(self) -> list[Any]:
        """The values to keep."""
        day = self.day and self.day.isoformat()
        return [self.kind, self.campaign, day, self.count, self.expected, list(self.names)]

    @classmethod
    def read(cls, written: Sequence[Any]) -> Reason:
        """Return the reason of the values that were kept."""
        kind, campaign, day, count, expected, names = written
        return cls(kind, campaign, day and date.fromisoformat(day), count, expected, tuple(names))

    def words(self, today: date) -> str:
        """Return the reason as a sentence, on that day."""
        said = {
            "few answers": self._few_answers,
            "not closed": self._not_closed,
            "not opened": self._not_opened,
            "not adopted": self._not_adopted,
            "falls": self._falls,
            "forgotten": self._forgotten,
            "late actions": self._late_actions,
        }
        return said[self.kind](today)

    def without_numbers(self, today: date) -> str:
        """Return the same without any number of answers, for what is kept where nothing hides it later."""
        if self.kind != "few answers":
            return self.words(today)
        few = _("%(college)s : trop peu de réponses pour l’instant.", college=self.names[0] if self.names else "")
        return " ".join(part for part in (self._closes(today), few) if part)

    def next_step(self, place: str) -> NextStep:
        """Return what to do first; ``place`` is the slug of the territory."""
        campaign = {
            "few answers": (_("Suivre la collecte"), "campaigns.follow"),
            "not closed": (_("Suivre la collecte"), "campaigns.follow"),
            "not opened": (_("Voir la campagne"), "campaigns.follow"),
            "not adopted": (_("Ouvrir la revue"), "review.desk"),
            "falls": (_("Lire les résultats"), "results.show"),
        }
        if self.kind in campaign:
            label, endpoint = campaign[self.kind]
            return NextStep(label, url_for(endpoint, slug=self.campaign))
        return NextStep(_("Ouvrir le parcours"), url_for("parcours.show", place=place))

    def _few_answers(self, today: date) -> str:
        return " ".join(part for part in (self._closes(today), self._answers()) if part)

    def _closes(self, today: date) -> str:
        if self.day is None:
            return ""
        left = (self.day - today).days
        if left <= 0:
            return _("Ferme aujourd’hui.")
        return ngettext("Ferme dans %(n)s jour.", "Ferme dans %(n)s jours.", left)

    def _answers(self) -> str:
        college = {"college": self.names[0] if self.names else ""}
        if not self.count:
            return self._no_answer(**college)
        if self.expected is None:
            return ngettext(
                "%(college)s : %(n)s réponse, trop peu pour un résultat.",
                "%(college)s : %(n)s réponses, trop peu pour un résultat.",
                self.count,
                **college,
            )
        hoped = ngettext("%(n)s espérée", "%(n)s espérées", self.expected)
        return ngettext(
            "%(college)s : %(n)s réponse, %(hoped)s.",
            "%(college)s : %(n)s réponses, %(hoped)s.",
            self.count,
            hoped=hoped,
            **college,
        )

    def _no_answer(self, **college: str) -> str:
        if self.expected is None:
            return _("%(college)s : aucune réponse.", **college)
        hoped = ngettext("%(n)s espérée", "%(n)s espérées", self.expected)
        return _("%(college)s : aucune réponse, %(hoped)s.", hoped=hoped, **college)

    def _not_closed(self, _today: date) -> str:
        return _("La collecte devait s’arrêter le %(day)s ; elle est encore ouverte.", day=self._day)

    def _not_opened(self, _today: date) -> str:
        return _("La collecte devait commencer le %(day)s ; elle n’est pas encore ouverte.", day=self._day)

    def _not_adopted(self, today: date) -> str:
        weeks = self._days(today) // _WEEK
        return ngettext(
            "Campagne close depuis %(n)s semaine, diagnostic pas encore adopté.",
            "Campagne close depuis %(n)s semaines, diagnostic pas encore adopté.",
            weeks,
        )

    def _falls(self, _today: date) -> str:
        return _("%(families)s : baisse nette depuis %(year)s.", families=listed(self.names), year=str(self.count))

    def _forgotten(self, _today: date) -> str:
        return ngettext(
            "%(n)s savoir-faire faible qu’aucune action ne vise.",
            "%(n)s savoir-faire faibles qu’aucune action ne vise.",
            self.count,
        )

    def _late_actions(self, today: date) -> str:
        said = ngettext("%(n)s action a dépassé sa date", "%(n)s actions ont dépassé leur date", self.count)
        months, days = self._days(today) // _MONTH, self._days(today)
        if months:
            since = ngettext("depuis %(n)s mois", "depuis %(n)s mois", months)
        else:
            since = ngettext("depuis %(n)s jour", "depuis %(n)s jours", days)
        if self.count == 1:
            return _("%(actions)s, %(since)s.", actions=said, since=since)
        return _("%(actions)s ; la plus ancienne, %(since)s.", actions=said, since=since)

    @property
    def _day(self) -> str:
        return in_words(self.day) if self.day else ""

    def _days(self, today: date) -> int:
        return (today - self.day).days if self.day else 0
