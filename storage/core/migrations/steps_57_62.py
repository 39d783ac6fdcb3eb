"""Steps 57 to 62: other software, by the API; a parcours managed and supervised; what published grids are given."""

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


@migrations()
def grid_additions(db: Database) -> None:
    """What was done to the texts that published grids are given later, in each language; it only grows.

    ``place`` is that of a text in the grid, ``source`` tells which text it translates. For a review, ``text`` names who
    reviewed; ``mark`` tells a moment of one database from the same number in another.
    """
    execute_all(
        db,
        """CREATE TABLE grid_additions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            mark TEXT NOT NULL DEFAULT (lower(hex(randomblob(8)))),
            grid TEXT NOT NULL,
            version TEXT NOT NULL,
            language TEXT NOT NULL,
            event TEXT NOT NULL CHECK (event IN ('text', 'review', 'offer', 'withdrawal')),
            place TEXT NOT NULL DEFAULT '',
            text TEXT NOT NULL DEFAULT '',
            source TEXT NOT NULL DEFAULT '',
            added_at TEXT NOT NULL,
            author_id INTEGER REFERENCES accounts (id),
            FOREIGN KEY (grid, version) REFERENCES library (grid, version)
        ) STRICT""",
        "CREATE INDEX grid_additions_of_grid ON grid_additions (grid, version, language, id)",
        "CREATE INDEX grid_additions_by_author ON grid_additions (author_id) WHERE author_id IS NOT NULL",
        """CREATE TRIGGER grid_additions_never_change BEFORE UPDATE ON grid_additions
            BEGIN SELECT raise(ABORT, 'what was added to a grid is never changed'); END""",
        """CREATE TRIGGER grid_additions_never_go BEFORE DELETE ON grid_additions
            BEGIN SELECT raise(ABORT, 'what was added to a grid is never erased'); END""",
    )


@migrations()
def quoted_comments(db: Database) -> None:
    """Comments that may be quoted: their author ticked it, as the response says, and a reviewer accepted it."""
    execute_all(
        db,
        """ALTER TABLE comments ADD COLUMN quoted INTEGER NOT NULL DEFAULT 0
            CHECK (quoted = 0 OR (quoted = 1 AND decision IS 'accepted'))""",
    )


@migrations()
def idempotent_requests(db: Database) -> None:
    """Requests of other software that must not act twice, with what they were answered, sealed with ``SECRET_KEY``."""
    execute_all(
        db,
        """CREATE TABLE idempotent_requests (
            api_key_id INTEGER NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
            key_sha256 TEXT NOT NULL,
            content_sha256 TEXT NOT NULL,
            sent_at TEXT NOT NULL,
            code INTEGER,
            answer TEXT,
            PRIMARY KEY (api_key_id, key_sha256)
        ) STRICT, WITHOUT ROWID""",
    )


@migrations()
def session_places(db: Database) -> None:
    """Where a session is, for its windows on several computers; ``moved_at`` is in milliseconds since 1970."""
    execute_all(
        db,
        """CREATE TABLE session_places (
            campaign_id INTEGER PRIMARY KEY REFERENCES campaigns (id) ON DELETE CASCADE,
            slide INTEGER NOT NULL,
            black INTEGER NOT NULL CHECK (black IN (0, 1)),
            query TEXT NOT NULL,
            moved_at INTEGER NOT NULL,
            version INTEGER NOT NULL DEFAULT 0
        ) STRICT""",
    )


@migrations()
def supervision(db: Database) -> None:
    """Moments of supervision of a parcours, and what each action was before it changed, with the reason.

    ``people`` are numbers by group, in JSON; ``before`` is of ``storage.review.parcours.changes``, without any pilot.
    """
    execute_all(
        db,
        "ALTER TABLE actions ADD COLUMN created_on TEXT",
        """CREATE TABLE supervisions (
            id INTEGER PRIMARY KEY,
            territory_id INTEGER NOT NULL REFERENCES territories (id) ON DELETE CASCADE,
            held_on TEXT NOT NULL,
            people TEXT NOT NULL DEFAULT '{}',
            seen TEXT NOT NULL,
            adjusted TEXT NOT NULL DEFAULT '',
            author_id INTEGER REFERENCES accounts (id),
            saved_at TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX supervisions_of_territory ON supervisions (territory_id)",
        "CREATE INDEX supervisions_by_author ON supervisions (author_id) WHERE author_id IS NOT NULL",
        """CREATE TABLE action_changes (
            action_id INTEGER NOT NULL REFERENCES actions (id) ON DELETE CASCADE,
            version INTEGER NOT NULL,
            before TEXT NOT NULL,
            reason TEXT NOT NULL DEFAULT '',
            changed_at TEXT NOT NULL,
            PRIMARY KEY (action_id, version)
        ) STRICT, WITHOUT ROWID""",
    )
