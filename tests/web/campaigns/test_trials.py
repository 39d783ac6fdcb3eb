"""A pilot tries everything on a campaign that counts nowhere: one gesture to open it, one to erase it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from storage.campaigns.campaigns import Campaign, campaign_by_slug
from storage.campaigns.lifecycle import close_campaign
from storage.campaigns.share_links import share_links_of
from storage.campaigns.territories import territory_by_slug, trial_on
from storage.core.engine import Database
from storage.operations.audit_log import Wanted, entries
from storage.responses.responses import find_response, start_response
from storage.responses.workshops import join_workshop, open_workshop
from storage.site.notices import keep_notices
from tests.web.conftest import SignIn
from tests.web.forms import post_form, token_in
from tests.web.markup import plain, problems_in
from web.campaigns.handouts import poster_of
from web.campaigns.pages import link_secret

MARK = "Campagne d’essai"
FOLLOWED = "/campagnes/ici-essai-2026"


@pytest.fixture
def trial(pilot: FlaskClient, database: Database) -> Campaign:
    """The campaign that the pilot of « Ici » opens to try, in one click on the page where territories are chosen."""
    opened = post_form(pilot, "/campagnes/territoires/ici/essai", seen_at="/campagnes/nouvelle")
    assert opened.status_code == 303
    found = campaign_by_slug(database, opened.headers["Location"].rpartition("/")[2])
    assert found is not None
    return found


def marked(client: FlaskClient, address: str) -> str:
    """The page at that address, which says that it is about a trial."""
    page = client.get(address, follow_redirects=True)
    assert (page.status_code, MARK in page.text) == (200, True), address
    assert problems_in(page.text) == [], address
    return plain(page.text)


def test_it_is_opened_in_one_click_and_says_what_it_is(pilot: FlaskClient, trial: Campaign, database: Database) -> None:
    page = marked(pilot, f"/campagnes/{trial.slug}")
    assert "il ne compte nulle part" in page
    assert trial.territory.trial_until is not None
    assert f"après le {trial.territory.trial_until.day}" in page.replace("1er", "1")
    assert "Ici (essai)" in plain(pilot.get("/campagnes/").text)
    again = post_form(pilot, "/campagnes/territoires/ici/essai", seen_at="/campagnes/nouvelle")
    assert again.headers["Location"] == f"/campagnes/{trial.slug}"
    events = [one.event for one in entries(database, Wanted())]
    assert events.count("trial opened") == 1


def test_what_respondents_see_is_marked(trial: Campaign, app: Flask, database: Database) -> None:
    newcomer = app.test_client()
    with app.app_context():
        (link,) = share_links_of(database, trial, link_secret())
    marked(newcomer, f"/repondre/{link.token}")
    key = start_response(database, trial, trial.colleges[0].code, nonce="somebody who tries")
    for page in ("1", "college", "relecture", "fin", "plus-tard", "copie", "rendre", "supprimer"):
        marked(newcomer, f"/repondre/{key}/{page}")
    marked(newcomer, f"/repondre/{link.token}/partager")
    assert not newcomer.get("/repondre/").headers.getlist("Set-Cookie")


def test_its_pages_posters_and_workshops_are_marked(
    pilot: FlaskClient, trial: Campaign, app: Flask, database: Database
) -> None:
    for page in ("liens", "invitations", "papier", "saisie", "import", "corriger", "effectifs", "cloture", "ateliers"):
        marked(pilot, f"{'/campagnes/'}{trial.slug}/{page}")
    room = open_workshop(database, trial, name="Réunion", people=12, skills=["COO-1"])
    marked(pilot, f"/campagnes/{trial.slug}/ateliers/{room.id}")
    phone = start_response(database, trial, trial.colleges[0].code, nonce="a phone of the room")
    marked(app.test_client(), f"/atelier/{room.code}")
    join_workshop(database, room, find_response(database, phone).id)
    marked(app.test_client(), f"/atelier/{room.code}/{phone}")
    with app.test_request_context():
        assert MARK in poster_of(trial, "https://exemple.fr/repondre/abc", None).warning
    assert pilot.get(f"/campagnes/{trial.slug}/papier/elus.pdf").data.startswith(b"%PDF")


def test_its_results_are_marked_and_go_no_further(
    pilot: FlaskClient, trial: Campaign, sign_in: SignIn, database: Database, app: Flask
) -> None:
    close_campaign(database, trial)
    for page in ("", "/habitants", "/comparer", "/documents"):
        marked(pilot, f"/restitution/{trial.slug}{page}")
    for page in ("", "/preparer", "/presentateur", "/compte-rendu"):
        marked(pilot, f"/seance/{trial.slug}{page}")
    followed = f"/campagnes/{trial.slug}"
    assert "Publier les résultats" not in marked(pilot, followed)
    assert "ne s’adopte pas" in marked(pilot, f"{followed}/revue/adoption")
    refused = post_form(pilot, f"{followed}/publier", seen_at=followed)
    assert (refused.status_code, "ne se publient pas" in plain(refused.text)) == (409, True)
    programme = sign_in("programme", None)
    sent = post_form(programme, f"{followed}/reponses")
    assert (sent.status_code, "ne sortent pas" in plain(sent.text)) == (409, True)
    stranger = app.test_client()
    for client, pages in (
        (programme, ("/territoires", "/resultats", "/seances", "/compte")),
        (stranger, ("/resultats", "/donnees")),
    ):
        for page in pages:
            assert "(essai)" not in client.get(page).text, page
    assert stranger.get(f"/restitution/{trial.slug}").status_code == 404


def test_only_those_of_the_territory_are_let_in(trial: Campaign, sign_in: SignIn) -> None:
    assert sign_in("reader", "Ici").get(f"/campagnes/{trial.slug}").status_code == 200
    elsewhere = sign_in("pilot", "Ailleurs")
    assert elsewhere.get(f"/campagnes/{trial.slug}").status_code == 404
    token = token_in(elsewhere.get("/campagnes/nouvelle").text)
    for page in ("ici/essai", "ici/essai/effacer", f"{trial.territory.slug}/essai/effacer"):
        assert elsewhere.post(f"/campagnes/territoires/{page}", data={"csrf_token": token}).status_code == 404


def test_it_is_erased_in_one_click(pilot: FlaskClient, trial: Campaign, database: Database) -> None:
    close_campaign(database, trial)
    address = f"/campagnes/territoires/{trial.territory.slug}/essai/effacer"
    done = post_form(pilot, address, seen_at=f"/campagnes/{trial.slug}")
    assert done.headers["Location"] == "/campagnes/"
    assert "L’essai est effacé : il n’en reste rien" in plain(pilot.get("/campagnes/").text)
    assert campaign_by_slug(database, trial.slug) is None
    here = territory_by_slug(database, "ici")
    assert here is not None
    assert trial_on(database, here) is None
    (line,) = [one for one in entries(database, Wanted()) if one.event == "trial erased"]
    assert line.by is not None
    late = post_form(pilot, "/campagnes/territoires/ici/essai/effacer", seen_at="/campagnes/nouvelle")
    assert late.status_code == 303
    assert "il a déjà été effacé" in plain(pilot.get("/campagnes/").text)


def test_legal_notices_are_those_of_the_territory(trial: Campaign, app: Flask, database: Database) -> None:
    here = territory_by_slug(database, "ici")
    assert here is not None
    keep_notices(database, {"publisher": "La mairie d’Ici"}, here.id)
    assert "La mairie d’Ici" in app.test_client().get(f"/mentions-legales/{trial.territory.slug}").text
