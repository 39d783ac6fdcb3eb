"""Starts of responses: many people behind one address pass, one person who repeats waits, the pilot is told."""

import html

import pytest
from flask import Flask
from flask.testing import FlaskClient

from storage.campaigns.campaigns import Campaign
from storage.campaigns.share_links import create_link, invite
from storage.core.engine import Database
from storage.responses.responses import start_response
from storage.responses.start_counts import Starts, starts_of
from storage.responses.workshops import workshops_of
from tests.web.conftest import Open, SignIn
from tests.web.respond.respondent import form_of
from web.http.security.rate_limits import STARTS_FROM_ONE_PLACE


@pytest.fixture(autouse=True)
def time_stands_still(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.extensions["counts"], "_clock", lambda: 1_000_000_000.0)


@pytest.fixture
def running(campaign: Open) -> Campaign:
    return campaign("open")


def begins(client: FlaskClient, address: str, place: str = "127.0.0.1", times: int = 1) -> int:
    """Begin a response, and send the same form so often."""
    client.environ_base["REMOTE_ADDR"] = place
    page = form_of(client.get(address).text)
    codes = [client.post(address, data={**page, "college": "elus"}).status_code for _ in range(times)]
    assert len(set(codes)) == 1
    return codes[0]


def test_a_hall_behind_one_address_passes_and_the_pilot_sees_a_number(
    app: Flask, database: Database, running: Campaign, sign_in: SignIn
) -> None:
    address = f"/repondre/{create_link(database, running, 'elus')}"
    phone = app.test_client()
    assert [begins(phone, address, times=2) for _ in range(60)] == [303] * 60
    assert starts_of(database, running) == Starts(60)
    page = html.unescape(sign_in("pilot").get(f"/campagnes/{running.slug}").text)
    assert "Jusqu’à 60 réponses environ ont commencé d’un même lieu en quelques minutes" in page
    assert "des invitations, qui servent une fois" in page
    assert "127.0.0.1" not in "\n".join(database.iterdump())


def test_who_begins_on_and_on_waits_and_nobody_else_does(
    app: Flask, database: Database, running: Campaign, sign_in: SignIn
) -> None:
    address = f"/repondre/{create_link(database, running, None)}"
    phone = app.test_client()
    for _ in range(STARTS_FROM_ONE_PLACE.most):
        assert begins(phone, address) == 303
    assert begins(phone, address) == 429
    assert (
        "Attendez une minute" in phone.post(address, data={**form_of(phone.get(address).text), "college": "elus"}).text
    )
    (workshop,) = workshops_of(database, running)
    assert begins(phone, f"/atelier/{workshop.code}") == 429, "the same campaign by another door"
    (invitation,) = invite(database, running, "elus", 1)
    assert begins(phone, f"/repondre/{invitation}") == 303, "an invitation serves once by itself"
    assert begins(app.test_client(), address, "198.51.100.4") == 303
    assert starts_of(database, running) == Starts(STARTS_FROM_ONE_PLACE.most, held=True)
    assert "Certaines ont dû attendre" in html.unescape(sign_in("pilot").get(f"/campagnes/{running.slug}").text)


def test_a_few_that_begin_together_are_not_worth_a_word(
    app: Flask, database: Database, running: Campaign, sign_in: SignIn
) -> None:
    address = f"/repondre/{create_link(database, running, 'elus')}"
    for _ in range(4):
        begins(app.test_client(), address)
    assert starts_of(database, running) == Starts()
    assert "d’un même lieu" not in html.unescape(sign_in("pilot").get(f"/campagnes/{running.slug}").text)


@pytest.mark.parametrize(("answers", "warned"), [(8, False), (9, True), (10, True)])
def test_the_pilot_is_informed_when_answers_come_near_the_size(
    answers: int, warned: bool, database: Database, running: Campaign, sign_in: SignIn
) -> None:
    for _ in range(answers):
        start_response(database, running, "elus")
    database.execute("UPDATE responses SET answered = 1 WHERE college = 'elus'")
    database.execute("UPDATE campaign_colleges SET size = 10 WHERE code = 'elus'")
    database.conn.commit()
    page = html.unescape(sign_in("pilot").get(f"/campagnes/{running.slug}").text)
    assert (f"{answers} réponses pour un effectif de 10" in page) is warned
