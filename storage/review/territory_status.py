"""The state of many territories after their reviews: diagnostics adopted, number of actions.

Separate from the modules that write these, which load pandas: a list of territories does not need it.
"""

from collections.abc import Iterable

from storage.campaigns.campaigns import Campaign
from storage.core.engine import Database
from storage.core.pages import as_json


def adopted_versions(db: Database, campaigns: Iterable[Campaign]) -> dict[int, int]:
    """Return the number of the adopted version in force, by campaign id, for campaigns that have one."""
    sql = """SELECT campaign_id, max(number) FROM snapshots WHERE campaign_id IN (SELECT value FROM json_each(?))
        GROUP BY campaign_id"""
    return dict(db.conn.execute(sql, (as_json(one.id for one in campaigns),)).fetchall())


def action_counts(db: Database, territories: Iterable[int]) -> dict[int, int]:
    """Return the number of actions in the parcours of each territory, without removed ones, by territory id."""
    numbers = list(territories)
    sql = """SELECT territory_id, count(*) FROM actions WHERE territory_id IN (SELECT value FROM json_each(?))
        AND removed_at IS NULL GROUP BY territory_id"""
    return dict.fromkeys(numbers, 0) | dict(db.conn.execute(sql, (as_json(numbers),)).fetchall())
