"""The results page of a campaign: its results, the campaigns that could be compared with it, and every drawing."""

from collections.abc import Sequence
from dataclasses import dataclass

from restitution.campaign_facts import ComparedCampaign
from restitution.chart_data.radar import Axis, badges_of
from restitution.charts import plotly_radar as figures
from restitution.charts import skill_charts, slope_chart
from restitution.charts.colleges_chart import colleges_drawing
from restitution.charts.radar_chart import radar_drawing
from restitution.charts.radar_labels import PHONE
from restitution.findings.change.changes import FamilyChange, changes, smallest_visible
from restitution.findings.change.not_comparable import NotComparableSkill, not_comparable_skills
from restitution.findings.method.how_to_read import how_to_read, warnings
from restitution.findings.method.margins import MarginLine, margin_lines
from restitution.findings.profile.college_gaps import CollegesOnFamily
from restitution.findings.profile.skills import SkillCell, SkillView
from restitution.results import CampaignResults
from restitution.text import sentences
from restitution.text.language import gettext as _
from restitution.text.numbers import Figure, decimal
from storage.campaigns.campaigns import Campaign
from web.results.campaign_results import profiles_of, results_of
from web.results.selection import CampaignSelection, label_of


@dataclass(frozen=True)
class ResultsPage:
    """The results of a campaign as pages and slides show them."""

    selection: CampaignSelection
    results: CampaignResults

    @property
    def campaign(self) -> Campaign:
        """The campaign of the page."""
        return self.selection.campaign

    @property
    def choices(self) -> list[tuple[str, bool]]:
        """The earlier campaigns that can be compared, newest first, and whether each is shown."""
        earlier, campaigns = self.selection.earlier, self.selection.campaigns
        return [(label_of(one, campaigns), one in self.selection.compared) for one in earlier]

    @property
    def compared(self) -> str:
        """Which campaigns the radar shows, in words."""
        labels = [one.label for one in self.results.shown]
        if len(labels) == 1:
            first = len(self.results.campaigns) == 1
            return _("%(year)s, point de départ", year=labels[0]) if first else labels[0]
        return _("%(year)s, comparée à %(others)s", year=labels[0], others=sentences.listed(labels[1:]))

    @property
    def comparisons(self) -> list[tuple[ComparedCampaign, list[FamilyChange], list[NotComparableSkill]]]:
        """For each earlier campaign shown: the changes since then, and what cannot be compared."""
        last = self.results.profile
        return [
            (one, changes(one.profile, last), not_comparable_skills(one.profile.grid, last.grid))
            for one in self.results.shown[1:]
        ]

    @property
    def radar_wide(self) -> str:
        """The radar for a screen or paper."""
        return radar_drawing(self.results.radar, ident="radar", extra="wide")

    @property
    def radar_phone(self) -> str:
        """The radar for a narrow screen."""
        return radar_drawing(self.results.radar, layout=PHONE, ident="radar-etroit", extra="phone")

    @property
    def radar_json(self) -> str:
        """The radar for plotly."""
        return figures.radar_json(self.results.radar)

    @property
    def slope_wide(self) -> str:
        """The slope chart for a screen or paper; empty for a first campaign."""
        trends = self.results.trends
        return slope_chart.slope_drawing(trends, ident="pente", extra="wide") if trends else ""

    @property
    def slope_phone(self) -> str:
        """The slope chart for a narrow screen; empty for a first campaign."""
        trends = self.results.trends
        if trends is None:
            return ""
        return slope_chart.slope_drawing(trends, frame=slope_chart.PHONE, ident="pente-etroite", extra="phone")

    @property
    def college_changes(self) -> list[FamilyChange]:
        """The changes of each college; empty when no two campaigns compare."""
        return [change for change in self.results.changes if change.college in self.results.colleges]

    @property
    def smallest_visible(self) -> str:
        """What the colleges, one by one, are too small to show."""
        return smallest_visible(self.results.changes)

    @staticmethod
    def smallest(moves: Sequence[FamilyChange]) -> str:
        """Return the same for the changes of a comparison."""
        return smallest_visible(moves)

    def margin_lines(self, axis: Axis) -> list[MarginLine]:
        """Return how each margin of a family is computed."""
        return margin_lines(self.results.profile, axis.code, self.results.colleges)

    @property
    def how_to_read(self) -> list[str]:
        """The method in a few lines."""
        return how_to_read(self.results.profile)

    @property
    def warnings(self) -> list[str]:
        """The cautions without which these figures would mislead."""
        known = warnings(self.results.profile, self.results.colleges, compared=bool(self.results.previous))
        return [*known, *self.results.open_link_cautions]

    @property
    def retrospective_wide(self) -> str:
        """The year before as people see it now, for a screen or paper."""
        radar = self.results.retrospective_radar
        return radar_drawing(radar, ident="recul", extra="wide") if radar else ""

    @property
    def retrospective_phone(self) -> str:
        """The year before as people see it now, for a narrow screen."""
        radar = self.results.retrospective_radar
        return radar_drawing(radar, layout=PHONE, ident="recul-etroit", extra="phone") if radar else ""

    @property
    def files_edition(self) -> int | None:
        """The edition that the addresses of files name: 2 where the plain address serves edition 1's file."""
        return 2 if self.results.recomputed.own else None

    @property
    def files(self) -> list[tuple[str, str]]:
        """The files of the profile, with their use."""
        return [
            ("profile.xlsx", _("un classeur, avec les tableaux et le radar")),
            ("profile.csv", _("tous les chiffres, une ligne par chiffre publié")),
            ("profile.json", _("les mêmes, pour un logiciel")),
            ("radar.svg", _("le radar, pour un document")),
            ("radar.html", _("le radar, dans une page qui s’ouvre sans réseau")),
        ]

    @property
    def college_badges(self) -> dict[str, str]:
        """An abbreviation of two letters per college."""
        colleges = self.results.colleges
        return dict(zip(colleges, badges_of(list(colleges)), strict=True))

    def decimal(self, value: Figure) -> str:
        """Return a score as the page prints it."""
        return decimal(value, self.results.radar.places)

    @staticmethod
    def panel_drawing(panel: CollegesOnFamily) -> str:
        """Return the dot plot of one family."""
        return colleges_drawing(panel, f"colleges-{panel.axis.badge}")

    @staticmethod
    def strip(view: SkillView, axis: Axis) -> str:
        """Return the drawing of the colleges of a skill along the levels."""
        return skill_charts.strip(view, axis.hue)

    def distribution(self, cell: SkillCell, axis: Axis) -> str:
        """Return the drawing of how many chose each level."""
        return skill_charts.distribution_bar(cell, self.results.grid.levels, axis.hue)


def results_page(selection: CampaignSelection) -> ResultsPage:
    """Return the results page of the campaigns selected; an earlier one that cannot be computed is left out."""
    profiles = profiles_of(selection)
    return ResultsPage(selection.among({one.id for one in profiles}), results_of(selection, profiles))
