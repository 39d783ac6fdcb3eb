"""The facts behind a campaign's results: its campaigns, its grid, who answered, the rules of counting."""

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

    ``campaigns`` are oldest first and end with the campaign's own; ``compared`` are those shown together, newest first
    and its own first (by default the one before and the first). ``colleges`` names the campaign's colleges by code;
    ``collected`` says when answers came in; ``notice`` that an earlier edition of the method published some of these
    results; ``by_link`` names the colleges that a reusable link led to.
    """

    territory: str
    name: str
    campaigns: tuple[ComparedCampaign, ...]
    colleges: Mapping[str, str]
    collected: str
    fictional: bool = False
    compared: tuple[ComparedCampaign, ...] = ()
    notice: Callable[[], RecomputedNotice] = RecomputedNotice
    by_link: Callable[[], Sequence[str]] = tuple

    @cached_property
    def open_colleges(self) -> Sequence[str]:
        """The names of the colleges where one person may have answered several times, by a link."""
        return self.by_link()

    @property
    def open_link_cautions(self) -> list[str]:
        """What must be known of these colleges; nothing when there is none."""
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
        """The label of the campaign, most often its year."""
        return self.campaigns[-1].label

    @property
    def shown(self) -> tuple[ComparedCampaign, ...]:
        """The campaigns shown together, newest first: those compared, else this one, the one before and the first."""
        first = self.campaigns[:1] if len(self.campaigns) > 2 else ()
        return self.compared or (*reversed(self.campaigns[-2:]), *first)

    @property
    def previous(self) -> ComparedCampaign | None:
        """The campaign to which this one is compared: the newest of the others shown; None if there is none."""
        return self.shown[1] if len(self.shown) > 1 else None

    @property
    def since(self) -> str:
        """The label of the previous campaign; empty for a first campaign."""
        return self.previous.label if self.previous else ""

    @property
    def other_grids(self) -> dict[str, str]:
        """The campaigns shown that were asked with another version of the grid, and which."""
        versions = {one.label: one.profile.grid.version for one in self.shown}
        return {label: version for label, version in versions.items() if version != self.grid.version}

    @cached_property
    def recomputed(self) -> RecomputedNotice:
        """Which of these results an earlier edition of the method published, and when they were recomputed."""
        return self.notice()

    @property
    def colleges_needed(self) -> int:
        """How many published colleges a score of the territory needs."""
        return self.profile.rules.colleges_needed(len(self.profile.colleges))

    @cached_property
    def participation(self) -> list[CollegeParticipation]:
        """The participation of each college, where it may be shown."""
        return participating.participation(self.profile, self.colleges)

    @property
    def answered(self) -> str:
        """How many answered, in words, where it may be shown."""
        return captions.answered(self.profile)

    @property
    def answered_total(self) -> str:
        """The total of respondents; a dash when a college is hidden, which the total would disclose."""
        return participating.total_in_words(self.participation)

    @property
    def volunteers(self) -> list[str]:
        """The names of the colleges that came by an open call."""
        return [label for code, label in self.colleges.items() if code in self.profile.rules.voluntary]

    @property
    def status(self) -> str:
        """The grid, and whether it is official, in words."""
        return captions.grid_status(self.grid)

    @property
    def rules(self) -> list[tuple[str, str]]:
        """Every convention of the method, and its value here."""
        return rules_in_words(self.profile.rules.to_dict())

    @property
    def weighting(self) -> str:
        """How the colleges were put together, as a badge."""
        name = captions.weighting_name(self.profile.rules.weighting)
        return name[0].upper() + name[1:]

    @property
    def clear_change(self) -> str:
        """The smallest difference said to be clear."""
        return short(clear_of(self.profile))

    @property
    def hidden_words(self) -> str:
        """The words in place of a figure on too few people."""
        return fewer_than(self.profile.rules.k)
