"""Steps 63 to 68: other software that is notified of campaigns; the desk of a review; comments by theme."""

from storage.core.engine import Database
from storage.core.migrations.registry import execute_all, migrations


@migrations()
def webhooks(db: Database) -> None:
    """Where other software listens, with secrets sealed with ``SECRET_KEY``; and what was or is to be sent there."""
    execute_all(
        db,
        """CREATE TABLE webhooks (
            id INTEGER PRIMARY KEY,
            account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
            address TEXT NOT NULL,
            events TEXT NOT NULL,
            created_at TEXT NOT NULL,
            sealed_secret TEXT NOT NULL,
            former_secret TEXT,
            renewed_at TEXT
        ) STRICT""",
        "CREATE INDEX webhooks_of_account ON webhooks (account_id)",
        """CREATE TABLE webhook_deliveries (
            id INTEGER PRIMARY KEY,
            webhook_id INTEGER NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
            message TEXT NOT NULL UNIQUE,
            event TEXT NOT NULL,
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
            happened_at TEXT NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            replays INTEGER NOT NULL DEFAULT 0,
            due_at TEXT,
            delivered_at TEXT,
            code INTEGER,
            problem TEXT NOT NULL DEFAULT ''
        ) STRICT""",
        "CREATE INDEX webhook_deliveries_of_one ON webhook_deliveries (webhook_id, id)",
        "CREATE INDEX webhook_deliveries_of_campaign ON webhook_deliveries (campaign_id)",
        "CREATE INDEX webhook_deliveries_due ON webhook_deliveries (due_at) WHERE due_at IS NOT NULL",
    )


@migrations()
def review_desk(db: Database) -> None:
    """Who follows a review, and when each member of its team was last at its desk."""
    execute_all(
        db,
        """CREATE TABLE review_handovers (
            id INTEGER PRIMARY KEY,
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
            from_id INTEGER NOT NULL REFERENCES accounts (id),
            to_id INTEGER NOT NULL REFERENCES accounts (id),
            note TEXT NOT NULL DEFAULT '',
            handed_at TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX review_handovers_of_campaign ON review_handovers (campaign_id)",
        """CREATE TABLE review_visits (
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
            account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
            seen_at TEXT NOT NULL,
            before_at TEXT,
            PRIMARY KEY (campaign_id, account_id)
        ) STRICT""",
        "CREATE INDEX review_visits_of_account ON review_visits (account_id)",
    )


@migrations()
def comment_themes(db: Database) -> None:
    """Comments by theme, as a team named and arranged them."""
    execute_all(
        db,
        """CREATE TABLE comment_themes (
            id INTEGER PRIMARY KEY,
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            author_id INTEGER NOT NULL REFERENCES accounts (id),
            saved_at TEXT NOT NULL,
            UNIQUE (campaign_id, name)
        ) STRICT""",
        """CREATE TABLE comment_theme_members (
            mark TEXT PRIMARY KEY REFERENCES comments (mark) ON DELETE CASCADE,
            theme_id INTEGER NOT NULL REFERENCES comment_themes (id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX comment_theme_members_of_one ON comment_theme_members (theme_id)",
    )
