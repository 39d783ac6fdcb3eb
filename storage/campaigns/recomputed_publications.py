"""Campaigns published under the first edition of the method: when they were, and when they were recomputed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import orjson

from storage.campaigns.campaigns import Campaign, all_campaigns
from storage.core.engine import Database
from storage.core.timestamps import paris_day, parse_timestamp


@dataclass(frozen=True, slots=True)
class Recomputed:
    """The days of publication under the first edition and of recomputation under the second.

    ``sizes`` are the declared sizes at the time; ``None`` if they were not recorded.
    """

    published: date
    recomputed: date
    sizes: Mapping[str, int] | None = None


def recomputed(db: Database, campaign: Campaign) -> Recomputed | None:
    """Return when these results were published and recomputed; None if they were never published in edition 1."""
    return recomputed_among(db, [campaign]).get(campaign.id)


def recomputed_among(db: Database, campaigns: Collection[Campaign]) -> dict[int, Recomputed]:
    """Return the same for those of these campaigns that were recomputed, by campaign id."""
    sql = """SELECT campaign_id, published_at, recomputed_at, sizes FROM recomputed_publications
        WHERE campaign_id IN (SELECT value FROM json_each(?))"""
    rows = db.conn.execute(sql, (orjson.dumps([one.id for one in campaigns]).decode(),))
    found = {id_: _read(published, again, sizes) for id_, published, again, sizes in rows}
    return {id_: one for id_, one in found.items() if one}


def _read(published: str, again: str, sizes: str | None) -> Recomputed | None:
    then, since = parse_timestamp(published), parse_timestamp(again)
    if then is None or since is None:
        return None
    return Recomputed(paris_day(then), paris_day(since), None if sizes is None else orjson.loads(sizes))


def recomputed_campaigns(db: Database) -> list[Campaign]:
    """Return every campaign that was published under the first edition."""
    campaigns = all_campaigns(db)
    found = recomputed_among(db, campaigns)
    return [one for one in campaigns if one.id in found]
