"""Steps 13 to 20: workshops, links to choose a password, open calls, ways to sign in, known devices."""

from storage.core.engine import Database
from storage.core.migrations.registry import execute_all, migrations


@migrations()
def workshops(db: Database) -> None:
    """Workshops: what a group talks about, the phones that joined, what was revealed of them, and when it ended.

    ``response_id`` is the response that holds the consensus. Which responses came through a workshop, and what was
    revealed, are forgotten when the campaign closes: nobody needs them any more, and they tie people to an evening.
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
    """Links by which people choose their password, each once; and the moment a session was last used."""
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
    """A college invited by an open call has no sampling basis: its figures are those of volunteers, and say so."""
    execute_all(
        db,
        """ALTER TABLE campaign_colleges ADD COLUMN voluntary INTEGER NOT NULL DEFAULT 0
            CHECK (voluntary IN (0, 1))""",
    )


@migrations()
def second_steps(db: Database) -> None:
    """Codes asked for after the password. The secret is sealed with the installation's; recovery codes are SHA-256."""
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
    """How long answering took: one median, in seconds per answer, of k people or more, kept at closing."""
    execute_all(db, "ALTER TABLE campaigns ADD COLUMN pace_seconds INTEGER CHECK (pace_seconds > 0)")


@migrations()
def identities(db: Database) -> None:
    """Who an account is to an identity provider: its subject there, and nothing else of what the provider tells."""
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
    """Numbers of sheets entered so far, in the form under which they are now compared (``1`` is ``HAB-001``).

    Only of open campaigns: elsewhere no sheet can come twice any more. A number whose normal form was entered as well
    stays as it is, and so does one that has none: both can still be taken back.
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
    """What the devices that signed in to an account are known by: replaced, it forgets them all."""
    execute_all(
        db,
        "ALTER TABLE accounts ADD COLUMN device_key TEXT NOT NULL DEFAULT ''",
        "UPDATE accounts SET device_key = lower(hex(randomblob(16)))",
    )
