"""Steps 45 to 50: printed sheets, homonyms, decisions followed, the catalogue, minutes, starts of devices, trials."""

from storage.core.alphabet import name_key
from storage.core.engine import Database
from storage.core.migrations.registry import execute_all, migrations


@migrations()
def printed_sheets(db: Database) -> None:
    """The last number that was printed for each college of a campaign: the next sheets follow on."""
    execute_all(
        db,
        """CREATE TABLE printed_sheets (
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
            college TEXT NOT NULL,
            last INTEGER NOT NULL,
            PRIMARY KEY (campaign_id, college)
        ) STRICT""",
    )


@migrations()
def homonyms(db: Database) -> None:
    """Territories of the same name say their department, as the official code gives it."""
    shared = "name_key IN (SELECT name_key FROM territories GROUP BY name_key HAVING count(*) > 1)"
    rows = db.execute(f"SELECT id, name, official_code FROM territories WHERE {shared}").fetchall()  # noqa: S608  # ours
    for id_, name, code in rows:
        if code and len(code) == 5 and not name.endswith(")"):
            distinct = f"{name} ({code[:3] if code.startswith(('97', '98')) else code[:2]})"
            db.execute(
                "UPDATE territories SET name = ?, name_key = ? WHERE id = ?", (distinct, name_key(distinct), id_)
            )


@migrations()
def decisions_followed(db: Database) -> None:
    """Who takes a decision on, by when, from which skill and as which action; how it ended, and who sees it.

    ``office`` is public with the decision, ``person`` is for the team. Decisions noted before were shown to everybody
    and stay so; those noted now begin with ``team_only``.
    """
    execute_all(
        db,
        "ALTER TABLE decisions ADD COLUMN office TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE decisions ADD COLUMN person TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE decisions ADD COLUMN due_on TEXT",
        "ALTER TABLE decisions ADD COLUMN skill TEXT NOT NULL DEFAULT ''",
        """ALTER TABLE decisions ADD COLUMN state TEXT NOT NULL DEFAULT ''
            CHECK (state IN ('', 'begun', 'done', 'not-done'))""",
        "ALTER TABLE decisions ADD COLUMN action_id INTEGER REFERENCES actions (id) ON DELETE SET NULL",
        "ALTER TABLE decisions ADD COLUMN team_only INTEGER NOT NULL DEFAULT 0 CHECK (team_only IN (0, 1))",
        "CREATE INDEX decisions_of_actions ON decisions (action_id) WHERE action_id IS NOT NULL",
    )


@migrations()
def campaigns_by_year(db: Database) -> None:
    """The published campaigns, latest year first: a page of their catalogue costs the same wherever it is."""
    db.execute("CREATE INDEX campaigns_published ON campaigns (year, id) WHERE published_at IS NOT NULL")


@migrations()
def session_minutes(db: Database) -> None:
    """The minutes of a session, as its team wrote them."""
    execute_all(
        db,
        """CREATE TABLE session_minutes (
            campaign_id INTEGER PRIMARY KEY REFERENCES campaigns (id) ON DELETE CASCADE,
            document TEXT NOT NULL,
            author_id INTEGER NOT NULL REFERENCES accounts (id),
            saved_at TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX session_minutes_by_author ON session_minutes (author_id)",
    )


@migrations()
def device_starts(db: Database) -> None:
    """The starts that lent devices have sent: a start sent again, whatever became of its response, begins no other."""
    execute_all(
        db,
        """CREATE TABLE device_starts (
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
            nonce_sha256 TEXT NOT NULL,
            PRIMARY KEY (campaign_id, nonce_sha256)
        ) STRICT, WITHOUT ROWID""",
    )


@migrations()
def trials(db: Database) -> None:
    """A fictional territory on which a pilot tries everything: of which one it takes the place, and until which day."""
    execute_all(
        db,
        "ALTER TABLE territories ADD COLUMN trial_of INTEGER REFERENCES territories (id)",
        "ALTER TABLE territories ADD COLUMN trial_until TEXT",
        "CREATE UNIQUE INDEX territories_trial ON territories (trial_of) WHERE trial_of IS NOT NULL",
    )
