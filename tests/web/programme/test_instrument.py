"""The page of the grid's statistics: the whole programme, no single territory, and its files."""

from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from commands.serving.job_maker import make_waiting
from storage.campaigns.lifecycle import close_campaign
from storage.core.database import open_database
from storage.core.engine import Database
from tests.web.conftest import Open, SignIn, signing_in
from tests.web.markup import problems_in
from tests.web.queries import MOST_QUERIES, queries
from web.http.pages import jobs
from web.programme.instrument_jobs import MadeInstrument

HERE = "/grilles/territoires-engagement/2026.1/instrument"
BROWSER = {"headers": {"Accept": "text/html,*/*;q=0.8"}}


@pytest.fixture
def apart(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs are made by another process, and nobody waits in a request."""
    app.config["JOBS_APART"] = True
    monkeypatch.setattr(jobs, "A_MOMENT", 0.0)
    monkeypatch.setattr(jobs, "A_WHILE", 0.0)


@pytest.mark.usefixtures("apart")
def test_while_it_is_computed_the_page_says_how_far_it_is_then_it_is_kept(app: Flask, sign_in: SignIn) -> None:
    client = sign_in("programme", None)
    waiting = client.get(HERE, **BROWSER)
    assert "Préparation en cours" in waiting.text
    assert (waiting.headers["Cache-Control"], problems_in(waiting.text)) == ("private, no-store", [])
    assert client.get(f"{HERE}.csv", **BROWSER).location == HERE
    assert client.get(f"{HERE}.csv").status_code == 503
    assert make_waiting(app, "test:1") == 1
    for _time in range(2):
        with queries(app) as asked:
            page = client.get(HERE, **BROWSER)
        assert "au moins 3 territoires" in page.text
        assert problems_in(page.text) == []
        assert len(asked) <= MOST_QUERIES
    assert client.get(f"{HERE}.csv", **BROWSER).status_code == 422
    assert make_waiting(app, "test:1") == 0


@pytest.mark.usefixtures("apart")
def test_another_closed_campaign_has_it_computed_again_while_the_former_figures_are_shown(
    app: Flask, sign_in: SignIn, database: Database, campaign: Open
) -> None:
    client, opened = sign_in("programme", None), campaign()
    client.get(HERE, **BROWSER)
    make_waiting(app, "test:1")
    assert "au moins 3 territoires" in client.get(HERE, **BROWSER).text
    close_campaign(database, opened)
    page = client.get(HERE, **BROWSER)
    assert "De nouveaux chiffres se préparent" in page.text
    assert "Voici les chiffres du" in page.text
    assert "au moins 3 territoires" in page.text
    assert (page.headers["Cache-Control"], problems_in(page.text)) == ("private, no-store", [])
    assert make_waiting(app, "test:1") == 1
    assert "De nouveaux chiffres" not in client.get(HERE, **BROWSER).text


def test_what_a_job_makes_is_what_is_made_in_a_request(
    demo_app: Flask, demo_database: Path, password_hash: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "A_MOMENT", 0.0)
    with closing(open_database(demo_database)) as db:
        client = signing_in(demo_app, db, password_hash)("programme", None)
    inside = [client.get(f"{HERE}{suffix}", **BROWSER) for suffix in ("", ".csv", ".json")]
    demo_app.config["JOBS_APART"] = True
    client.get(HERE, **BROWSER)
    make_waiting(demo_app, "test:1")
    outside = [client.get(f"{HERE}{suffix}", **BROWSER) for suffix in ("", ".csv", ".json")]
    assert [page.data for page in outside] == [page.data for page in inside]
    assert "Question par question" in outside[0].text
    assert problems_in(outside[0].text) == []


def test_what_was_made_is_read_again_as_it_was() -> None:
    made = MadeInstrument("<p>Été</p>", {"csv": "é\n"}, "", ((7, "Illisible.", "Remettez la sauvegarde."),))
    assert MadeInstrument.read(made.written()) == made


def test_too_few_territories_are_said_and_no_figure_is_shown(sign_in: SignIn) -> None:
    page = sign_in("programme", None).get("/grilles/territoires-engagement/2026.1/instrument")
    assert page.status_code == 200
    assert "La qualité de la grille se juge sur au moins 3 territoires" in page.text
    assert "<table" not in page.text


def test_a_file_that_cannot_be_made_says_why(sign_in: SignIn) -> None:
    answer = sign_in("programme", None).get("/grilles/territoires-engagement/2026.1/instrument.csv")
    assert answer.status_code == 422
    assert "au moins 3 territoires" in answer.text


def test_only_what_exists_can_be_taken_away(sign_in: SignIn) -> None:
    client = sign_in("programme", None)
    for address in ("2026.1/instrument.xls", "1999.1/instrument", "1999.1/instrument.json"):
        assert client.get(f"/grilles/territoires-engagement/{address}").status_code == 404


def test_the_grid_leads_there_for_its_owner_only(sign_in: SignIn, client: FlaskClient) -> None:
    assert "Qualité des questions" in sign_in("programme", None).get("/grille", follow_redirects=True).text
    assert "Qualité des questions" not in client.get("/grille", follow_redirects=True).text
