"""The last published campaign of each territory, for what a programme learns of all of them. Trials are left out."""

from dataclasses import dataclass

from storage.campaigns.territories import NOT_A_TRIAL
from storage.core.engine import Database


@dataclass(frozen=True, slots=True)
class LastPublished:
    """The id of a campaign, the id of its territory, the id and the version of its grid."""

    campaign: int
    territory: int
    grid: str
    version: str
    fictional: bool


def last_published(db: Database) -> list[LastPublished]:
    """Return the last published campaign of each territory, by grid then by the id of the territory.

    Fictional territories are left out as soon as one that is not has published.
    """
    sql = f"""SELECT id, territory_id, grid, version, fictional FROM (
            SELECT campaigns.id, territory_id, grid, version, fictional, min(fictional) OVER () AS known,
                row_number() OVER (PARTITION BY territory_id ORDER BY year DESC, campaigns.id DESC) AS rank
            FROM campaigns JOIN grids ON grids.id = grid_id JOIN territories ON territories.id = territory_id
            WHERE campaigns.published_at IS NOT NULL AND campaigns.status = 'closed' AND {NOT_A_TRIAL})
        WHERE rank = 1 AND fictional = known ORDER BY grid, territory_id"""  # noqa: S608  # ours
    rows = db.conn.execute(sql).fetchall()
    return [
        LastPublished(number, place, grid, version, bool(fictional)) for number, place, grid, version, fictional in rows
    ]
