"""A text with invalid bytes, in any column, does not hide other campaigns or territories."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from flask.testing import FlaskClient

from questionnaires import Answer
from storage.campaigns.lifecycle import close_campaign, publish_campaign
from storage.campaigns.territories import territory_by_slug
from storage.core.database import writing
from storage.core.engine import Database
from storage.responses.computed.profiles import campaign_profile
from storage.responses.recorded_responses import Recorded, record_responses
from storage.review.parcours import ActionPlan, add_action
from tests.web.conftest import Open, SignIn

SEVERAL = ("/", "/resultats", "/seances", "/compte", "/campagnes/", "/territoires", "/parcours/ailleurs")
TABLES = ("territories", "campaigns", "campaign_colleges", "grids", "actions", "action_skills")
# Its second sign: the byte 0xFF stands nowhere in UTF-8.
DAMAGED = "CAST(CAST(substr({0}, 1, 1) AS BLOB) || x'ff' || CAST(substr({0}, 2) AS BLOB) AS TEXT)"


def columns(database: Database) -> list[tuple[str, str]]:
    """The texts of what lists are made of."""
    found = [(table, row[1:3]) for table in TABLES for row in database.execute(f"PRAGMA table_info({table})")]
    return [(table, name) for table, (name, kind) in found if kind == "TEXT"]


@contextmanager
def damaged(database: Database, table: str, column: str) -> Iterator[None]:
    """Every text of that column damaged until the block ends."""
    kept = database.execute(f"SELECT {column}, rowid FROM {table}").fetchall()
    with writing(database) as conn:
        conn.execute(f"UPDATE {table} SET {column} = {DAMAGED.format(column)} WHERE {column} IS NOT NULL")
    try:
        yield
    finally:
        with writing(database) as conn:
            conn.executemany(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", kept)


def published_campaign(database: Database, campaign: Open, place: str) -> None:
    one = campaign("open", place, 2026)
    people = [Recorded(code, {"COO-1": Answer(i % 5)}) for code in ("elus", "agents", "habitants") for i in range(6)]
    record_responses(database, one, people)
    campaign_profile(database, publish_campaign(database, close_campaign(database, one)))


def test_no_damaged_text_takes_a_list_away(
    database: Database, campaign: Open, sign_in: SignIn, client: FlaskClient
) -> None:
    published_campaign(database, campaign, "Ici")
    published_campaign(database, campaign, "Ailleurs")
    place = territory_by_slug(database, "ailleurs")
    assert place
    add_action(
        database, place, ActionPlan("projet", "Un marché", ("COO-1",), starts_on=date(2026, 3, 1), supports=("vta",))
    )
    programme = sign_in("programme", None)
    database.execute("PRAGMA ignore_check_constraints = ON")
    database.execute("PRAGMA foreign_keys = OFF")
    tried = columns(database)
    assert {("campaigns", "form"), ("grids", "sha256"), ("actions", "status")} <= {*tried}
    for table, column in tried:
        with damaged(database, table, column):
            for address in SEVERAL:
                gone = (table, column, address) == ("territories", "slug", "/parcours/ailleurs")
                assert programme.get(address).status_code == (404 if gone else 200), (table, column, address)
            assert client.get("/territoires").status_code in {200, 303}, (table, column)


def test_a_damaged_name_is_read_with_a_mark(database: Database, campaign: Open, sign_in: SignIn) -> None:
    one = campaign("open", "Ici", 2026)
    programme = sign_in("programme", None)
    with damaged(database, "territories", "name"), damaged(database, "campaigns", "name"):
        assert "I\ufffdci" in programme.get("/campagnes/").text
        assert programme.get(f"/campagnes/{one.slug}").status_code == 200
