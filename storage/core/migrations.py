"""The tables, as the steps that built them. A step that has been released is never edited: add another below.

Run by ``flask --app app database migrate``, never by a web worker. Tables are strict; a day is ``2026-03-31`` and a
moment is ISO 8601 in UTC, both as text; yes/no is 0/1. Secrets are kept only as SHA-256, so the file opens no door.
"""

import json
import re
import unicodedata
from hashlib import sha256
from itertools import count

from storage.core.engine import Database, Migrations

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


@migrations()
def campaign_life(db: Database) -> None:
    """Colleges to be read together, links that can be shown again, sheets of paper entered, tables imported.

    ``college_merges`` has a row per college that joins a group; ``applied_at`` is the closing. A link's ``seed`` makes
    its token with the installation's secret, so the file alone still opens no door.
    """
    _run(
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
    """What reviewers write beside the scores (every version is kept), and their decisions on comments.

    A comment is known by a mark drawn at random when its campaign closes, never by its response.
    """
    marking = """INSERT INTO comments (mark, campaign_id, response_id, skill)
        SELECT lower(hex(randomblob(12))), responses.campaign_id, responses.id, comment.key
        FROM responses JOIN campaigns ON campaigns.id = responses.campaign_id,
            json_each(responses.document, '$.comments') AS comment
        WHERE campaigns.status = 'closed' AND responses.deleted = 0"""
    _run(
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


@migrations()
def adoption(db: Database) -> None:
    """Evidence of what can be observed, and the diagnostics that were adopted: the latter can never change."""
    refusals = {
        "BEFORE UPDATE ON snapshots": "",
        "BEFORE DELETE ON snapshots": "",
        "BEFORE INSERT ON snapshots": """WHEN new.number <> 1 + coalesce(
            (SELECT max(number) FROM snapshots WHERE campaign_id = new.campaign_id), 0)
            OR EXISTS (SELECT 1 FROM snapshots WHERE id = new.id)""",
    }
    _run(
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
        _run(
            db,
            f"""CREATE TRIGGER snapshots_never_change_{number} {event} {condition}
                BEGIN SELECT raise(ABORT, 'an adopted diagnostic never changes'); END""",
        )


@migrations()
def rooms(db: Database) -> None:
    """What a session leaves: how its slides were arranged, and what the room decided."""
    _run(
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
    """The actions of a territory's parcours, the skills that each aims at, and what is said of each every year."""
    _run(
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
    """An invitation serves once. Only that it did is kept: a moment could be matched with a response."""
    _run(db, "ALTER TABLE links ADD COLUMN used INTEGER NOT NULL DEFAULT 0 CHECK (used IN (0, 1))")


@migrations()
def audit_log(db: Database) -> None:
    """Who did what, and when: lines are only ever added, each sealed with the one before.

    No foreign key: a line outlives the draft or the account that it speaks of.
    """
    _run(
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
    """Short codes that open a response from another device; without the installation's secret they open nothing."""
    _run(
        db,
        """CREATE TABLE resume_codes (
            response_id INTEGER PRIMARY KEY REFERENCES responses (id) ON DELETE CASCADE,
            code_hmac TEXT NOT NULL UNIQUE,
            sealed_key TEXT NOT NULL
        ) STRICT""",
    )


@migrations()
def workshops(db: Database) -> None:
    """Workshops: what a group talks about, the phones that joined, what was revealed of them, and when it ended.

    ``response_id`` is the response that holds the consensus. Which responses came through a workshop, and what was
    revealed, are forgotten when the campaign closes: nobody needs them any more, and they tie people to an evening.
    """
    _run(
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
    _run(
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
    _run(
        db,
        """ALTER TABLE campaign_colleges ADD COLUMN voluntary INTEGER NOT NULL DEFAULT 0
            CHECK (voluntary IN (0, 1))""",
    )


@migrations()
def second_steps(db: Database) -> None:
    """Codes asked for after the password. The secret is sealed with the installation's; recovery codes are SHA-256."""
    _run(
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
    _run(db, "ALTER TABLE campaigns ADD COLUMN pace_seconds INTEGER CHECK (pace_seconds > 0)")


@migrations()
def identities(db: Database) -> None:
    """Who an account is to an identity provider: its subject there, and nothing else of what the provider tells."""
    _run(
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
    _run(
        db,
        "ALTER TABLE accounts ADD COLUMN device_key TEXT NOT NULL DEFAULT ''",
        "UPDATE accounts SET device_key = lower(hex(randomblob(16)))",
    )


@migrations()
def what_earlier_faults_left(db: Database) -> None:
    """Codes of colleges that a form let in (blank, reserved, with ends of lines), and closings without a moment.

    A code that nothing can use made every result fail: the college takes one made of its name, in the campaign and in
    its frozen grid. A campaign with an adopted diagnostic keeps its codes, for the diagnostic names them. The moment of
    a closing that was not kept is taken from the audit log.
    """
    db.execute(
        """UPDATE campaigns SET closed_at =
                (SELECT max(at) FROM audit WHERE campaign_id = campaigns.id AND deed = 'campaign closed')
            WHERE status = 'closed' AND datetime(closed_at) IS NULL
                AND EXISTS (SELECT 1 FROM audit WHERE campaign_id = campaigns.id AND deed = 'campaign closed')"""
    )
    rows = db.execute(
        """SELECT campaign_id, code, label FROM campaign_colleges
            WHERE campaign_id NOT IN (SELECT campaign_id FROM snapshots) ORDER BY campaign_id, position"""
    ).fetchall()
    for campaign_id, code, label in rows:
        if not usable_code(code):
            _rename_college(db, campaign_id, code, label)


def usable_code(code: str) -> bool:
    """Whether a college can have that code: a word, and none that results keep for themselves."""
    return re.fullmatch(r"\w[\w.-]*", code) is not None and code not in {"atelier", "territoire"}


def _rename_college(db: Database, campaign_id: int, code: str, label: str) -> None:
    """Give a college another code, wherever its campaign names it; links and responses follow by their foreign key."""
    sql = "SELECT code FROM campaign_colleges WHERE campaign_id = ?"
    taken = {one for (one,) in db.execute(sql, (campaign_id,))}
    new = _free_code(label, taken)
    db.execute("UPDATE campaign_colleges SET code = ? WHERE campaign_id = ? AND code = ?", (new, campaign_id, code))
    for column in ("member", "code"):
        sql = f"UPDATE college_merges SET {column} = ? WHERE campaign_id = ? AND {column} = ?"  # noqa: S608  # ours
        db.execute(sql, (new, campaign_id, code))
    row = db.execute(
        "SELECT grid, version, document FROM grids WHERE id = (SELECT grid_id FROM campaigns WHERE id = ?)",
        (campaign_id,),
    ).fetchone()
    grid, version, document = row
    document = _with_code(document, code, new)
    values = (grid, version, sha256(document.encode()).hexdigest(), document)
    db.execute("INSERT OR IGNORE INTO grids (grid, version, sha256, document) VALUES (?, ?, ?, ?)", values)
    sql = "UPDATE campaigns SET grid_id = (SELECT id FROM grids WHERE sha256 = ?) WHERE id = ?"
    db.execute(sql, (values[2], campaign_id))


def _free_code(label: str, taken: set[str]) -> str:
    letters = (one for one in unicodedata.normalize("NFKD", label.lower()) if not unicodedata.combining(one))
    code = re.sub(r"[^a-z0-9]+", "-", "".join(letters)).strip("-") or "college"
    names = (code if number == 1 else f"{code}-{number}" for number in count(1))
    return next(name for name in names if name not in taken and usable_code(name))


def _with_code(document: str, code: str, new: str) -> str:
    """The text of a grid in which a college has another code; as it is when it is no JSON."""
    try:
        grid = json.loads(document)
    except ValueError:
        return document
    for college in grid.get("colleges", ()):
        if college["code"] == code:
            college["code"] = new
    for family in grid.get("families", ()):
        for skill in family["skills"]:
            skill["wording"] = {new if key == code else key: text for key, text in skill.get("wording", {}).items()}
    return json.dumps(grid, ensure_ascii=False, separators=(",", ":"))


@migrations()
def import_undo(db: Database) -> None:
    """Which responses a table brought, and keyed marks of its respondents, until the campaign closes.

    Marks and responses are apart: nothing says which respondent gave which response.
    """
    _run(
        db,
        """CREATE TABLE imported_responses (
            response_id INTEGER PRIMARY KEY REFERENCES responses (id) ON DELETE CASCADE,
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
            sha256 TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX responses_of_import ON imported_responses (campaign_id, sha256)",
        """CREATE TABLE imported_respondents (
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
            mark TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            PRIMARY KEY (campaign_id, mark)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE import_keys (
            campaign_id INTEGER PRIMARY KEY REFERENCES campaigns (id) ON DELETE CASCADE,
            key TEXT NOT NULL
        ) STRICT""",
    )


# How a row of each table that results rest on leads to its territory; ``{row}`` is its old or its new version.
_OF_CAMPAIGN = "(SELECT territory_id FROM campaigns WHERE id = {row}.campaign_id)"
_OF_ACTION = "(SELECT territory_id FROM actions WHERE id = {row}.action_id)"
_TERRITORY_OF = {
    "territories": "{row}.id",
    "campaigns": "{row}.territory_id",
    "actions": "{row}.territory_id",
    "action_skills": _OF_ACTION,
    "action_ratings": _OF_ACTION,
    **dict.fromkeys(
        ("campaign_colleges", "snapshots", "sheets", "comments", "evidence", "decisions", "sequences"), _OF_CAMPAIGN
    ),
}


@migrations()
def results_revisions(db: Database) -> None:
    """A text drawn at random at each change of what the results of a territory rest on: copies of them know by it.

    Answers count once their campaign is closed: until then nothing is shown of them.
    """
    draw = """INSERT INTO results_revisions (territory_id, revision)
        SELECT id, lower(hex(randomblob(12))) FROM territories WHERE {which}
        ON CONFLICT (territory_id) DO UPDATE SET revision = excluded.revision"""
    _run(
        db,
        """CREATE TABLE results_revisions (
            territory_id INTEGER PRIMARY KEY REFERENCES territories (id) ON DELETE CASCADE,
            revision TEXT NOT NULL
        ) STRICT""",
        draw.format(which="TRUE"),
    )
    for table, territory in _TERRITORY_OF.items():
        for event, row in (("INSERT", "new"), ("UPDATE", "new"), ("DELETE", "old")):
            if (table, event) != ("territories", "DELETE"):
                act = draw.format(which=f"id = {territory.format(row=row)}")
                _run(db, f"CREATE TRIGGER {table}_revised_{event.lower()} AFTER {event} ON {table} BEGIN {act}; END")
    for event, row in (("UPDATE", "new"), ("DELETE", "old")):
        closed = f"(SELECT status FROM campaigns WHERE id = {row}.campaign_id) = 'closed'"  # noqa: S608  # ours
        act = draw.format(which=f"id = {_OF_CAMPAIGN.format(row=row)}")
        _run(
            db,
            f"""CREATE TRIGGER responses_revised_{event.lower()} AFTER {event} ON responses WHEN {closed}
                BEGIN {act}; END""",
        )
    for table, event in (("grids", "UPDATE"), ("accounts", "UPDATE OF name")):
        _run(db, f"CREATE TRIGGER {table}_revised AFTER {event} ON {table} BEGIN {draw.format(which='TRUE')}; END")


@migrations()
def starts(db: Database) -> None:
    """How many responses of a campaign began from one place within minutes: the largest number, no place."""
    _run(
        db,
        """CREATE TABLE starts (
            campaign_id INTEGER PRIMARY KEY REFERENCES campaigns (id) ON DELETE CASCADE,
            together INTEGER NOT NULL CHECK (together >= 0),
            held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1))
        ) STRICT""",
    )


@migrations()
def sent_forms(db: Database) -> None:
    """Forms that act once, for an hour: known by the SHA-256 of their mark and content; what they did, sealed."""
    _run(
        db,
        """CREATE TABLE sent_forms (
            key_sha256 TEXT PRIMARY KEY,
            account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
            sent_at TEXT NOT NULL,
            led_to TEXT,
            outcome TEXT
        ) STRICT, WITHOUT ROWID""",
    )


@migrations()
def publications(db: Database) -> None:
    """What each publication of a campaign showed: a later one that differs by fewer than k people is refused."""
    _run(
        db,
        """CREATE TABLE publications (
            id INTEGER PRIMARY KEY,
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
            published_at TEXT NOT NULL,
            document TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX publications_of_campaign ON publications (campaign_id)",
    )
