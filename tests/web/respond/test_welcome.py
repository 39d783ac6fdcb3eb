import re

import pytest
from flask import Flask

import grille
from questionnaires import Answer, Questionnaire
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign, open_campaign
from storage.campaigns.share_links import create_link, find_link, revoke_link
from storage.core.engine import Database
from storage.responses.responses import find_response
from tests.saving import save_by_key
from tests.web.respond.respondent import Respondent, form_of, in_line, links, words


def count_responses(database: Database) -> int:
    return int(database.execute("SELECT count(*) FROM responses").fetchone()[0])


def test_the_welcome_says_why_how_long_anonymity_and_what_becomes_of_it(newcomer: Respondent, opened: Campaign) -> None:
    said = words(newcomer.get(f"/repondre/{newcomer.token}"))
    longest = max(Questionnaire(opened.grid, "short", college.code).minutes for college in opened.colleges)
    for promise in (
        f"Environ {longest} minutes",
        "15 questions, en 5 étapes",
        "Ni nom, ni compte, ni cookie",
        "moins de 5 personnes",
        "prévue le 31 mars 2099",
        "proposition du projet",
    ):
        assert promise in said
    assert "fictif" not in said


def test_each_college_is_a_button_that_leads_to_the_first_page(newcomer: Respondent, opened: Campaign) -> None:
    for college in opened.colleges:
        newcomer.begin(college.code)
        assert college.label in words(newcomer.get(newcomer.address(1)))


def test_a_link_that_names_a_college_does_not_ask_for_it(app: Flask, database: Database, opened: Campaign) -> None:
    create_link(database, opened, "elus", token="le-lien-des-elus")
    person = Respondent(app, "le-lien-des-elus")
    page = person.get("/repondre/le-lien-des-elus")
    assert "à quel titre" not in words(page)
    assert "Commencer" in words(page)
    place = person.post("/repondre/le-lien-des-elus", {**form_of(page.text), "college": "habitants"}).location
    response = find_response(database, place.split("/")[2])
    assert response is not None
    assert response.college == "elus"


def test_a_double_click_begins_one_response(newcomer: Respondent, database: Database) -> None:
    home = f"/repondre/{newcomer.token}"
    fields = {**form_of(newcomer.get(home).text), "college": "agents"}
    assert newcomer.post(home, fields).location == newcomer.post(home, fields).location
    assert count_responses(database) == 1


@pytest.mark.parametrize("college", ["", "martiens", "\x00", "🌱", "atelier", "x" * 100_000])
def test_a_college_that_does_not_exist_is_refused_with_what_to_do(
    newcomer: Respondent, database: Database, college: str
) -> None:
    home = f"/repondre/{newcomer.token}"
    page = newcomer.post(home, {**form_of(newcomer.get(home).text), "college": college}, 422)
    assert links(page)["Choisissez l’un des groupes proposés."] == "#college"
    assert 'id="college"' in page.text
    assert count_responses(database) == 0


@pytest.mark.parametrize("broken", ["csrf_token", "nonce"])
@pytest.mark.parametrize("value", ["", "é", "0" * 32])
def test_a_form_that_does_not_come_from_the_welcome_begins_nothing(
    newcomer: Respondent, database: Database, broken: str, value: str
) -> None:
    home = f"/repondre/{newcomer.token}"
    fields = {**form_of(newcomer.get(home).text), "college": "elus", broken: value}
    assert "Choisissez de nouveau" in words(newcomer.post(home, fields, 400))
    assert count_responses(database) == 0


@pytest.mark.parametrize("token", ["rien", "%00", "%F0%9F%8C%B1", "x" * 3000, "%ED%B2%80", "..", "'--"])
def test_an_unknown_address_says_what_to_do(newcomer: Respondent, token: str) -> None:
    for response in (newcomer.get(f"/repondre/{token}", 404), newcomer.post(f"/repondre/{token}", {}, 404)):
        assert "demandez un nouveau lien" in words(response)
    assert "n’ouvre aucun questionnaire" in words(newcomer.get(f"/repondre/{token}/1", 404))


def test_a_revoked_link_lets_nobody_in_but_keeps_who_has_begun(respondent: Respondent, database: Database) -> None:
    link = find_link(database, respondent.token)
    assert link is not None
    revoke_link(database, link)
    assert "votre propre adresse fonctionne toujours" in words(respondent.get(f"/repondre/{respondent.token}", 410))
    assert respondent.post(f"/repondre/{respondent.token}", {}, 410)
    assert respondent.answer(1, COO_1="3").location == respondent.address(2)


def test_a_closed_campaign_lets_nobody_in(newcomer: Respondent, database: Database, opened: Campaign) -> None:
    close_campaign(database, opened)
    assert "La collecte est terminée" in words(newcomer.get(f"/repondre/{newcomer.token}", 410))


def test_a_campaign_closed_between_the_welcome_and_the_choice_says_so(
    newcomer: Respondent, database: Database, opened: Campaign
) -> None:
    home = f"/repondre/{newcomer.token}"
    fields = {**form_of(newcomer.get(home).text), "college": "elus"}
    close_campaign(database, opened)
    assert "La collecte est terminée" in words(newcomer.post(home, fields, 410))


def test_a_draft_says_when_it_will_open(newcomer: Respondent, database: Database, opened: Campaign) -> None:
    database.execute("UPDATE campaigns SET status = 'draft', opens_on = '2099-01-05' WHERE id = ?", (opened.id,))
    assert "Elle ouvrira le 5 janvier 2099" in words(newcomer.get(f"/repondre/{newcomer.token}", 403))
    database.execute("UPDATE campaigns SET opens_on = '2026-01-01' WHERE id = ?", (opened.id,))
    late = words(newcomer.get(f"/repondre/{newcomer.token}", 403))
    assert "Elle devait ouvrir le 1er janvier 2026" in late
    assert "ouvrira" not in late
    database.execute("UPDATE campaigns SET opens_on = NULL WHERE id = ?", (opened.id,))
    assert "Revenez un peu plus tard" in words(newcomer.get(f"/repondre/{newcomer.token}", 403))


def test_one_s_own_key_alone_leads_back_to_one_s_answers(respondent: Respondent) -> None:
    assert respondent.get(f"/repondre/{respondent.key}", 303).location == respondent.address(1)
    assert respondent.post(f"/repondre/{respondent.key}", {}).location == respondent.address(1)


@pytest.mark.parametrize(
    "typed", ["{token}", " {token} ", "/repondre/{token}", "https://grille.example/repondre/{token}?lecture=facile#a"]
)
def test_the_code_page_takes_a_code_or_a_whole_address(newcomer: Respondent, typed: str) -> None:
    response = newcomer.post("/repondre/", {"code": typed.format(token=newcomer.token)})
    assert response.location == f"/repondre/{newcomer.token}"


def test_the_code_page_says_when_nothing_was_typed(newcomer: Respondent) -> None:
    assert "Écrivez ou collez" not in words(newcomer.get("/repondre/"))
    page = newcomer.post("/repondre/", {"code": " "}, 422)
    assert links(page)["Écrivez ou collez ici votre lien ou votre code."] == "#code"


def test_the_easy_wording_is_one_switch_that_every_page_keeps(newcomer: Respondent, opened: Campaign) -> None:
    home = f"/repondre/{newcomer.token}"
    easy = links(newcomer.get(home))["Lecture facile"]
    assert easy == f"{home}?lecture=facile"
    page = newcomer.get(easy)
    assert links(page)["Lecture habituelle"] == home
    first = newcomer.post(easy, {**form_of(page.text), "college": "elus"}).location
    assert first.endswith("/1?lecture=facile")
    newcomer.key = first.split("/")[2]
    plain = Questionnaire(opened.grid, "short", "elus", plain=True).questions[0].stem
    usual = Questionnaire(opened.grid, "short", "elus").questions[0].stem
    assert in_line(plain) in words(newcomer.get(first))
    assert in_line(usual) in words(newcomer.get(newcomer.address(1)))
    for said in ("Personne ne sait qui décide.", "Décider et agir ensemble.", "Cette question n’est pas pour ici"):
        assert in_line(said) in words(newcomer.get(first))
        assert in_line(said) not in words(newcomer.get(newcomer.address(1)))
    assert "De quoi parle-t-on" in words(newcomer.get(newcomer.address(1)))
    assert "De quoi parle-t-on" not in words(newcomer.get(first))
    assert newcomer.answer("1?lecture=facile", COO_1="2").location == newcomer.address("2?lecture=facile")


def test_the_duration_said_is_the_measured_one(database: Database, newcomer: Respondent, opened: Campaign) -> None:
    home = f"/repondre/{newcomer.token}"
    past = open_campaign(database, opened.territory, opened.grid, name="Avant", year=2025)
    close_campaign(database, past)
    usual = newcomer.get(home).text
    database.execute("UPDATE campaigns SET pace_seconds = 52 WHERE id = ?", (past.id,))
    assert "Environ 13 minutes" in in_line(newcomer.get(home).text)
    assert "Environ 13 minutes" not in in_line(usual)


def test_the_switch_on_a_question_page_saves_first(respondent: Respondent) -> None:
    moved = respondent.answer(1, COO_1="4", vers="lecture").location
    assert moved == respondent.address("1?lecture=facile")
    assert respondent.chosen("1?lecture=facile") == {"q_COO-1": "4"}
    assert respondent.answer("1?lecture=facile", vers="lecture").location == respondent.address(1)


def test_another_form_has_all_its_questions(app: Flask, database: Database, opened: Campaign) -> None:
    whole = open_campaign(database, opened.territory, grille.current(), name="Complet", year=2027, form="full")
    create_link(database, whole, token="le-lien-complet")
    person = Respondent(app, "le-lien-complet")
    assert "28 questions, en 5 étapes" in words(person.get("/repondre/le-lien-complet"))
    person.begin("entreprises")
    assert "q_COO-6" in person.get(person.address(1)).text


def test_someone_else_s_answers_are_never_shown(app: Flask, database: Database, respondent: Respondent) -> None:
    save_by_key(database, respondent.key, {"COO-1": Answer(4)})
    other = Respondent(app, respondent.token)
    other.begin("habitants")
    assert other.key != respondent.key
    assert other.chosen(1) == {}


def test_a_link_sent_in_a_message_is_previewed_without_a_third_party(newcomer: Respondent) -> None:
    html = newcomer.get(f"/repondre/{newcomer.token}").text
    said = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]+)">', html))
    assert "Pré-en-Brume" in said["title"]
    assert "minute" in said["description"]
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/static/icon-512\.\w+\.png", said["image"])
