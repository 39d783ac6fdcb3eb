"""The desk: at a glance, honest about what is hidden, for those who may, and quick once written."""

import gzip
import logging

import pytest
from flask.testing import FlaskClient

from storage.campaigns.campaigns import Campaign
from storage.core.engine import Database
from tests.web.conftest import Open, SignIn
from tests.web.review.conftest import address, send
from web.review.pages import desk


def test_words_come_first_and_hidden_cells_say_so(reviewer: FlaskClient, closed: Campaign) -> None:
    page = reviewer.get(address(closed)).text
    assert "Pratique installée" in page
    assert page.count('class="masked"') == len(closed.grid.families)
    assert "moins de 5 réponses" in page
    assert "Partagée" not in page


def test_it_leads_to_what_divides_people(reviewer: FlaskClient, closed: Campaign) -> None:
    page = reviewer.get(address(closed)).text
    assert "Élus 3,0, Habitants 1,0" in page
    assert address(closed, "savoir-faire/COO-1") in page


def test_an_open_campaign_has_no_desk(reviewer: FlaskClient, campaign: Open) -> None:
    opened = campaign("open", year=2027)
    for page in ("", "adoption", "commentaires", "note"):
        answer = reviewer.get(address(opened, page))
        assert answer.status_code == 200
        assert "La collecte est en cours" in answer.text
    token = reviewer.get("/compte").text.split('name="csrf_token" value="')[1].split('"')[0]
    sent = reviewer.post(address(opened, "adoption"), data={"csrf_token": token, "confirmed": "y"})
    assert sent.status_code == 409


@pytest.mark.parametrize(("role", "territory"), [("reviewer", "Ailleurs"), ("reader", "Ici")])
def test_others_get_a_page_that_does_not_exist_and_a_line_in_the_log(
    role: str, territory: str, sign_in: SignIn, closed: Campaign, caplog: pytest.LogCaptureFixture
) -> None:
    client = sign_in(role, territory)
    with caplog.at_level(logging.WARNING):
        assert client.get(address(closed)).status_code == 404
    assert f"review refused: account 1 asked GET {address(closed)}" in caplog.text


def test_a_desk_is_written_once_until_something_changes(
    reviewer: FlaskClient, closed: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = reviewer.get(address(closed))
    written = desk.render_desk
    monkeypatch.setattr(desk, "render_desk", None)
    assert reviewer.get(address(closed)).data == first.data
    packed = reviewer.get(address(closed), headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == first.data
    monkeypatch.setattr(desk, "render_desk", written)
    send(reviewer, address(closed, "familles/COO"), level="", justification="", strengths="Accueil", version="0")
    reviewer.get("/compte")  # reads what was flashed
    assert "Revoir le jugement" in reviewer.get(address(closed)).text


def test_the_steps_follow_the_work(reviewer: FlaskClient, closed: Campaign, database: Database) -> None:
    page = reviewer.get(address(closed)).text
    assert "2 en attente" in page
    assert "pas encore adopté" in page


def test_the_skill_page_shows_each_college_and_how_it_is_counted(reviewer: FlaskClient, closed: Campaign) -> None:
    page = reviewer.get(address(closed, "savoir-faire/COO-1")).text
    assert "moins de 10 réponses\u00a0: la moyenne seule" in page  # seven people
    assert "divisé par" not in page
    assert "moins de 5 réponses" in page
    assert reviewer.get(address(closed, "savoir-faire/RIEN")).status_code == 404
    assert reviewer.get(address(closed, "familles/RIEN")).status_code == 404


def test_a_skill_that_nobody_was_asked_still_has_its_page(reviewer: FlaskClient, closed: Campaign) -> None:
    page = reviewer.get(address(closed, "savoir-faire/COO-6"))
    assert page.status_code == 200
    assert page.text.count("moins de 5 réponses") + page.text.count("moins de 5 niveaux donnés") >= 5
