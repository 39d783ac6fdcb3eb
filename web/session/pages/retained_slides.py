"""The levels that reviewers retained, beside what people perceive: only of a diagnostic that was adopted."""

from collections.abc import Iterator

from restitution.adopted_diagnostic import AdoptedDiagnostic
from restitution.charts.radar_chart import radar_drawing
from restitution.charts.radar_labels import SLIDE
from restitution.text.language import gettext as _
from storage.campaigns.campaigns import Campaign
from storage.core.engine import Database
from storage.review.snapshots import latest_snapshot
from web.session.pages.slides import Slide


def retained_slides(db: Database, campaign: Campaign) -> Iterator[Slide]:
    """One slide, when a diagnostic was adopted and retains at least one level."""
    snapshot = latest_snapshot(db, campaign)
    if snapshot is None:
        return
    diagnostic = AdoptedDiagnostic(snapshot.document)
    families = [family for family in diagnostic.families if family.retained]
    if families:
        drawing = radar_drawing(diagnostic.radar, layout=SLIDE, ident="radar-retenu")
        content = {"drawing": drawing, "radar": diagnostic.radar, "families": families}
        yield Slide("retained", _("Les niveaux retenus, à côté des perceptions"), content)
