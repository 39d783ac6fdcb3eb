"""Legal texts: the site's, a territory's in their place, and the accessibility statement on the model of the law."""

from pathlib import Path

from flask.testing import FlaskClient

from storage.campaigns.campaigns import Campaign
from storage.core.engine import Database
from storage.operations.audit_log import Wanted, entries
from tests.web.conftest import Open, SignIn
from tests.web.forms import post_form
from tests.web.markup import problems_in

TEMPLATES = Path(__file__).parents[3] / "web/templates"

SITE, HERE = "/installation/mentions", "/campagnes/territoires/ici/mentions"
STATEMENT = {
    "accessibility_state": "partial",
    "accessibility_day": "12/10/2026",
    "accessibility_audit": "Audit de l’Atelier Exemple, en octobre 2026, 82 % des critères.",
    "accessibility_gaps": "Les documents PDF d’avant 2025.",
    "accessibility_contact": "accessibilite@ici.example",
    "accessibility_plan": "https://ici.example/schema",
}


def test_a_territory_says_its_own_texts_and_the_site_the_others(
    sign_in: SignIn, campaign: Open, client: FlaskClient, database: Database
) -> None:
    opened: Campaign = campaign("open")
    site = {"controller": "Le programme, 1 rue d’Ici.", "publisher": "Édité par le programme."}
    assert post_form(sign_in("programme", None), SITE, **site).status_code == 303
    assert post_form(sign_in("pilot", "Ici"), HERE, controller="La ville d’Ici.", publisher="").status_code == 303
    page = client.get(f"/mentions-legales/{opened.territory.slug}").text
    assert problems_in(page) == []
    assert "La ville d’Ici." in page
    assert "Édité par le programme." in page
    assert "1 rue d’Ici" not in page
    assert "1 rue d’Ici" in client.get("/mentions-legales").text
    assert client.get("/mentions-legales/nulle-part").status_code == 404
    written = [one.detail["subject"] for one in entries(database, Wanted()) if one.event == "notice written"]
    assert sorted(map(str, written)) == ["controller", "controller", "publisher"]


def test_nothing_is_said_of_a_territory_that_has_begun_no_campaign(
    sign_in: SignIn, campaign: Open, client: FlaskClient
) -> None:
    place = campaign("draft").territory.slug
    assert client.get(f"/mentions-legales/{place}").status_code == 404
    assert sign_in("pilot", "Ailleurs").get(f"/mentions-legales/{place}").status_code == 404
    assert sign_in("pilot", "Ici").get(f"/mentions-legales/{place}").status_code == 200


def test_without_an_audit_the_site_says_that_it_does_not_conform(client: FlaskClient) -> None:
    page = client.get("/accessibilite").text
    assert problems_in(page) == []
    assert "Accessibilité\u00a0: non conforme" in page
    assert "n’a pas encore été audité" in page
    assert "Défenseur des droits" in page
    assert "Accessibilité\u00a0: non conforme" in client.get("/").text


def test_the_statement_follows_the_model_of_the_law(sign_in: SignIn, client: FlaskClient) -> None:
    assert post_form(sign_in("programme", None), SITE, **STATEMENT).status_code == 303
    page = client.get("/accessibilite").text
    assert problems_in(page) == []
    for text in ("partiellement conforme", "12 octobre 2026", "82 % des critères", "PDF d’avant 2025"):
        assert text in page
    assert 'href="https://ici.example/schema"' in page
    assert "accessibilite@ici.example" in page


def test_a_state_that_rests_on_nothing_is_refused_with_all_that_is_missing(sign_in: SignIn) -> None:
    wrong = {"accessibility_state": "partial", "accessibility_plan": "javascript:alert(1)", "controller": "é" * 2001}
    answer = post_form(sign_in("programme", None), SITE, **wrong)
    assert answer.status_code == 422
    missing = ("le jour où", "qui a fait l’audit", "ce qui n’est pas accessible, et", "adresse complète")
    for sentence in (*missing, "2\u202f001"):
        assert sentence in answer.text
    assert "é" * 2001 in answer.text
    assert problems_in(answer.text) == []


def test_every_whole_page_leads_to_the_statement() -> None:
    whole = [one for one in TEMPLATES.rglob("*.html") if "<!doctype html>" in one.read_text()]
    assert len(whole) == 5  # of the team and the public, of respondents, a deck, its presenter, a projected workshop
    without = [one.name for one in whole if "url_for('public.accessibility')" not in one.read_text()]
    assert without == []
