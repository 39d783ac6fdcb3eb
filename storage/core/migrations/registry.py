"""The registry of migrations. Each step adds itself, in order."""

from storage.core.engine import Database, Migrations

migrations = Migrations("grille")


def execute_all(db: Database, *statements: str) -> None:
    """Execute these statements in order."""
    for statement in statements:
        db.execute(statement)
