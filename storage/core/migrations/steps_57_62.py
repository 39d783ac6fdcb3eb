"""Steps 57 to 62: other software, by the API; a parcours that is managed."""

from storage.core.engine import Database
from storage.core.migrations.registry import execute_all, migrations


@migrations()
def api_keys(db: Database) -> None:
    """Keys that accounts give to other software; ``scopes`` is a list of ``accounts.scopes``, in JSON."""
    execute_all(
        db,
        """CREATE TABLE api_keys (
            id INTEGER PRIMARY KEY,
            account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            token_sha256 TEXT NOT NULL UNIQUE,
            scopes TEXT NOT NULL,
            created_at TEXT NOT NULL,
            expires_at TEXT NOT NULL,
            last_used_on TEXT
        ) STRICT""",
        "CREATE INDEX api_keys_of_account ON api_keys (account_id)",
    )


@migrations()
def managed_actions(db: Database) -> None:
    """Who leads an action, and what is followed of it: supports, partners, budget, targets, indicator, steps, notes.

    ``details`` is of ``storage.review.parcours.details``. ``support`` is no longer read: an action may have several.
    """
    execute_all(
        db,
        "ALTER TABLE actions ADD COLUMN pilot TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE actions ADD COLUMN details TEXT NOT NULL DEFAULT '{}'",
        "ALTER TABLE actions ADD COLUMN paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1))",
        "UPDATE actions SET details = json_object('supports', json_array(support)) WHERE support <> ''",
    )
