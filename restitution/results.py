"""The results of a campaign: the one model that every page, slide and document shows.

Built from published figures alone, so that nothing can show what a page would hide. Every figure is computed on first
use and cached: a page pays only for what it shows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from restitution.campaign_facts import CampaignFacts
from restitution.chart_data.radar import Axis, Radar, level_word
from restitution.chart_data.slope import Slope
from restitution.chart_data.table import TwinTable, radar_table
from restitution.findings.change import changes as changing
from restitution.findings.change import readings as headlines
from restitution.findings.change import skill_moves as moving
from restitution.findings.change.changes import FamilyChange
from restitution.findings.change.hindsight import HindsightChange, hindsight, hindsight_radar
from restitution.findings.change.not_comparable import (
    NotComparableSkill,
    colleges_not_compared,
    colleges_without_word,
    not_comparable_skills,
)
from restitution.findings.method import robustness as weightings
from restitution.findings.method.robustness import Robustness, robustness_by_family, sensitivities
from restitution.findings.profile import silences as silent
from restitution.findings.profile import skills, workshop
from restitution.findings.profile.college_gaps import CollegesOnFamily, colleges_by_family, divergence
from restitution.findings.profile.explanation import Explanation, explanation
from restitution.findings.profile.silences import Silence
from restitution.text import sentences
from restitution.text.language import gettext as _
from restitution.text.numbers import level_text

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class CampaignResults(CampaignFacts):
    """What is shown of one closed campaign: its facts, and what the scores say."""

    @cached_property
    def changes(self) -> list[FamilyChange]:
        """What changed since the previous campaign, for every college and for the territory."""
        return changing.changes(self.previous.profile, self.profile) if self.previous else []

    @property
    def territory_changes(self) -> list[FamilyChange]:
        """What changed for the territory, family by family."""
        return changing.of_territory(self.changes)

    @property
    def changes_since_first(self) -> list[FamilyChange]:
        """What changed for the territory since the first campaign, family by family."""
        first = self.campaigns[0]
        whole = self.changes if first is self.previous else changing.changes(first.profile, self.profile)
        return changing.of_territory(whole)

    @property
    def smallest_visible(self) -> str:
        """The smallest change that each college is large enough to show; empty if none is tested."""
        return changing.smallest_visible(self.changes)

    @property
    def has_fall(self) -> bool:
        """Whether a family of the territory falls."""
        return changing.territory_falls(self.changes)

    @cached_property
    def skill_moves(self) -> list[moving.SkillMove]:
        """The skills that can be compared with the previous campaign, and how far each moved."""
        return moving.skill_moves(self.previous.profile, self.profile) if self.previous else []

    def moved_with(self, verdict: str) -> list[moving.SkillMove]:
        """Return the skills that moved most in the families that clearly rose, or fell, in the same direction."""
        families = {one.axis.code for one in self.territory_changes if one.delta is not None and one.verdict == verdict}
        return moving.moved_most(self.skill_moves, families, -1 if verdict == sentences.DOWN else 1)

    @cached_property
    def cheered(self) -> list[moving.SkillMove]:
        """The skills to celebrate: those that rose most, where the rise is more than a rebound."""
        return [one for one in self.moved_with(sentences.UP) if one.axis.code not in self.rebounds]

    def skill_slope(self, axis: Axis) -> Slope | None:
        """Return the skills of one family over the campaigns shown; None if no skill has two points."""
        oldest_first = list(reversed(self.shown))
        profiles, labels = [one.profile for one in oldest_first], [one.label for one in oldest_first]
        return moving.skill_slope(profiles, labels, [one.year for one in oldest_first], axis)

    @cached_property
    def not_comparable(self) -> list[NotComparableSkill]:
        """The skills that cannot be compared with the previous campaign, and why."""
        return not_comparable_skills(self.previous.profile.grid, self.grid) if self.previous else []

    @property
    def not_compared_colleges(self) -> list[str]:
        """The colleges that cannot be compared with the previous campaign in any family, each with why."""
        return colleges_not_compared(self.changes, self.colleges)

    @property
    def colleges_without_word(self) -> list[str]:
        """The colleges that are compared but have no verdict in any family, each with the reason."""
        return colleges_without_word(self.changes, self.colleges)

    @cached_property
    def compared_scores(self) -> bool:
        """Whether a change is shown: every score on the same page or document then has one more decimal."""
        return any(change.delta is not None for change in self.changes) or bool(self.hindsight)

    @cached_property
    def readings(self) -> list[sentences.Reading]:
        """What the main findings are made of: each family's score, change and hindsight."""
        return headlines.readings(self.profile, self.changes, self.rebounds)

    @cached_property
    def headline(self) -> str:
        """The main finding, in one sentence."""
        return sentences.headline(self.readings, self.grid.levels, self.since)

    @cached_property
    def rebounds(self) -> dict[str, str]:
        """The families that rise but stay below an earlier campaign, with the label of that campaign."""
        past = self.campaigns[: self.campaigns.index(self.previous)] if self.previous in self.campaigns else ()
        return headlines.rebounds(self.profile, self.changes, [(one.label, one.profile) for one in past])

    @cached_property
    def radar(self) -> Radar:
        """One to three campaigns on one radar."""
        profiles, labels = [one.profile for one in self.shown], [one.label for one in self.shown]
        return Radar.from_profiles(
            profiles, labels, title=self.headline, date=self.collected, compared=self.compared_scores
        )

    @cached_property
    def table(self) -> TwinTable:
        """The radar's figures as a table, with the verdicts since the previous campaign.

        Has a note where they seem not to add up.
        """
        verdicts = {change.axis.code: change.cell for change in self.territory_changes}
        since = _("Depuis %(year)s", year=self.since) if self.since else ""
        table = radar_table(self.radar, verdicts, since=since)
        return replace(table, note=changing.difference_note(table, self.since, self.territory_changes))

    @cached_property
    def trends(self) -> Slope | None:
        """The families from campaign to campaign; None for a first campaign."""
        if len(self.campaigns) < 2:
            return None
        found = self.campaigns
        profiles, labels, years = ([getattr(one, name) for one in found] for name in ("profile", "label", "year"))
        return Slope.from_profiles(profiles, labels, years, compared=self.compared_scores)

    @cached_property
    def hindsight(self) -> list[HindsightChange]:
        """What the same people say has changed since the year before, family by family; empty if not asked."""
        year = int(self.campaigns[-1].year) - 1
        then = next((one for one in self.campaigns if int(one.year) == year), None)
        since = changing.changes(then.profile, self.profile) if then and self.profile.has_hindsight else []
        return hindsight(self.profile, since)

    @cached_property
    def retrospective_radar(self) -> Radar | None:
        """The radar of the year before as people see it now; None if they were not asked."""
        return hindsight_radar(self.profile, self.hindsight, self.label, date=self.collected)

    @cached_property
    def workshop_radar(self) -> Radar | None:
        """The radar of the workshops' own levels; None without workshops."""
        return workshop.workshop_radar(self.profile, self.label)

    @property
    def workshops(self) -> str:
        """The number of workshops that noted something, in words."""
        return workshop.workshops_in_words(self.profile)

    @cached_property
    def consensus(self) -> list[tuple[str, Fraction]]:
        """The consensus of workshops: the title of each skill, and the mean of their levels."""
        return workshop.consensus(self.profile)

    @cached_property
    def panels(self) -> list[CollegesOnFamily]:
        """The colleges side by side, family by family."""
        return colleges_by_family(self.profile, self.colleges, compared=self.compared_scores)

    @property
    def divergence(self) -> str:
        """A sentence on what the colleges see alike or not."""
        return divergence(self.panels)

    @cached_property
    def families(self) -> list[skills.FamilyView]:
        """Every family in detail."""
        return skills.families(self.profile, self.colleges, compared=self.compared_scores)

    @cached_property
    def silences(self) -> list[Silence]:
        """What a quarter of a college or more cannot judge, the most frequent first."""
        return silent.silences(self.families)

    def explanation(self, family: str) -> Explanation | None:
        """Return how the territory's score of that family is computed."""
        return explanation(self.profile, family, self.colleges, compared=self.compared_scores)

    @cached_property
    def robustness(self) -> list[Robustness]:
        """Every family under other ways of counting."""
        return robustness_by_family(self.profile, compared=self.compared_scores)

    @property
    def weightings_sentence(self) -> str:
        """A sentence on whether a level depends on the weighting."""
        return weightings.sentence([one.weighted for one in self.robustness], self.profile.rules.weighting)

    @cached_property
    def sensitivities(self) -> list[str]:
        """The conclusions that another way of counting would change."""
        before = self.previous.profile if self.previous else None
        return sensitivities(self.profile, before, compared=self.compared_scores)

    def retained_label(self, family: str) -> str:
        """Return the level retained by reviewers, in words; empty when they kept the score."""
        level = self.judgement(family).level
        return "" if level is None else f"{level_text(level)} – {level_word(level, self.grid.levels)}"
