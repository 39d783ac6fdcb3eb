from datetime import UTC, datetime

import pytest
from flask import Flask

from questionnaires import Answer, Questionnaire
from storage.campaigns.campaigns import Campaign, participation
from storage.campaigns.lifecycle import close_campaign, publish_campaign
from storage.core.engine import Database
from storage.responses.responses import find_response
from tests.saving import save_by_key
from tests.web.respond.respondent import Respondent, in_line, links, rows, words


def submit(respondent: Respondent, status: int = 303) -> str:
    fields = respondent.form("relecture")
    return respondent.post(respondent.address("relecture"), fields, status).location


def test_the_review_shows_every_question_with_what_was_said(respondent: Respondent, opened: Campaign) -> None:
    respondent.answer(1, COO_1="0", COO_2="SO", COO_2_reason="Pas ici", COO_3_comment="Un mot")
    page = respondent.get(respondent.address("relecture"))
    said = words(page)
    for question in Questionnaire(opened.grid, "short", "habitants").questions:
        assert in_line(question.stem) in said
    for shown in ("Pas encore", "Sans objet ici", "Pas ici", "Un mot", "2 questions sur 15"):
        assert shown in said
    assert said.count("Sans réponse") == 13
    to_change = [address for words_, address in links(page).items() if words_.startswith(("Changer :", "Répondre :"))]
    assert to_change[0] == respondent.address("1#question-COO-1")
    assert len(to_change) == 15


def test_with_every_question_answered_one_button_is_left(respondent: Respondent, database: Database) -> None:
    codes = Questionnaire(_campaign_grid(), "short", "habitants").questions
    save_by_key(database, respondent.key, {question.code: Answer(2) for question in codes})
    said = words(respondent.get(respondent.address("relecture")))
    assert "Vous avez répondu à toutes les questions" in said
    assert "Sans réponse" not in said


def _campaign_grid():  # type: ignore[no-untyped-def]
    import grille

    return grille.current()


def test_sending_marks_the_response_once_and_for_all(respondent: Respondent, database: Database) -> None:
    respondent.answer(1, COO_1="0")
    assert submit(respondent) == respondent.address("fin")
    response = find_response(database, respondent.key)
    assert response is not None
    assert response.submitted_at == datetime.now(UTC).date()
    fields = {"csrf_token": respondent.form(1)["csrf_token"]}
    assert respondent.post(respondent.address("relecture"), fields).location == respondent.address("fin")


def test_sending_nothing_says_what_is_missing(respondent: Respondent, database: Database) -> None:
    respondent.answer(1, COO_1_comment="Un mot")
    fields = respondent.form("relecture")
    page = respondent.post(respondent.address("relecture"), fields, 422)
    assert "Vous n’avez encore répondu à aucune question" in words(page)
    response = find_response(database, respondent.key)
    assert response is not None
    assert response.submitted_at is None


@pytest.mark.parametrize("page", ["relecture", "college", "supprimer"])
def test_a_button_that_is_not_ours_does_nothing(respondent: Respondent, database: Database, page: str) -> None:
    respondent.answer(1, COO_1="0")
    before = find_response(database, respondent.key)
    response = respondent.post(respondent.address(page), {"csrf_token": "0" * 32, "college": "elus"}, 400)
    assert "Rien n’est perdu" in words(response)
    assert find_response(database, respondent.key) == before


def test_the_thanks_come_after_sending_only(respondent: Respondent) -> None:
    assert respondent.get(respondent.address("fin"), 303).location == respondent.address("relecture")


def test_the_thanks_show_one_s_own_means_and_promise_the_rest(respondent: Respondent) -> None:
    respondent.answer(1, COO_1="0", COO_2="3", COO_3="NSP")
    respondent.answer(2, CON_1="4")
    submit(respondent)
    page = respondent.get(respondent.address("fin"))
    said = words(page)
    assert "Merci" in said
    assert "après la clôture, prévue le 31 mars 2099" in said
    # By hand: Coopérer (0 + 3) / 2 = 1.5, half way between two levels; Connecter 4 / 1 = 4; the others have no answer.
    assert rows(page)[1:] == [
        ["Co Coopérer", "entre « Premiers essais » et « Pratique régulière »", "1,5"],
        ["Cn Connecter", "Pratique partagée", "4,0"],
        *([f"{badge} {family}", "Sans réponse"] for badge, family in [("Fa", "Faciliter"), ("In", "Intégrer")]),
        ["Ou S’ouvrir", "Sans réponse"],
    ]
    assert "<svg" in page.text
    assert page.text.count('stroke-dasharray="3 3"') == 3  # an empty ring for each family without a score


def test_only_silences_give_thanks_without_a_drawing(respondent: Respondent) -> None:
    respondent.answer(1, COO_1="NSP", COO_2="SO")
    submit(respondent)
    page = respondent.get(respondent.address("fin"))
    assert "Merci" in words(page)
    assert "<table" not in page.text


def test_a_closed_campaign_shows_one_s_answers_and_nothing_to_change(
    respondent: Respondent, database: Database, opened: Campaign
) -> None:
    respondent.answer(1, COO_1="2")
    closed = close_campaign(database, opened)
    page = respondent.get(respondent.address("fin"))
    assert "Ce que vous aviez enregistré est gardé" in words(page)
    assert rows(page)[1] == ["Co Coopérer", "Pratique régulière", "2,0"]
    assert not any("supprimer" in address for address in links(page).values())
    for place in ("supprimer", "college"):
        respondent.get(respondent.address(place), 409)
    publish_campaign(database, closed)
    assert links(respondent.get(respondent.address("fin")))["Voir le résultat de tous"] == f"/restitution/{opened.slug}"


def test_later_gives_the_address_to_keep_and_to_scan(respondent: Respondent) -> None:
    page = respondent.get(respondent.address("plus-tard"))
    assert f"http://localhost{respondent.address('relecture')}" in page.text
    assert 'class="segno"' in page.text


def test_what_is_given_to_keep_and_to_scan_is_at_the_public_address_whatever_the_request_says(
    respondent: Respondent, app: Flask
) -> None:
    app.config |= {"PUBLIC_URL": "https://grille.exemple.fr", "PUBLIC_URL_GIVEN": True}
    page = respondent.client.get(respondent.address("plus-tard"), headers={"Host": "ailleurs.example"})
    assert f"https://grille.exemple.fr{respondent.address('relecture')}" in page.text
    assert "grille.exemple.fr/repondre" in words(page)
    assert "ailleurs.example" not in page.text


def test_changing_college_keeps_the_answers(respondent: Respondent, database: Database) -> None:
    respondent.answer(1, COO_1="2")
    assert "votre choix actuel" in words(respondent.get(respondent.address("college")))
    moved = respondent.post(respondent.address("college"), {**respondent.form("college"), "college": "agents"})
    assert moved.location == respondent.address("relecture")
    response = find_response(database, respondent.key)
    assert response is not None
    assert response.college == "agents"
    assert dict(response.document.answers) == {"COO-1": Answer(2)}
    assert "Vous répondez comme : Agents" in words(respondent.get(respondent.address(1)))


@pytest.mark.parametrize("college", ["", "martiens", "\x00", "🌱"])
def test_changing_to_a_college_that_does_not_exist_is_refused(respondent: Respondent, college: str) -> None:
    page = respondent.post(respondent.address("college"), {**respondent.form("college"), "college": college}, 422)
    assert links(page)["Choisissez l’un des groupes proposés."] == "#college"


def test_deleting_asks_first_then_leaves_nothing(respondent: Respondent, database: Database, opened: Campaign) -> None:
    respondent.answer(1, COO_1="2", COO_2="3", COO_3_comment="Un mot")
    page = respondent.get(respondent.address("supprimer"))
    assert "Vos 2 réponses et vos commentaires" in words(page)
    assert links(page)["Garder mes réponses"] == respondent.address("relecture")
    fields = respondent.form("supprimer")
    assert "C’est effacé" in words(respondent.post(respondent.address("supprimer"), fields, 200))
    assert participation(database, opened)["habitants"] == 0
    response = find_response(database, respondent.key)
    assert response is not None
    assert dict(response.document.answers) == {}
    for place in (1, "relecture", "fin", "supprimer", "college", "plus-tard"):
        assert "ont été supprimées" in words(respondent.get(respondent.address(place), 410))
    assert "ont été supprimées" in words(respondent.post(respondent.address("supprimer"), fields, 410))
    assert "ont été supprimées" in words(respondent.post(respondent.address(1), fields, 410))
