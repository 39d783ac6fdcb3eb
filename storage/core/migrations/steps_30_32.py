"""Steps 30 to 32: publications under the first edition of the method, jobs."""

from storage.core.engine import Database
from storage.core.migrations.registry import execute_all, migrations
from storage.core.timestamps import now, to_text

_PUBLISHED = """SELECT campaigns.id, coalesce(
        campaigns.published_at,
        (SELECT max(published_at) FROM publications WHERE campaign_id = campaigns.id),
        (SELECT max(at) FROM audit WHERE campaign_id = campaigns.id AND deed = 'campaign published')
    ) AS published_at FROM campaigns WHERE status = 'closed'"""


@migrations()
def recomputed_publications(db: Database) -> None:
    """Campaigns published under the first edition, even if withdrawn since, with both dates.

    Their figures are computed by the second edition from this step on; their first files keep their addresses.
    """
    execute_all(
        db,
        """CREATE TABLE recomputed_publications (
            campaign_id INTEGER PRIMARY KEY REFERENCES campaigns (id) ON DELETE CASCADE,
            edition INTEGER NOT NULL,
            published_at TEXT NOT NULL,
            recomputed_at TEXT NOT NULL
        ) STRICT""",
    )
    db.execute(
        f"""INSERT INTO recomputed_publications (campaign_id, edition, published_at, recomputed_at)
            SELECT id, 1, published_at, ? FROM ({_PUBLISHED}) WHERE published_at IS NOT NULL""",  # noqa: S608  # ours
        (to_text(now()),),
    )


@migrations()
def sizes_published_then(db: Database) -> None:
    """The sizes of colleges under the first edition: its files hold them, whatever is corrected later."""
    db.execute("ALTER TABLE recomputed_publications ADD COLUMN sizes TEXT")
    db.execute(
        """UPDATE recomputed_publications SET sizes = (SELECT json_group_object(code, size) FROM campaign_colleges
            WHERE campaign_colleges.campaign_id = recomputed_publications.campaign_id AND size IS NOT NULL)"""
    )


@migrations()
def jobs(db: Database) -> None:
    """Jobs: work requested by pages and done outside of requests; ``key`` covers all that the result depends on.

    ``claim`` names the current worker: only it may change the row. ``attempts`` counts how often it was begun.
    """
    execute_all(
        db,
        """CREATE TABLE jobs (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            key TEXT NOT NULL,
            parameters TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed')),
            done INTEGER NOT NULL DEFAULT 0,
            total INTEGER NOT NULL DEFAULT 0,
            note TEXT NOT NULL DEFAULT '',
            owner_id INTEGER REFERENCES accounts (id) ON DELETE SET NULL,
            campaign_id INTEGER REFERENCES campaigns (id) ON DELETE CASCADE,
            claim TEXT,
            attempts INTEGER NOT NULL DEFAULT 0,
            file TEXT,
            sha256 TEXT,
            created_at TEXT NOT NULL,
            not_before TEXT NOT NULL,
            started_at TEXT,
            heartbeat_at TEXT,
            finished_at TEXT,
            UNIQUE (kind, key)
        ) STRICT""",
        "CREATE INDEX jobs_by_state ON jobs (state, not_before, id)",
        "CREATE INDEX jobs_of_campaign ON jobs (campaign_id)",
        "CREATE INDEX jobs_of_owner ON jobs (owner_id)",
    )
