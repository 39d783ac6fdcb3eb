"""Steps 27 to 32: the printed report of an adopted diagnostic."""

from storage.core.engine import Database
from storage.core.migrations.registry import execute_all, migrations


@migrations()
def printed_diagnostics(db: Database) -> None:
    """The report of an adopted diagnostic, as it was printed before the adoption: it never changes either."""
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
