"""One device, many people: given back, it opens nothing of whoever answered on it; the next person begins at once."""

import re

import pytest
from flask import Flask

from questionnaires import Answer
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign
from storage.campaigns.share_links import create_share_link
from storage.core.engine import Database
from storage.core.tokens import secret_from
from storage.responses.responses import delete_response, find_response
from storage.responses.resume_codes import key_of
from tests.web.respond.respondent import Respondent, form_of, links, words

CODE = re.compile(r'translate="no">(\S{11})<')


@pytest.fixture
def token(app: Flask, database: Database, opened: Campaign) -> str:
    return create_share_link(database, opened, None, app.config["SECRET_KEY"], lent=True)


@pytest.fixture
def first(app: Flask, token: str) -> Respondent:
    """Who answers first on the lent device."""
    person = Respondent(app, token)
    person.begin("habitants")
    person.answer(1, COO_1="3")
    return person


def code_on(person: Respondent, page: str) -> str:
    found = CODE.search(person.get(person.address(page)).text)
    assert found
    return found[1]


def given_back(person: Respondent, **pressed: str) -> str:
    """Where the device goes once this person has given it back."""
    return person.post(person.address("rendre"), person.form("rendre") | pressed).location


def test_the_former_address_opens_nothing_and_the_code_still_does(first: Respondent, token: str) -> None:
    code, key = code_on(first, "rendre"), first.key
    there = given_back(first)
    assert there == f"/repondre/{token}?appareil=rendu"
    assert "rien n’y reste de la personne d’avant" in words(first.get(there))
    for page in ("", "/1", "/relecture", "/fin", "/rendre", "/copie", "/plus-tard", "/mes-reponses.json"):
        assert "Cette adresse n’ouvre aucun questionnaire" in words(first.get(f"/repondre/{key}{page}", 404))
    place = first.post("/repondre/", {"code": code}).location
    assert first.key not in place
    first.key = place.split("/")[2]
    assert first.chosen(1) == {"q_COO-1": "3"}
    assert code_on(first, "plus-tard") == code


def test_the_next_person_begins_another_response(first: Respondent, token: str, database: Database) -> None:
    given_back(first)
    former = first.key
    first.begin("habitants")
    assert first.key != former
    assert first.chosen(1) == {}
    assert database["responses"].count == 2


def test_a_second_click_goes_to_the_same_place(first: Respondent) -> None:
    form = first.form("rendre")
    places = [first.post(first.address("rendre"), form).location for _click in range(2)]
    assert places[0] == places[1]


def test_the_browser_is_asked_to_drop_the_pages_it_keeps(first: Respondent) -> None:
    answer = first.post(first.address("rendre"), first.form("rendre"))
    assert answer.headers["Clear-Site-Data"] == '"cache"'


def test_answers_are_sent_with_the_device_when_asked(
    first: Respondent, database: Database, app: Flask, opened: Campaign
) -> None:
    code = code_on(first, "rendre").replace("-", "")
    given_back(first, envoyer="oui")
    response = find_response(database, key_of(database, code, app.config["SECRET_KEY"]) or "")
    assert response is not None
    assert response.submitted_at is not None
    assert response.lent_link is None
    assert dict(response.document.answers) == {"COO-1": Answer(3)}


def test_every_page_of_questions_of_a_lent_device_gives_it_back_saving_what_it_shows(
    first: Respondent, respondent: Respondent
) -> None:
    assert "Rendre l’appareil" in words(first.get(first.address(2)))
    assert first.answer(2, CON_1="2", vers="rendre").location == first.address("rendre")
    assert first.chosen(2) == {"q_CON-1": "2"}
    assert "Rendre l’appareil" not in words(respondent.get(respondent.address(2)))


def test_a_form_from_elsewhere_gives_nothing_back(first: Respondent) -> None:
    page = first.post(first.address("rendre"), {"csrf_token": "faux"}, 400)
    assert "ne peut pas prouver" in words(page)
    assert first.chosen(1) == {"q_COO-1": "3"}


def test_a_code_typed_on_a_lent_device_lends_it_to_that_response_too(
    first: Respondent, respondent: Respondent, token: str
) -> None:
    code = code_on(respondent, "plus-tard")
    given_back(first)
    entry = first.get(links(first.get(f"/repondre/{token}"))["Déjà commencé ? Reprendre avec mon code"])
    assert first.post("/repondre/", {**form_of(entry.text), "code": code}).location == respondent.address(1)
    assert given_back(respondent) == f"/repondre/{token}?appareil=rendu"


@pytest.mark.parametrize("lien", ["", "inconnu", "a\x00b", "é" * 3000])
def test_any_device_can_be_given_back_and_a_strange_link_leads_to_the_codes(respondent: Respondent, lien: str) -> None:
    code = code_on(respondent, "rendre")
    assert given_back(respondent, lien=lien) == "/repondre/?appareil=rendu"
    assert respondent.post("/repondre/", {"code": code, "lien": lien}).location


def test_deleting_on_a_lent_device_leads_to_the_next_person(first: Respondent, token: str) -> None:
    page = first.post(first.address("supprimer"), first.form("supprimer"), 200)
    assert links(page)["À la personne suivante"] == f"/repondre/{token}?appareil=rendu"


def test_closing_forgets_which_link_a_device_was_lent_with(
    first: Respondent, database: Database, opened: Campaign
) -> None:
    close_campaign(database, opened)
    assert given_back(first) == "/repondre/?appareil=rendu"


class TestHavingSomebodyElseAnswer:
    def test_the_thanks_hand_on_the_link_of_everybody_and_never_one_s_own(
        self, respondent: Respondent, database: Database, opened: Campaign, app: Flask
    ) -> None:
        public = create_share_link(database, opened, None, app.config["SECRET_KEY"])
        respondent.answer(1, COO_1="2")
        respondent.post(respondent.address("relecture"), respondent.form("relecture"))
        thanks = respondent.get(respondent.address("fin"))
        there = links(thanks)["Faire répondre quelqu’un"]
        assert there == f"/repondre/{public}/partager"
        assert f'<link rel="canonical" href="/repondre/{public}">' in thanks.text
        page = respondent.get(there)
        assert respondent.key not in page.text
        assert f"/repondre/{public}<" in page.text

    def test_without_such_a_link_or_on_a_lent_device_nothing_is_handed_on(
        self, first: Respondent, respondent: Respondent
    ) -> None:
        for person in (first, respondent):
            person.answer(1, COO_1="2")
            person.post(person.address("relecture"), person.form("relecture"))
            assert "Faire répondre quelqu’un" not in words(person.get(person.address("fin")))

    def test_a_key_or_an_unknown_link_is_no_link_to_hand_on(self, respondent: Respondent) -> None:
        for token in (respondent.key, "inconnu"):
            respondent.get(f"/repondre/{token}/partager", 404)


class TestComingBack:
    @pytest.mark.parametrize(
        ("answers", "place"),
        [({}, 1), ({1: {"COO_1": "3"}}, 1), ({3: {"FAC_1": "3"}}, 3), ({2: {"CON_1": "1"}, 1: {"COO_1": "1"}}, 1)],
    )
    def test_a_code_leads_straight_to_where_one_was(
        self, respondent: Respondent, answers: dict[int, dict[str, str]], place: int
    ) -> None:
        for page, given in answers.items():
            respondent.answer(page, **given)
        code = code_on(respondent, "plus-tard")
        assert respondent.post("/repondre/", {"code": code}).location == respondent.address(place)
        assert respondent.get(f"/repondre/{respondent.key}", 303).location == respondent.address(place)

    def test_a_complete_page_leads_to_the_next(self, respondent: Respondent) -> None:
        respondent.answer(2, CON_1="1", CON_2="1", CON_3="1")
        assert respondent.get(f"/repondre/{respondent.key}", 303).location == respondent.address(3)

    def test_what_was_sent_opens_on_its_review(self, respondent: Respondent) -> None:
        respondent.answer(1, COO_1="3")
        respondent.post(respondent.address("relecture"), respondent.form("relecture"))
        assert respondent.get(f"/repondre/{respondent.key}", 303).location == respondent.address("relecture")

    def test_wherever_one_is_refused_a_code_can_be_typed(self, respondent: Respondent) -> None:
        page = respondent.get("/repondre/inconnu", 404)
        assert "Vous aviez déjà commencé ?" in words(page)
        assert respondent.post("/repondre/", {"code": code_on(respondent, "plus-tard")}).location

    def test_a_copy_of_one_s_answers_is_read_and_printed_without_its_address(
        self, respondent: Respondent, database: Database, opened: Campaign
    ) -> None:
        respondent.answer(1, COO_1="3", COO_1_comment="La halle, le samedi", COO_2="SO", COO_2_reason="Pas ici")
        page = words(respondent.get(respondent.address("copie")))
        for said in ("Pratique installée", "La halle, le samedi", "Pas ici", "Habitants", "Pas encore envoyées"):
            assert said in page
        assert respondent.key not in page
        close_campaign(database, opened)
        assert "Enregistrées jusqu’à la clôture" in words(respondent.get(respondent.address("copie")))


class TestWithoutANetwork:
    def test_the_device_holds_the_blank_pages_of_every_college(self, app: Flask, token: str, opened: Campaign) -> None:
        kit = Respondent(app, token).get(f"/repondre/{token}/pret").json
        assert kit
        assert set(kit["colleges"]) == {college.code for college in opened.colleges}
        for college in kit["colleges"].values():
            assert set(college["pages"]) == {"1", "2", "3", "4", "5", "relecture", "rendre", "ici"}
            assert sum(len(codes) for codes in college["questions"].values()) == 15
            assert kit["placeholder"] in college["pages"]["rendre"]
            assert "checked" not in college["pages"]["1"]
        assert "Sans réseau, votre code ne peut pas être donné" in kit["colleges"]["habitants"]["pages"]["rendre"]
        assert 'name="nonce" value=""' in kit["pages"][f"/repondre/{token}"]
        assert any("device" in file for file in kit["files"])

    def test_a_response_begun_there_is_begun_once_however_often_it_is_sent(
        self, app: Flask, token: str, database: Database, opened: Campaign
    ) -> None:
        client = app.test_client()
        start = {"nonce": "AAAAAAAAAAAAAAAAAAAAAA", "college": "habitants"}
        keys = [client.post(f"/repondre/{token}/depart", json=start).json["key"] for _time in range(2)]  # type: ignore[index]
        assert keys == [secret_from(start["nonce"], opened.id)] * 2
        sent = {"answers": {"COO-1": {"fields": {"q_COO-1": "3"}, "at": 1}}, "submit": True, "handed": True}
        for _time in range(2):
            assert client.post(f"/repondre/{keys[0]}/envoi", json=sent).status_code == 200
        first = Respondent(app, token)
        first.get(f"/repondre/{keys[0]}/1", 404)
        assert database["responses"].count == 1

    @pytest.mark.parametrize("end", [{"handed": True}, {"submit": True}, {"submit": True, "handed": True}, "deleted"])
    def test_a_start_that_comes_again_after_the_end_of_its_response_begins_no_other(
        self, app: Flask, token: str, database: Database, end: dict[str, bool] | str
    ) -> None:
        client, start = app.test_client(), {"nonce": "B" * 22, "college": "habitants"}
        key = client.post(f"/repondre/{token}/depart", json=start).json["key"]  # type: ignore[index]
        sent = {"answers": {"COO-1": {"fields": {"q_COO-1": "3"}, "at": 1}}}
        client.post(f"/repondre/{key}/envoi", json=sent | end if isinstance(end, dict) else sent)
        if end == "deleted":
            delete_response(database, key)
        again = client.post(f"/repondre/{token}/depart", json=start)
        assert again.json == {"key": key}
        client.post(f"/repondre/{key}/envoi", json=sent)
        assert database["responses"].count == 1

    def test_closing_forgets_the_starts(self, app: Flask, token: str, database: Database, opened: Campaign) -> None:
        start = {"nonce": "C" * 22, "college": "habitants"}
        app.test_client().post(f"/repondre/{token}/depart", json=start)
        assert database["device_starts"].count == 1
        close_campaign(database, opened)
        assert database["device_starts"].count == 0

    def test_what_is_given_back_after_the_closing_opens_nothing_either(
        self, first: Respondent, database: Database, opened: Campaign
    ) -> None:
        close_campaign(database, opened)
        sent = {"answers": {}, "handed": True}
        assert first.client.post(first.address("envoi"), json=sent).status_code == 409
        first.get(first.address("fin"), 404)

    @pytest.mark.parametrize("body", [{}, {"nonce": "court", "college": "elus"}, {"nonce": "A" * 22, "college": 3}, []])
    def test_a_start_that_says_nothing_is_refused(self, app: Flask, token: str, body: object) -> None:
        assert app.test_client().post(f"/repondre/{token}/depart", json=body).status_code == 400

    def test_only_a_lent_link_gives_its_kit_and_takes_starts(self, respondent: Respondent) -> None:
        for name in (respondent.token, respondent.key, "inconnu"):
            respondent.get(f"/repondre/{name}/pret", 404)
            start = {"nonce": "A" * 22, "college": "habitants"}
            assert respondent.client.post(f"/repondre/{name}/depart", json=start).status_code == 404
