"""Cancelling a campaign by its page, and what those who still come are told."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from questionnaires import Answer
from storage.campaigns.campaigns import Campaign, campaign_by_slug
from storage.campaigns.share_links import create_link, create_share_link, invite, share_links_of
from storage.core.engine import Database
from storage.operations.audit_log import Wanted, entries
from storage.responses.link_codes import link_codes
from storage.responses.responses import start_response
from storage.responses.resume_codes import resume_code
from storage.responses.workshops import open_workshop
from tests.saving import save_by_key
from tests.web.campaigns.conftest import Answered
from tests.web.conftest import SignIn
from tests.web.forms import post_form, token_in
from tests.web.markup import plain, problems_in


def cancelled(client: FlaskClient, campaign: Campaign, **fields: str) -> tuple[int, str]:
    """Press the button of the page."""
    address = f"/campagnes/{campaign.slug}/annuler"
    answer = post_form(client, address, **fields)
    return answer.status_code, plain(answer.text)


def test_a_pilot_cancels_what_nearly_nobody_answered(
    pilot: FlaskClient, running: Campaign, answered: Answered, database: Database
) -> None:
    answered(running, elus=3)
    page = pilot.get(f"/campagnes/{running.slug}/annuler")
    assert problems_in(page.text) == []
    assert "Les réponses de 3 personnes sont effacées" in plain(page.text)
    status, said = cancelled(pilot, running)
    assert (status, "Cochez la case" in said) == (422, True)
    assert cancelled(pilot, running, sure="1")[0] == 303
    assert campaign_by_slug(database, running.slug) is None
    after = plain(pilot.get("/campagnes/").text)
    assert "est annulée. Ses réponses sont effacées : il n’en reste rien" in after
    (line,) = [one for one in entries(database, Wanted()) if one.event == "campaign cancelled"]
    assert line.detail == {"slug": running.slug}, "a number below k is not kept there either"
    assert pilot.get(f"/campagnes/{running.slug}").status_code == 404


def test_from_k_answers_on_only_the_programme_may(
    pilot: FlaskClient, sign_in: SignIn, running: Campaign, answered: Answered, database: Database
) -> None:
    answered(running, elus=4, agents=2)
    page = pilot.get(f"/campagnes/{running.slug}/annuler")
    assert problems_in(page.text) == []
    assert "seule l’équipe du programme peut encore annuler" in plain(page.text)
    token = token_in(pilot.get("/compte").text)
    for action, status in (("annuler", 409), ("annuler-malgre-les-reponses", 404)):
        sent = {"csrf_token": token, "sure": "1"}
        assert pilot.post(f"/campagnes/{running.slug}/{action}", data=sent).status_code == status
    assert campaign_by_slug(database, running.slug) is not None
    programme = sign_in("programme", None)
    address = f"/campagnes/{running.slug}/annuler"
    assert "annuler-malgre-les-reponses" in programme.get(address).text
    sent = {"csrf_token": token_in(programme.get(address).text), "sure": "1"}
    assert programme.post(f"{address}-malgre-les-reponses", data=sent).status_code == 303
    assert campaign_by_slug(database, running.slug) is None


@pytest.fixture
def addresses(database: Database, running: Campaign) -> dict[str, str]:
    """Every way in, of a campaign that is then cancelled."""
    key = start_response(database, running, "elus", nonce="somebody who answers")
    save_by_key(database, key, {"COO-1": Answer(2)})
    workshop = open_workshop(database, running, name="Réunion", people=6, skills=["COO-1"])
    (invitation,) = invite(database, running, "elus", 1)
    return {
        "link": f"/repondre/{create_link(database, running)}",
        "invitation": f"/repondre/{invitation}",
        "welcome": f"/repondre/{key}",
        "page": f"/repondre/{key}/1",
        "review": f"/repondre/{key}/relecture",
        "later": f"/repondre/{key}/plus-tard",
        "kit": f"/repondre/{key}/trousse",
        "workshop": f"/atelier/{workshop.code}",
        "phone": f"/atelier/{workshop.code}/{key}",
    }


def test_whoever_still_comes_is_informed(
    pilot: FlaskClient, client: FlaskClient, running: Campaign, addresses: dict[str, str]
) -> None:
    assert cancelled(pilot, running, sure="1")[0] == 303
    for address in addresses.values():
        page = client.get(address)
        assert page.status_code == 410, address
        assert "Cette campagne a été annulée" in page.text
        assert "toutes les réponses données ont été effacées" in plain(page.text)
        assert problems_in(page.text) == []
    assert "data-forget" in client.get(addresses["page"]).text, "the device keeps nothing of it"
    typed = client.post("/repondre/", data={"code": f"http://localhost{addresses['link']}"})
    assert typed.headers["Location"] == addresses["link"]


def test_a_device_and_a_code_are_informed(
    pilot: FlaskClient, client: FlaskClient, running: Campaign, database: Database, app: Flask
) -> None:
    key = start_response(database, running, "elus", nonce="somebody who answers")
    code = resume_code(database, key, str(app.secret_key))
    create_share_link(database, running, None, str(app.secret_key))
    links = share_links_of(database, running, str(app.secret_key))
    (on_a_poster,) = link_codes(database, links, str(app.secret_key)).values()
    cancelled(pilot, running, sure="1")
    late = {"answers": {"COO-1": {"fields": {"q_COO-1": "2", "q_COO-1:comment": "Dit hors ligne"}, "at": 1}}}
    assert client.post(f"/repondre/{key}/envoi", json=late).status_code == 410
    given_back = client.post(f"/repondre/{key}/non-enregistre", data={"answers": json.dumps(late)})
    assert given_back.status_code == 410
    assert problems_in(given_back.text) == []
    assert "Dit hors ligne" in given_back.text
    assert "data-said" in given_back.text
    without_script = client.post(f"/repondre/{key}/1", data={"q_COO-1:comment": "Une longue phrase sans script"})
    assert (without_script.status_code, "Une longue phrase sans script" in without_script.text) == (410, True)
    for one in (code, on_a_poster):
        typed = client.post("/repondre/", data={"code": one})
        assert (typed.status_code, "Cette campagne a été annulée" in typed.text) == (410, True)


def test_nothing_of_it_is_in_results_comparisons_or_lists(
    pilot: FlaskClient, client: FlaskClient, running: Campaign, answered: Answered
) -> None:
    answered(running, elus=3)
    cancelled(pilot, running, sure="1")
    for address in ("restitution/{}", "restitution/{}/comparer", "seance/{}", "restitution/{}/fichiers/profile.json"):
        assert pilot.get("/" + address.format(running.slug)).status_code == 404
    for address in ("/resultats", "/territoires", "/campagnes/", "/parcours/ici"):
        assert running.name not in pilot.get(address).text.replace(f"« {running.name} »", "").replace(
            f"«\u00a0{running.name}\u00a0»", ""
        ), "but for the message that says so"
