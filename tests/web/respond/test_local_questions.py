"""Local questions on the pages of those who answer: after the others, without script, offline, until the closing."""

import gzip
import re
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import Client

import grille
from questionnaires import Answer
from questionnaires.local.questions import LocalQuestion
from storage.campaigns.after_opening.amendments import Amendment, amend_campaign
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign, open_campaign
from storage.campaigns.share_links import create_link
from storage.campaigns.territories import create_territory
from storage.core.engine import Database
from storage.responses.responses import find_response
from tests.saving import save_by_key
from tests.web.respond.conftest import TOKEN
from tests.web.respond.respondent import Respondent, words
from tests.web.respond.test_direct import alone, sent
from web.respond.direct import DirectAnswers

QUESTIONS = (
    LocalQuestion("Le marché, quel jour ?", ("Le samedi", "Le mardi", "Peu importe"), "Quel jour pour le marché ?"),
    LocalQuestion("Venez-vous à pied ?", ("Oui", "Non")),
    LocalQuestion("Que manque-t-il sur la place ?", is_open=True),
)
SAID = {"q_@1": "2", "q_@3:text": "Un banc à l’ombre"}


@pytest.fixture
def opened(database: Database) -> Campaign:
    """An open campaign with three questions of its own, which are its sixth page."""
    place = create_territory(database, "Pré-en-Brume", "commune")
    opened = open_campaign(database, place, grille.current(), name="Bilan 2026", year=2026, local_questions=QUESTIONS)
    create_link(database, opened, token=TOKEN)
    return opened


def send_page(person: Respondent, page: object = 6, status: int = 303, **more: str) -> str:
    fields = {**person.form(page), **SAID, **more}
    return person.post(person.address(page), fields, status).location or ""


def stored(database: Database, person: Respondent) -> dict[str, Answer]:
    response = find_response(database, person.key)
    assert response is not None
    return dict(response.document.answers)


def test_they_come_after_the_others_and_are_read_again_and_changed(respondent: Respondent, database: Database) -> None:
    assert respondent.answer(5, OUV_1="2").location == respondent.address(6)
    page = respondent.get(respondent.address(6))
    assert "Étape 6 sur 6" in words(page)
    assert "Elles ne comptent dans aucune note" in words(page)
    assert "Le marché, quel jour ?" in words(page)
    assert "Sans objet" not in words(page)
    assert send_page(respondent) == respondent.address("relecture")
    assert stored(database, respondent) == {
        "OUV-1": Answer(2),
        "@1": Answer(2),
        "@3": Answer(comment="Un banc à l’ombre"),
    }
    review = words(respondent.get(respondent.address("relecture")))
    assert "Le marché, quel jour ? Le mardi Changer" in review
    assert "Venez-vous à pied ? Sans réponse Répondre" in review
    assert "Que manque-t-il sur la place ? Un banc à l’ombre Changer" in review
    assert respondent.chosen(6) == SAID
    cleared = {**respondent.form(6), "effacer": "@1", "q_@3:text": ""}
    respondent.post(respondent.address(6), cleared)
    assert stored(database, respondent) == {"OUV-1": Answer(2)}


def test_they_may_be_passed_and_count_for_no_answer_of_the_grid(respondent: Respondent) -> None:
    send_page(respondent)
    refused = respondent.post(respondent.address("relecture"), respondent.form("relecture"), 422)
    assert "Répondez à une seule" in words(refused)
    respondent.answer(1, COO_1="3")
    assert respondent.post(respondent.address("relecture"), respondent.form("relecture")).location.endswith("/fin")


def test_everything_wrong_is_said_at_once_and_given_back(respondent: Respondent, database: Database) -> None:
    sent_page = {**respondent.form(6), "q_@1": "7", "q_@2": "1", "q_@3:text": "x" * 1001}
    refused = respondent.post(respondent.address(6), sent_page, 422)
    assert "Cette réponse n’existe pas" in words(refused)
    assert "1 001 caractères" in words(refused)
    assert "x" * 1001 in refused.text
    assert stored(database, respondent) == {"@2": Answer(1)}


def test_in_easy_words_the_page_says_that_one_may_not_answer(respondent: Respondent) -> None:
    page = words(respondent.get(respondent.address("6?lecture=facile")))
    assert "Quel jour pour le marché ?" in page
    assert "Vous pouvez ne pas répondre" in page


def test_the_copy_says_them_until_the_closing_takes_them_away(
    respondent: Respondent, opened: Campaign, database: Database
) -> None:
    save_by_key(database, respondent.key, {"COO-1": Answer(3), "@1": Answer(1), "@3": Answer(comment="Un kiosque")})
    for page in ("copie", "mes-reponses.json"):
        shown = respondent.get(respondent.address(page)).text
        assert "Le samedi" in shown
        assert "Un kiosque" in shown
    close_campaign(database, opened)
    copy = words(respondent.get(respondent.address("copie")))
    assert "Le samedi" not in copy
    assert "la clôture les a séparées des autres" in copy
    held = respondent.get(respondent.address("mes-reponses.json")).text
    assert "Un kiosque" not in held


def test_the_copy_and_the_file_say_them_as_they_are_corrected(
    respondent: Respondent, database: Database, opened: Campaign
) -> None:
    send_page(respondent)
    assert "Le marché, quel jour ?" in words(respondent.get(respondent.address("copie")))
    questions = (replace(QUESTIONS[0], text="Le marché, quel matin ?"), *QUESTIONS[1:])
    colleges = {one.code: one for one in opened.colleges}
    amend_campaign(database, opened, Amendment(opened.name, None, colleges, local_questions=questions), None)
    copy = words(respondent.get(respondent.address("copie")))
    assert ("Le marché, quel matin ?" in copy, "quel jour" in copy) == (True, False)
    assert "Le marché, quel matin ?" in respondent.get(respondent.address("mes-reponses.json")).text


def test_what_was_typed_after_the_closing_is_given_back(
    respondent: Respondent, opened: Campaign, database: Database
) -> None:
    typed = {**respondent.form(6), **SAID}
    close_campaign(database, opened)
    refused = words(respondent.post(respondent.address(6), typed, 409))
    assert "Le mardi" in refused
    assert "Un banc à l’ombre" in refused


def test_deleting_a_response_deletes_them(respondent: Respondent, database: Database) -> None:
    send_page(respondent)
    respondent.post(respondent.address("supprimer"), respondent.form("supprimer"), 200)
    response = find_response(database, respondent.key)
    assert response
    assert response.document.text == "{}"


def test_a_device_keeps_them_and_sends_them(respondent: Respondent, database: Database) -> None:
    kit = respondent.get(respondent.address("trousse")).json
    assert kit["questions"]["6"] == ["@1", "@2", "@3"]
    assert kit["pages"][respondent.address(6)] == respondent.get(respondent.address(6)).text
    answers = {
        "@1": {"fields": {"q_@1": "3"}, "at": 20},
        "@3": {"fields": {"q_@3:text": "Un banc"}, "at": 20},
        "@4": {"fields": {"q_@4": "1"}, "at": 20},
    }
    reply = respondent.client.post(respondent.address("envoi"), json={"answers": answers}).get_json()
    assert reply["answers"] == {"@1": {"q_@1": "3"}, "@3": {"q_@3:text": "Un banc"}}
    assert ["@4" in one["sentence"] for one in reply["problems"]] == [True]
    assert reply["steps"]["6"] == 2
    late = {"@1": {"fields": {"q_@1": "1"}, "at": 10}}
    respondent.client.post(respondent.address("envoi"), json={"answers": late})
    assert stored(database, respondent)["@1"] == Answer(3), "an older change arrived later"


def test_their_page_is_the_same_before_flask(app: Flask, respondent: Respondent) -> None:
    """What stands before the application answers what the application answers, byte for byte."""
    for encoding in ("gzip", "identity"):
        respondent.client.get(respondent.address(2), headers={"Accept-Encoding": encoding})
    respondent.post(respondent.address(2), respondent.form(2))
    direct = app.wsgi_app
    assert isinstance(direct, DirectAnswers)
    send_page(respondent)
    shown = {"path": respondent.address(6), "headers": {"Accept-Encoding": "gzip"}}
    posts = [
        {"path": respondent.address(page), "data": {**respondent.form(page), **button}}
        for page in (5, 6)
        for button in ({"vers": "suite"}, {"vers": "6"}, {"vers": "lecture"})
    ]
    for asked, method in [(shown, "get"), *((post, "post") for post in posts)]:
        expected = sent(getattr(Client(direct._next), method)(**asked))
        with alone(direct) as browser:
            assert sent(getattr(browser, method)(**asked)) == expected


def test_the_page_is_as_light_as_the_others(respondent: Respondent) -> None:
    page = respondent.client.get(respondent.address(6), headers={"Accept-Encoding": "gzip"})
    html = gzip.decompress(page.data).decode()
    before = respondent.client.get(respondent.address(5), headers={"Accept-Encoding": "gzip"})
    other = gzip.decompress(before.data).decode()
    files = re.compile(r'(?:src|href)="(/static/[^"]+)"')
    assert set(files.findall(html)) == set(files.findall(other))
    assert len(page.data) <= len(before.data)


def test_a_campaign_without_any_has_neither_their_page_nor_their_words(
    app: Flask, database: Database, opened: Campaign
) -> None:
    other = open_campaign(database, opened.territory, grille.current(), name="Sans", year=2027)
    create_link(database, other, token="un-autre-lien")
    person = Respondent(app, "un-autre-lien")
    person.begin("elus")
    assert person.post(person.address(5), person.form(5)).location == person.address("relecture")
    assert "Questions d’ici" not in person.get(person.address("relecture")).text
