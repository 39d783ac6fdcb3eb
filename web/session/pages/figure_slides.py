"""The slides of figures: who answered, levels, families, colleges, silences."""

from collections.abc import Iterator, Sequence
from typing import Any

from restitution import shown
from restitution.chart_data.radar import Point
from restitution.chart_data.slope import FamilyTrend, Slope
from restitution.charts.markup import text_width
from restitution.charts.stage.crowd import College, crowd, crowd_scale, how_many_each
from restitution.charts.stage.dumbbells import Change, dumbbells
from restitution.charts.stage.multiples import MOST, multiples
from restitution.charts.stage.picture import WIDTH
from restitution.charts.stage.strips import Mark, Strip, strips
from restitution.charts.stage.titles import title_size
from restitution.finding import Finding
from restitution.findings.profile.college_gaps import ALIKE, CollegesOnFamily
from restitution.results import CampaignResults
from restitution.text.language import gettext as _
from web.session.pages.slide import Slide, cut, slices

# What a slide holds at 36 px on 1080 lines.
MOST_UNKNOWN, APART_A_SLIDE, SKILLS_A_SLIDE, MOST_GAPS = 5, 7, 6, 3
LONGEST_STEP = 105
# A skill on one line beside its bar, or on two lines where there are fewer.
FEW_UNKNOWN, ONE_LINE, TWO_LINES, LONGEST_COLLEGE = 4, 34, 66, 42
SCORE, LARGEST_TITLE, LONGEST_TITLE = 48, 64, 100


def opening_slides(finding: Finding, shows: shown.Participation, results: CampaignResults) -> Iterator[Slide]:
    """Yield a slide of participation: a figure for each person of each college."""
    profile = results.profile
    colleges = [
        College(
            one.label,
            one.words,
            one.count,
            None if one.count is None else profile.size(one.code),
            _("volontaires") if one.code in profile.rules.voluntary else "",
        )
        for one in shows.colleges
    ]
    content = {
        "drawing": crowd(colleges, ident="reponses"),
        "bars": [(one.label, one.words, one.count) for one in colleges],
        "came": any(one.count for one in colleges),
        "absent": any(one.size and one.count and one.size > one.count for one in colleges),
        "each": how_many_each(crowd_scale(colleges)),
    }
    yield Slide("opening", finding.title, content)


def level_slides(finding: Finding, shows: shown.LevelsExplained, _results: CampaignResults) -> Iterator[Slide]:
    """Yield a slide that explains what a level means."""
    stacked = len(shows.steps) > 5 or any(len(words) > LONGEST_STEP for _value, _label, words in shows.steps)
    yield Slide("levels", finding.title, {"skill": shows.skill, "steps": shows.steps, "stacked": stacked})


def trend_slides(finding: Finding, shows: shown.FamilyTrends, results: CampaignResults) -> Iterator[Slide]:
    """Yield slides of the families from campaign to campaign, a few families each."""
    said = _since_the_first(results)
    for place, start in enumerate(range(0, len(shows.slope.trends), MOST), start=1):
        key = "slope" if place == 1 else f"slope-{place}"
        drawing = multiples(shows.slope, said, ident=f"pente-{place}", part=slice(start, start + MOST))
        yield Slide("slope", finding.title, {"drawing": drawing}, key)


def _since_the_first(results: CampaignResults) -> dict[str, str]:
    """The word of each family between the first and the last campaign."""
    return {one.axis.code: one.word for one in results.changes_since_first if one.verdict}


def family_slides(finding: Finding, shows: shown.FamilyDetail, results: CampaignResults) -> Iterator[Slide]:
    """Yield slides of one family: its skills since the year before, or by college."""
    if not shows.view.skills:
        return
    value, radar = shows.point.value, results.radar
    slope = results.skill_slope(shows.view.axis)
    content = {
        "view": shows.view,
        "score": "" if value is None else f"{shows.point.text} · {shows.point.word(radar.levels)}",
        "rank": _rank(results),
    }
    content |= _family_title(finding.title, str(content["score"]))
    parts: Sequence[Any] = list(slices(SKILLS_A_SLIDE, slope.trends if slope else shows.view.skills))
    for place, some in enumerate(parts, start=1):
        key = finding.key if place == 1 else f"{finding.key}-{place}"
        own = {"drawing": _skills(slope, some, key) if slope else "", "skills": some}
        own["hides"] = not slope and any(cell.mean is None for one in some for cell in one.cells)
        yield Slide("family", finding.title, {**content, **own}, key)


def _family_title(title: str, score: str) -> dict[str, Any]:
    """The name of a family beside its score, and its size: on three lines at most."""
    room = WIDTH - text_width(score, SCORE, bold=True) - SCORE
    name = cut(title, LONGEST_TITLE)
    return {"name": name, "name_size": min(title_size(name, room), LARGEST_TITLE)}


def _skills(slope: Slope, some: Sequence[FamilyTrend], key: str) -> str:
    """The skills of a family as dumbbells: this campaign, the one before it, and an older one."""
    rows = [_skill(trend) for trend in some]
    years = (slope.labels[-2], slope.labels[-1])
    first = slope.labels[0] if len(slope.labels) > 2 else ""
    return dumbbells(rows, slope.levels, years=years, first=first, ident=key)


def _skill(trend: FamilyTrend) -> Change:
    now, before = trend.points[-1], trend.points[-2]
    first = trend.points[0] if len(trend.points) > 2 else Point(None)
    ends = (before.value, now.value, before.text, now.text)
    return Change(trend.axis.title, trend.axis.hue, *ends, earlier=first.value, earlier_text=first.text)


def _rank(results: CampaignResults) -> Any:
    """How dark the cell of a score is, from 0 to 10: a class name, for no style is written in a page."""

    def rank(value: float) -> int:
        return round(results.radar.position(value) * 10)

    return rank


def college_slides(finding: Finding, shows: shown.CollegeGaps, results: CampaignResults) -> Iterator[Slide]:
    """Yield the families that colleges see most differently, a slide each; none when no college is published."""
    known = [panel for panel in shows.panels if any(score.point.value is not None for score in panel.scores)]
    apart = sorted(known, key=lambda panel: -(panel.gap[0] if panel.gap else -1))
    scale = results.grid.highest - results.grid.lowest
    wide = [panel for panel in apart if panel.gap and panel.gap[0] >= ALIKE * scale]
    for place, panel in enumerate((wide or apart)[: MOST_GAPS if wide else 1], start=1):
        title = finding.title if place == 1 else _gap_title(panel)
        key = f"colleges-{place}"
        yield Slide("colleges", title, {"panel": panel, "drawing": _colleges(panel, key)}, key)


def _gap_title(panel: CollegesOnFamily) -> str:
    if panel.gap is None:
        return panel.axis.title
    _distance, high, low = panel.gap
    ends = {"family": panel.axis.title, "high": high.label, "up": high.text, "low": low.label, "down": low.text}
    return _("%(family)s vu d’ailleurs\u00a0: %(high)s (%(up)s), %(low)s (%(down)s)", **ends)


def _colleges(panel: CollegesOnFamily, key: str) -> str:
    rows = [
        Strip(one.label, panel.axis.hue, one.point.value, one.text, one.point.ends, one.point.missing)
        for one in panel.scores
    ]
    territory = panel.territory
    across = None if territory.value is None else Mark(territory.value, territory.text)
    title = "\u202f; ".join(score.in_words for score in panel.scores)
    return strips(rows, panel.levels, ident=key, title=title, across=across)


def silence_slides(finding: Finding, shows: shown.HighSilences, _results: CampaignResults) -> Iterator[Slide]:
    """Yield slides of the skills that a quarter of a college or more cannot judge."""
    most = shows.silences[:MOST_UNKNOWN]
    if any(len(one.title) > ONE_LINE for one in most):
        most = most[:FEW_UNKNOWN]
    rows = [
        (cut(one.title, TWO_LINES), cut(one.college, LONGEST_COLLEGE), one.axis, one.what, one.share) for one in most
    ]
    yield Slide("unknown", finding.title, {"rows": rows})


def not_compared_slides(finding: Finding, shows: shown.NotCompared, _results: CampaignResults) -> Iterator[Slide]:
    """Yield slides of what could not be compared, and why."""
    for place, some in enumerate(slices(APART_A_SLIDE, shows.skills), start=1):
        yield Slide("apart", finding.title, {"apart": some}, f"{finding.key}-{place}")
