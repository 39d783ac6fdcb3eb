"""Participants' phones: joining by code, following the group, going back, finishing at home, errors."""

import gzip
import re

import pytest
from flask import Flask

from storage.campaigns.campaigns import Campaign, participation
from storage.campaigns.lifecycle import close_campaign
from storage.core.engine import Database
from storage.responses.responses import delete_response, find_response, start_response
from storage.responses.workshops import Attendance, Workshop, attendance, end_workshop, go_to
from tests.web.respond.respondent import form_of, inspected, words
from tests.web.workshops.conftest import Join, Phone
from web.http.security.rate_limits import CODES_FROM_ONE_PLACE


def stored(database: Database, phone: Phone) -> dict[str, object]:
    """What the database holds of a phone's answers."""
    response = find_response(database, phone.key)
    assert response is not None
    return {code: answer.value for code, answer in dict(response.document.answers).items()}


def test_a_phone_joins_and_its_answer_is_an_ordinary_one(
    join: Join, database: Database, opened: Campaign, workshop: Workshop
) -> None:
    phone = join("elus")
    assert attendance(database, workshop, "COO-1") == Attendance(1, 0)
    phone.answer(3, **{"q_COO-1:comment": "Un exemple"})
    assert 'value="3" id="q_COO-1-4" checked' in phone.page()
    assert stored(database, phone) == {"COO-1": 3}
    assert attendance(database, workshop, "COO-1") == Attendance(1, 1)
    assert participation(database, opened)["elus"] == 1
    home = inspected(phone.client.get(f"/repondre/{phone.key}/relecture"), 200)
    assert "Un exemple" in words(home)


def test_what_is_kept_of_a_response_says_that_it_came_through_a_workshop_until_closing(
    join: Join, database: Database, opened: Campaign
) -> None:
    phone = join(level=1)
    held = f"/repondre/{phone.key}/mes-reponses.json"
    assert phone.client.get(held).get_json()["ateliers (oubliés à la clôture)"] == ["Réunion"]
    close_campaign(database, opened)
    assert phone.client.get(held).get_json()["ateliers (oubliés à la clôture)"] == []


def test_a_code_typed_on_the_code_page_of_respondents_leads_to_the_workshop(app: Flask, workshop: Workshop) -> None:
    client = app.test_client()
    fields = {**form_of(client.get("/repondre/").text), "code": workshop.code.lower()}
    assert client.post("/repondre/", data=fields).location == f"/atelier/{workshop.code}"


def test_a_double_click_joins_once(app: Flask, database: Database, workshop: Workshop) -> None:
    client, page = app.test_client(), f"/atelier/{workshop.code}"
    fields = {**form_of(client.get(page).text), "college": "elus"}
    assert client.post(page, data=fields).location == client.post(page, data=fields).location
    assert attendance(database, workshop, "COO-1").joined == 1


def test_the_code_is_typed_as_one_likes(app: Flask, workshop: Workshop) -> None:
    client = app.test_client()
    for typed in (
        workshop.code.lower(),
        f"{workshop.code[:3]} {workshop.code[3:]}",
        f"https://x/atelier/{workshop.code}",
    ):
        assert inspected(client.get("/atelier/", query_string={"code": typed}), 303).location.endswith(workshop.code)
    assert "Écrivez ici le code" in words(inspected(client.get("/atelier/?code=+"), 200))


def test_one_college_may_have_an_address_of_its_own(app: Flask, workshop: Workshop) -> None:
    page = inspected(app.test_client().get(f"/atelier/{workshop.code}?college=agents"), 200).text
    assert page.count('class="college"') == 1
    assert 'value="agents"' in page


def test_a_phone_follows_the_group_and_goes_back(
    join: Join, database: Database, opened: Campaign, workshop: Workshop
) -> None:
    phone = join(level=1)
    go_to(database, workshop, 1)
    assert "Savoir-faire 2 sur 2" in phone.page()
    phone.answer(4)
    assert "Savoir-faire 1 sur 2" in phone.page("?savoir=COO-1")
    phone.answer("NSP", query="?savoir=COO-1")
    assert stored(database, phone) == {"COO-1": "NSP", "CON-1": 4}
    phone.client.post(phone.address, data={**form_of(phone.page()), "effacer": "CON-1"})
    assert stored(database, phone) == {"COO-1": "NSP"}


def test_scripts_learn_where_the_group_is_for_nothing(app: Flask, database: Database, workshop: Workshop) -> None:
    client, address = app.test_client(), f"/atelier/{workshop.code}/etat"
    first = inspected(client.get(address), 200)
    assert first.get_json() == {"skill": "COO-1"}
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    go_to(database, workshop, 1)
    moved = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert moved.get_json() == {"skill": "CON-1"}
    end_workshop(database, workshop)
    assert client.get(address, headers={"If-None-Match": moved.headers["ETag"]}).get_json() == {"skill": ""}
    assert inspected(client.get("/atelier/rien/etat"), 200).get_json() == {"skill": ""}


def test_scripts_save_and_read_what_became_of_it(join: Join) -> None:
    phone = join()
    fields = {**form_of(phone.page()), "q_COO-1": "2"}
    asks = {"Accept": "application/json"}
    first = inspected(phone.client.post(phone.address, data=fields, headers=asks), 200).get_json()
    assert (first["status"], first["problems"]) == ("✓ Enregistré", [])
    fields |= {"shown": first["shown"], "q_COO-1": "9"}
    refused = inspected(phone.client.post(phone.address, data=fields, headers=asks), 422).get_json()
    assert refused["problems"][0]["field"] == "q_COO-1"
    assert refused["status"] == "Pas encore enregistré"


def test_a_response_begun_at_home_goes_on_in_the_workshop(
    app: Flask, database: Database, opened: Campaign, workshop: Workshop
) -> None:
    phone = Phone(app, workshop.code)
    phone.address = f"/atelier/{workshop.code}/{start_response(database, opened, 'agents')}"
    assert attendance(database, workshop, "COO-1").joined == 0
    phone.answer(2)
    assert attendance(database, workshop, "COO-1") == Attendance(1, 1)


@pytest.mark.parametrize(
    ("changed", "status", "sentence"),
    [
        ({"q_COO-1": "7"}, 422, "n’existe pas dans la grille"),
        ({"savoir": "CON-1"}, 422, "n’y est pas encore arrivé"),
        ({"savoir": "rien"}, 422, "n’y est pas encore arrivé"),
        ({"csrf_token": "faux"}, 400, "ne peut pas prouver"),
        ({"whole": ""}, 400, "arrivé incomplet"),
        ({"q_COO-1:comment": "x" * 2001}, 422, "limite est de"),
    ],
)
def test_what_cannot_be_saved_is_said(
    changed: dict[str, str], status: int, sentence: str, join: Join, database: Database
) -> None:
    phone = join()
    assert sentence in phone.answer(3, status, **changed)
    assert stored(database, phone).get("COO-1") in (None, 3)


@pytest.mark.parametrize("how", ["ended", "closed"])
def test_the_end_says_where_to_go_on(
    how: str, join: Join, database: Database, opened: Campaign, workshop: Workshop
) -> None:
    phone, late = join(level=2), join()
    fields = {**form_of(late.page()), "q_COO-1": "4"}
    end_workshop(database, workshop) if how == "ended" else close_campaign(database, opened)
    page = phone.page()
    assert "L’atelier est terminé" in page
    assert f"/repondre/{phone.key}/{'relecture' if how == 'ended' else 'fin'}" in page
    refused = inspected(late.client.post(late.address, data=fields), 409).text
    assert ("L’atelier est terminé" if how == "ended" else "La collecte est terminée") in refused
    assert f"/repondre/{late.key}" in refused
    assert stored(database, late) == {}
    for answer in (late.client.get(f"/atelier/{workshop.code}"), late.client.post(f"/atelier/{workshop.code}")):
        assert "Cet atelier est terminé" in words(inspected(answer, 410))


def test_wrong_codes_and_keys_are_explained(
    join: Join, database: Database, campaign: object, workshop: Workshop
) -> None:
    phone = join(level=1)
    client = phone.client
    assert "Aucun atelier n’a ce code" in words(inspected(client.get("/atelier/ZZZZZZ"), 404))
    assert "Aucun atelier n’a ce code" in words(inspected(client.get(f"/atelier/ZZZZZZ/{phone.key}"), 404))
    assert "ne mène à aucune réponse" in words(inspected(client.get(f"/atelier/{workshop.code}/rien"), 404))
    elsewhere = campaign("open", "Là-bas", 2025)  # type: ignore[operator]
    visitor = start_response(database, elsewhere, "elus")
    assert "ne mène à aucune réponse" in words(inspected(client.get(f"/atelier/{workshop.code}/{visitor}"), 404))
    delete_response(database, phone.key)
    assert "supprimées" in words(inspected(client.get(phone.address), 410))


def test_joining_by_a_stale_page_or_another_college_asks_again(app: Flask, workshop: Workshop) -> None:
    client, page = app.test_client(), f"/atelier/{workshop.code}"
    fields = form_of(client.get(page).text)
    for changed, status in (({"nonce": ""}, 400), ({"csrf_token": "x"}, 400), ({"college": "martiens"}, 422)):
        answer = inspected(client.post(page, data={**fields, "college": "elus", **changed}), status)
        assert "À quel titre" in words(answer)


def test_a_phone_s_pages_are_light(join: Join, workshop: Workshop) -> None:
    phone, asks = join(level=1), {"Accept-Encoding": "gzip"}
    for address in (f"/atelier/{workshop.code}", phone.address):
        page = phone.client.get(address, headers=asks).data
        files = re.findall(r'(?:src|href)="(/static/[^"]+)"', gzip.decompress(page).decode())
        weight = len(page) + sum(len(phone.client.get(file, headers=asks).data) for file in files)
        assert (weight <= 40_000, len(files) <= 3) == (True, True), (weight, files)


def test_the_easy_wording_is_kept(join: Join) -> None:
    phone = join(level=1)
    usual, easy = phone.page(), phone.page("?lecture=facile")
    assert usual != easy
    assert 'href="?lecture=facile"' in easy


@pytest.mark.parametrize("address", ["/atelier/CCCCCC", "/atelier/CCCCCC/etat", "/atelier/CCCCCC/{key}"])
def test_codes_of_workshops_are_not_guessed_and_those_who_joined_go_on(
    app: Flask, join: Join, workshop: Workshop, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.extensions["counts"], "_clock", lambda: 1_000_000_000.0)
    phone, guesser = join(), app.test_client()
    place = address.format(key=phone.address.rpartition("/")[2])
    for _ in range(CODES_FROM_ONE_PLACE.most):
        assert guesser.get(place).status_code in {200, 404}
    for path in (place, f"/atelier/{workshop.code}", f"/atelier/{workshop.code}/etat"):
        assert guesser.get(path).status_code == 429
    assert "Attendez une minute" in guesser.get(place).text or "etat" in place
    phone.answer(3)
    assert guesser.get(f"/atelier/{workshop.code}", environ_base={"REMOTE_ADDR": "203.0.113.5"}).status_code == 200


def test_an_address_says_nothing_of_a_code_to_whoever_holds_no_response(app: Flask, workshop: Workshop) -> None:
    pages = [app.test_client().get(f"/atelier/{code}/{'x' * 22}") for code in (workshop.code, "CCCCCC")]
    assert [page.status_code for page in pages] == [404, 404]
    assert pages[0].text.replace(workshop.code, "") == pages[1].text.replace("CCCCCC", "")
