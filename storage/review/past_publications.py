"""When the results of campaigns were first published, also of those that were withdrawn since."""

from collections.abc import Collection
from datetime import datetime

from storage.campaigns.campaigns import Campaign
from storage.core.engine import Database
from storage.core.pages import as_json
from storage.core.timestamps import parse_timestamp


def first_publications(db: Database, campaigns: Collection[Campaign]) -> dict[int, datetime]:
    """Return the moment of the first publication of each of these campaigns that had one, by campaign id."""
    sql = """SELECT campaign_id, min(published_at) FROM (
            SELECT campaign_id, published_at FROM publications UNION ALL
            SELECT campaign_id, published_at FROM recomputed_publications UNION ALL
            SELECT id, published_at FROM campaigns WHERE published_at IS NOT NULL
        ) WHERE campaign_id IN (SELECT value FROM json_each(?)) GROUP BY campaign_id"""
    rows = db.conn.execute(sql, (as_json(one.id for one in campaigns),))
    return {number: moment for number, text in rows if (moment := parse_timestamp(text))}
