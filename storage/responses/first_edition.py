"""Campaigns published under the first edition of the method: when, and what they showed. Importing it loads pandas.

Nothing new is made with that edition: it gives again, to the byte, the files that were published.
"""

from dataclasses import dataclass
from datetime import date

from scoring import edition_1
from storage.campaigns.campaigns import Campaign
from storage.core.damage import damage_of
from storage.core.engine import Database
from storage.core.timestamps import paris_day, parse_timestamp
from storage.responses.answer_frames import answers_frame
from storage.responses.profiles import conventions_of, known_sizes


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
