"""Steps 39 to 44: open campaigns amended or cancelled; lent devices; the library of grids; pictures and legal texts."""

from hashlib import sha256

import grille
from storage.core.engine import Database
from storage.core.migrations.registry import execute_all, migrations
from storage.core.timestamps import now, to_text


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


@migrations()
def lent_devices(db: Database) -> None:
    """Links for a device that several people use in turn, and short codes of links.

    ``lent_link`` is the link that the device goes back to; it is erased once the device is given back. A response whose
    key was renewed keeps its code, sealed by the new key; a key outdates no copy of a result. ``code_hmac`` finds a
    link by its code.
    """
    execute_all(
        db,
        "ALTER TABLE links ADD COLUMN lent INTEGER NOT NULL DEFAULT 0 CHECK (lent IN (0, 1))",
        "ALTER TABLE links ADD COLUMN code_hmac TEXT",
        "CREATE UNIQUE INDEX links_by_code ON links (code_hmac) WHERE code_hmac IS NOT NULL",
        "ALTER TABLE responses ADD COLUMN lent_link INTEGER REFERENCES links (id) ON DELETE SET NULL",
        "CREATE INDEX responses_on_lent_devices ON responses (lent_link) WHERE lent_link IS NOT NULL",
        "ALTER TABLE resume_codes ADD COLUMN sealed_code TEXT",
    )
    name = "responses_revised_update"
    sql = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", [name]).fetchone()[0]
    shown = "UPDATE OF document, answered, college, mode, submitted_on, deleted ON"
    execute_all(db, f"DROP TRIGGER {name}", sql.replace("UPDATE ON", shown, 1))


@migrations()
def library(db: Database) -> None:
    """The library of grids, each under its id and its version, with those that are shipped; and the default one."""
    execute_all(
        db,
        """CREATE TABLE library (
            id INTEGER PRIMARY KEY,
            grid TEXT NOT NULL,
            version TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            document TEXT NOT NULL,
            added_at TEXT NOT NULL,
            withdrawn_at TEXT,
            UNIQUE (grid, version)
        ) STRICT""",
        """CREATE TABLE default_grid (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            library_id INTEGER NOT NULL REFERENCES library (id)
        ) STRICT""",
    )
    add_shipped_grids(db)
    db.execute("INSERT INTO default_grid (id, library_id) SELECT 1, max(id) FROM library")


def add_shipped_grids(db: Database) -> None:
    """Add the shipped grids that the library does not have; a version that is there stays as it is.

    A release that ships another version has a step that calls this again: a test compares.
    """
    for grid in grille.shipped_grids():
        document = grid.to_json()
        db.execute(
            """INSERT INTO library (grid, version, sha256, document, added_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (grid, version) DO NOTHING""",
            (grid.id, grid.version, sha256(document.encode()).hexdigest(), document, to_text(now())),
        )


@migrations()
def letterheads(db: Database) -> None:
    """Pictures that people sent, and what a campaign says of whoever runs it: ``logo`` is the digest of a picture."""
    execute_all(
        db,
        """CREATE TABLE pictures (
            digest TEXT PRIMARY KEY,
            width INTEGER NOT NULL,
            height INTEGER NOT NULL,
            large BLOB NOT NULL,
            small BLOB NOT NULL,
            added_at TEXT NOT NULL
        ) STRICT""",
        *(
            f"ALTER TABLE campaigns ADD COLUMN {name} TEXT NOT NULL DEFAULT ''"
            for name in ("introduction", "organiser", "contact", "logo")
        ),
    )


@migrations()
def notices(db: Database) -> None:
    """Legal texts of the site (no territory), or of a territory in their place; ``subject`` says which text it is."""
    execute_all(
        db,
        """CREATE TABLE notices (
            id INTEGER PRIMARY KEY,
            territory_id INTEGER REFERENCES territories (id) ON DELETE CASCADE,
            subject TEXT NOT NULL,
            text TEXT NOT NULL
        ) STRICT""",
        "CREATE UNIQUE INDEX notices_by_subject ON notices (coalesce(territory_id, 0), subject)",
    )


@migrations()
def cancelled_campaigns(db: Database) -> None:
    """What tells people that a campaign was cancelled.

    A mark is the SHA-256 of what a link, a response or a code was known by: it recognises them, and opens nothing.
    """
    execute_all(
        db,
        """CREATE TABLE cancelled_campaigns (
            id INTEGER PRIMARY KEY,
            territory_id INTEGER NOT NULL REFERENCES territories (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            year INTEGER NOT NULL,
            cancelled_at TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE cancelled_marks (
            mark TEXT PRIMARY KEY,
            campaign_id INTEGER NOT NULL REFERENCES cancelled_campaigns (id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX cancelled_marks_of ON cancelled_marks (campaign_id)",
    )
