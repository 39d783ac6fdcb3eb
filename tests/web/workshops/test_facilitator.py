"""The facilitator's screen: opening, counts, what is revealed or never is, consensus, two facilitators."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from questionnaires import Answer
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign, open_campaign
from storage.campaigns.territories import territory_by_slug
from storage.core.engine import Database
from storage.responses.workshops import Workshop, consensus_of, open_workshop, record_consensus, workshops_of
from tests.web.conftest import SignIn
from tests.web.forms import post_form
from tests.web.markup import problems_in
from tests.web.respond.respondent import in_line
from tests.web.results.test_any_framework import framework
from tests.web.workshops.conftest import Join, Phone, Screen, fresh


def bars(page: str) -> list[int]:
    """How many people the page says there are at each level."""
    return [int(count) for count in re.findall(r"</svg><b>(\d+)</b>", page)]


def test_opening_takes_the_questionnaire_s_skills_or_those_ticked_in_the_order_wanted(
    facilitator: FlaskClient, opened: Campaign, database: Database
) -> None:
    address = f"/campagnes/{opened.slug}/ateliers"
    page = facilitator.get(address).text
    assert problems_in(page) == []
    assert page.count('name="savoir"') == 28
    assert page.count("checked") == 15
    ticked = {"savoir": ["COO-1", "OUV-5", "INT-2"], "rang:INT-2": "1", "rang:COO-1": " "}
    sent = post_form(facilitator, address, name="Mairie", people="8", **ticked)  # type: ignore[arg-type]
    newest = workshops_of(database, opened)[-1]
    assert sent.location == f"{address}/{newest.id}"
    assert newest.skills == ("INT-2", "COO-1", "OUV-5")


def test_what_is_missing_to_open_is_said_at_once_and_nothing_is_lost(
    facilitator: FlaskClient, opened: Campaign
) -> None:
    answer = post_form(facilitator, f"/campagnes/{opened.slug}/ateliers", name="Mairie", people="quatre")
    assert answer.status_code == 422
    assert "2 choses sont à corriger" in answer.text
    assert 'value="Mairie"' in answer.text
    assert 'value="quatre"' in answer.text


def test_a_rank_that_says_nothing_is_refused_and_given_back(
    facilitator: FlaskClient, opened: Campaign, database: Database
) -> None:
    before = workshops_of(database, opened)
    ranks = {"rang:COO-1": "zut", "rang:COO-2": "-1", "rang:OUV-5": "1 000", "rang:INT-2": "٣", "rang:CON-1": "2"}
    answer = post_form(
        facilitator, f"/campagnes/{opened.slug}/ateliers", people="8", savoir=["COO-1", "OUV-5"], **ranks
    )
    assert answer.status_code == 422
    titles = {skill.code: skill.title for skill in opened.grid.skills}
    said = in_line(answer.text)
    assert "6 choses sont à corriger" in said  # the name too
    for code, typed in (("COO-1", "zut"), ("COO-2", "-1"), ("OUV-5", "1 000"), ("INT-2", "٣")):
        assert f"« {titles[code]} » : « {typed} » n’est pas un rang." in said
        assert f'name="rang:{code}" inputmode="numeric" value="{typed}"' in answer.text
    assert f"« {titles['CON-1']} » a un rang sans être coché" in said
    assert workshops_of(database, opened) == before


def test_the_screen_counts_phones_and_says_nothing_of_what_they_answered(screen: Screen, join: Join) -> None:
    alone = screen.text
    assert problems_in(alone) == []
    assert "aucun téléphone pour l’instant" in in_line(alone)
    join("elus", 4)
    join("habitants")
    reply = screen.client.get(f"{screen.address}/etat")
    assert reply.get_json()["words"] == "2\u00a0téléphones, 1\u00a0réponse"
    tag = {"If-None-Match": reply.headers["ETag"]}
    assert screen.client.get(f"{screen.address}/etat", headers=tag).status_code == 304
    assert bars(screen.text) == []
    assert "Élus" not in screen.text


def test_revealing_shows_everybody_together_once(screen: Screen, join: Join) -> None:
    for level in (0, 1, 1, 4, "SO"):
        join(level=level)
    refused = screen.press("reveler", 409, savoir="COO-1")
    assert "il faut au moins 5 réponses" in in_line(refused)
    last = join(level=4)
    shown = screen.press("reveler", savoir="COO-1")
    assert bars(shown) == [1, 2, 0, 0, 2]
    assert "Sans objet ici : 1" in in_line(shown)
    assert problems_in(shown) == []
    last.answer(0)
    join(level=3)
    assert bars(screen.press("reveler", savoir="COO-1")) == [1, 2, 0, 0, 2]


def test_one_member_of_a_small_college_is_left_out_and_it_is_said(screen: Screen, join: Join) -> None:
    for level in (0, 1, 1, 2, 2):
        join(level=level)
    join("elus", 4)
    shown = screen.press("reveler", savoir="COO-1")
    assert bars(shown) == [1, 2, 2, 0, 0]
    assert "Hors du dessin, pour ne désigner personne : 1." in in_line(shown)


def test_the_group_notes_goes_on_comes_back_and_changes(screen: Screen, database: Database, workshop: Workshop) -> None:
    seen = re.search(r'name="seen" value="(\w+)"', screen.text)
    assert seen is not None
    noted = screen.press("consensus", savoir="COO-1", niveau="0", comment=" Rien encore ", seen=seen[1])
    assert "✓ retenu par le groupe" in noted
    for _double_click in range(2):
        assert "Savoir-faire 2 sur 2" in screen.press("aller", place="1")
    back = screen.press("aller", place="0")
    seen = re.search(r'name="seen" value="(\w+)"', back)
    assert seen is not None
    screen.press("consensus", savoir="COO-1", niveau="2", comment="", seen=seen[1])
    assert consensus_of(database, workshop) == {"COO-1": Answer(2)}
    seen = re.search(r'name="seen" value="(\w+)"', screen.text)
    assert seen is not None
    fields = {"savoir": "COO-1", "niveau": "2", "comment": "Pas d’accord", "rien": "1", "seen": seen[1]}
    assert "✓ retenu par le groupe" not in screen.press("consensus", **fields)
    assert consensus_of(database, workshop) == {"COO-1": Answer(comment="Pas d’accord")}


def test_two_facilitators_do_not_overwrite_each_other(screen: Screen, database: Database, workshop: Workshop) -> None:
    seen = re.search(r'name="seen" value="(\w+)"', screen.text)
    assert seen is not None
    record_consensus(database, workshop, "COO-1", Answer(1), seen="")
    page = screen.press("consensus", 409, savoir="COO-1", niveau="3", comment="À garder", seen=seen[1])
    assert "Quelqu’un d’autre vient de noter" in page
    assert 'value="À garder"' in page
    assert 'value="3" checked' in page
    assert consensus_of(database, workshop) == {"COO-1": Answer(1)}


@pytest.mark.parametrize(
    ("act", "fields", "status"),
    [
        ("consensus", {"savoir": "COO-1", "niveau": "7"}, 422),
        ("consensus", {"savoir": "COO-1", "niveau": "--2"}, 422),
        ("consensus", {"savoir": "OUV-1", "niveau": "2"}, 422),
        ("consensus", {"savoir": "COO-1", "niveau": "2", "comment": "x" * 2001}, 422),
        ("reveler", {"savoir": "CON-1"}, 422),
        ("reveler", {}, 422),
        ("aller", {"place": "-1"}, 422),
        ("aller", {}, 422),
        ("fin", {}, 422),
    ],
)
def test_what_makes_no_sense_is_said_on_the_screen(
    act: str, fields: dict[str, str], status: int, screen: Screen, database: Database, workshop: Workshop
) -> None:
    page = screen.press(act, status, **fields)
    assert 'role="alert"' in page
    assert problems_in(page) == []
    assert fresh(database, workshop).version == 1


def test_ending_is_final(screen: Screen, database: Database, workshop: Workshop) -> None:
    record_consensus(database, workshop, "COO-1", Answer(1, comment="Entendu"), seen="")
    token = {"seen": "", "savoir": "COO-1", "niveau": "3"}
    first = screen.text
    ended = screen.press("fin", sure="1")
    assert problems_in(ended) == []
    assert "Entendu" in ended
    assert "1 · Premiers essais" in in_line(ended)
    late = re.search(r'name="csrf_token" value="([^"]+)"', first)
    assert late is not None
    for act in ("consensus", "aller", "reveler", "fin"):
        data = {"csrf_token": late[1], "place": "1", "sure": "1", **token}
        answer = screen.client.post(f"{screen.address}/{act}", data=data)
        assert answer.status_code == (303 if act == "fin" else 409)
    assert consensus_of(database, workshop)["COO-1"].value == 1


def test_a_campaign_that_closes_meanwhile_ends_the_workshop(
    screen: Screen, database: Database, opened: Campaign
) -> None:
    late = re.search(r'name="csrf_token" value="([^"]+)"', screen.text)
    assert late is not None
    close_campaign(database, opened)
    answer = screen.client.post(
        f"{screen.address}/consensus", data={"csrf_token": late[1], "savoir": "COO-1", "niveau": "3"}
    )
    assert answer.status_code == 409
    assert "L’atelier est terminé" in answer.text
    assert "La collecte est close" in answer.text
    assert "Ouvrir un atelier" not in screen.client.get(f"/campagnes/{opened.slug}/ateliers").text


def test_closing_says_first_that_a_workshop_goes_on(sign_in: SignIn, opened: Campaign) -> None:
    page = in_line(sign_in("pilot", "Ici").get(f"/campagnes/{opened.slug}/cloture").text)
    assert "L’atelier « Réunion » n’est pas terminé" in page


def test_a_group_without_phones_is_led_to_its_consensus(screen: Screen) -> None:
    """The key of the clicker goes on when nobody has answered: there is nothing to reveal."""
    assert screen.client.get(f"{screen.address}/etat").get_json()["first"] == "suite"
    assert 'class="button" id="suite"' in screen.text
    assert 'id="suite"' not in screen.press("aller", place="1")


def test_the_key_of_the_clicker_reveals_only_what_can_be_revealed(screen: Screen, join: Join) -> None:
    """With fewer answers than it takes, a leader who has but a clicker goes on; the screen says why, before the key."""
    for _person in range(4):
        join(level=1)
    state = screen.client.get(f"{screen.address}/etat").get_json()
    assert (state["first"], state["words"]) == ("suite", "4\u00a0téléphones, 4\u00a0réponses")
    assert state["revealing"] == "Une seule fois, à partir de 5 réponses qui choisissent un niveau"
    assert state["revealing"] in screen.text
    assert 'class="button quiet" id="reveler"' in screen.text
    join(level="SO")
    state = screen.client.get(f"{screen.address}/etat").get_json()
    assert state["first"] == "suite"
    assert "il faut au moins 5 réponses" in state["revealing"]
    join(level=1)
    state = screen.client.get(f"{screen.address}/etat").get_json()
    assert (state["first"], state["revealing"].startswith("Une seule fois")) == ("reveler", True)
    assert 'class="button" id="reveler"' in screen.text


def test_any_framework_is_worked_through(facilitator: FlaskClient, app: Flask, database: Database) -> None:
    place = territory_by_slug(database, "ici")
    assert place is not None
    opened = open_campaign(database, place, framework(2, range(1, 11), "ab"), name="Bilan", year=2024)
    one = open_workshop(database, opened, name="Ailleurs", people=6, skills=["F1-1", "F0-0"])
    screen = Screen(facilitator, f"/campagnes/{opened.slug}/ateliers/{one.id}")
    for level in range(6, 11):
        phone = Phone(app, one.code)
        phone.join("a")
        phone.answer(level)
    assert bars(screen.press("reveler", savoir="F1-1")) == [0] * 5 + [1] * 5
    screen.press("consensus", savoir="F1-1", niveau="10", comment="", seen="")
    assert consensus_of(database, one) == {"F1-1": Answer(10)}
    assert problems_in(screen.text) == []


def test_an_unknown_workshop_is_not_there(facilitator: FlaskClient, opened: Campaign) -> None:
    assert facilitator.get(f"/campagnes/{opened.slug}/ateliers/99").status_code == 404
