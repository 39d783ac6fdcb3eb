"""Share links: created, shown again with QR code and poster, revoked."""

import html
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign
from storage.campaigns.share_links import create_link, invite, links_of, revoke_link, share_links_of
from storage.core.engine import Database
from tests.web.forms import post_form
from tests.web.markup import problems_in

_ADDRESS = re.compile(r'class="address"><code>http://127\.0\.0\.1:8000(/repondre/[^<]+)<')


@pytest.fixture
def made(pilot: FlaskClient, running: Campaign) -> str:
    """The page of links, with one for everyone and one for « Jeunes »."""
    address = f"/campagnes/{running.slug}/liens"
    wanted = {"pour": ["*", "jeunes", "martiens"]}
    assert post_form(pilot, address, **wanted).status_code == 303  # type: ignore[arg-type]
    return html.unescape(pilot.get(address).text)


def test_links_are_made_and_open_the_questionnaire(made: str, client: FlaskClient) -> None:
    addresses = _ADDRESS.findall(made)
    assert len(addresses) == 2
    pages = [client.get(address).text for address in addresses]
    assert all("Jeunes" in page for page in pages)
    assert "Conseil municipal" in pages[0]
    assert "Conseil municipal" not in pages[1]


def test_the_page_is_well_made(made: str, pilot: FlaskClient, running: Campaign) -> None:
    assert problems_in(pilot.get(f"/campagnes/{running.slug}/liens").text) == []
    assert made.count("<svg") >= 2


def test_a_link_for_a_lent_device_is_made_beside_the_others(
    made: str, pilot: FlaskClient, running: Campaign, database: Database
) -> None:
    address = f"/campagnes/{running.slug}/liens"
    assert post_form(pilot, address, appareil="prete", pour="*").status_code == 303
    page = html.unescape(pilot.get(address).text)
    assert problems_in(page) == []
    assert "Appareil prêté\xa0: Tous les collèges" in page
    assert page.count("/affiche.pdf") == 2
    assert [link.lent for link in links_of(database, running)] == [False, False, True]


def test_posters_are_served(made: str, pilot: FlaskClient) -> None:
    posters = re.findall(r'href="([^"]+/affiche\.(?:pdf|svg))"', made)
    assert len(posters) == 4
    pdf, svg = (pilot.get(posters[index]) for index in (0, 1))
    assert (pdf.mimetype, pdf.data[:5]) == ("application/pdf", b"%PDF-")
    assert (svg.mimetype, svg.data[:4]) == ("image/svg+xml", b"<svg")
    assert pilot.get(posters[0].replace(".pdf", ".exe")).status_code == 404


def test_a_withdrawn_link_opens_nothing_until_it_is_given_again(
    made: str, pilot: FlaskClient, client: FlaskClient, running: Campaign
) -> None:
    (asked, *_rest) = re.findall(r'href="([^"]+/retirer)"', made)
    poster = _ADDRESS.findall(made)[0]
    sure = pilot.get(asked)
    assert problems_in(sure.text) == []
    assert "Les affiches, les lettres et les messages qui portent ce lien" in sure.text
    assert client.get(poster).status_code == 200, "asking is not doing"
    assert post_form(pilot, asked).status_code == 303
    assert client.get(poster).status_code == 410
    assert pilot.get(asked).status_code == 404
    page = pilot.get(f"/campagnes/{running.slug}/liens").text
    assert problems_in(page) == []
    (again,) = re.findall(r'action="([^"]+/redonner)"', page)
    for said in ("Ce lien est redonné", "il marche déjà"):
        assert post_form(pilot, again, seen_at=f"/campagnes/{running.slug}/liens").status_code == 303
        assert said in pilot.get(f"/campagnes/{running.slug}/liens").text
    assert client.get(poster).status_code == 200


def test_with_another_secret_a_link_works_and_is_shown_no_more(
    made: str, pilot: FlaskClient, client: FlaskClient, app: Flask, running: Campaign, database: Database
) -> None:
    create_link(database, running)
    page = pilot.get(f"/campagnes/{running.slug}/liens").text
    assert "son adresse n’est gardée nulle part" in page
    assert problems_in(page) == []
    assert [way.token for way in share_links_of(database, running, "another secret of the installation")] == [None] * 3


def test_another_campaigns_link_is_not_there(made: str, pilot: FlaskClient, running: Campaign) -> None:
    assert pilot.get(f"/campagnes/{running.slug}/liens/999/affiche.pdf").status_code == 404


REPEATED = "Rien n’empêche une personne de répondre plusieurs fois par ce lien"


def words(client: FlaskClient, campaign: Campaign) -> str:
    return html.unescape(client.get(f"/campagnes/{campaign.slug}").text).replace("\u00a0", " ").replace("\u202f", " ")


def test_the_pilot_reads_which_colleges_anyone_may_answer_often(
    database: Database, pilot: FlaskClient, running: Campaign
) -> None:
    invite(database, running, "agents", 2)
    assert REPEATED not in words(pilot, running)
    create_link(database, running, "elus")
    assert "Ouverts par un lien : Conseil municipal. Rien n’empêche" in words(pilot, running)
    for link in links_of(database, running):
        revoke_link(database, link)
    create_link(database, running, "habitants")
    closed = close_campaign(database, running)
    page = words(pilot, closed)
    assert "Ouverts par un lien : Conseil municipal et Habitants. Sans effectif déclaré : Habitants ;" in page
    assert page.index("<h2>Publication</h2>") < page.index(REPEATED) < page.index("Publier les résultats")


def test_a_link_for_everyone_leads_to_every_college(database: Database, pilot: FlaskClient, running: Campaign) -> None:
    create_link(database, running)
    assert "Conseil municipal, Agents, Habitants et Jeunes. Sans effectif déclaré : Habitants et Jeunes" in words(
        pilot, running
    )
