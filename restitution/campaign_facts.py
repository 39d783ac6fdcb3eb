"""The facts behind a campaign's results: campaigns compared, grid, participation, rules of the method."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from grille import Grid
from restitution.chart_data import captions
from restitution.chart_data.radar import Axis, axes_of
from restitution.chart_data.reasons import fewer_than
from restitution.findings.method.recomputed import RecomputedNotice
from restitution.findings.method.rules import rules_in_words
from restitution.findings.open_links import opened_by_link, repeated_by_link
from restitution.findings.profile import participation as participating
from restitution.findings.profile.participation import CollegeParticipation
from restitution.findings.proposals import clear_of
from restitution.review_texts import ReviewTexts
from restitution.text.numbers import short

if TYPE_CHECKING:
    from scoring import Profile


@dataclass(frozen=True)
class ComparedCampaign:
    """A campaign of the territory: its label, its year, its profile."""

    label: str
    year: float
    profile: Profile


@dataclass(frozen=True)
class CampaignFacts(ReviewTexts):
    """The facts of one closed campaign.

    ``campaigns`` are oldest first, this campaign last; ``compared`` are the campaigns shown together, newest first,
    this one first (by default with the previous and the first). ``colleges`` are the names of colleges by code;
    ``collected`` tells when answers were collected; ``notice`` tells which results an earlier edition of the method
    published; ``warning`` tells that the territory is no real one, ``brief_warning`` in two words; ``by_link`` names
    the colleges that a reusable link led to.
    """

    territory: str
    name: str
    campaigns: tuple[ComparedCampaign, ...]
    colleges: Mapping[str, str]
    collected: str
    warning: str = ""
    brief_warning: str = ""
    compared: tuple[ComparedCampaign, ...] = ()
    notice: Callable[[], RecomputedNotice] = RecomputedNotice
    by_link: Callable[[], Sequence[str]] = tuple

    @cached_property
    def open_colleges(self) -> Sequence[str]:
        """The names of the colleges that a reusable link led to: one person may have answered several times."""
        return self.by_link()

    @property
    def open_link_cautions(self) -> list[str]:
        """The warnings about these colleges; empty if there are none."""
        opened = opened_by_link(self.open_colleges)
        return [f"{opened} {repeated_by_link()}"] if opened else []

    @property
    def profile(self) -> Profile:
        """The campaign's own profile."""
        return self.campaigns[-1].profile

    @property
    def grid(self) -> Grid:
        """The campaign's own grid."""
        return self.profile.grid

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The families, in the order of the grid."""
        return axes_of(self.grid)

    @property
    def label(self) -> str:
        """The label of the campaign, usually its year."""
        return self.campaigns[-1].label

    @property
    def shown(self) -> tuple[ComparedCampaign, ...]:
        """The campaigns shown together, newest first: those chosen, else this one, the previous and the first."""
        first = self.campaigns[:1] if len(self.campaigns) > 2 else ()
        return self.compared or (*reversed(self.campaigns[-2:]), *first)

    @property
    def previous(self) -> ComparedCampaign | None:
        """The campaign that this one is compared with: the newest of the others shown; None if none."""
        return self.shown[1] if len(self.shown) > 1 else None

    @property
    def since(self) -> str:
        """The label of the previous campaign; empty for a first campaign."""
        return self.previous.label if self.previous else ""

    @property
    def other_grids(self) -> dict[str, str]:
        """The campaigns shown that used another version of the grid, and that version."""
        versions = {one.label: one.profile.grid.version for one in self.shown}
        return {label: version for label, version in versions.items() if version != self.grid.version}

    @cached_property
    def recomputed(self) -> RecomputedNotice:
        """Which of these results an earlier edition published, and when they were recomputed."""
        return self.notice()

    @property
    def colleges_needed(self) -> int:
        """The number of published colleges that a score of the territory needs."""
        return self.profile.rules.colleges_needed(len(self.profile.colleges))

    @cached_property
    def participation(self) -> list[CollegeParticipation]:
        """The participation of each college, as far as it may be shown."""
        return participating.participation(self.profile, self.colleges)

    @property
    def answered(self) -> str:
        """The number of respondents in words, as far as it may be shown."""
        return captions.answered(self.profile)

    @property
    def answered_total(self) -> str:
        """The total number of respondents; a dash if a college is hidden, which it would disclose."""
        return participating.total_in_words(self.participation)

    @property
    def volunteers(self) -> list[str]:
        """The names of the colleges invited by an open call."""
        return [label for code, label in self.colleges.items() if code in self.profile.rules.voluntary]

    @property
    def status(self) -> str:
        """The name of the grid and whether it is official."""
        return captions.grid_status(self.grid)

    @property
    def rules(self) -> list[tuple[str, str]]:
        """Every convention of the method and its value in this campaign, in words."""
        return rules_in_words(self.profile.rules.to_dict(), self.colleges)

    @property
    def weighting(self) -> str:
        """The weighting of colleges in a few words, for a badge."""
        name = captions.weighting_name(self.profile.rules.weighting)
        return name[0].upper() + name[1:]

    @property
    def clear_change(self) -> str:
        """The smallest difference called « nette », in levels."""
        return short(clear_of(self.profile))

    @property
    def hidden_words(self) -> str:
        """The words shown in place of a figure on too few people."""
        return fewer_than(self.profile.rules.k)
