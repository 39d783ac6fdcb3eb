"""What a finding shows, as plain values: each medium draws a kind in its own way, or says it in words.

``kind`` names the templates and the drawing functions. A medium that does not know a kind prints its words and its
table, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from grille import Skill
from restitution.adopted_diagnostic import AdoptedDiagnostic
from restitution.chart_data.radar import Axis, Point, Radar
from restitution.chart_data.slope import Slope
from restitution.findings.change.changes import FamilyChange
from restitution.findings.change.hindsight import HindsightChange, caution
from restitution.findings.change.not_comparable import NotComparableSkill
from restitution.findings.change.parcours_progress import ParcoursProgress, WeakSkill
from restitution.findings.change.promises import Promise
from restitution.findings.change.skill_moves import SkillMove
from restitution.findings.profile.college_gaps import CollegesOnFamily
from restitution.findings.profile.participation import CollegeParticipation
from restitution.findings.profile.silences import Silence, most_frequent
from restitution.findings.profile.skills import FamilyView
from restitution.review_texts import NotePart, Retained
from restitution.text.language import gettext as _

if TYPE_CHECKING:
    from restitution.campaign_facts import ComparedCampaign


@dataclass(frozen=True)
class PlainTable:
    """A table of texts under named columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Shown:
    """The content of a finding."""

    kind: ClassVar[str] = "passage"

    @property
    def words(self) -> Sequence[str]:
        """The same in sentences, for a medium that does not draw this kind."""
        return ()

    @property
    def figures(self) -> PlainTable | None:
        """The same as a table, for a medium that does not draw this kind; None when words say it all."""
        return None


@dataclass(frozen=True)
class Passage(Shown):
    """Sentences and, when there is one, a table: every medium shows it."""

    lines: tuple[str, ...]
    table: PlainTable | None = None

    @property
    def words(self) -> Sequence[str]:
        """The sentences."""
        return self.lines

    @property
    def figures(self) -> PlainTable | None:
        """The table."""
        return self.table


@dataclass(frozen=True)
class Moment(Shown):
    """What the room is asked or told at a moment of the session: a few lines, done one after the other if numbered."""

    kind: ClassVar[str] = "moment"
    lines: tuple[str, ...]
    numbered: bool = True

    @property
    def words(self) -> Sequence[str]:
        """The lines."""
        return self.lines


@dataclass(frozen=True)
class Participation(Shown):
    """How many answered in each college."""

    kind: ClassVar[str] = "participation"
    colleges: Sequence[CollegeParticipation]


@dataclass(frozen=True)
class LevelsExplained(Shown):
    """What each level means for one skill: its value, its name, and what is seen there."""

    kind: ClassVar[str] = "levels"
    skill: Skill
    steps: Sequence[tuple[int, str, str]]


@dataclass(frozen=True)
class ProfileRadar(Shown):
    """The campaigns compared, on one radar."""

    kind: ClassVar[str] = "radar"
    radar: Radar


@dataclass(frozen=True)
class RetrospectiveRadar(Shown):
    """The year before as people see it now."""

    kind: ClassVar[str] = "retrospective"
    radar: Radar
    changes: Sequence[HindsightChange]

    @property
    def words(self) -> Sequence[str]:
        """What the answers « avec le recul » do not mean."""
        return (caution(),)

    @property
    def figures(self) -> PlainTable:
        """What people say has changed, family by family."""
        columns = (_("Famille"), _("Avec le recul"), _("En détail"))
        rows = ((one.axis.title, one.cell.text, one.sentence) for one in self.changes)
        return PlainTable(columns, tuple(rows))


@dataclass(frozen=True)
class CollegesRadar(Shown):
    """The newest campaign as up to three colleges see it."""

    kind: ClassVar[str] = "seen-by"
    radar: Radar


@dataclass(frozen=True)
class FamilyChanges(Shown):
    """The changes of the territory by family."""

    kind: ClassVar[str] = "changes"
    changes: Sequence[FamilyChange]


@dataclass(frozen=True)
class Celebration(Shown):
    """The skills that rose most, first the one that rose most; the actions by the code of the skill they aimed at."""

    kind: ClassVar[str] = "celebration"
    risen: Sequence[SkillMove]
    actions_by_skill: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class FamilyTrends(Shown):
    """The families from campaign to campaign."""

    kind: ClassVar[str] = "slope"
    slope: Slope


@dataclass(frozen=True)
class CollegeGaps(Shown):
    """The colleges side by side, family by family."""

    kind: ClassVar[str] = "colleges"
    panels: Sequence[CollegesOnFamily]


@dataclass(frozen=True)
class FamilyDetail(Shown):
    """One family: its score, its skills by college, and what reviewers retained of it."""

    kind: ClassVar[str] = "family"
    view: FamilyView
    point: Point
    judged: Retained


@dataclass(frozen=True)
class HighSilences(Shown):
    """What many people cannot judge, most frequent first."""

    kind: ClassVar[str] = "silences"
    silences: Sequence[Silence]

    @property
    def least_known(self) -> list[Silence]:
        """The skills least known, each once."""
        return most_frequent(self.silences, len(self.silences))


@dataclass(frozen=True)
class NotCompared(Shown):
    """The skills that cannot be compared with these campaigns, which share one grid, and why."""

    kind: ClassVar[str] = "apart"
    campaigns: Sequence[ComparedCampaign]
    skills: Sequence[NotComparableSkill]


@dataclass(frozen=True)
class RetainedLevels(Shown):
    """What reviewers retained beside the scores, family by family; and the diagnostic, once adopted."""

    kind: ClassVar[str] = "retained"
    judged: Sequence[tuple[Axis, Retained]]
    diagnostic: AdoptedDiagnostic | None = None


@dataclass(frozen=True)
class YearlyNote(Shown):
    """The parts of the yearly note."""

    kind: ClassVar[str] = "note"
    parts: Sequence[NotePart]


@dataclass(frozen=True)
class ActionSummary:
    """An action of the parcours in words; ``status`` is a code of the plan.

    ``ratings`` are what was said of it, for the presenter alone.
    """

    title: str
    kind: str
    status: str
    when: str
    period: str
    purpose: str
    families: tuple[Axis, ...] = ()
    ratings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Actions(Shown):
    """Actions of the parcours: under way or done, with the titles of those given up; or to come (``planned``)."""

    kind: ClassVar[str] = "parcours"
    actions: Sequence[ActionSummary]
    planned: bool
    dropped: Sequence[str] = ()
    forgotten: Sequence[WeakSkill] = ()


@dataclass(frozen=True)
class WorkedSkills(Shown):
    """The skills worked on, compared with the others."""

    kind: ClassVar[str] = "worked"
    progress: ParcoursProgress


@dataclass(frozen=True)
class Promises(Shown):
    """What was decided at the session before, and what became of it."""

    kind: ClassVar[str] = "promises"
    promises: Sequence[Promise]

    @property
    def words(self) -> Sequence[str]:
        """One line per decision."""
        return [f"{one.text} – {one.word}" for one in self.promises]


@dataclass(frozen=True)
class Decisions(Shown):
    """What the room decides, or has decided."""

    kind: ClassVar[str] = "decide"
    decisions: Sequence[str]


@dataclass(frozen=True)
class Method(Shown):
    """How the figures were made, and how to read them."""

    kind: ClassVar[str] = "method"
