"""Campaigns published under the first edition of the method: when, and what they showed. Importing it loads pandas.

Nothing new is made with that edition: it gives again, to the byte, the files that were published.
"""

from dataclasses import dataclass
from datetime import date

from scoring import Profile, edition_1
from storage.campaigns.campaigns import Campaign, all_campaigns, campaigns_of
from storage.core.damage import CampaignDamaged, damage_of
from storage.core.engine import Database
from storage.core.timestamps import paris_day, parse_timestamp
from storage.responses.answer_frames import answers_frame
from storage.responses.profiles import campaign_profile, conventions_of, known_sizes


@dataclass(frozen=True, slots=True)
class Recomputed:
    """The days on which results were published under the first edition, then recomputed under the second."""

    published: date
    recomputed: date


def recomputed(db: Database, campaign: Campaign) -> Recomputed | None:
    """Return when these results were published and recomputed; None if they were never published in edition 1."""
    sql = "SELECT published_at, recomputed_at FROM recomputed_publications WHERE campaign_id = ?"
    row = db.conn.execute(sql, (campaign.id,)).fetchone()
    moments = [parse_timestamp(text) for text in row or ()]
    days = [paris_day(moment) for moment in moments if moment]
    return Recomputed(*days) if len(days) == 2 else None


def first_edition_profile(db: Database, campaign: Campaign) -> edition_1.Profile:
    """Return the profile that the campaign published, computed from its answers by the frozen formulas.

    Raises ``CampaignDamaged`` when what is stored of it cannot be computed, whatever the reason.
    """
    try:
        return _computed(db, campaign)
    except Exception as error:
        raise damage_of(error) from error


def _computed(db: Database, campaign: Campaign) -> edition_1.Profile:
    sizes = known_sizes(db, campaign, campaign.sizes, campaign.k)
    rules = edition_1.Rules(**conventions_of(campaign) | {"sizes": sizes})
    then = answers_frame(db, campaign, "retrospective") if campaign.retrospective else None
    return edition_1.profile(answers_frame(db, campaign), campaign.grid, rules, retrospective=then)


def previous_campaign(db: Database, campaign: Campaign) -> Campaign | None:
    """Return the closed campaign of the same territory just before this one."""
    closed = [one for one in campaigns_of(db, campaign.territory) if one.status == "closed"]
    earlier = [one for one in closed if (one.year, one.id) < (campaign.year, campaign.id)]
    return max(earlier, key=lambda one: (one.year, one.id), default=None)


def recomputed_campaigns(db: Database) -> list[Campaign]:
    """Return every campaign that was published under the first edition."""
    return [one for one in all_campaigns(db) if recomputed(db, one)]


def profiles_in_both_editions(
    db: Database, campaign: Campaign
) -> tuple[edition_1.Profile, Profile, edition_1.Profile | None, Profile | None]:
    """Return the campaign's profiles in edition 1 and 2, then those of the campaign before, if it can be computed.

    Raises ``CampaignDamaged`` when the campaign itself cannot be.
    """
    own = first_edition_profile(db, campaign), campaign_profile(db, campaign)
    before = previous_campaign(db, campaign)
    if before is None:
        return (*own, None, None)
    try:
        return (*own, first_edition_profile(db, before), campaign_profile(db, before))
    except CampaignDamaged:  # said on the pages of that campaign
        return (*own, None, None)
