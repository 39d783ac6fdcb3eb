"""The slides of figures: who answered, trends, families, colleges, what people cannot judge, what was not compared."""

from collections.abc import Iterator
from typing import Any

from restitution import shown
from restitution.chart_data.radar import Axis
from restitution.charts import colleges_chart, slope_chart
from restitution.results import CampaignResults
from restitution.story import Finding
from web.session.pages.slide import Slide, slices

# What a slide holds at 28 px on 1080 lines: panels side by side, rows of them while colleges are few, rows of skills.
PANEL_COLUMNS, PANEL_ROWS, PANEL_COLLEGES = 3, 2, 5
MOST_UNKNOWN, APART_A_SLIDE = 5, 7


def opening_slides(finding: Finding, shows: shown.Participation, _results: CampaignResults) -> Iterator[Slide]:
    """Yield a slide of participation: each college, its count in words, its share of the largest count."""
    largest = max((one.count for one in shows.colleges if one.count is not None), default=1)
    bars = [(one.label, one.words, None if one.count is None else one.count / largest) for one in shows.colleges]
    yield Slide("opening", finding.title, {"bars": bars})


def level_slides(finding: Finding, shows: shown.LevelsExplained, _results: CampaignResults) -> Iterator[Slide]:
    """Yield a slide that explains what a level means."""
    yield Slide("levels", finding.title, {"skill": shows.skill, "steps": shows.steps})


def trend_slides(finding: Finding, shows: shown.FamilyTrends, _results: CampaignResults) -> Iterator[Slide]:
    """Yield a slide of the families from campaign to campaign."""
    drawing = slope_chart.slope_drawing(shows.slope, frame=slope_chart.SLIDE, ident="pente")
    yield Slide("slope", finding.title, {"drawing": drawing})


def family_slides(finding: Finding, shows: shown.FamilyDetail, results: CampaignResults) -> Iterator[Slide]:
    """Yield a slide of one family: its skills over time, or by college."""
    if not shows.view.skills:
        return
    value, radar = shows.point.value, results.radar
    content = {
        "view": shows.view,
        "score": "" if value is None else f"{shows.point.text} · {shows.point.word(radar.levels)}",
        "rank": _rank(results),
        "drawing": _skills(results, shows.view.axis),
        "hides": any(cell.mean is None for detail in shows.view.skills for cell in detail.cells),
    }
    yield Slide("family", finding.title, content, finding.key)


def _skills(results: CampaignResults, axis: Axis) -> str:
    """The skills of a family as a slope chart; nothing when there is nothing to join."""
    chart = results.skill_slope(axis)
    if chart is None:
        return ""
    return slope_chart.slope_drawing(chart, frame=slope_chart.SLIDE_SKILLS, ident=f"pente-{axis.code}")


def _rank(results: CampaignResults) -> Any:
    """How dark the cell of a score is, from 0 to 10: a class name, for no style is written in a page."""

    def rank(value: float) -> int:
        return round(results.radar.position(value) * 10)

    return rank


def college_slides(finding: Finding, shows: shown.CollegeGaps, results: CampaignResults) -> Iterator[Slide]:
    """Yield slides of what colleges see alike or not; none when no college is published."""
    if not any(score.point.value is not None for panel in shows.panels for score in panel.scores):
        return
    rows = PANEL_ROWS if len(results.colleges) <= PANEL_COLLEGES else 1
    for place, some in enumerate(slices(PANEL_COLUMNS * rows, shows.panels), start=1):
        drawings = [
            (
                panel.axis,
                colleges_chart.colleges_drawing(panel, f"colleges-{panel.axis.badge}", frame=colleges_chart.SLIDE),
            )
            for panel in some
        ]
        yield Slide("colleges", finding.title, {"panels": drawings}, f"colleges-{place}")


def silence_slides(finding: Finding, shows: shown.HighSilences, _results: CampaignResults) -> Iterator[Slide]:
    """Yield slides of the skills that a quarter of a college or more cannot judge."""
    most = shows.silences[:MOST_UNKNOWN]
    rows = [(one.title, one.college, one.axis, one.what, one.share) for one in most]
    yield Slide("unknown", finding.title, {"rows": rows})


def not_compared_slides(finding: Finding, shows: shown.NotCompared, _results: CampaignResults) -> Iterator[Slide]:
    """Yield slides of what could not be compared, and why."""
    for place, some in enumerate(slices(APART_A_SLIDE, shows.skills), start=1):
        yield Slide("apart", finding.title, {"apart": some}, f"{finding.key}-{place}")
