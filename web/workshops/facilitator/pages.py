"""What the pages of a facilitator show."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from flask import url_for
from markupsafe import Markup

from grille.grid import Skill
from questionnaires.answers import UNANSWERED, Answer
from questionnaires.questionnaire import SILENT_LABELS
from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from storage.campaigns.campaigns import Campaign
from storage.responses.workshop_reveals import Revealed, revealed, why_not_yet
from storage.responses.workshops import Attendance, Workshop, attendance, consensus_of
from web.http.addresses import as_typed, public_address
from web.http.database import connection


@dataclass(frozen=True, slots=True)
class Bar:
    """The frequency of an answer: its label, its count, and its share of the longest bar."""

    label: str
    count: int
    part: float


@dataclass(frozen=True)
class WorkshopView:
    """What the projected page shows of a workshop: its current skill, its bars, its consensus."""

    campaign: Campaign
    workshop: Workshop

    @cached_property
    def skill(self) -> Skill:
        """The skill under discussion."""
        return self.campaign.grid.skill(self.workshop.current)

    @cached_property
    def attendance(self) -> Attendance:
        """How many phones have joined, and how many have answered this skill."""
        return attendance(connection(), self.workshop, self.workshop.current)

    @cached_property
    def revealed(self) -> Revealed | None:
        """The distribution revealed for this skill; None if it was not."""
        return revealed(connection(), self.workshop, self.workshop.current)

    @cached_property
    def agreed(self) -> Mapping[str, Answer]:
        """The consensus noted, by skill."""
        return consensus_of(connection(), self.workshop)

    @cached_property
    def why_not(self) -> str:
        """The reason why nothing can be revealed yet; empty when it can.

        Asked every two seconds, so the cheapest test comes first.
        """
        k, code = self.campaign.k, self.workshop.current
        if self.attendance.answered < k:
            return _("Une seule fois, à partir de %(k)s réponses qui choisissent un niveau", k=k)
        return why_not_yet(connection(), self.campaign, self.workshop, code)

    @property
    def revealing(self) -> str:
        """The sentence under the button that reveals."""
        return "" if self.revealed else self.why_not or _("Une seule fois : les réponses d’après n’y entrent plus")

    @property
    def here(self) -> Answer:
        """The consensus noted on this skill."""
        return self.agreed.get(self.workshop.current, UNANSWERED)

    def bar(self, value: object) -> Bar | None:
        """The bar of a level; None before it is revealed."""
        return next((bar for one, bar in self._bars if one == value), None)

    @property
    def silent(self) -> list[Bar]:
        """The bars of the answers that carry no level, where anyone gave them."""
        return [bar for value, bar in self._bars if value in SILENT_LABELS and bar.count]

    @cached_property
    def _bars(self) -> list[tuple[object, Bar]]:
        if self.revealed is None:
            return []
        labels: dict[object, str] = {level.value: level.label for level in self.campaign.grid.levels}
        labels |= {value: str(label) for value, label in SILENT_LABELS.items()}
        counts = {value: self.revealed.counts.get(value, 0) for value in labels}  # type: ignore[call-overload]
        longest = max(counts.values())
        return [(value, Bar(labels[value], count, count / longest)) for value, count in counts.items()]

    @property
    def words(self) -> str:
        """How many phones have joined and answered, in words."""
        joined, answered = self.attendance.joined, self.attendance.answered
        if not joined:
            return _("aucun téléphone pour l’instant")
        phones = ngettext("%(n)s\u00a0téléphone", "%(n)s\u00a0téléphones", joined)
        none = _("aucune\u00a0réponse")
        answers = ngettext("%(n)s\u00a0réponse", "%(n)s\u00a0réponses", answered) if answered else none
        return f"{phones}, {answers}"

    @property
    def address(self) -> str:
        """The address that phones open, as it is displayed."""
        return public_address(url_for("participant.join", code=self.workshop.code))

    @property
    def code_entry(self) -> str:
        """The address of the page where the code is typed, without its scheme."""
        return as_typed(public_address(url_for("participant.code_entry")))

    @property
    def qr(self) -> Markup:
        """The address as a QR code (SVG)."""
        from restitution.charts.qr_code import qr_svg

        return Markup(qr_svg(self.address))  # noqa: S704  # made of our own address

    @property
    def first(self) -> str:
        """The action of the main button: « reveler », « suite » or « fin »."""
        if self.revealed is None and self.attendance.answered and not self.why_not:
            return "reveler"
        return "suite" if self.workshop.position + 1 < len(self.workshop.skills) else "fin"


LAST_RANK = 999


@dataclass(frozen=True, slots=True)
class SkillChoice:
    """A skill offered to a workshop: whether it is ticked, and its rank."""

    code: str
    title: str
    family: str
    ticked: bool
    rank: str
