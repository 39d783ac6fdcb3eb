"""The words in which a campaign is read: the usual ones, or easy ones, which a grid may be given after it opened."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from grille import Grid
from grille.additions.languages import easy_tag
from storage.campaigns.campaigns import Campaign
from storage.core.timestamps import PARIS
from storage.grids.additions import addition_revision, unreviewed_parts, with_easy_words
from web.http.database import connection


@dataclass(frozen=True, slots=True)
class Wording:
    """Easy words or the usual ones; another revision once others were added. ``until`` is when they are read, or None.

    The revision says all that pages made from these words depend on.
    """

    plain: bool
    revision: str = ""
    until: datetime | None = field(default=None, compare=False)


def wording_of(campaign: Campaign, plain: bool, day: date | None = None) -> Wording:
    """Return the words of a campaign's questions, as they are now or were at the end of a day."""
    if not plain:
        return Wording(plain=False)
    until = datetime.combine(day, time.max, PARIS) if day else None
    tag = easy_tag(campaign.grid.language)
    return Wording(True, addition_revision(connection(), campaign.grid, tag, until), until)


def grid_in(campaign: Campaign, wording: Wording) -> Grid:
    """Return the grid of a campaign in these words."""
    if not wording.revision:
        return campaign.grid
    return with_easy_words(connection(), campaign.grid, wording.until)


def waits_for_review(campaign: Campaign, wording: Wording, codes: Iterable[str]) -> bool:
    """Return whether easy words about some of these skills are read before anybody reviewed them."""
    if not wording.revision:
        return False
    parts = unreviewed_parts(connection(), campaign.grid, wording.until)
    return any(f"skills/{code}" in parts for code in codes)


def grid_read(campaign: Campaign, *, plain: bool) -> Grid:
    """Return the grid of a campaign in its usual words, or in the easy ones of now."""
    return grid_in(campaign, wording_of(campaign, plain))
