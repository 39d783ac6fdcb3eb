"""Addresses copied with punctuation lead to the intended page and disclose nothing."""

from itertools import product
from urllib.parse import quote, urlsplit

from flask.testing import FlaskClient

from storage.core.engine import Database
from storage.responses.workshops import workshops_of
from tests.web.conftest import Open

SIGNS = (
    *(".", ",", ";", ":", "!", "?", "…", ")", "]", "}", "»", "\u00a0»", '"', "'", "’", "”", ">", "*", "%", "\u2013"),
    *("\u00a0", "\u202f", " ", "\n", "\u200b", "\u00ad", ").", "/.", "/", "./"),
)
ROOMS = (
    *("/repondre/essai", "/atelier/KDR4TX", "/invitation/un-secret", "/connexion/nouveau/un-secret"),
    *("/seance/villeroche-2026", "/restitution/villeroche-2026"),
)
CODES = ("{}.", "« {} »", "https://grille.example/atelier/{}?college=elus", "({})", "/atelier/{}/")
LINKS = ("essai.", "« essai »", "https://grille.example/repondre/essai.", "(/repondre/essai)", "<essai>,")


def test_signs_that_cling_to_an_address_are_dropped(client: FlaskClient) -> None:
    for room, sign in product(ROOMS, SIGNS):
        answer = client.get(f"{room}{quote(sign)}")
        assert (answer.status_code, answer.location) == (302, room), sign
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers


def test_what_stands_before_or_within_is_dropped_and_what_is_asked_stays(client: FlaskClient) -> None:
    meant = {
        "/repondre/%C2%AB%C2%A0essai%C2%A0%C2%BB?lecture=facile": "/repondre/essai?lecture=facile",
        "/repondre/(essai)/relecture.": "/repondre/essai/relecture",
        "/repondre/es%0Asai": "/repondre/essai",
        "/repondre/essai/2,": "/repondre/essai/2",
    }
    assert {address: client.get(address).location for address in meant} == meant


def test_what_is_right_goes_straight_to_its_page(demo_client: FlaskClient) -> None:
    assert demo_client.get("/repondre/essai").status_code == 200
    assert demo_client.get("/repondre/").status_code == 200
    assert demo_client.get("/atelier/").status_code == 200
    assert demo_client.get("/repondre/hors-connexion.js").status_code == 200
    assert demo_client.get("/restitution/villeroche-2026/fichiers/profile.json").status_code == 200
    assert demo_client.get("/repondre/-a_-.").location == "/repondre/-a_-"
    assert demo_client.post("/repondre/essai.").status_code != 302


def test_nobody_is_sent_elsewhere(client: FlaskClient) -> None:
    elsewhere = ("//ailleurs.example/.", "/repondre//ailleurs.example.", "/repondre/..", "/.", "/repondre/%FF.")
    for moved in (client.get(address).location or "/" for address in elsewhere):
        assert urlsplit(moved).netloc == ""
        assert not moved.startswith("//")


def test_a_link_is_typed_with_what_was_around_it(demo_client: FlaskClient) -> None:
    for typed in LINKS:
        assert demo_client.post("/repondre/", data={"code": typed}).location == "/repondre/essai", typed


def test_a_code_is_typed_with_what_was_around_it(campaign: Open, database: Database, client: FlaskClient) -> None:
    code = workshops_of(database, campaign("open"))[0].code
    for typed in (around.format(code) for around in CODES):
        assert client.post("/repondre/", data={"code": typed}).location == f"/atelier/{code}", typed
        assert client.get("/atelier/", query_string={"code": typed}).location == f"/atelier/{code}", typed
