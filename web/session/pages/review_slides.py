"""The slides of what people wrote and did: the retained levels, the parcours, and the decisions of the room."""

from collections.abc import Iterator

from restitution import shown
from restitution.charts.radar_chart import radar_drawing
from restitution.charts.radar_labels import SLIDE
from restitution.results import CampaignResults
from restitution.story import Finding
from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from web.session.pages.slide import Slide, slices

ACTIONS_A_SLIDE, MOST_FORGOTTEN = 4, 4


def retained_slides(finding: Finding, shows: shown.RetainedLevels, _results: CampaignResults) -> Iterator[Slide]:
    """Yield a slide when a diagnostic was adopted and retains at least one level."""
    diagnostic = shows.diagnostic
    families = [family for family in diagnostic.families if family.retained] if diagnostic else []
    if diagnostic and families:
        drawing = radar_drawing(diagnostic.radar, layout=SLIDE, ident="radar-retenu", table=False)
        earlier = diagnostic.method if diagnostic.edition == 1 else ""
        content = {"drawing": drawing, "radar": diagnostic.radar, "families": families, "earlier": earlier}
        yield Slide("retained", finding.title, content)


def action_slides(finding: Finding, shows: shown.Actions, _results: CampaignResults) -> Iterator[Slide]:
    """Yield slides of a few actions each; one that says so when nothing is planned."""
    kind, forgotten = "next" if shows.planned else "done", shows.forgotten[:MOST_FORGOTTEN]
    for place, some in enumerate(slices(ACTIONS_A_SLIDE, shows.actions) if shows.actions else [()], start=1):
        aside = [said for one in some for said in one.ratings[-1:]]
        content = {"kind": kind, "actions": some, "dropped": shows.dropped, "forgotten": forgotten, "aside": aside}
        yield Slide("parcours", finding.title, content, f"{finding.key}-{place}")


def worked_slides(finding: Finding, shows: shown.WorkedSkills, _results: CampaignResults) -> Iterator[Slide]:
    """Yield a slide that compares the skills worked on with the others."""
    progress = shows.progress
    sides = [
        (_worked_on(len(progress.worked)), progress.worked_text, True),
        (_others(len(progress.others)), progress.others_text, False),
    ]
    yield Slide("worked", finding.title, {"sides": sides, "beyond": progress.beyond, "caution": progress.caution})


def _worked_on(n: int) -> str:
    return ngettext("Le savoir-faire travaillé", "Les %(n)s savoir-faire travaillés", n)


def _others(n: int) -> str:
    return ngettext("L’autre savoir-faire", "Les %(n)s autres", n) if n else _("Aucun autre")


def decision_slides(finding: Finding, _shows: shown.Decisions, _results: CampaignResults) -> Iterator[Slide]:
    """Yield the slide where the room decides; the page adds the decisions, which are typed live."""
    yield Slide("decide", finding.title)
