"""What a device stores to go on without a network, and what it sends afterwards."""

import json
import re
from itertools import permutations
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from questionnaires import Answer
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign
from storage.core.engine import Database
from storage.responses.responses import find_response
from tests.saving import save_by_key
from tests.web.respond.respondent import Respondent, in_line, words


def change(code: str, at: int, level: str = "", comment: str = "") -> dict[str, Any]:
    return {code: {"fields": {f"q_{code}": level, f"q_{code}:comment": comment, f"q_{code}:reason": ""}, "at": at}}


def send(person: Respondent, answers: dict[str, Any], status: int = 200, **more: object) -> dict[str, Any]:
    headers = {"Accept": "application/json"}
    reply = person.client.post(person.address("envoi"), json={"answers": answers, **more}, headers=headers)
    assert reply.status_code == status, reply.text
    assert "Set-Cookie" not in reply.headers
    found: dict[str, Any] = reply.json if reply.is_json else {}
    return found


def stored(database: Database, person: Respondent) -> dict[str, Answer]:
    response = find_response(database, person.key)
    assert response is not None
    return dict(response.document.answers)


def test_the_kit_holds_every_page_as_it_is_served(respondent: Respondent) -> None:
    respondent.answer(1, COO_1="3")
    kit = respondent.get(respondent.address("trousse")).json
    pages = [respondent.address(page) for page in (1, 2, 3, 4, 5, "relecture", "ici", "rendre")]
    assert set(kit["pages"]) == {*pages, "/repondre/hors-connexion"}
    for address in pages:
        assert kit["pages"][address] == respondent.get(address).text
    empty = {"q_COO-1:reason": "", "q_COO-1:comment": "", "q_COO-1:quote": ""}
    assert kit["answers"]["COO-1"] == {"q_COO-1": "3", **empty}
    assert kit["questions"]["2"] == ["CON-1", "CON-2", "CON-3"]
    assert kit["latest"] <= kit["now"]
    for file in kit["files"]:
        assert respondent.client.get(file).status_code == 200
    assert any("offline" in file for file in kit["files"])


def test_the_worker_is_one_script_that_is_never_kept(respondent: Respondent) -> None:
    worker = respondent.get("/repondre/hors-connexion.js")
    assert worker.mimetype == "text/javascript"
    assert "worker-src 'self'" in worker.headers["Content-Security-Policy"]
    assert worker.text.startswith('"use strict";(()=>{')
    assert "importScripts" not in worker.text


def test_all_that_waits_is_taken_at_once(respondent: Respondent, database: Database) -> None:
    reply = send(respondent, change("COO-1", 10, "3", "Oui") | change("CON-2", 11, "NSP"))
    assert stored(database, respondent) == {"COO-1": Answer(3, comment="Oui"), "CON-2": Answer.dont_know()}
    assert in_line(reply["status"]) == "✓ Enregistré : 2 sur 15"
    assert reply["steps"] == {"1": 1, "2": 1, "3": 0, "4": 0, "5": 0}
    assert (reply["problems"], reply["submitted"], reply["latest"]) == ([], False, 11)


CHANGES = [change("COO-1", 10, "1"), change("COO-1", 30, "3"), change("COO-1", 20, "2"), change("COO-2", 20, "4")]


@pytest.mark.parametrize("order", [*permutations(range(4))][::5])
def test_the_latest_change_wins_in_whatever_order_and_however_often_they_come(
    order: tuple[int, ...], respondent: Respondent, database: Database
) -> None:
    for number in [*order, *order[:2]]:
        reply = send(respondent, CHANGES[number])
    assert stored(database, respondent) == {"COO-1": Answer(3), "COO-2": Answer(4)}
    (code,) = CHANGES[order[1]]
    assert reply["answers"][code][f"q_{code}"] == {"COO-1": "3", "COO-2": "4"}[code]


def test_a_form_sent_after_a_moment_to_come_still_wins(respondent: Respondent, database: Database) -> None:
    send(respondent, change("COO-1", 10**14, "1"))
    respondent.answer(1, COO_1="3")
    assert stored(database, respondent) == {"COO-1": Answer(3)}
    send(respondent, change("COO-1", 2**62, "4"))
    respondent.answer(1, COO_1="0")
    assert stored(database, respondent) == {"COO-1": Answer(0)}


@pytest.mark.parametrize("at", [253_402_300_799_999, 2**63 - 1, -(2**63), 0])
def test_a_clock_gone_astray_keeps_nobody_from_their_own_answers(at: int, respondent: Respondent) -> None:
    send(respondent, change("COO-1", at, "2"))
    respondent.answer(1, COO_1="3", COO_2="1")  # made after it, in a year that no calendar has
    held = json.loads(respondent.get(respondent.address("mes-reponses.json")).text)
    assert [answer["savoir-faire"] for answer in held["réponses"]] == ["COO-1", "COO-2"]
    for page in (1, "relecture", "trousse"):
        respondent.get(respondent.address(page))


def test_what_cannot_be_saved_is_said_and_the_rest_is_saved(respondent: Respondent, database: Database) -> None:
    sent = change("COO-1", 1, "3", "é" * 2001) | change("COO-2", 1, "9") | change("CON-1", 1, "2")
    reply = send(respondent, sent | change("COO-6", 1, "2") | change("ZZZ", 1, "2"), submit=True)
    assert stored(database, respondent) == {"COO-1": Answer(3), "CON-1": Answer(2)}
    assert [problem.get("field") for problem in reply["problems"]] == ["q_COO-1:comment", "q_COO-2", None]
    assert reply["problems"][0]["there"] == "1#q_COO-1:comment"
    assert reply["problems"][0]["said"].startswith("Étape 1\u00a0: Votre commentaire compte")
    assert "COO-6, ZZZ" in reply["problems"][2]["sentence"]
    assert (reply["status"], reply["submitted"]) == ("Pas encore tout enregistré", False)


def test_sending_is_finishing_once_something_is_answered(respondent: Respondent, database: Database) -> None:
    assert not send(respondent, {}, submit=True)["submitted"]
    reply = send(respondent, change("COO-1", 1, "3"), submit=True)
    assert (reply["submitted"], reply["end"]) == (True, respondent.address("fin"))
    response = find_response(database, respondent.key)
    assert response is not None
    assert response.submitted_at
    assert "data-latest" not in respondent.get(respondent.address(1)).text


HALVES = ("", "{", '{"answers": {"COO-1": {"fields": {"q_COO-1": "3"', "[]", '{"answers": []}', "\x00")
MANY = {str(number): {"fields": {}, "at": 1} for number in range(600)}
WRONG = ({"COO-1": 3}, {"A": {"fields": {}, "at": 1e99}}, {"A": {"fields": {"q_A": 3}, "at": 1}}, MANY)


@pytest.mark.parametrize("body", [*HALVES, *(json.dumps({"answers": one}) for one in WRONG)])
def test_half_a_body_saves_nothing_and_is_no_error_of_ours(
    body: str, respondent: Respondent, database: Database
) -> None:
    respondent.answer(1, COO_1="2")
    reply = respondent.client.post(respondent.address("envoi"), data=body, content_type="application/json")
    assert reply.status_code == 400
    assert stored(database, respondent) == {"COO-1": Answer(2)}


def test_another_site_cannot_send_it(respondent: Respondent, database: Database) -> None:
    body = json.dumps({"answers": change("COO-1", 1, "3")})
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        assert respondent.client.post(respondent.address("envoi"), data=body, content_type=kind).status_code == 415
    assert stored(database, respondent) == {}


def given_back(page: TestResponse) -> list[str]:
    """What the page shows of what was not saved, in its order."""
    return re.findall(r"<(?:b|q|span class=\"none\")>(.*?)</(?:b|q|span)>", page.text.partition("<dl>")[2])


def test_a_closed_collection_gives_back_what_it_does_not_take(
    respondent: Respondent, database: Database, opened: Campaign
) -> None:
    save_by_key(database, respondent.key, {"COO-1": Answer(1), "COO-2": Answer(2)})
    form = respondent.form(1)
    close_campaign(database, opened)
    sent = change("COO-1", 5, "3", "Le <b>marché</b>") | change("COO-2", 5, "2") | change("CON-1", 6, "NSP")
    assert "terminée" in send(respondent, sent, 409)["sentence"]
    page = respondent.post(respondent.address("non-enregistre"), {"answers": json.dumps({"answers": sent})}, 409)
    assert given_back(page) == ["Pratique installée", "Le &lt;b&gt;marché&lt;/b&gt;", "Je ne sais pas"]
    typed = form | {"q_COO-1": "4", "q_COO-3:comment": "Jamais", "q_COO-2": ""}
    page = respondent.post(respondent.address(1), typed, 409)
    assert given_back(page) == ["Pratique partagée", "Réponse effacée", "Réponse effacée", "Jamais"]
    assert "La collecte est terminée" in words(page)
    assert stored(database, respondent) == {"COO-1": Answer(1), "COO-2": Answer(2)}


@pytest.mark.parametrize("sent", ["", "{", "[]", "\x00"])
def test_nothing_to_give_back(sent: str, respondent: Respondent, database: Database, opened: Campaign) -> None:
    close_campaign(database, opened)
    assert given_back(respondent.post(respondent.address("non-enregistre"), {"answers": sent}, 409)) == []


def test_the_other_wording_is_kept_in_its_own_words(app: Flask, respondent: Respondent) -> None:
    kit = respondent.get(respondent.address("trousse?lecture=facile")).json
    address = respondent.address("1?lecture=facile")
    assert kit["pages"][address] == respondent.get(address).text
