"""Steps 21 to 26: repaired codes, undoable imports, revisions, starts, sent forms, publications."""

import json
import re
import unicodedata
from hashlib import sha256
from itertools import count

from storage.core.engine import Database
from storage.core.migrations.registry import execute_all, migrations


@migrations()
def what_earlier_faults_left(db: Database) -> None:
    """Repair invalid college codes (blank, reserved, with line ends) and closings without a timestamp.

    Such a code made every result fail: the college gets one made of its name, in the campaign and in its frozen grid. A
    campaign with an adopted diagnostic, which names the codes, keeps them. The missing timestamp of a closing is taken
    from the audit log.
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
    """Return whether a college can have that code: a single word, and not one reserved by results."""
    return re.fullmatch(r"\w[\w.-]*", code) is not None and code not in {"atelier", "territoire"}


def _rename_college(db: Database, campaign_id: int, code: str, label: str) -> None:
    """Give a college another code wherever its campaign names it; foreign keys update links and responses."""
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
    """Return the text of a grid with another code for a college; unchanged if it is not valid JSON."""
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
    """The responses of each imported table and keyed marks of its respondents, until the campaign closes.

    Marks and responses are stored apart: nothing links a respondent to a response.
    """
    execute_all(
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
    """A random text per territory, drawn again by triggers when anything its results depend on changes.

    Cached copies of results are valid for one revision. Answers count only once their campaign is closed: nothing is
    shown of them before.
    """
    draw = """INSERT INTO results_revisions (territory_id, revision)
        SELECT id, lower(hex(randomblob(12))) FROM territories WHERE {which}
        ON CONFLICT (territory_id) DO UPDATE SET revision = excluded.revision"""
    execute_all(
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
                execute_all(
                    db, f"CREATE TRIGGER {table}_revised_{event.lower()} AFTER {event} ON {table} BEGIN {act}; END"
                )
    for event, row in (("UPDATE", "new"), ("DELETE", "old")):
        closed = f"(SELECT status FROM campaigns WHERE id = {row}.campaign_id) = 'closed'"  # noqa: S608  # ours
        act = draw.format(which=f"id = {_OF_CAMPAIGN.format(row=row)}")
        execute_all(
            db,
            f"""CREATE TRIGGER responses_revised_{event.lower()} AFTER {event} ON responses WHEN {closed}
                BEGIN {act}; END""",
        )
    for table, event in (("grids", "UPDATE"), ("accounts", "UPDATE OF name")):
        execute_all(
            db, f"CREATE TRIGGER {table}_revised AFTER {event} ON {table} BEGIN {draw.format(which='TRUE')}; END"
        )


@migrations()
def starts(db: Database) -> None:
    """The largest number of responses of a campaign begun from one network within minutes; no address."""
    execute_all(
        db,
        """CREATE TABLE starts (
            campaign_id INTEGER PRIMARY KEY REFERENCES campaigns (id) ON DELETE CASCADE,
            together INTEGER NOT NULL CHECK (together >= 0),
            held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1))
        ) STRICT""",
    )


@migrations()
def sent_forms(db: Database) -> None:
    """Forms already processed, kept for an hour: the SHA-256 of their content, and the encrypted outcome."""
    execute_all(
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
    """What each publication showed: a later one that differs by fewer than k people is refused."""
    execute_all(
        db,
        """CREATE TABLE publications (
            id INTEGER PRIMARY KEY,
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
            published_at TEXT NOT NULL,
            document TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX publications_of_campaign ON publications (campaign_id)",
    )
