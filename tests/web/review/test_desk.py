"""The desk: at a glance, honest about what is hidden, for those who may, and quick once written."""

import gzip
import logging
import re

import pytest
from flask.testing import FlaskClient

from storage.accounts.accounts import create_account, grant
from storage.campaigns.campaigns import Campaign
from storage.core.database import writing
from storage.core.database_errors import DatabaseUnavailable
from storage.core.engine import Database
from tests.web.conftest import Open, SignIn
from tests.web.review.conftest import address, send
from web.review.pages import desk


def test_words_come_first_and_hidden_cells_say_so(reviewer: FlaskClient, closed: Campaign) -> None:
    page = reviewer.get(address(closed)).text
    assert "Pratique installée" in page
    core = [skill for skill in closed.grid.skills if skill.core]
    assert page.count('class="masked"') == len(closed.grid.families) + len(core)
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


def test_the_heat_map_is_read_in_four_ways(reviewer: FlaskClient, closed: Campaign) -> None:
    pages = {name: reviewer.get(f"{address(closed)}?voir={name}").text for name in ("niveau", "ecart", "ne-sait-pas")}
    for name, page in pages.items():
        assert page.count(f'voir={name}#savoir-faire" aria-current="true"') == 1
    assert ">+1,0<" in pages["ecart"].replace("</b>", ">")
    assert "Écart entre collèges" in pages["niveau"]
    unknown = [reviewer.get(f"{address(closed)}?voir={name}").text for name in ("changement", "rien", "%00")]
    assert {'voir=niveau#savoir-faire" aria-current="true"' in page for page in unknown} == {True}


def test_rows_stay_in_the_order_of_the_grid_when_asked(reviewer: FlaskClient, closed: Campaign) -> None:
    page = reviewer.get(f"{address(closed)}?tri=familles").text
    codes = re.findall(r'scope="row".*?savoir-faire/([A-Z]+-\d)', page.split("<tbody", 2)[1])
    assert codes == [skill.code for skill in closed.grid.skills if skill.core]


def test_what_differs_after_an_adoption_is_shown(reviewer: FlaskClient, closed: Campaign) -> None:
    judged = {"justification": "", "version": "0"}
    send(reviewer, address(closed, "familles/COO"), level="", strengths="Un accueil", **judged)
    send(reviewer, address(closed, "adoption"), confirmed="y", read=read_in(reviewer, closed))
    reviewer.get("/compte")
    assert "version 1 adoptée" in reviewer.get(address(closed)).text
    judged["version"] = "1"
    send(reviewer, address(closed, "familles/COO"), level="", strengths="Un autre accueil", **judged)
    reviewer.get("/compte")
    page = reviewer.get(address(closed)).text
    assert "le brouillon diffère de la version 1 adoptée" in page
    assert "Ce qui diffère" in page
    adoption = reviewer.get(address(closed, "adoption")).text
    assert "<del>Un accueil</del> <ins>Un autre accueil</ins>" in adoption


def read_in(client: FlaskClient, campaign: Campaign) -> str:
    """The hash of what the page of adoption shows."""
    return client.get(address(campaign, "adoption")).text.split('id="lu"')[1].split('value="')[1].split('"')[0]


def test_a_member_takes_over_with_a_word_that_the_history_keeps(
    reviewer: FlaskClient, closed: Campaign, database: Database
) -> None:
    lina = create_account(database, "lina@exemple.fr", "Lina")
    grant(database, lina, "reviewer", closed.territory)
    page = address(closed, "relais")
    refused = send(reviewer, page, to="999", note="x" * 2001)
    assert refused.status_code == 422
    assert "caractères" in refused.text
    assert send(reviewer, page, to=str(lina.id), note="Il reste les faits.").status_code == 303
    desk_page = reviewer.get(address(closed)).text
    assert "Lina suit maintenant cette revue." in desk_page
    assert "Il reste les faits." in desk_page
    assert "confie le suivi de la revue à Lina" in reviewer.get(address(closed, "historique")).text
    assert "Suivie par Lina" in reviewer.get(address(closed)).text


def test_what_changed_since_the_last_visit_is_listed(
    reviewer: FlaskClient, closed: Campaign, database: Database
) -> None:
    first = reviewer.get(address(closed)).text
    assert "Depuis votre passage" not in first
    with writing(database) as conn:
        conn.execute("UPDATE review_visits SET seen_at = '2026-01-02T10:00:00.000000+00:00'")
    send(reviewer, address(closed, "familles/COO"), level="", justification="", strengths="Accueil", version="0")
    reviewer.get("/compte")
    page = reviewer.get(address(closed)).text
    assert "Depuis votre passage du 2 janvier 2026" in page
    assert "écrit les forces et les faiblesses de «" in page


def test_a_desk_is_read_even_when_a_visit_cannot_be_noted(
    reviewer: FlaskClient, closed: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DatabaseUnavailable

    monkeypatch.setattr("web.review.views.desk.last_visit", full)
    assert reviewer.get(address(closed)).status_code == 200
