"""Everything that the restitution page shows, put together from one to three profiles."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from restitution.chart_data import slope as sloping
from restitution.chart_data.radar import Axis, Radar, answered, badges_of, fewer_than, weighting_name
from restitution.chart_data.rows import rows
from restitution.chart_data.table import TwinTable, radar_table
from restitution.charts import plotly_radar as figures
from restitution.charts import skill_charts, slope_chart
from restitution.charts.colleges_chart import colleges_drawing
from restitution.charts.radar_chart import radar_drawing
from restitution.charts.radar_labels import PHONE
from restitution.findings import changes as changing
from restitution.findings import robustness as weightings
from restitution.findings import skills
from restitution.findings.changes import FamilyChange, NotComparableSkill
from restitution.findings.college_gaps import CollegesOnFamily, colleges_by_family, divergence
from restitution.findings.explanation import Explanation, explanation
from restitution.findings.retrospective import retrospective_radar
from restitution.findings.robustness import Robustness, robustness_by_family, sensitivities
from restitution.results import rules_in_words
from restitution.text import sentences
from restitution.text.language import gettext as _
from restitution.text.names import in_words
from restitution.text.numbers import count, decimal, number_or_none, respondents
from scoring import Profile
from storage.campaigns.campaigns import Campaign
from web.results.selection import CampaignSelection

WORKSHOP = "atelier"


@dataclass(frozen=True)
class ComparedCampaign:
    """A campaign, its profile, and what it is called on the page."""

    campaign: Campaign
    profile: Profile
    label: str


@dataclass(frozen=True)
class ResultsPage:
    """One restitution: the campaign of the page, those compared with it (newest first), and all campaigns up to it."""

    selection: CampaignSelection
    compared_campaigns: tuple[ComparedCampaign, ...]
    campaigns: tuple[ComparedCampaign, ...]

    @property
    def campaign(self) -> Campaign:
        """The campaign of the page."""
        return self.selection.campaign

    @property
    def profile(self) -> Profile:
        """Its profile."""
        return self.compared_campaigns[0].profile

    @property
    def previous(self) -> ComparedCampaign | None:
        """The campaign that changes are counted from: the newest of those compared."""
        return self.compared_campaigns[1] if len(self.compared_campaigns) > 1 else None

    @cached_property
    def colleges(self) -> dict[str, str]:
        """The colleges of the campaign, code to label."""
        return {college.code: college.label for college in self.campaign.colleges}

    @cached_property
    def changes(self) -> list[FamilyChange]:
        """What changed since the previous campaign, for every college and for the territory."""
        return changing.changes(self.previous.profile, self.profile) if self.previous else []

    @cached_property
    def headline(self) -> str:
        """The sentence on top."""
        since = self.previous.label if self.previous else ""
        return sentences.headline(changing.readings(self.profile, self.changes), self.profile.grid.levels, since)

    @property
    def compared(self) -> str:
        """Which campaigns the radar shows, in words."""
        labels = [one.label for one in self.compared_campaigns]
        if len(labels) == 1:
            return _("%(year)s, première mesure", year=labels[0]) if len(self.campaigns) == 1 else labels[0]
        return _("%(year)s, comparée à %(others)s", year=labels[0], others=sentences.listed(labels[1:]))

    @property
    def other_grids(self) -> dict[str, str]:
        """The campaigns that were asked with another version of the grid, and which."""
        current = self.profile.grid.version
        return {
            one.label: one.profile.grid.version
            for one in self.compared_campaigns
            if one.profile.grid.version != current
        }

    @cached_property
    def radar(self) -> Radar:
        """The campaigns on one radar."""
        profiles, labels = (
            [one.profile for one in self.compared_campaigns],
            [one.label for one in self.compared_campaigns],
        )
        return Radar.from_profiles(profiles, labels, title=self.headline, date=_collected(self.campaign))

    @property
    def radar_wide(self) -> str:
        """The radar for a screen or paper."""
        return radar_drawing(self.radar, ident="radar", extra="wide")

    @property
    def radar_phone(self) -> str:
        """The radar for a narrow screen."""
        return radar_drawing(self.radar, layout=PHONE, ident="radar-etroit", extra="phone")

    @property
    def radar_json(self) -> str:
        """The radar for plotly."""
        return figures.radar_json(self.radar)

    @cached_property
    def trends(self) -> sloping.Slope | None:
        """The families from campaign to campaign; ``None`` for a first wave."""
        campaigns = self.campaigns
        if len(campaigns) < 2:
            return None
        years = _spaced([one.campaign.year for one in campaigns])
        return sloping.Slope.from_profiles([one.profile for one in campaigns], [one.label for one in campaigns], years)

    @property
    def slope_wide(self) -> str:
        """The slope chart for a screen or paper."""
        return slope_chart.slope_drawing(self.trends, ident="pente", extra="wide") if self.trends else ""

    @property
    def slope_phone(self) -> str:
        """The slope chart for a narrow screen."""
        return (
            slope_chart.slope_drawing(self.trends, frame=slope_chart.PHONE, ident="pente-etroite", extra="phone")
            if self.trends
            else ""
        )

    @cached_property
    def table(self) -> TwinTable:
        """The radar's table twin, with the verdicts since the previous wave."""
        verdicts = {change.axis.code: change.cell for change in changing.of_territory(self.changes)}
        return radar_table(self.radar, verdicts, since=self.previous.label if self.previous else "")

    @property
    def territory_changes(self) -> list[FamilyChange]:
        """The changes of the territory, family by family."""
        return changing.of_territory(self.changes)

    @property
    def has_fall(self) -> bool:
        """Whether a fall is seen."""
        return changing.shifted(self.changes)

    @cached_property
    def not_comparable(self) -> list[NotComparableSkill]:
        """The skills that could not be compared with the previous campaign, and why."""
        return changing.not_comparable_skills(self.previous.profile.grid, self.profile.grid) if self.previous else []

    @cached_property
    def not_compared_colleges(self) -> list[str]:
        """The colleges that could not be compared with the previous campaign in any family."""
        compared = {change.college for change in self.changes if change.verdict}
        return [label for code, label in self.colleges.items() if self.previous and code not in compared]

    @cached_property
    def panels(self) -> list[CollegesOnFamily]:
        """The colleges side by side, family by family."""
        return colleges_by_family(self.profile, self.colleges)

    @property
    def divergence(self) -> str:
        """What the colleges see alike or not."""
        return divergence(self.panels)

    @property
    def participation(self) -> list[tuple[str, str]]:
        """How many answered in each college, as far as it may be said."""
        known = self.profile.respondents
        return [(label, respondents(known.get(code), self.campaign.k)) for code, label in self.colleges.items()]

    @property
    def volunteers(self) -> list[str]:
        """The names of the colleges that came by an open call."""
        return [label for code, label in self.colleges.items() if code in self.profile.rules.voluntary]

    @cached_property
    def families(self) -> list[skills.FamilyView]:
        """Every family in detail."""
        return skills.families(self.profile, self.colleges)

    def explanation(self, family: str) -> Explanation | None:
        """Why the territory has that score."""
        return explanation(self.profile, family, self.colleges)

    @cached_property
    def robustness(self) -> list[Robustness]:
        """Every family counted in other ways."""
        return robustness_by_family(self.profile)

    @property
    def weightings_sentence(self) -> str:
        """Whether a level depends on the weighting."""
        return weightings.sentence([one.weighted for one in self.robustness])

    @cached_property
    def sensitivities(self) -> list[str]:
        """The conclusions that another way of counting would change."""
        return sensitivities(self.profile, self.previous.profile if self.previous else None)

    @cached_property
    def retrospective_radar(self) -> Radar | None:
        """How people see the year before from here, when they were asked, beside how it was said then."""
        year = self.campaign.year - 1
        then = next((one for one in self.campaigns if one.campaign.year == year), None)
        before, label = (then.profile, then.label) if then else (None, "")
        return retrospective_radar(
            self.profile, self.compared_campaigns[0].label, before, label, date=_collected(self.campaign)
        )

    @property
    def retrospective_wide(self) -> str:
        """That radar for a screen or paper."""
        return radar_drawing(self.retrospective_radar, ident="recul", extra="wide") if self.retrospective_radar else ""

    @property
    def retrospective_phone(self) -> str:
        """That radar for a narrow screen."""
        return (
            radar_drawing(self.retrospective_radar, layout=PHONE, ident="recul-etroit", extra="phone")
            if self.retrospective_radar
            else ""
        )

    @property
    def retrospective_table(self) -> TwinTable | None:
        """The table twin of that radar."""
        return radar_table(self.retrospective_radar) if self.retrospective_radar else None

    @cached_property
    def workshop(self) -> Radar | None:
        """The workshops' own series, when there were any."""
        if WORKSHOP not in self.profile.respondents:
            return None
        return Radar.from_profile(self.profile, self.compared_campaigns[0].label, college=WORKSHOP)

    @property
    def workshops(self) -> str:
        """How many workshops noted something, in words."""
        n = int(number_or_none(self.profile.respondents.get(WORKSHOP)) or 0)
        return _("un atelier") if n == 1 else _("%(n)s ateliers", n=count(n))

    @cached_property
    def consensus(self) -> list[tuple[str, float]]:
        """What workshops agreed on, skill by skill: its title and the mean of their levels."""
        noted = {
            row["skill"]: number_or_none(row["mean"]) for row in rows(self.profile.skills) if row["college"] == WORKSHOP
        }
        return [
            (skill.title, level) for skill in self.profile.grid.skills if (level := noted.get(skill.code)) is not None
        ]

    @property
    def files(self) -> list[tuple[str, str]]:
        """The files of the profile, and what each is for."""
        return [
            ("profile.xlsx", _("un classeur, avec les tableaux et le radar")),
            ("profile.csv", _("tous les chiffres, une ligne par chiffre publié")),
            ("profile.json", _("les mêmes, pour un logiciel")),
            ("radar.svg", _("le radar, pour un document")),
            ("radar.html", _("le radar, dans une page qui s’ouvre sans réseau")),
        ]

    @property
    def rules(self) -> list[tuple[str, str]]:
        """Every convention of the method and its value here."""
        return rules_in_words(self.profile.rules.to_dict())

    @property
    def answered(self) -> str:
        """How many answered, as far as it may be said."""
        return answered(self.profile)

    @property
    def answered_total(self) -> str:
        """Nothing when a college is hidden: a total would betray it."""
        numbers = [number_or_none(self.profile.respondents.get(code)) for code in self.colleges]
        return "–" if None in numbers else count(int(sum(number or 0 for number in numbers)))

    @property
    def weighting(self) -> str:
        """How the colleges were put together, as a badge."""
        name = weighting_name(self.profile.rules.weighting)
        return name[0].upper() + name[1:]

    @property
    def clear_change(self) -> str:
        """The smallest difference said to be clear."""
        return decimal(float(self.profile.rules.clear_change))

    @property
    def college_badges(self) -> dict[str, str]:
        """Two letters per college."""
        return dict(zip(self.colleges, badges_of(list(self.colleges)), strict=True))

    @staticmethod
    def decimal(value: float) -> str:
        """A score as text."""
        return decimal(value)

    @staticmethod
    def panel_drawing(panel: CollegesOnFamily) -> str:
        """The dot plot of one family."""
        return colleges_drawing(panel, f"colleges-{panel.axis.badge}")

    @staticmethod
    def strip(view: skills.SkillView, axis: Axis) -> str:
        """The colleges of one skill along the levels."""
        return skill_charts.strip(view, axis.hue)

    def distribution(self, cell: skills.SkillCell, axis: Axis) -> str:
        """How many chose each level."""
        return skill_charts.distribution_bar(cell, self.profile.grid.levels, axis.hue)

    @property
    def hidden_words(self) -> str:
        """What stands in the place of a figure on too few people."""
        return fewer_than(self.campaign.k)


def _spaced(years: Sequence[int]) -> list[float]:
    """Years as places in time; two campaigns of one year are set apart."""
    return [year + 0.5 * years[:position].count(year) for position, year in enumerate(years)]


def _collected(campaign: Campaign) -> str:
    day = campaign.closed_on
    return _("collecte close le %(day)s", day=in_words(day)) if day else str(campaign.year)
