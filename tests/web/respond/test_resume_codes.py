"""Resume codes: continuing on another device, limits on attempts, deletion of everything stored."""

import json
import re

import pytest
from flask import Flask

from questionnaires import Answer
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign
from storage.core.engine import Database
from storage.responses.responses import find_response
from tests.saving import save_by_key
from tests.web.respond.respondent import Respondent, links, words
from web.http.security.rate_limits import CODES_FROM_EVERYWHERE, CODES_FROM_ONE_PLACE, CODES_FROM_ONE_PLACE_IN_A_FLOOD

CODE = re.compile(r'translate="no">(\S{11})<')
UNKNOWN = "Rien ne s’ouvre avec ce lien ou ce code"


@pytest.fixture
def code(respondent: Respondent) -> str:
    """The code, as « plus tard » shows it."""
    found = CODE.search(respondent.get(respondent.address("plus-tard")).text)
    assert found
    return found[1]


@pytest.fixture(autouse=True)
def time_stands_still(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.extensions["counts"], "_clock", lambda: 1_000_000_000.0)


def try_code(person: Respondent, typed: str, status: int, address: str = "192.0.2.1") -> str:
    return words(person.post("/repondre/", {"code": typed}, status, environ_base={"REMOTE_ADDR": address}))


@pytest.mark.parametrize("shape", ["{}", " {} ", "{0:.3} {0:.3}"])
def test_the_code_opens_one_s_answers_from_elsewhere(
    respondent: Respondent, newcomer: Respondent, code: str, shape: str
) -> None:
    typed = f" {code[:3].lower()}  {code[4:7]}{code[8:]}" if "0:" in shape else shape.format(code)
    place = newcomer.post("/repondre/", {"code": typed}).location
    assert place == respondent.address(1)


def test_the_thanks_show_it_too(respondent: Respondent, code: str) -> None:
    respondent.answer(1, COO_1="2")
    respondent.post(respondent.address("relecture"), respondent.form("relecture"))
    assert code in respondent.get(respondent.address("fin")).text


@pytest.mark.parametrize(
    "typed", ["AAA-AAA-AAA", "rien", "K7Q", "été 😀", "x" * 3000, "a\x00b", "https://ailleurs.fr/"]
)
def test_what_opens_nothing_is_said_in_the_same_words(newcomer: Respondent, typed: str) -> None:
    page = newcomer.post("/repondre/", {"code": typed}, 422)
    assert UNKNOWN in words(page)
    assert list(links(page).values())[1] == "#code"


def test_a_deleted_response_is_as_unknown_as_any(respondent: Respondent, code: str) -> None:
    respondent.post(respondent.address("supprimer"), respondent.form("supprimer"), 200)
    assert UNKNOWN in try_code(respondent, code, 422)


def test_guessing_is_stopped_around_its_address_only(newcomer: Respondent, code: str) -> None:
    for number in range(CODES_FROM_ONE_PLACE.most):
        assert UNKNOWN in try_code(newcomer, f"AAAAAA{number:03}", 422, "198.51.100.1")
    assert "Réessayez dans une minute" in try_code(newcomer, code, 429, "198.51.100.1")
    assert newcomer.post("/repondre/", {"code": code}).location


def test_guessing_from_everywhere_stops_no_honest_place_and_slows_down_those_that_guess(
    newcomer: Respondent, code: str
) -> None:
    for number in range(CODES_FROM_EVERYWHERE.most):
        newcomer.client.post(
            "/repondre/", data={"code": "AAAAAAAAA"}, environ_base={"REMOTE_ADDR": f"2001:db8:{number:x}::1"}
        )
    for _person in range(60):
        assert newcomer.post("/repondre/", {"code": code}, environ_base={"REMOTE_ADDR": "203.0.113.1"}).location
    for _mistake in range(CODES_FROM_ONE_PLACE_IN_A_FLOOD.most):
        assert UNKNOWN in try_code(newcomer, "AAAAAAAAA", 422, "203.0.113.1")
    assert "Réessayez dans une minute" in try_code(newcomer, code, 429, "203.0.113.1")
    assert newcomer.post("/repondre/", {"code": code}, environ_base={"REMOTE_ADDR": "203.0.113.2"}).location


def test_a_hall_where_everyone_has_the_same_address_comes_in(respondent: Respondent, code: str) -> None:
    for _person in range(150):
        assert respondent.post("/repondre/", {"code": code}).location
    for _person in range(150):
        assert respondent.post("/repondre/", {"code": respondent.token}).location


def test_the_export_holds_all_that_is_kept(respondent: Respondent, database: Database, opened: Campaign) -> None:
    respondent.answer(1, COO_1="0", COO_2="SO", COO_2_reason="Pas ici", COO_3_comment="Un « mot » d’été")
    reply = respondent.get(respondent.address("mes-reponses.json"))
    assert reply.headers["Content-Disposition"] == f'attachment; filename="mes-reponses-{opened.slug}.json"'
    held = json.loads(reply.text)
    response = find_response(database, respondent.key)
    assert response is not None
    assert held["document tel qu’il est gardé"] == response.document.content
    assert held["groupe"] == "Habitants"
    said = [(one["savoir-faire"], one["réponse"], one["raison"], one["commentaire"]) for one in held["réponses"]]
    assert said == [
        ("COO-1", "Pas encore", None, None),
        ("COO-2", "Sans objet ici", "Pas ici", None),
        ("COO-3", None, None, "Un « mot » d’été"),
    ]
    assert all(one["changée le"].startswith("20") for one in held["réponses"])
    assert respondent.key not in reply.text


def test_the_export_is_there_once_closed(respondent: Respondent, database: Database, opened: Campaign) -> None:
    save_by_key(database, respondent.key, {"COO-1": Answer(3)})
    close_campaign(database, opened)
    assert respondent.address("mes-reponses.json") in links(respondent.get(respondent.address("fin"))).values()
    held = json.loads(respondent.get(respondent.address("mes-reponses.json")).text)
    assert held["réponses"][0]["changée le"] is None
