"""Steps 7 to 12: adoption, sessions, parcours, invitations, the audit log, resume codes."""

from storage.core.engine import Database
from storage.core.migrations.registry import execute_all, migrations


@migrations()
def adoption(db: Database) -> None:
    """Evidence of observable facts, and adopted diagnostics, which can never be changed."""
    refusals = {
        "BEFORE UPDATE ON snapshots": "",
        "BEFORE DELETE ON snapshots": "",
        "BEFORE INSERT ON snapshots": """WHEN new.number <> 1 + coalesce(
            (SELECT max(number) FROM snapshots WHERE campaign_id = new.campaign_id), 0)
            OR EXISTS (SELECT 1 FROM snapshots WHERE id = new.id)""",
    }
    execute_all(
        db,
        """CREATE TABLE evidence (
            id INTEGER PRIMARY KEY,
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
            skill TEXT NOT NULL,
            fact INTEGER NOT NULL CHECK (fact >= 0),
            name TEXT NOT NULL,
            address TEXT,
            sha256 TEXT,
            media_type TEXT,
            size INTEGER,
            author_id INTEGER NOT NULL REFERENCES accounts (id),
            added_at TEXT NOT NULL,
            removed_at TEXT,
            CHECK ((address IS NULL) <> (sha256 IS NULL))
        ) STRICT""",
        "CREATE INDEX evidence_of_campaign ON evidence (campaign_id, skill)",
        """CREATE TABLE snapshots (
            id INTEGER PRIMARY KEY,
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
            number INTEGER NOT NULL CHECK (number > 0),
            adopted_at TEXT NOT NULL,
            author_id INTEGER NOT NULL REFERENCES accounts (id),
            reason TEXT NOT NULL DEFAULT '',
            sha256 TEXT NOT NULL,
            document TEXT NOT NULL,
            UNIQUE (campaign_id, number),
            CHECK (number = 1 OR reason <> '')
        ) STRICT""",
    )
    for number, (event, condition) in enumerate(refusals.items(), 1):
        execute_all(
            db,
            f"""CREATE TRIGGER snapshots_never_change_{number} {event} {condition}
                BEGIN SELECT raise(ABORT, 'an adopted diagnostic never changes'); END""",
        )


@migrations()
def rooms(db: Database) -> None:
    """Sessions: the order of the slides and the decisions noted."""
    execute_all(
        db,
        """CREATE TABLE sequences (
            campaign_id INTEGER PRIMARY KEY REFERENCES campaigns (id),
            document TEXT NOT NULL,
            author_id INTEGER NOT NULL REFERENCES accounts (id),
            saved_at TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE decisions (
            id INTEGER PRIMARY KEY,
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
            text TEXT NOT NULL CHECK (text <> ''),
            author_id INTEGER NOT NULL REFERENCES accounts (id),
            noted_at TEXT NOT NULL,
            removed_at TEXT
        ) STRICT""",
        "CREATE INDEX decisions_of_campaign ON decisions (campaign_id)",
    )


@migrations()
def parcours(db: Database) -> None:
    """The actions of a parcours, the skills that each aims at, and its rating of each year."""
    execute_all(
        db,
        """CREATE TABLE actions (
            id INTEGER PRIMARY KEY,
            territory_id INTEGER NOT NULL REFERENCES territories (id),
            kind TEXT NOT NULL CHECK (kind IN ('formation', 'changement', 'projet')),
            title TEXT NOT NULL,
            purpose TEXT NOT NULL DEFAULT '',
            starts_on TEXT,
            ends_on TEXT,
            wave_id INTEGER REFERENCES campaigns (id),
            provider TEXT NOT NULL DEFAULT '',
            support TEXT NOT NULL DEFAULT '' CHECK (support IN ('', 'cifre', 'vta', 'service-civique')),
            status TEXT NOT NULL CHECK (status IN ('prevue', 'en-cours', 'terminee', 'abandonnee')),
            version INTEGER NOT NULL DEFAULT 1,
            author_id INTEGER REFERENCES accounts (id),
            saved_at TEXT NOT NULL,
            removed_at TEXT,
            CHECK (ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on)
        ) STRICT""",
        "CREATE INDEX actions_of_territory ON actions (territory_id)",
        """CREATE TABLE action_skills (
            action_id INTEGER NOT NULL REFERENCES actions (id),
            position INTEGER NOT NULL,
            skill TEXT NOT NULL,
            PRIMARY KEY (action_id, skill)
        ) STRICT""",
        """CREATE TABLE action_ratings (
            action_id INTEGER NOT NULL REFERENCES actions (id),
            year INTEGER NOT NULL,
            relevance INTEGER NOT NULL CHECK (relevance BETWEEN 1 AND 4),
            transfer INTEGER NOT NULL CHECK (transfer BETWEEN 1 AND 4),
            words TEXT NOT NULL DEFAULT '',
            author_id INTEGER REFERENCES accounts (id),
            saved_at TEXT NOT NULL,
            PRIMARY KEY (action_id, year)
        ) STRICT""",
    )


@migrations()
def single_use_links(db: Database) -> None:
    """Invitations, which work once. The time of use is not stored: it could be matched with a response."""
    execute_all(db, "ALTER TABLE links ADD COLUMN used INTEGER NOT NULL DEFAULT 0 CHECK (used IN (0, 1))")


@migrations()
def audit_log(db: Database) -> None:
    """The audit log: rows are only added, each with the SHA-256 of the previous one.

    No foreign key: an entry outlives the draft or the account that it is about.
    """
    execute_all(
        db,
        """CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            by_id INTEGER,
            deed TEXT NOT NULL,
            territory_id INTEGER,
            campaign_id INTEGER,
            account_id INTEGER,
            detail TEXT NOT NULL DEFAULT '{}',
            previous TEXT NOT NULL,
            sha256 TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX audit_by_account ON audit (by_id)",
        "CREATE INDEX audit_of_account ON audit (account_id)",
        "CREATE INDEX audit_of_territory ON audit (territory_id)",
        """CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
            BEGIN SELECT raise(ABORT, 'the audit log only grows'); END""",
        """CREATE TRIGGER audit_is_never_erased BEFORE DELETE ON audit
            BEGIN SELECT raise(ABORT, 'the audit log only grows'); END""",
        """CREATE TRIGGER audit_grows_by_its_end BEFORE INSERT ON audit
            WHEN new.id IS NOT 1 + coalesce((SELECT max(id) FROM audit), 0)
                OR new.previous IS NOT coalesce((SELECT sha256 FROM audit ORDER BY id DESC LIMIT 1), '')
            BEGIN SELECT raise(ABORT, 'the audit log only grows'); END""",
    )


@migrations()
def resume_codes(db: Database) -> None:
    """Short codes that open a response on another device; useless without the installation's secret."""
    execute_all(
        db,
        """CREATE TABLE resume_codes (
            response_id INTEGER PRIMARY KEY REFERENCES responses (id) ON DELETE CASCADE,
            code_hmac TEXT NOT NULL UNIQUE,
            sealed_key TEXT NOT NULL
        ) STRICT""",
    )
