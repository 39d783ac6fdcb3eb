"""Steps 39 to 44: what changed of an open campaign."""

from storage.core.engine import Database
from storage.core.migrations.registry import execute_all, migrations


@migrations()
def campaign_changes(db: Database) -> None:
    """What was changed of a campaign once it was open, with what it replaced."""
    execute_all(
        db,
        """CREATE TABLE campaign_changes (
            id INTEGER PRIMARY KEY,
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
            changed_at TEXT NOT NULL,
            by_id INTEGER REFERENCES accounts (id),
            subject TEXT NOT NULL,
            college TEXT,
            before TEXT,
            after TEXT
        ) STRICT""",
        "CREATE INDEX campaign_changes_of ON campaign_changes (campaign_id)",
    )
