"""Publishing the results of a campaign, again if need be, without disclosing anyone. Importing it loads pandas.

What each publication showed is kept: a later one is compared with all of them.
"""

from collections.abc import Iterator
from datetime import datetime

import orjson

from scoring.republication import (
    Publication,
    publication_from_document,
    publication_of,
    republication_problems,
)
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import publish_campaign
from storage.core.damage import damage_of, remember_damage
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.timestamps import now, to_text
from storage.responses.profiles import computed_profile, rules_of


def publication_to_come(db: Database, campaign: Campaign) -> Publication | None:
    """Return what publishing the campaign would show; None while it is open, or when its results cannot be computed."""
    if campaign.status != "closed":
        return None
    try:
        return publication_of(computed_profile(db, campaign, rules_of(campaign)))
    except Exception as error:  # such a campaign shows no figure, published or not
        remember_damage(db, campaign.id, damage_of(error))
        return None


def publish_results(
    db: Database, campaign: Campaign, publication: Publication | None, at: datetime | None = None
) -> Campaign:
    """Publish the results of a campaign, and keep what they show. Publishing a published campaign changes nothing.

    ``publication`` is its ``publication_to_come``, computed before anything is locked. Raise ``CampaignError`` while
    the campaign is open, and when this publication beside an earlier one would disclose answers of fewer than k people.
    """
    with writing(db):
        if publication is not None and campaign.published_at is None:
            _keep(db, campaign, publication, at or now())
        return publish_campaign(db, campaign, at)


def _keep(db: Database, campaign: Campaign, publication: Publication, at: datetime) -> None:
    labels = {college.code: college.label for college in campaign.colleges}
    earlier = list(_publications_of(db, campaign))
    problems = [problem for one in earlier for problem in republication_problems(one, publication, labels)]
    if problems:
        raise CampaignError(list(dict.fromkeys(problems)))
    if publication not in earlier:
        sql = "INSERT INTO publications (campaign_id, published_at, document) VALUES (?, ?, ?)"
        db.conn.execute(sql, (campaign.id, to_text(at), _written(publication)))


def _publications_of(db: Database, campaign: Campaign) -> Iterator[Publication]:
    sql = "SELECT document FROM publications WHERE campaign_id = ? ORDER BY id"
    for (document,) in db.conn.execute(sql, (campaign.id,)):
        yield publication_from_document(orjson.loads(document))


def _written(publication: Publication) -> str:
    return orjson.dumps(publication.to_dict()).decode()
