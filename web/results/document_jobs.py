"""The documents of a campaign as background jobs: what each shows, and how it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from grille.messages import message as _
from storage.campaigns.campaigns import Campaign, campaign_by_id
from storage.core.revisions import current_revision
from storage.core.timestamps import now, paris_day
from storage.operations.jobs import Demand, Job
from storage.operations.published_copies import Name, copies_of
from web.http.database import connection
from web.http.pages.jobs import Tell
from web.http.pages.published_pages import complete, made_or_damage, name_of
from web.results.selection import CampaignSelection, asked_selection, may_read_drafts

if TYPE_CHECKING:
    from restitution.documents.catalogue import Document

KIND: Final = "document"


def document_of(suffix: str) -> Document | None:
    """Return the kind of document with this suffix."""
    from restitution.documents.catalogue import catalogue  # loads what writes, never where people only answer

    return next((one for one in catalogue() if one.suffix == suffix), None)


@dataclass(frozen=True)
class WantedDocument:
    """A document and all that it depends on: the campaigns shown, whether drafts are in it, its day."""

    suffix: str
    selection: CampaignSelection
    drafts: bool
    day: date

    @classmethod
    def asked(cls, campaign: Campaign, suffix: str) -> WantedDocument:
        """Return what the address asks for, for the current user, today."""
        return cls(suffix, asked_selection(campaign), may_read_drafts(campaign), paris_day(now()))

    @classmethod
    def described(cls, parameters: Mapping[str, Any]) -> WantedDocument | None:
        """Return what was asked for, from its parameters; None when its campaign no longer exists."""
        groups = ([parameters["campaign"]], parameters["compared"], parameters["earlier"])
        mine, compared, earlier = (
            [one for number in group if (one := campaign_by_id(connection(), number))] for group in groups
        )
        if not mine:
            return None
        selection = CampaignSelection(mine[0], tuple(compared), tuple(earlier))
        return cls(parameters["suffix"], selection, parameters["drafts"], date.fromisoformat(parameters["day"]))

    @property
    def campaign(self) -> Campaign:
        """The campaign of the document."""
        return self.selection.campaign

    @property
    def name(self) -> Name:
        """The name of its copy, which depends on what the user may read."""
        seen = (self.day, self.selection.shows, self.drafts)
        return name_of(self.campaign, "document", self.suffix, *seen)

    @property
    def demand(self) -> Demand:
        """The job to create when the document is to be made outside of the request."""
        compared, earlier = ([one.id for one in some] for some in (self.selection.compared, self.selection.earlier))
        parameters = {
            "campaign": self.campaign.id,
            "suffix": self.suffix,
            "compared": compared,
            "earlier": earlier,
            "drafts": self.drafts,
            "day": self.day.isoformat(),
        }
        return Demand(KIND, self.name.digest, parameters, self.campaign.id)

    def find(self) -> bytes | None:
        """Return the document, if it was made."""
        return copies_of(connection()).find(self.name)

    def make(self, tell: Tell = lambda *_said: None) -> bytes:
        """Return the document; the report of an adopted diagnostic is the one printed at its adoption.

        It is made only if it would be asked for in the same way now: something may have changed, or have been
        withdrawn, and an outdated document must not be delivered.
        """
        from web.results.campaign_results import printed_report, profiles_of, report_of

        kept = printed_report(self.selection) if self.suffix == "pdf" else None
        if kept is None:
            tell(0, 2, _("Les résultats se calculent."))
            profiles = profiles_of(self.selection)
            tell(1, 2, _("Le document s’écrit."))
            kept = self._written(report_of(self.selection, profiles, self.day, drafts=self.drafts))
        return kept

    def _written(self, report: Any) -> bytes:
        document = document_of(self.suffix)
        if document is None:
            raise LookupError(self.suffix)
        return document.make(report)


def make_document(job: Job, tell: Tell) -> bytes | None:
    """Make the document of a job, and keep it as a copy; only what no copy is kept of is given back.

    What was asked for is made only as long as it is what would be asked for now: something may have changed, or have
    been withdrawn, and a document of before must not come after.
    """
    wanted = WantedDocument.described(job.parameters)
    if wanted is None or wanted.name.digest != job.key or wanted.find():
        return None
    name, db = wanted.name, connection()
    content, keep = made_or_damage(lambda: (wanted.make(tell), complete()))
    if current_revision(db, wanted.campaign.territory.id) != name.revision:
        return None
    return None if keep and copies_of(db).keep(name, content) else content
