"""Steps 57 to 62: other software, by the API."""

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
