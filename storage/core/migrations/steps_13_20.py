"""Steps 13 to 20: workshops, password links, open calls, completion time, sign-in, known devices."""

from storage.core.engine import Database
from storage.core.migrations.registry import execute_all, migrations


@migrations()
def workshops(db: Database) -> None:
    """Workshops: their skills, the phones that joined, the distributions revealed, and their end.

    ``response_id`` is the response that holds the consensus. Which responses came from a workshop, and what was
    revealed, are erased when the campaign closes: they would link people to an evening.
    """
    execute_all(
        db,
        """CREATE TABLE workshops (
            id INTEGER PRIMARY KEY,
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
            code TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            people INTEGER NOT NULL CHECK (people > 0),
            skills TEXT NOT NULL,
            position INTEGER NOT NULL DEFAULT 0 CHECK (position >= 0),
            reached INTEGER NOT NULL DEFAULT 0 CHECK (reached >= position),
            version INTEGER NOT NULL DEFAULT 1,
            response_id INTEGER NOT NULL REFERENCES responses (id),
            opened_at TEXT NOT NULL,
            ended_at TEXT
        ) STRICT""",
        "CREATE INDEX workshops_of_campaign ON workshops (campaign_id)",
        """CREATE TABLE workshop_phones (
            workshop_id INTEGER NOT NULL REFERENCES workshops (id),
            response_id INTEGER NOT NULL REFERENCES responses (id),
            PRIMARY KEY (workshop_id, response_id)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX workshops_of_phone ON workshop_phones (response_id)",
        """CREATE TABLE workshop_reveals (
            workshop_id INTEGER NOT NULL REFERENCES workshops (id),
            skill TEXT NOT NULL,
            distribution TEXT NOT NULL,
            held_back INTEGER NOT NULL,
            PRIMARY KEY (workshop_id, skill)
        ) STRICT""",
        """CREATE TRIGGER workshops_are_forgotten AFTER UPDATE OF status ON campaigns
            WHEN new.status = 'closed' AND old.status <> 'closed'
            BEGIN
                DELETE FROM workshop_phones
                    WHERE workshop_id IN (SELECT id FROM workshops WHERE campaign_id = new.id);
                DELETE FROM workshop_reveals
                    WHERE workshop_id IN (SELECT id FROM workshops WHERE campaign_id = new.id);
            END""",
    )


@migrations()
def account_links(db: Database) -> None:
    """Single-use links to choose a password, and the time of last use of a session."""
    execute_all(
        db,
        """CREATE TABLE account_links (
            id INTEGER PRIMARY KEY,
            account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
            kind TEXT NOT NULL CHECK (kind IN ('invitation', 'reset')),
            token_sha256 TEXT NOT NULL UNIQUE,
            created_at TEXT NOT NULL,
            expires_at TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX links_of_account ON account_links (account_id)",
        "ALTER TABLE sessions ADD COLUMN last_seen_at TEXT",
    )


@migrations()
def open_calls(db: Database) -> None:
    """Colleges invited by an open call: no sampling basis, so their figures are those of volunteers."""
    execute_all(
        db,
        """ALTER TABLE campaign_colleges ADD COLUMN voluntary INTEGER NOT NULL DEFAULT 0
            CHECK (voluntary IN (0, 1))""",
    )


@migrations()
def second_steps(db: Database) -> None:
    """Second steps of sign-in: the secret, encrypted with the installation's, and SHA-256 of recovery codes."""
    execute_all(
        db,
        """CREATE TABLE second_steps (
            account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
            sealed_secret TEXT NOT NULL,
            offered_at TEXT NOT NULL,
            confirmed_at TEXT,
            last_step INTEGER NOT NULL DEFAULT 0
        ) STRICT""",
        """CREATE TABLE recovery_codes (
            account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
            code_sha256 TEXT NOT NULL,
            PRIMARY KEY (account_id, code_sha256)
        ) STRICT, WITHOUT ROWID""",
    )


@migrations()
def pace(db: Database) -> None:
    """The completion time: one median per campaign, in seconds per answer, of k people or more."""
    execute_all(db, "ALTER TABLE campaigns ADD COLUMN pace_seconds INTEGER CHECK (pace_seconds > 0)")


@migrations()
def identities(db: Database) -> None:
    """The users of an identity provider linked to accounts: their subject there, and nothing else of them."""
    execute_all(
        db,
        """CREATE TABLE identities (
            account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
            issuer TEXT NOT NULL,
            subject TEXT NOT NULL,
            linked_at TEXT NOT NULL,
            PRIMARY KEY (issuer, subject),
            UNIQUE (account_id, issuer)
        ) STRICT""",
    )


@migrations()
def normal_sheet_numbers(db: Database) -> None:
    """Normal form of the numbers of sheets already entered (``1`` becomes ``HAB-001``).

    For open campaigns only: no sheet can be entered in the others. A number is left as it is when it has no normal
    form, or when that one was entered too; both can still be removed.
    """
    from questionnaires.sheet_numbers import SheetNumberRefused, normal_number

    rows = db.execute(
        """SELECT paper_sheets.campaign_id, number, college FROM paper_sheets
            JOIN responses ON responses.id = response_id JOIN campaigns ON campaigns.id = paper_sheets.campaign_id
            WHERE status = 'open' ORDER BY response_id"""
    ).fetchall()
    for campaign_id, number, college in rows:
        sql = "SELECT code FROM campaign_colleges WHERE campaign_id = ? ORDER BY position"
        codes = [code for (code,) in db.execute(sql, (campaign_id,))]
        try:
            normal = normal_number(number, college, codes)
        except (SheetNumberRefused, KeyError):
            continue
        values = (normal, campaign_id, number)
        db.execute("UPDATE OR IGNORE paper_sheets SET number = ? WHERE campaign_id = ? AND number = ?", values)


@migrations()
def known_devices(db: Database) -> None:
    """The key by which an account recognises its devices; replacing it forgets them all."""
    execute_all(
        db,
        "ALTER TABLE accounts ADD COLUMN device_key TEXT NOT NULL DEFAULT ''",
        "UPDATE accounts SET device_key = lower(hex(randomblob(16)))",
    )
