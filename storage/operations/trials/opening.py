"""Opening a trial: a fictional territory beside a real one, a campaign open on it, invented answers, a link to try.

Nothing that reads a territory mixes the two: comparisons, parcours, sessions and publications stay within one of them.
What reads all territories leaves trials out (``storage.campaigns.territories.NOT_A_TRIAL``).
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from grille.grid import Grid
from grille.messages import message as _
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import open_campaign
from storage.campaigns.share_links import create_share_link
from storage.campaigns.territories import Territory, create_territory, free_slug, trial_on
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.timestamps import now, paris_day
from storage.operations.trials.invented_answers import invented_responses
from storage.responses.recorded_responses import record_responses

LASTS: Final = timedelta(days=30)
"""How long a trial is kept, unless its pilot erases it before."""


@dataclass(frozen=True, slots=True)
class TrialNames:
    """What the fictional territory and its campaign are called, in the language of whoever opens the trial."""

    territory: str
    campaign: str


def open_trial(db: Database, territory: Territory, grid: Grid, secret: str, names: TrialNames) -> Campaign:
    """Open a trial of a territory: on this grid, with a few invented answers of each college and a link for everybody.

    Raises ``CampaignError`` when there is one already, or when the territory is itself one.
    """
    with writing(db) as conn:
        if territory.trial_of is not None or trial_on(db, territory):
            raise CampaignError([_("Un essai est déjà ouvert sur ce territoire : effacez-le pour en refaire un.")])
        slug = free_slug(db, f"{territory.slug}-essai")
        place = create_territory(db, names.territory, territory.kind, slug=slug, fictional=True)
        today = paris_day(now())
        conn.execute(
            "UPDATE territories SET trial_of = ?, trial_until = ? WHERE id = ?",
            (territory.id, (today + LASTS).isoformat(), place.id),
        )
        campaign = open_campaign(db, place, grid, name=names.campaign, year=today.year)
        create_share_link(db, campaign, None, secret)
        record_responses(db, campaign, invented_responses(campaign))
    return campaign
