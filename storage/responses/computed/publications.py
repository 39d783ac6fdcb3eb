"""Publishing the results of a campaign, possibly again, without disclosing anyone. Importing it loads pandas.

What each publication showed is stored; a later one is compared with all of them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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
from storage.responses.computed.profiles import computed_profile, rules_of


def publication_to_come(db: Database, campaign: Campaign) -> Publication | None:
    """Return what publishing the campaign would show; None if it is open or cannot be computed."""
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
    """Publish the results of a campaign and store what they show. Idempotent.

    ``publication`` is the result of ``publication_to_come``, computed before any lock is taken. Raises
    ``CampaignError`` while the campaign is open, or when this publication and an earlier one together would disclose
    answers of fewer than k people.
    """
    with writing(db):
        if publication is not None and campaign.published_at is None:
            _keep(db, campaign, publication, at or now())
        return publish_campaign(db, campaign, at)


@dataclass(frozen=True)
class Republication:
    """When the campaign was published, and why publishing it again would be refused."""

    moments: tuple[datetime, ...]
    problems: tuple[str, ...]


def republication(db: Database, campaign: Campaign, publication: Publication | None) -> Republication:
    """Return what publishing the campaign, possibly again, would meet. Writes nothing."""
    earlier = list(_publications_of(db, campaign))
    problems = _problems(campaign, [one for _at, one in earlier], publication) if publication else ()
    moments = {at for at, _one in earlier} | ({campaign.published_at} if campaign.published_at else set())
    return Republication(tuple(sorted(moments)), problems)


def _keep(db: Database, campaign: Campaign, publication: Publication, at: datetime) -> None:
    earlier = [one for _at, one in _publications_of(db, campaign)]
    if problems := _problems(campaign, earlier, publication):
        raise CampaignError(problems)
    if publication not in earlier:
        sql = "INSERT INTO publications (campaign_id, published_at, document) VALUES (?, ?, ?)"
        db.conn.execute(sql, (campaign.id, to_text(at), _written(publication)))


def _problems(campaign: Campaign, earlier: Iterable[Publication], publication: Publication) -> tuple[str, ...]:
    """Return why the publication would disclose somebody when compared with the earlier ones."""
    labels = {college.code: college.label for college in campaign.colleges}
    titles = {skill.code: skill.title for skill in campaign.grid.skills}
    found = (problem for one in earlier for problem in republication_problems(one, publication, labels, titles))
    return tuple(dict.fromkeys(found))


def _publications_of(db: Database, campaign: Campaign) -> Iterator[tuple[datetime, Publication]]:
    sql = "SELECT published_at, document FROM publications WHERE campaign_id = ? ORDER BY id"
    for at, document in db.conn.execute(sql, (campaign.id,)):
        yield datetime.fromisoformat(at), publication_from_document(orjson.loads(document))


def _written(publication: Publication) -> str:
    return orjson.dumps(publication.to_dict()).decode()
