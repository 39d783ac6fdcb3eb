"""Steps 1 to 6: territories and campaigns, responses, accounts, completion of campaigns, reviews."""

from storage.core.engine import Database
from storage.core.migrations.registry import execute_all, migrations


@migrations()
def territories_and_campaigns(db: Database) -> None:
    """Territories, and their campaigns, each on one frozen grid."""
    execute_all(
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
    """One JSON document per response; a view shows it as one row per answer, without comments or reasons."""
    execute_all(
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
    """Accounts, their roles, and their sign-in sessions."""
    execute_all(
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
    """Campaigns that also ask how people now see the year before: ``$.retrospective`` in the documents."""
    execute_all(
        db,
        """ALTER TABLE campaigns ADD COLUMN retrospective INTEGER NOT NULL DEFAULT 0
            CHECK (retrospective IN (0, 1))""",
    )


@migrations()
def campaign_life(db: Database) -> None:
    """Merged colleges, links that can be shown again, paper sheets, imported tables.

    ``college_merges`` has a row per merged college; ``applied_at`` is the closing. The token of a link is computed from
    its ``seed`` and the installation's secret, so that the database alone opens none.
    """
    execute_all(
        db,
        """CREATE TABLE college_merges (
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
            member TEXT NOT NULL,
            member_label TEXT NOT NULL,
            code TEXT NOT NULL,
            label TEXT NOT NULL,
            decided_at TEXT NOT NULL,
            applied_at TEXT,
            PRIMARY KEY (campaign_id, member)
        ) STRICT""",
        "ALTER TABLE links ADD COLUMN seed TEXT",
        """CREATE TABLE paper_sheets (
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
            number TEXT NOT NULL,
            response_id INTEGER REFERENCES responses (id),
            PRIMARY KEY (campaign_id, number)
        ) STRICT""",
        """CREATE TABLE imports (
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
            sha256 TEXT NOT NULL,
            file_name TEXT NOT NULL,
            responses INTEGER NOT NULL,
            imported_on TEXT NOT NULL,
            PRIMARY KEY (campaign_id, sha256)
        ) STRICT""",
    )


@migrations()
def reviews(db: Database) -> None:
    """The texts of reviewers (every version is kept) and their decisions on comments.

    A comment is identified by a random mark drawn when its campaign closes, never by its response.
    """
    marking = """INSERT INTO comments (mark, campaign_id, response_id, skill)
        SELECT lower(hex(randomblob(12))), responses.campaign_id, responses.id, comment.key
        FROM responses JOIN campaigns ON campaigns.id = responses.campaign_id,
            json_each(responses.document, '$.comments') AS comment
        WHERE campaigns.status = 'closed' AND responses.deleted = 0"""
    execute_all(
        db,
        """CREATE TABLE sheets (
            id INTEGER PRIMARY KEY,
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
            kind TEXT NOT NULL CHECK (kind IN ('family', 'year', 'facts', 'private')),
            subject TEXT NOT NULL DEFAULT '',
            version INTEGER NOT NULL CHECK (version > 0),
            document TEXT NOT NULL,
            author_id INTEGER NOT NULL REFERENCES accounts (id),
            saved_at TEXT NOT NULL,
            UNIQUE (campaign_id, kind, subject, version)
        ) STRICT""",
        """CREATE TABLE comments (
            mark TEXT NOT NULL UNIQUE,
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
            response_id INTEGER NOT NULL REFERENCES responses (id) ON DELETE CASCADE,
            skill TEXT NOT NULL,
            decision TEXT CHECK (decision IN ('accepted', 'refused')),
            author_id INTEGER REFERENCES accounts (id),
            decided_at TEXT,
            PRIMARY KEY (response_id, skill),
            CHECK ((decision IS NULL) = (decided_at IS NULL))
        ) STRICT""",
        "CREATE INDEX comments_of_campaign ON comments (campaign_id, decision)",
        marking,
        f"""CREATE TRIGGER comments_are_marked AFTER UPDATE OF status ON campaigns
            WHEN new.status = 'closed' AND old.status <> 'closed'
            BEGIN {marking} AND campaigns.id = new.id ON CONFLICT DO NOTHING; END""",
    )
