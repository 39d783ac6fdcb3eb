"""The files of a profile, in the edition of the method that their address names."""

from restitution.documents import profile_files
from restitution.documents.open_data import first_edition
from storage.campaigns.campaigns import Campaign
from storage.review.first_edition_files import AnswersChanged, published_then
from web.http.database import connection
from web.http.pages.recomputed_campaigns import notice_of
from web.results.selection import profile_of


class NotKept(Exception):
    """The first edition published that file, and what it held is not there any more.

    ``changed``: because the stored answers changed since.
    """

    def __init__(self, *, changed: bool) -> None:
        super().__init__(changed)
        self.changed = changed


def profile_document(campaign: Campaign, name: str, edition: int | None) -> bytes:
    """Return the bytes of that file."""
    if edition == 1:
        return _first_edition(campaign, name)
    label = str(campaign.year)
    return profile_files.document(name, profile_of(campaign), label, notice_of(campaign, {campaign: label}))


def _first_edition(campaign: Campaign, name: str) -> bytes:
    if name not in first_edition.NAMES:
        raise NotKept(changed=False)
    try:
        return first_edition.document(name, published_then(connection(), campaign), campaign.grid)
    except AnswersChanged as error:
        raise NotKept(changed=True) from error
