"""The tables, as the steps that built them. A step that has been released is never edited: add another below.

Run by ``flask --app app database migrate``, never by a web worker. Tables are strict; a day is ``2026-03-31`` and a
moment is ISO 8601 in UTC, both as text; yes/no is 0/1. Secrets are kept only as SHA-256, so the file opens no door.
"""

from storage.engine import Database, Migrations

migrations = Migrations("grille")


def _run(db: Database, *statements: str) -> None:
    for statement in statements:
        db.execute(statement)


@migrations()
def territories_and_campaigns(db: Database) -> None:
    """What is assessed, and one wave of it on one frozen grid."""
    _run(
        db,
        """CREATE TABLE territories (
            id INTEGER PRIMARY KEY,
            slug TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            kind TEXT NOT NULL,
            fictional INTEGER NOT NULL DEFAULT 0 CHECK (fictional IN (0, 1)),
            official_code TEXT
        ) STRICT""",
        """CREATE TABLE grids (
            id INTEGER PRIMARY KEY,
            grid TEXT NOT NULL,
            version TEXT NOT NULL,
            sha256 TEXT NOT NULL UNIQUE,
            document TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE campaigns (
            id INTEGER PRIMARY KEY,
            slug TEXT NOT NULL UNIQUE,
            territory_id INTEGER NOT NULL REFERENCES territories (id),
            grid_id INTEGER NOT NULL REFERENCES grids (id),
            name TEXT NOT NULL,
            year INTEGER NOT NULL,
            form TEXT NOT NULL CHECK (form IN ('short', 'full')),
            k INTEGER NOT NULL,
            weighting TEXT NOT NULL CHECK (weighting IN ('equal', 'heads')),
            status TEXT NOT NULL CHECK (status IN ('draft', 'open', 'closed')),
            opens_on TEXT,
            closes_on TEXT,
            opened_at TEXT,
            closed_at TEXT,
            published_at TEXT,
            CHECK (published_at IS NULL OR status = 'closed')
        ) STRICT""",
        "CREATE INDEX campaigns_of_territory ON campaigns (territory_id, year)",
        """CREATE TABLE campaign_colleges (
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
            code TEXT NOT NULL,
            position INTEGER NOT NULL,
            label TEXT NOT NULL,
            size INTEGER CHECK (size > 0),
            target INTEGER CHECK (target > 0),
            PRIMARY KEY (campaign_id, code)
        ) STRICT""",
        """CREATE TABLE links (
            id INTEGER PRIMARY KEY,
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
            college TEXT,
            kind TEXT NOT NULL,
            token_sha256 TEXT NOT NULL UNIQUE,
            created_at TEXT NOT NULL,
            revoked_at TEXT,
            FOREIGN KEY (campaign_id, college) REFERENCES campaign_colleges (campaign_id, code) ON UPDATE CASCADE
        ) STRICT""",
        "CREATE INDEX links_of_campaign ON links (campaign_id)",
    )


@migrations()
def responses(db: Database) -> None:
    """One document per response; the view shows it to SQL as one row per answer, without comments or reasons."""
    _run(
        db,
        """CREATE TABLE responses (
            id INTEGER PRIMARY KEY,
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
            college TEXT,
            mode TEXT NOT NULL CHECK (mode IN ('individuel', 'papier', 'atelier')),
            key_sha256 TEXT UNIQUE,
            document TEXT NOT NULL DEFAULT '{}',
            answered INTEGER NOT NULL DEFAULT 0,
            submitted_on TEXT,
            deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
            FOREIGN KEY (campaign_id, college) REFERENCES campaign_colleges (campaign_id, code) ON UPDATE CASCADE,
            CHECK (college IS NOT NULL OR mode = 'atelier'),
            CHECK (deleted = 0 OR (document = '{}' AND answered = 0))
        ) STRICT""",
        "CREATE INDEX respondents_of_campaign ON responses (campaign_id, college, mode) WHERE answered > 0",
        """CREATE VIEW answers_long AS
            SELECT responses.id AS response, territories.slug AS territory, campaigns.slug AS campaign, campaigns.year,
                coalesce(responses.college, 'atelier') AS college, responses.mode, answer.key AS skill,
                CASE WHEN answer.type = 'integer' THEN answer.value END AS level,
                CASE WHEN answer.type = 'text' THEN answer.value END AS state
            FROM responses
            JOIN campaigns ON campaigns.id = responses.campaign_id
            JOIN territories ON territories.id = campaigns.territory_id
            JOIN json_each(responses.document, '$.answers') AS answer""",
    )


@migrations()
def accounts(db: Database) -> None:
    """People who sign in, what they may do where, and where they are signed in."""
    _run(
        db,
        """CREATE TABLE accounts (
            id INTEGER PRIMARY KEY,
            email TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            password_hash TEXT,
            created_at TEXT NOT NULL,
            disabled_at TEXT
        ) STRICT""",
        """CREATE TABLE grants (
            id INTEGER PRIMARY KEY,
            account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
            role TEXT NOT NULL,
            territory_id INTEGER REFERENCES territories (id) ON DELETE CASCADE,
            granted_at TEXT NOT NULL
        ) STRICT""",
        "CREATE UNIQUE INDEX one_grant_each ON grants (account_id, role, coalesce(territory_id, 0))",
        """CREATE TABLE sessions (
            id INTEGER PRIMARY KEY,
            account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
            token_sha256 TEXT NOT NULL UNIQUE,
            created_at TEXT NOT NULL,
            expires_at TEXT NOT NULL,
            last_seen_on TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX sessions_of_account ON sessions (account_id)",
    )


@migrations()
def retrospective_answers(db: Database) -> None:
    """A campaign may also ask how people now see the year before, kept as ``$.retrospective`` in the documents."""
    _run(
        db,
        """ALTER TABLE campaigns ADD COLUMN retrospective INTEGER NOT NULL DEFAULT 0
            CHECK (retrospective IN (0, 1))""",
    )
