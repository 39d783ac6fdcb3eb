"""The registry of migrations, to which each step adds itself, in the order of the steps."""

from storage.core.engine import Database, Migrations

migrations = Migrations("grille")


def execute_all(db: Database, *statements: str) -> None:
    """Execute these statements in turn."""
    for statement in statements:
        db.execute(statement)
