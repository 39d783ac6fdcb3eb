"""What the pages of a facilitator are given."""

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
from web.http.addresses import public_address
from web.http.database import connection


@dataclass(frozen=True, slots=True)
class Bar:
    """How often something was answered: its words, how many, and what part of the longest bar."""

    label: str
    count: int
    part: float


@dataclass(frozen=True)
class WorkshopView:
    """What the facilitator's page shows of a workshop: its current skill, its bars, its consensus."""

    campaign: Campaign
    workshop: Workshop

    @cached_property
    def skill(self) -> Skill:
        """The skill that the group is talking about."""
        return self.campaign.grid.skill(self.workshop.current)

    @cached_property
    def attendance(self) -> Attendance:
        """How many phones have joined, and answered this skill."""
        return attendance(connection(), self.workshop, self.workshop.current)

    @cached_property
    def revealed(self) -> Revealed | None:
        """What was revealed of this skill, if it was."""
        return revealed(connection(), self.workshop, self.workshop.current)

    @cached_property
    def agreed(self) -> Mapping[str, Answer]:
        """What the group has noted, by skill."""
        return consensus_of(connection(), self.workshop)

    @cached_property
    def why_not(self) -> str:
        """Why nothing can be revealed yet, if nothing can; asked every two seconds, so the short way first."""
        k, code = self.campaign.k, self.workshop.current
        if self.attendance.answered < k:
            return _("Une seule fois, à partir de %(k)s réponses qui choisissent un niveau", k=k)
        return why_not_yet(connection(), self.campaign, self.workshop, code)

    @property
    def revealing(self) -> str:
        """What stands under the button that reveals."""
        return "" if self.revealed else self.why_not or _("Une seule fois : les réponses d’après n’y entrent plus")

    @property
    def here(self) -> Answer:
        """What the group has noted about this skill."""
        return self.agreed.get(self.workshop.current, UNANSWERED)

    def bar(self, value: object) -> Bar | None:
        """The bar of a level, once revealed."""
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
        """The address that phones open, as it is shown."""
        return public_address(url_for("participant.join", code=self.workshop.code))

    @property
    def code_entry(self) -> str:
        """The address of the page where the code is typed, without its scheme, as it is read aloud."""
        return public_address(url_for("participant.code_entry")).partition("://")[2].rstrip("/")

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
    """A skill that a workshop may go through: ticked or not, and before which others."""

    code: str
    title: str
    family: str
    ticked: bool
    rank: str
