"""Results as published under the first edition of the method. Importing it loads pandas.

Nothing new is made with that edition: it only reproduces, byte for byte, the files that were published.
"""

from scoring import Profile, edition_1
from storage.campaigns.campaigns import Campaign, previous_campaign
from storage.campaigns.recomputed_publications import recomputed
from storage.core.damage import CampaignDamaged, damage_of
from storage.core.engine import Database
from storage.responses.computed.answer_frames import answers_frame
from storage.responses.computed.profiles import campaign_profile, conventions_of, known_sizes


def first_edition_profile(db: Database, campaign: Campaign) -> edition_1.Profile:
    """Return the profile that the campaign published, computed from its answers by the frozen formulas.

    Raises ``CampaignDamaged`` when it cannot be computed from what is stored.
    """
    try:
        return _computed(db, campaign)
    except Exception as error:
        raise damage_of(error) from error


def _computed(db: Database, campaign: Campaign) -> edition_1.Profile:
    sizes = known_sizes(db, campaign, _sizes_then(db, campaign), campaign.k)
    rules = edition_1.Rules(**conventions_of(campaign) | {"sizes": sizes})
    then = answers_frame(db, campaign, "hindsight", who_gave="hindsight") if campaign.retrospective else None
    return edition_1.profile(answers_frame(db, campaign), campaign.grid, rules, retrospective=then)


def _sizes_then(db: Database, campaign: Campaign) -> dict[str, int]:
    """Return the sizes declared at the publication, in the order of colleges; some may have been corrected since."""
    noted = recomputed(db, campaign)
    sizes = campaign.sizes if noted is None or noted.sizes is None else noted.sizes
    return {one.code: sizes[one.code] for one in campaign.colleges if one.code in sizes}


def profiles_in_both_editions(
    db: Database, campaign: Campaign
) -> tuple[edition_1.Profile, Profile, edition_1.Profile | None, Profile | None]:
    """Return the campaign's profiles in edition 1 and 2, then those of the previous campaign or None.

    Raises ``CampaignDamaged`` when the campaign itself cannot be computed.
    """
    own = first_edition_profile(db, campaign), campaign_profile(db, campaign)
    before = previous_campaign(db, campaign)
    if before is None:
        return (*own, None, None)
    try:
        return (*own, first_edition_profile(db, before), campaign_profile(db, before))
    except CampaignDamaged:  # said on the pages of that campaign
        return (*own, None, None)
