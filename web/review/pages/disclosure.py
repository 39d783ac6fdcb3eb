"""What the report on a publication is given: all of it computed from what is published, and from nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import groupby

from restitution.findings import disclosure as findings
from restitution.findings.method.measured_disclosure import MEASURED, measured_size, shape_names
from restitution.findings.open_links import repeated_by_code
from restitution.text.numbers import share
from scoring import Profile
from storage.campaigns.campaigns import Campaign
from storage.campaigns.college_merges import merges_of
from storage.core.timestamps import paris_day
from storage.responses.computed.profiles import campaign_profile
from storage.responses.computed.publications import Republication, publication_to_come, republication
from web.campaigns.pages import about_open_links
from web.http.database import connection


@dataclass(frozen=True)
class MeasuredSize:
    """What was found again of simulated colleges of one size, in words: shares by shape of opinions.

    ``most`` is what a member found again where that was easiest.
    """

    n: int
    most: str
    shares: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class DisclosureReport:
    """What publishing a campaign tells of the people who answered."""

    profile: Profile
    colleges: Mapping[str, str]
    asked: tuple[str, ...]
    open_links: tuple[str, ...]
    republication: Republication

    @property
    def protection(self) -> str:
        """The sentence that everyone reads."""
        return findings.protection(self.profile, self.colleges)

    @cached_property
    def hidden(self) -> list[tuple[str, Mapping[str, findings.HiddenFigures]]]:
        """What is hidden and why: for each college and the territory, by kind of figures."""
        found = findings.hidden_figures(self.profile, self.colleges, self.asked)
        by_label = groupby(found, key=lambda one: one.label)
        return [(label, {one.table: one for one in some}) for label, some in by_label]

    @property
    def tables(self) -> list[str]:
        """The kinds of figures, in order."""
        return list(dict.fromkeys(table for _who, shown in self.hidden for table in shown))

    @cached_property
    def found_again(self) -> list[findings.FoundAgain]:
        """What could be found again of each college that has small cells."""
        return findings.found_again(self.profile, self.colleges)

    @property
    def measured(self) -> MeasuredSize:
        """What was measured on simulated colleges as small as the smallest of these; there must be one."""
        n = measured_size(min(one.fewest for one in self.found_again))
        names, shares = shape_names(), MEASURED[n]
        most = max(member for _anyone, member, _two in shares.values())
        words = {names[shape]: [percent(one) for one in found] for shape, found in shares.items()}
        return MeasuredSize(n, percent(most), words)

    @property
    def same_answers(self) -> list[str]:
        """Where everybody gave the same answer."""
        return findings.same_answers(self.profile, self.colleges)

    @property
    def published_days(self) -> list[date]:
        """The days when these results were published."""
        return list(dict.fromkeys(paris_day(moment) for moment in self.republication.moments))

    @property
    def workshops(self) -> str:
        """What nothing prevents in the workshops shown; empty when none is."""
        return repeated_by_code() if len(self.profile.all_colleges) > len(self.profile.colleges) else ""


def percent(points: int) -> str:
    """A share in per cent, in words.

    >>> percent(72)
    '72\\xa0%'
    """
    return share(Fraction(points, 100))


def disclosure_report(campaign: Campaign) -> DisclosureReport:
    """Return the report on a closed campaign. Raises ``CampaignDamaged`` when its results cannot be computed."""
    db = connection()
    return DisclosureReport(
        campaign_profile(db, campaign),
        {college.code: college.label for college in campaign.colleges},
        tuple(skill.code for skill in campaign.grid.skills if skill.core or campaign.form == "full"),
        tuple(about_open_links(campaign, merges_of(db, campaign))),
        republication(db, campaign, publication_to_come(db, campaign)),
    )
