"""Export of individual answers: for the programme only, audited, the same from the command line."""

import csv
import io
from pathlib import Path

import pytest
from flask import Flask

from questionnaires import Answer
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign
from storage.core.engine import Database
from storage.operations.audit_log import Wanted, entries
from storage.responses.recorded_responses import Recorded, record_responses
from tests.web.conftest import Open, SignIn
from tests.web.forms import post_form

SAID = "Un mot que personne ne doit lire"


@pytest.fixture
def closed(database: Database, campaign: Open) -> Campaign:
    opened = campaign("open")
    people = {"elus": 6, "agents": 3, "associations": 3, "habitants": 8}
    given = {"COO-1": Answer(2, comment=SAID), "CON-1": Answer.dont_know()}
    record_responses(database, opened, [Recorded(college, given) for college, n in people.items() for _ in range(n)])
    return close_campaign(database, opened)


def events(database: Database) -> list[tuple[str, int | None, int]]:
    found = entries(database, Wanted())
    return [(one.event, one.by, int(one.detail["rows"])) for one in found if one.event == "answers exported"]


def test_the_programme_takes_the_table_and_it_is_written(sign_in: SignIn, closed: Campaign, database: Database) -> None:
    client = sign_in("programme", None)
    assert f"/campagnes/{closed.slug}/reponses" in client.get(f"/campagnes/{closed.slug}").text
    page = client.get(f"/campagnes/{closed.slug}/reponses")
    assert "Ce qui ne sort pas" in page.text
    assert events(database) == [], "looking at the page takes nothing out"
    answer = post_form(client, f"/campagnes/{closed.slug}/reponses")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert sorted(row["college"] for row in rows) == ["autres"] * 6 + ["elus"] * 6 + ["habitants"] * 8
    assert {(row["COO-1"], row["CON-1"], row["FAC-1"]) for row in rows} == {("2", "NSP", "")}
    assert SAID not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert [(event, rows) for event, _, rows in events(database)] == [("answers exported", 20)]


def test_a_pilot_does_not_even_see_the_way(sign_in: SignIn, closed: Campaign) -> None:
    client = sign_in("pilot")
    assert "reponses" not in client.get(f"/campagnes/{closed.slug}").text
    assert client.get(f"/campagnes/{closed.slug}/reponses").status_code == 404


def test_the_command_writes_a_file_for_its_owner_once(
    app: Flask, closed: Campaign, database: Database, tmp_path: Path
) -> None:
    out = tmp_path / "reponses.csv"
    arguments = ["campaign", "answers", closed.slug, "--out", str(out)]
    assert app.test_cli_runner().invoke(args=arguments).exit_code == 0
    assert out.stat().st_mode & 0o077 == 0
    assert out.read_bytes().count(b"\r\n") == 21
    assert events(database)[0][1:] == (None, 20)
    again = app.test_cli_runner().invoke(args=arguments)
    assert again.exit_code == 2
    assert "n’existe pas encore" in again.output
