"""Steps 51 to 56: drafts of grids, local questions, what a room says with its phones during a session."""

from storage.core.engine import Database
from storage.core.migrations.registry import execute_all, migrations

_OF_CAMPAIGN = "(SELECT territory_id FROM campaigns WHERE id = {row}.campaign_id)"


@migrations()
def grid_drafts(db: Database) -> None:
    """Drafts of grids, written in the studio; and who published a grid of the library from there, saying what changed.

    ``document`` is of ``grille.drafts.document``; the title, id and version are repeated from it for lists.
    """
    execute_all(
        db,
        """CREATE TABLE grid_drafts (
            id INTEGER PRIMARY KEY,
            title TEXT NOT NULL,
            grid TEXT NOT NULL,
            version TEXT NOT NULL,
            document TEXT NOT NULL,
            created_at TEXT NOT NULL,
            saved_at TEXT NOT NULL,
            author_id INTEGER REFERENCES accounts (id)
        ) STRICT""",
        "CREATE INDEX grid_drafts_by_author ON grid_drafts (author_id)",
        "CREATE INDEX grid_drafts_by_saving ON grid_drafts (saved_at, id)",
        "ALTER TABLE library ADD COLUMN published_by INTEGER REFERENCES accounts (id)",
        "ALTER TABLE library ADD COLUMN changelog TEXT NOT NULL DEFAULT ''",
        "CREATE INDEX library_by_publisher ON library (published_by) WHERE published_by IS NOT NULL",
    )


@migrations()
def local_questions(db: Database) -> None:
    """Questions of a campaign's own; at its closing, their answers leave the responses for good.

    ``local_counts`` has the choices of at least k people, and no others; ``local_texts``, the free answers when at
    least k people wrote one, each under a random mark and in no order. Nothing tells whose they were.
    """
    execute_all(
        db,
        "ALTER TABLE campaigns ADD COLUMN local_questions TEXT NOT NULL DEFAULT '[]'",
        """CREATE TABLE local_counts (
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
            question TEXT NOT NULL,
            choice INTEGER NOT NULL,
            people INTEGER NOT NULL,
            PRIMARY KEY (campaign_id, question, choice)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE local_texts (
            mark TEXT PRIMARY KEY,
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
            question TEXT NOT NULL,
            text TEXT NOT NULL,
            decision TEXT CHECK (decision IN ('accepted', 'refused')),
            author_id INTEGER REFERENCES accounts (id),
            decided_at TEXT,
            CHECK ((decision IS NULL) = (decided_at IS NULL))
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX local_texts_of_campaign ON local_texts (campaign_id)",
        "CREATE INDEX local_texts_by_author ON local_texts (author_id) WHERE author_id IS NOT NULL",
        *(
            _revising(table, event, _OF_CAMPAIGN.format(row=row))
            for table in ("local_counts", "local_texts")
            for event, row in (("INSERT", "new"), ("UPDATE", "new"), ("DELETE", "old"))
        ),
    )


def _revising(table: str, event: str, territory: str) -> str:
    return f"""CREATE TRIGGER {table}_revised_{event.lower()} AFTER {event} ON {table} BEGIN
        INSERT INTO results_revisions (territory_id, revision)
            SELECT id, lower(hex(randomblob(12))) FROM territories WHERE id = {territory}
            ON CONFLICT (territory_id) DO UPDATE SET revision = excluded.revision; END"""  # noqa: S608  # ours


@migrations()
def audience(db: Database) -> None:
    """A room that takes part on its phones: its code, where it is, what it is asked, what it answers.

    A phone is known by the hash of a key that its page drew; nothing says whose it is.
    """
    execute_all(
        db,
        """CREATE TABLE audiences (
            id INTEGER PRIMARY KEY,
            campaign_id INTEGER NOT NULL UNIQUE REFERENCES campaigns (id) ON DELETE CASCADE,
            code TEXT NOT NULL UNIQUE,
            asked TEXT NOT NULL DEFAULT '',
            shown TEXT NOT NULL DEFAULT '[]',
            version INTEGER NOT NULL DEFAULT 0,
            opened_at TEXT NOT NULL,
            ended_at TEXT
        ) STRICT""",
        """CREATE TABLE audience_questions (
            audience_id INTEGER NOT NULL REFERENCES audiences (id) ON DELETE CASCADE,
            key TEXT NOT NULL,
            title TEXT NOT NULL,
            options TEXT NOT NULL DEFAULT '[]',
            answer TEXT NOT NULL DEFAULT '{}',
            hands TEXT NOT NULL DEFAULT '{}',
            result TEXT,
            PRIMARY KEY (audience_id, key)
        ) STRICT""",
        """CREATE TABLE audience_phones (
            id INTEGER PRIMARY KEY,
            audience_id INTEGER NOT NULL REFERENCES audiences (id) ON DELETE CASCADE,
            key_sha256 TEXT NOT NULL UNIQUE,
            joined_at TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX audience_phones_of_one ON audience_phones (audience_id)",
        """CREATE TABLE audience_answers (
            phone_id INTEGER NOT NULL REFERENCES audience_phones (id) ON DELETE CASCADE,
            question TEXT NOT NULL,
            choices TEXT NOT NULL,
            PRIMARY KEY (phone_id, question)
        ) STRICT""",
        """CREATE TABLE audience_words (
            id INTEGER PRIMARY KEY,
            audience_id INTEGER NOT NULL REFERENCES audiences (id) ON DELETE CASCADE,
            phone_id INTEGER REFERENCES audience_phones (id) ON DELETE SET NULL,
            text TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'accepted', 'refused')),
            said_at TEXT NOT NULL,
            UNIQUE (phone_id)
        ) STRICT""",
        "CREATE INDEX audience_words_of_one ON audience_words (audience_id)",
    )


@migrations()
def digests(db: Database) -> None:
    """Who of the programme wants the weekly digest, and the last week for which it was sent to them."""
    execute_all(
        db,
        """CREATE TABLE digests (
            account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
            asked_at TEXT NOT NULL,
            sent_week TEXT NOT NULL DEFAULT ''
        ) STRICT""",
    )
