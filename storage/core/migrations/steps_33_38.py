"""Steps 33 to 38: a revision of everything shown of any territory, for the cached lists."""

from storage.core.engine import Database
from storage.core.migrations.registry import execute_all, migrations

_DRAW = "lower(hex(randomblob(12)))"
_OF_CAMPAIGN = "(SELECT territory_id FROM campaigns WHERE id = {row}.campaign_id)"


@migrations()
def country_revision(db: Database) -> None:
    """A random text drawn again at each change of anything shown, and more tables that draw a territory's.

    Results depend on these tables too, although so far none of them changed without another table.
    """
    execute_all(
        db,
        """CREATE TABLE country_revision (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            revision TEXT NOT NULL
        ) STRICT""",
        f"INSERT INTO country_revision (id, revision) VALUES (1, {_DRAW})",  # noqa: S608  # ours
    )
    for event in ("INSERT", "UPDATE", "DELETE"):
        execute_all(
            db,
            f"""CREATE TRIGGER country_revised_{event.lower()} AFTER {event} ON results_revisions
                BEGIN UPDATE country_revision SET revision = {_DRAW}; END""",  # noqa: S608  # ours
        )
    for table in ("publications", "recomputed_publications", "college_merges"):
        for event, row in (("INSERT", "new"), ("UPDATE", "new"), ("DELETE", "old")):
            execute_all(db, _revising(table, event, _OF_CAMPAIGN.format(row=row)))
    of_snapshot = "(SELECT territory_id FROM campaigns JOIN snapshots ON campaign_id = campaigns.id WHERE {which})"
    which = "snapshots.id = new.snapshot_id"
    execute_all(db, _revising("printed_diagnostics", "INSERT", of_snapshot.format(which=which)))


def _revising(table: str, event: str, territory: str) -> str:
    return f"""CREATE TRIGGER {table}_revised_{event.lower()} AFTER {event} ON {table} BEGIN
        INSERT INTO results_revisions (territory_id, revision)
            SELECT id, {_DRAW} FROM territories WHERE id = {territory}
            ON CONFLICT (territory_id) DO UPDATE SET revision = excluded.revision; END"""  # noqa: S608  # ours
