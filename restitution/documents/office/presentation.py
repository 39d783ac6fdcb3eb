"""The deck of a campaign for its session: one idea per slide, native charts, notes that say everything in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from restitution import shown
from restitution.documents.office import presentation_figures as figures
from restitution.documents.office import presentation_texts as texts
from restitution.documents.office.pptx_deck import Deck
from restitution.documents.office.pptx_elements import MARGIN, SlideBox, Words
from restitution.documents.office.presentation_words import joined
from restitution.documents.report import Report
from restitution.finding import Finding, Medium
from restitution.story import tell
from restitution.text.language import gettext as _

_METHOD = "method"
Drawing = Callable[[Deck, Report, Finding, Any], None]

DRAWINGS: Mapping[type[shown.Shown], Drawing] = {
    shown.Participation: figures.answered_slide,
    shown.ProfileRadar: figures.radar_slide,
    shown.FamilyChanges: texts.changes_slide,
    shown.Celebration: texts.celebration_slide,
    shown.Moment: texts.moment_slide,
    shown.FamilyTrends: figures.slope_slide,
    shown.CollegeGaps: figures.colleges_slide,
    shown.FamilyDetail: figures.family_slide,
    shown.HighSilences: figures.silences_slide,
    shown.RetainedLevels: texts.retained_slide,
    shown.YearlyNote: texts.note_slides,
    shown.Decisions: texts.decide_slide,
    shown.Method: texts.method_slide,
}


def report_pptx(report: Report) -> bytes:
    """Return the deck (PowerPoint, 16:9); the same report gives the same bytes."""
    deck = Deck(report.title, _footer(report), [axis.hue for axis in report.radar.axes])
    _opening(deck, report)
    findings = {_slide_key(one, report): one for one in tell(report, Medium.PPTX)}
    arranged = list(report.arranged(list(findings)))
    # How the figures were made is said whatever a session leaves out.
    for key in arranged if _METHOD in arranged else [*arranged, _METHOD]:
        if finding := findings.get(key):
            DRAWINGS.get(type(finding.shows), texts.passage_slide)(deck, report, finding, finding.shows)
        elif own := report.team_slides.get(key):
            texts.team_slide(deck, own)
    return deck.content(report.made)


def _slide_key(finding: Finding, report: Report) -> str:
    """The key of the slide of the deck that shows the finding, by which a session arranges it."""
    first = {"radar": f"radar-{report.label}", "changes": "changes-1", "colleges": "colleges-1"}
    return first.get(finding.key, finding.key)


def _footer(report: Report) -> str:
    where = f"{report.territory} {report.label}"
    made = _("établi le %(day)s", day=report.day)
    parts = (report.brief_warning, where, report.answered, report.status, made, report.recomputed.short)
    return " · ".join(part for part in parts if part)


def _opening(deck: Deck, report: Report) -> None:
    slide = deck.slide(
        report.headline, joined(report.headline, *(f"{a}\u00a0: {b}" for a, b in report.facts)), "opening"
    )
    words = [Words(report.territory, 34, bold=True), Words(f"{report.label} – {report.name}", 24)]
    if report.warning:
        words.append(Words(report.warning, 18, "hue-3", bold=True))
    words += [Words(report.answered, 20), Words(report.collected, 20), Words(report.status, 20)]
    if report.adopted:
        words.append(Words(report.adopted, 18, "hue-2", bold=True))
    words += [Words(line, 16, "soft") for line in report.recomputed.lines]
    slide.words(SlideBox(MARGIN, 2.3, 11.5, 4.2), words)
