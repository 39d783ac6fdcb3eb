"""Settings of a campaign: the territory from the official list, one form, no input lost."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

import grille
from storage.campaigns.campaigns import Campaign, all_campaigns, campaign_by_slug
from storage.campaigns.lifecycle import close_campaign
from storage.campaigns.territories import all_territories
from storage.core.engine import Database
from tests.web.conftest import SignIn
from tests.web.forms import post_form, token_in
from tests.web.markup import problems_in

NEW = "/campagnes/nouvelle"
PLAN = "/campagnes/territoires/ici/nouvelle"


def typed(**changes: str) -> dict[str, str]:
    """What a browser sends for a campaign of the grid's five colleges."""
    rows = {}
    for number, college in enumerate(grille.current().colleges):
        row = {"code": college.code, "used": "y", "label": college.label, "size": "", "target": "", "like": "elus"}
        rows |= {f"colleges-{number}-{name}": value for name, value in row.items()}
    base = {"name": "Bilan", "year": "2026", "form": "short", "version": "2026.1", "k": "5"}
    return {**base, "opens_on": "", "closes_on": "", **rows, **changes}


def send(client: FlaskClient, address: str = PLAN, **changes: str) -> Any:
    return post_form(client, address, **typed(**changes))


def test_the_minutes_of_each_length_are_those_of_the_longest_college_as_on_the_welcome_page(
    pilot: FlaskClient, database: Database
) -> None:
    page = pilot.get(PLAN).text
    assert [int(number) for number in re.findall(r"environ (\d+) minutes", page)] == [10, 18]
    send(pilot, form="full")
    (campaign,) = all_campaigns(database)
    assert "Environ 18 minutes" in pilot.get(f"/campagnes/{campaign.slug}/apercu/accueil").text


def test_the_programme_searches_the_official_list_without_script(sign_in: SignIn) -> None:
    client = sign_in("programme", None)
    page = client.get(NEW, query_string={"q": "saint-aubin 91"})
    assert problems_in(page.text) == []
    assert "Saint-Aubin (91)" in page.text
    assert "1er janvier 2026" in page.text
    assert "Aucun territoire" in client.get(NEW, query_string={"q": "zzzz"}).text


def test_the_script_gets_the_same_places(sign_in: SignIn) -> None:
    found = sign_in("programme", None).get("/campagnes/lieux", query_string={"q": "l'haÿ les r"}).get_json()
    assert [place["label"] for place in found] == ["L’Haÿ-les-Roses (94)"]


def test_a_place_becomes_a_territory_once(sign_in: SignIn, database: Database) -> None:
    client = sign_in("programme", None)
    for _ in range(2):
        answer = post_form(client, NEW, code="94038")
        assert answer.headers["Location"] == "/campagnes/territoires/l-hay-les-roses/nouvelle"
    one = next(one for one in all_territories(database) if one.slug == "l-hay-les-roses")
    assert (one.name, one.kind, one.official_code) == ("L’Haÿ-les-Roses", "commune", "94038")


def test_homonyms_have_addresses_of_their_own(sign_in: SignIn) -> None:
    client = sign_in("programme", None)
    first, second = (post_form(client, NEW, code=code).headers["Location"] for code in ("91538", "39476"))
    assert first != second


@pytest.mark.parametrize("code", ["", "99999", "\0"])
def test_a_place_must_be_in_the_list(sign_in: SignIn, code: str) -> None:
    answer = post_form(sign_in("programme", None), NEW, code=code)
    assert answer.status_code == 422
    assert "Choisissez un territoire dans la liste" in answer.text


def test_a_pilot_starts_from_their_own_territories_only(pilot: FlaskClient) -> None:
    page = pilot.get(NEW)
    assert PLAN in page.text
    assert "Commune ou intercommunalité" not in page.text
    assert pilot.get("/campagnes/lieux?q=a").status_code == 404
    assert post_form(pilot, NEW, seen_at=PLAN, code="94038").status_code == 404


def test_a_plan_becomes_a_draft(pilot: FlaskClient, database: Database) -> None:
    answer = send(pilot, **{"colleges-0-size": "1 200", "closes_on": "31/03/2026"})
    kept = campaign_by_slug(database, "ici-2026")
    assert kept is not None
    assert answer.headers["Location"] == "/campagnes/ici-2026"
    assert kept.status == "draft"
    assert [college.code for college in kept.colleges] == ["elus", "agents", "associations", "habitants", "entreprises"]
    assert kept.colleges[0].size == 1200
    assert str(kept.closes_on) == "2026-03-31"


def test_an_open_call_is_kept_shown_again_and_taken_back(pilot: FlaskClient, database: Database) -> None:
    send(pilot, **{"colleges-3-voluntary": "y"})
    kept = campaign_by_slug(database, "ici-2026")
    assert kept is not None
    assert kept.voluntary == ("habitants",)
    page = pilot.get("/campagnes/ici-2026/reglages").text
    assert re.findall(r'checked[^>]*name="colleges-(\d)-voluntary"', page) == ["3"]
    send(pilot, "/campagnes/ici-2026/reglages")
    again = campaign_by_slug(database, "ici-2026")
    assert again is not None
    assert again.voluntary == ()


def test_an_unticked_college_does_not_take_part(pilot: FlaskClient, database: Database) -> None:
    fields = typed()
    del fields["colleges-4-used"]
    post_form(pilot, PLAN, **fields)
    kept = campaign_by_slug(database, "ici-2026")
    assert kept is not None
    assert [college.code for college in kept.colleges] == ["elus", "agents", "associations", "habitants"]


def test_everything_wrong_is_said_at_once_and_nothing_typed_is_lost(pilot: FlaskClient, database: Database) -> None:
    wrong = {"name": " ", "year": "26a", "k": "2", "opens_on": "2026-05-02", "closes_on": "2026-05-01"}
    answer = send(pilot, **wrong, **{"colleges-1-label": "", "colleges-2-size": "0", "colleges-3-target": "douze"})
    assert answer.status_code == 422
    assert problems_in(answer.text) == []
    assert "7 choses sont à corriger" in answer.text
    for kept in ("26a", "douze", "2026-05-02"):
        assert f'value="{kept}"' in answer.text
    assert all_campaigns(database) == []


def test_two_colleges_of_one_name_are_refused_with_the_rest_kept(pilot: FlaskClient) -> None:
    answer = send(pilot, name="Mon bilan", **{"colleges-1-label": "Élus"})
    assert answer.status_code == 422
    assert "Deux collèges s’appellent « Élus »" in answer.text
    assert 'value="Mon bilan"' in answer.text


def test_a_college_is_added_and_the_rest_is_kept(pilot: FlaskClient, database: Database) -> None:
    page = send(pilot, name="Mon bilan", ajouter="1")
    assert page.status_code == 200
    assert 'name="colleges-5-label"' in page.text
    assert 'value="Mon bilan"' in page.text
    row = {"code": "", "used": "y", "label": "Jeunes", "size": "", "target": "", "like": "habitants"}
    send(pilot, **{f"colleges-5-{name}": value for name, value in row.items()})
    kept = campaign_by_slug(database, "ici-2026")
    assert kept is not None
    assert kept.colleges[-1].label == "Jeunes"
    assert kept.grid.skill("COO-1").wording["jeunes"] == kept.grid.skill("COO-1").wording["habitants"]


@pytest.mark.parametrize("field", ["form", "version"])
def test_a_choice_that_was_not_proposed_is_refused(pilot: FlaskClient, field: str) -> None:
    assert send(pilot, **{field: "autre"}).status_code == 422


def test_a_draft_is_changed_through_the_same_form(pilot: FlaskClient, draft: Campaign, database: Database) -> None:
    address = f"/campagnes/{draft.slug}/reglages"
    page = pilot.get(address)
    assert problems_in(page.text) == []
    assert 'value="Conseil municipal"' in page.text
    answer = send(pilot, address, name="Printemps", version="2024.1")
    assert answer.status_code == 303
    kept = campaign_by_slug(database, draft.slug)
    assert kept is not None
    assert (kept.name, kept.grid.version) == ("Printemps", "2024.1")


def test_a_running_campaign_has_no_settings_left(pilot: FlaskClient, running: Campaign) -> None:
    assert pilot.get(f"/campagnes/{running.slug}/reglages").status_code == 404


def test_a_draft_is_discarded_after_a_question(pilot: FlaskClient, draft: Campaign, database: Database) -> None:
    address = f"/campagnes/{draft.slug}/supprimer"
    assert "Supprimer le brouillon" in pilot.get(address).text
    assert post_form(pilot, address).status_code == 303
    assert all_campaigns(database) == []


def test_the_preview_is_the_real_questionnaire_and_keeps_nothing(
    pilot: FlaskClient, draft: Campaign, database: Database
) -> None:
    address = f"/campagnes/{draft.slug}/apercu/jeunes"
    page = pilot.get(f"{address}/1")
    assert "Aperçu" in page.text
    assert draft.grid.skill("COO-1").wording["habitants"][:20] in page.text
    sent = {"csrf_token": token_in(page.text), "q_COO-1": "3"}
    assert pilot.post(f"{address}/1", data={**sent, "vers": "suite"}).headers["Location"] == f"{address}/2"
    assert pilot.post(f"{address}/5", data={**sent, "vers": "suite"}).headers["Location"] == f"/campagnes/{draft.slug}"
    reading = pilot.post(f"{address}/2", data={**sent, "vers": "lecture"}).headers["Location"]
    assert reading == f"{address}/2?lecture=facile"
    reply = pilot.post(f"{address}/1", data=sent, headers={"Accept": "application/json"}).get_json()
    assert reply["status"] == "Aperçu : rien n’est enregistré"
    assert pilot.get(f"{address}/college").status_code == 303
    assert database["responses"].count == 0


@pytest.mark.parametrize("wrong", ["jeunes/0", "jeunes/6", "martiens/1"])
def test_there_is_no_preview_of_what_does_not_exist(pilot: FlaskClient, draft: Campaign, wrong: str) -> None:
    assert pilot.get(f"/campagnes/{draft.slug}/apercu/{wrong}").status_code == 404


def test_the_year_before_is_proposed_from_the_second_campaign_on(
    pilot: FlaskClient, running: Campaign, database: Database
) -> None:
    assert "avec le recul" not in pilot.get(PLAN).text
    close_campaign(database, running)
    page = pilot.get(PLAN).text
    assert problems_in(page) == []
    assert "avec le recul" in page
    address = send(pilot, year="2027", retrospective="y").headers["Location"]
    draft = campaign_by_slug(database, address.rpartition("/")[2])
    assert draft is not None
    assert draft.retrospective
    assert 'name="retrospective" type="checkbox" value="y"' in pilot.get(f"{address}/reglages").text
    send(pilot, f"{address}/reglages", year="2027")
    revised = campaign_by_slug(database, draft.slug)
    assert revised is not None
    assert not revised.retrospective


def codes(database: Database) -> list[str]:
    (kept,) = all_campaigns(database)
    return [college.code for college in kept.colleges]


@pytest.mark.parametrize(
    "code", ["atelier", "territoire", "", " ", "martiens", "../../etc", "a'\"b", "elus\r\nX: y", "x" * 300, "habitants"]
)
def test_codes_of_colleges_are_ours_whatever_the_form_says(code: str, pilot: FlaskClient, database: Database) -> None:
    answer = send(pilot, **{"colleges-0-code": code, "colleges-0-label": "Conseil"})
    assert answer.status_code == 303
    assert len(set(codes(database))) == 5
    assert "atelier" not in codes(database)
    assert all(re.fullmatch(r"[a-z0-9-]{1,40}", one) for one in codes(database))
    assert ("conseil" in codes(database)) is (code != "habitants") or "habitants-2" in codes(database)
    draft = all_campaigns(database)[0]
    for rest in ("", "/reglages", "/apercu/conseil/1", "/liens"):
        assert pilot.get(f"/campagnes/{draft.slug}{rest}").status_code in {200, 404}


def test_a_draft_keeps_the_codes_of_its_own_colleges_and_takes_no_others(
    pilot: FlaskClient, database: Database
) -> None:
    row = {"code": "", "used": "y", "label": "L" * 60, "like": "habitants"}
    send(pilot, **{f"colleges-5-{name}": value for name, value in row.items()})
    before = codes(database)
    assert before[-1] == "l" * 40
    address = f"/campagnes/{all_campaigns(database)[0].slug}/reglages"
    row |= {"code": before[-1], "label": "Jeunes"}
    send(pilot, address, **{f"colleges-5-{name}": value for name, value in row.items()})
    assert codes(database) == before
    assert all_campaigns(database)[0].colleges[-1].label == "Jeunes"


def test_a_name_stays_on_one_line(pilot: FlaskClient, database: Database) -> None:
    send(pilot, name="Bilan\r\nX: y", **{"colleges-0-label": "Élus\r\net \u202emaires"})
    (kept,) = all_campaigns(database)
    assert (kept.name, kept.colleges[0].label) == ("Bilan X: y", "Élus et maires")
