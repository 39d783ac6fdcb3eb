"""Share links: created, shown again with QR code and poster, revoked."""

import html
import re
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign
from storage.campaigns.share_links import create_link, invite, links_of, revoke_link, share_links_of
from storage.core.engine import Database
from tests.web.forms import post_form
from tests.web.markup import plain, problems_in
from web.campaigns.handouts import ready_texts
from web.http.security.rate_limits import CODES_FROM_ONE_PLACE

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
    assert page.count('/affiche.pdf"') == 2
    assert [link.lent for link in links_of(database, running)] == [False, False, True]


def test_posters_are_served(made: str, pilot: FlaskClient) -> None:
    posters = re.findall(r'href="([^"]+/affiche\.(?:pdf|svg))"', made)
    assert len(posters) == 4
    pdf, svg = (pilot.get(posters[index]) for index in (0, 1))
    assert (pdf.mimetype, pdf.data[:5]) == ("application/pdf", b"%PDF-")
    assert (svg.mimetype, svg.data[:4]) == ("image/svg+xml", b"<svg")
    assert pilot.get(posters[0].replace(".pdf", ".exe")).status_code == 404


def test_a_short_code_opens_the_questionnaire_however_it_is_typed(made: str, client: FlaskClient) -> None:
    codes = re.findall(r"/repondre\s*: <code>(\S+)</code>", made)
    assert len(set(codes)) == 2
    for code, address in zip(codes, _ADDRESS.findall(made), strict=True):
        for typed in (code, code.lower().replace("-", " "), f" {code}. "):
            answer = client.post("/repondre/", data={"code": typed})
            assert (answer.status_code, answer.location) == (303, address)


def test_codes_stay_the_same_and_the_database_does_not_hold_them(
    made: str, pilot: FlaskClient, running: Campaign, database: Database
) -> None:
    again = html.unescape(pilot.get(f"/campagnes/{running.slug}/liens").text)
    (first, _second) = re.findall(r"/repondre\s*: <code>(\S+)</code>", made)
    assert first in again
    assert first.replace("-", "") not in "\n".join(database.iterdump())


def test_wrong_codes_of_links_are_counted_like_all_codes(made: str, client: FlaskClient) -> None:
    for _try in range(CODES_FROM_ONE_PLACE.most):
        assert client.post("/repondre/", data={"code": "AAAAAA"}).status_code == 422
    assert client.post("/repondre/", data={"code": "AAAAAA"}).status_code == 429


def test_a_qr_code_is_given_to_be_placed_elsewhere(made: str, pilot: FlaskClient) -> None:
    pictures = re.findall(r'href="([^"]+/qr\.(?:png|svg))"', made)
    png, svg = (pilot.get(pictures[index]) for index in (0, 1))
    assert (png.mimetype, png.data[:4]) == ("image/png", b"\x89PNG")
    assert (svg.mimetype, svg.data[:4]) == ("image/svg+xml", b"<svg")
    assert pilot.get(pictures[0].replace(".png", ".exe")).status_code == 404


def test_texts_are_ready_with_link_duration_and_end(made: str, pilot: FlaskClient, running: Campaign) -> None:
    (there, *_rest) = re.findall(r'href="([^"]+/textes)"', made)
    page = pilot.get(there)
    assert problems_in(page.text) == []
    texts = dict(re.findall(r'id="texte-(\w+)"[^>]*>([^<]*)<', html.unescape(page.text)))
    assert list(texts) == ["message", "sms", "discussion", "bulletin", "rappel"]
    address = _ADDRESS.findall(made)[0]
    assert all(address in texts[name] for name in ("message", "sms", "discussion", "rappel"))
    assert re.search(r"écrivez le code \w{3}-\w{3}", texts["bulletin"])
    assert all("environ" in text and "minute" in text for text in texts.values())
    assert re.search(r"ici\s\? Cela prend environ \d+ minutes, c’est anonyme\.", texts["discussion"])
    assert "Si vous avez déjà répondu, merci" in texts["rappel"]


def test_no_reminder_invites_once_the_announced_end_has_passed(app: Flask, running: Campaign) -> None:
    with app.test_request_context():
        for day, reminded in ((date(2099, 1, 1), True), (date(2020, 1, 1), False), (None, True)):
            texts = ready_texts(replace(running, closes_on=day), "https://grille.example/repondre/a", None, "")
            assert ("rappel" in {text.name for text in texts}) is reminded
            assert all("  " not in text.text for text in texts)


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
    return plain(client.get(f"/campagnes/{campaign.slug}").text)


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
