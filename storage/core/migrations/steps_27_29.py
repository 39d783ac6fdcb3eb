"""Steps 27 to 29: printed reports of adopted diagnostics, lists read page by page, completion times."""

from storage.core.alphabet import name_key
from storage.core.engine import Database
from storage.core.migrations.registry import execute_all, migrations


@migrations()
def printed_diagnostics(db: Database) -> None:
    """The report of an adopted diagnostic as printed at its adoption; it can never be changed."""
    execute_all(
        db,
        """CREATE TABLE printed_diagnostics (
            snapshot_id INTEGER PRIMARY KEY REFERENCES snapshots (id),
            shows TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            content BLOB NOT NULL
        ) STRICT""",
    )
    for number, event in enumerate(("UPDATE", "DELETE"), 1):
        execute_all(
            db,
            f"""CREATE TRIGGER printed_diagnostics_never_change_{number} BEFORE {event} ON printed_diagnostics
                BEGIN SELECT raise(ABORT, 'a printed diagnostic never changes'); END""",
        )


@migrations()
def lists(db: Database) -> None:
    """Sorting keys for names, flags for territories with results, and the indexes of all lists.

    A row inserted by hand without a key gets its name in lower case.
    """
    _draw_revisions_for_what_is_shown(db)
    for table in ("territories", "accounts"):
        execute_all(
            db,
            f"ALTER TABLE {table} ADD COLUMN name_key TEXT NOT NULL DEFAULT ''",
            f"""CREATE TRIGGER {table}_get_a_key AFTER INSERT ON {table} WHEN new.name_key = ''
                BEGIN UPDATE {table} SET name_key = ' ' || lower(new.name) WHERE id = new.id; END""",  # noqa: S608  # ours
        )
        _write_keys(db, table)
    execute_all(
        db,
        "ALTER TABLE territories ADD COLUMN closed INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1))",
        "ALTER TABLE territories ADD COLUMN published INTEGER NOT NULL DEFAULT 0 CHECK (published IN (0, 1))",
        _showing("TRUE"),
        *map(_kept_showing, ("INSERT", "UPDATE OF status, published_at, territory_id", "DELETE")),
        "CREATE INDEX territories_by_name ON territories (name_key, id, published, closed)",
        "CREATE INDEX territories_by_code ON territories (official_code)",
        "CREATE INDEX accounts_by_name ON accounts (disabled_at IS NOT NULL, name_key, id, email)",
        "CREATE INDEX audit_by_time ON audit (at)",
        "CREATE INDEX audit_by_deed ON audit (deed)",
    )


def _draw_revisions_for_what_is_shown(db: Database) -> None:
    """Limit the triggers of revisions to the columns shown, so that sorting keys outdate no copy."""
    name = "territories_revised_update"
    sql = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", [name]).fetchone()[0]
    shown = "UPDATE OF slug, name, kind, fictional, official_code ON"
    execute_all(db, f"DROP TRIGGER {name}", sql.replace("UPDATE ON", shown, 1))


def _write_keys(db: Database, table: str) -> None:
    keys = [(name_key(name), id_) for id_, name in db.execute(f"SELECT id, name FROM {table}")]  # noqa: S608  # ours
    db.conn.executemany(f"UPDATE {table} SET name_key = ? WHERE id = ?", keys)  # noqa: S608  # as above


def _showing(which: str) -> str:
    """Record which territories have closed campaigns, and which have published ones."""
    one = "EXISTS (SELECT 1 FROM campaigns WHERE territory_id = territories.id AND status = 'closed'"
    more = "AND published_at IS NOT NULL"
    return f"UPDATE territories SET closed = {one}), published = {one} {more}) WHERE {which}"  # noqa: S608  # ours


def _kept_showing(event: str) -> str:
    row = "old" if event == "DELETE" else "new"
    name = event.partition(" ")[0].lower()
    which = f"id IN ({row}.territory_id, old.territory_id)" if name == "update" else f"id = {row}.territory_id"
    return f"CREATE TRIGGER campaigns_show_{name} AFTER {event} ON campaigns BEGIN {_showing(which)}; END"


@migrations()
def latest_paces(db: Database) -> None:
    """Index the completion times of the last closed campaigns, and the open campaigns."""
    execute_all(
        db,
        """CREATE INDEX campaigns_by_pace ON campaigns (form, retrospective, closed_at, grid_id, pace_seconds)
            WHERE pace_seconds IS NOT NULL""",
        "CREATE INDEX campaigns_open ON campaigns (id) WHERE status = 'open'",
    )
