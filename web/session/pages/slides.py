"""The slides made of each finding of the story."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from restitution import shown
from restitution.finding import Finding
from restitution.results import CampaignResults
from web.session.pages import change_slides, figure_slides, radar_slides, review_slides
from web.session.pages.slide import Slide

Layout = Callable[[Finding, Any, CampaignResults], Iterator[Slide]]

LAYOUTS: Mapping[type[shown.Shown], Layout] = {
    shown.Participation: figure_slides.opening_slides,
    shown.LevelsExplained: figure_slides.level_slides,
    shown.ProfileRadar: radar_slides.profile_slides,
    shown.RetrospectiveRadar: radar_slides.retrospective_slides,
    shown.CollegesRadar: radar_slides.seen_by_slides,
    shown.FamilyChanges: change_slides.change_slides,
    shown.Celebration: change_slides.celebration_slides,
    shown.Moment: review_slides.moment_slides,
    shown.FamilyTrends: figure_slides.trend_slides,
    shown.CollegeGaps: figure_slides.college_slides,
    shown.FamilyDetail: figure_slides.family_slides,
    shown.HighSilences: figure_slides.silence_slides,
    shown.NotCompared: figure_slides.not_compared_slides,
    shown.RetainedLevels: review_slides.retained_slides,
    shown.Actions: review_slides.action_slides,
    shown.WorkedSkills: review_slides.worked_slides,
    shown.Promises: review_slides.promise_slides,
    shown.Decisions: review_slides.decision_slides,
}


def slides_of(findings: Sequence[Finding], results: CampaignResults) -> list[Slide]:
    """Return the slides of a session, in order; none for a finding that has nothing to show."""
    made = (slide for one in findings for slide in LAYOUTS.get(type(one.shows), _in_words)(one, one.shows, results))
    return [replace(slide, axes=results.axes) for slide in made]


def _in_words(finding: Finding, shows: shown.Shown, _results: CampaignResults) -> Iterator[Slide]:
    """A finding that has no drawing of its own."""
    content = {"words": shows.words, "table": shows.figures, "aside": finding.notes}
    yield Slide("passage", finding.title, content, finding.key)
