"""Steps 51 to 56: drafts of grids."""

from storage.core.engine import Database
from storage.core.migrations.registry import execute_all, migrations


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
