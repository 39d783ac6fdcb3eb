"""The campaigns of a territory shown together on a page: this one, and up to two earlier ones."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from flask import request

from accounts.permissions import Action
from storage.campaigns.campaigns import Campaign
from storage.campaigns.recomputed_publications import recomputed
from storage.campaigns.territories import Territory
from web.http.database import connection
from web.http.security.access import campaigns_here, may, may_see

if TYPE_CHECKING:
    from scoring import Profile

MOST_EARLIER = 2


@dataclass(frozen=True)
class CampaignSelection:
    """The campaign of the page, the earlier ones compared with it (newest first), and all the possible ones."""

    campaign: Campaign
    compared: tuple[Campaign, ...]
    earlier: tuple[Campaign, ...]

    @property
    def shown(self) -> tuple[Campaign, ...]:
        """The campaigns of the radar, newest first."""
        return (self.campaign, *self.compared)

    @property
    def campaigns(self) -> tuple[Campaign, ...]:
        """Every campaign up to this one, oldest first."""
        return (*reversed(self.earlier), self.campaign)

    @property
    def shows(self) -> tuple[tuple[int, ...], ...]:
        """The campaigns that a report of this choice shows, by their ids: those told, then those compared."""
        return tuple(one.id for one in self.campaigns), tuple(one.id for one in self.shown)

    def among(self, known: Container[int]) -> CampaignSelection:
        """Return the same selection without the campaigns whose ids are not in ``known``."""
        compared, earlier = ([one for one in some if one.id in known] for some in (self.compared, self.earlier))
        return CampaignSelection(self.campaign, tuple(compared), tuple(earlier))


def choose(campaign: Campaign, visible: Sequence[Campaign], wanted: Sequence[str]) -> CampaignSelection:
    """Return the selection asked for (``["2025,2023"]`` or ``["2025", "2023"]``), by default the last and the first.

    What is not a visible earlier campaign is left out; ``["aucune"]`` asks for none.
    """
    earlier = tuple(newest_first(one for one in visible if one.order < campaign.order))
    asked = {label for text in wanted for label in text.split(",") if label}
    if not asked:
        compared = earlier[:1] + earlier[1:][-1:]
    else:
        compared = tuple(one for one in earlier if label_of(one, earlier) in asked)[:MOST_EARLIER]
    return CampaignSelection(campaign, compared, earlier)


def label_of(campaign: Campaign, among: Sequence[Campaign]) -> str:
    """Return the label of a campaign: its year, or its slug when several share the year."""
    same = [one for one in among if one.year == campaign.year]
    return str(campaign.year) if len(same) <= 1 else campaign.slug


def asked_selection(campaign: Campaign) -> CampaignSelection:
    """Return the campaigns that the address asks for, among those that the reader may see."""
    return choose(campaign, visible_campaigns(campaign.territory), request.args.getlist("vagues"))


def asked_edition(campaign: Campaign) -> int | None:
    """Return the edition that the address asks for; None for a campaign published under one edition only."""
    if recomputed(connection(), campaign) is None:
        return None
    return 2 if request.args.get("edition") == "2" else 1


def visible_campaigns(territory: Territory) -> list[Campaign]:
    """Return the campaigns of the territory that the reader may see, earliest first."""
    return [one for one in campaigns_here(territory) if may_see(one)]


def may_read_drafts(campaign: Campaign) -> bool:
    """Return whether the visitor may read the texts of the review before they are adopted."""
    return may(Action.REVIEW_RESULTS, campaign.territory)


def profile_of(campaign: Campaign) -> Profile:
    """Return the profile of that campaign; pandas loads only now."""
    from storage.responses.computed.profiles import campaign_profile

    return campaign_profile(connection(), campaign)


def compared_selection(campaign: Campaign, visible: Sequence[Campaign], wanted: Sequence[str]) -> CampaignSelection:
    """Return the newest of the campaigns asked for, beside at most two others; invisible ones are left out."""
    asked = [one for one in newest_first(visible) if label_of(one, visible) in wanted][: MOST_EARLIER + 1]
    if not asked:
        return choose(campaign, visible, [])
    earlier = choose(asked[0], visible, []).earlier
    return CampaignSelection(asked[0], tuple(asked[1:]), earlier)


def newest_first(campaigns: Iterable[Campaign]) -> list[Campaign]:
    """Return the campaigns, the newest first."""
    return sorted(campaigns, key=attrgetter("order"), reverse=True)
