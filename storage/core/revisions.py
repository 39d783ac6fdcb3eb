"""Revisions: a random text per territory, which triggers draw again when anything its results depend on changes."""

from typing import Final

from storage.core.engine import Database
from storage.core.rows import single_value
from storage.core.tokens import storable

COUNTRY: Final = 0
"""In place of a territory's number: all of them, for lists. Another revision at each change in any of them."""


def current_revision(db: Database, territory: int) -> str:
    """Return the revision of the territory of that id, or of ``COUNTRY`` (all of them)."""
    if territory == COUNTRY:
        return str(single_value(db.conn.execute("SELECT revision FROM country_revision"), ""))
    sql = "SELECT revision FROM results_revisions WHERE territory_id = ?"
    return str(single_value(db.conn.execute(sql, (territory,)), ""))


def revision_at(db: Database, slug: str) -> tuple[int, str] | None:
    """Return the id and the revision of the territory of the campaign of that slug; None if there is none."""
    sql = """SELECT territory_id, coalesce(revision, '') FROM campaigns LEFT JOIN results_revisions USING (territory_id)
        WHERE slug = ?"""
    row: tuple[int, str] | None = db.conn.execute(sql, (storable(slug),)).fetchone()
    return row


def revision_behind(db: Database, campaign_id: int) -> str:
    """Return the revision of the territory of the campaign of that id."""
    sql = "SELECT revision FROM results_revisions JOIN campaigns USING (territory_id) WHERE campaigns.id = ?"
    return str(single_value(db.conn.execute(sql, (campaign_id,)), ""))


def published_revisions(db: Database) -> list[tuple[int, str, str]]:
    """Return the number, the slug and the revision of each published campaign, the first opened first."""
    sql = """SELECT campaigns.id, slug, coalesce(revision, '')
        FROM campaigns LEFT JOIN results_revisions USING (territory_id)
        WHERE published_at IS NOT NULL AND status = 'closed' ORDER BY campaigns.id"""
    return db.conn.execute(sql).fetchall()
