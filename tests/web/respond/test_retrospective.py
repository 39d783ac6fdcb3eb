"""« Avec le recul »: asked if the campaign says so, stored apart from answers, a separate series of the profile."""

import re
from dataclasses import replace

import pytest
from flask import Flask

import grille
from questionnaires import Answer
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign, open_campaign
from storage.campaigns.share_links import create_link
from storage.core.engine import Database
from storage.responses.computed.profiles import campaign_profile
from storage.responses.responses import find_response
from tests.saving import save_by_key
from tests.web.respond.respondent import Respondent

TOKEN = "le-lien-du-recul"


@pytest.fixture
def looking_back(database: Database, opened: Campaign) -> Campaign:
    """A campaign of the year after, that also asks about the year before."""
    place, grid = opened.territory, grille.current()
    later = open_campaign(database, place, grid, name="Bilan 2027", year=2027, retrospective=True)
    create_link(database, later, token=TOKEN)
    return later


@pytest.fixture
def someone(app: Flask, looking_back: Campaign) -> Respondent:
    newcomer = Respondent(app, TOKEN)
    newcomer.begin("habitants")
    return newcomer


def stored(database: Database, someone: Respondent) -> dict[str, Answer]:
    response = find_response(database, someone.key)
    assert response is not None
    return dict(response.document.answers)


def test_a_campaign_that_does_not_ask_shows_nothing_of_it(respondent: Respondent) -> None:
    assert "Avec le recul" not in respondent.get(respondent.address(1)).text
    respondent.answer(1, 422, COO_1="3", COO_1_before="2")


def test_both_are_kept_shown_again_and_read_again(database: Database, someone: Respondent) -> None:
    someone.answer(1, COO_1="3", COO_1_before="1", COO_2_before="NSP")
    assert stored(database, someone) == {"COO-1": Answer(3, before=1), "COO-2": Answer(before="NSP")}
    assert someone.chosen(1) == {"q_COO-1": "3", "q_COO-1:before": "1", "q_COO-2:before": "NSP"}
    review = someone.get(someone.address("relecture")).text
    assert review.count("Avec le recul, l’an dernier") == 2
    assert "répondu à 1 question" in review


def test_erasing_an_answer_keeps_what_is_said_of_the_year_before(database: Database, someone: Respondent) -> None:
    someone.answer(1, COO_1="3", COO_1_before="1")
    someone.answer(1, effacer="COO-1")
    assert stored(database, someone) == {"COO-1": Answer(before=1)}
    someone.answer(1, COO_1_before="")
    assert stored(database, someone) == {}


def test_a_level_of_no_scale_is_refused(database: Database, someone: Respondent) -> None:
    page = someone.answer(1, 422, COO_1="3", COO_1_before="9")
    assert "n’existe pas dans la grille" in page.text
    assert stored(database, someone) == {"COO-1": Answer(3)}
    with pytest.raises(ValueError, match="Le niveau 9"):
        save_by_key(database, someone.key, {"COO-1": Answer(before=9)})


def test_what_is_said_reaches_the_profile_as_a_difference_within_each_person(
    app: Flask, database: Database, looking_back: Campaign
) -> None:
    for _ in range(5):
        someone = Respondent(app, TOKEN)
        someone.begin("habitants")
        someone.answer(1, COO_1="2", COO_1_before="3")
    close_campaign(database, looking_back)
    profile = campaign_profile(database, replace(looking_back, status="closed"))
    here = "skill == 'COO-1' and college == 'habitants'"
    assert profile.skills.query(here)["mean"].item() == 2
    pairs = profile.hindsight_skills.query(here)
    assert (pairs["n"].item(), pairs["delta"].item()) == (5, -1)  # 2 now, 3 the year before, for each of the five


def test_the_time_said_counts_both_questions(someone: Respondent, newcomer: Respondent) -> None:
    said = [someone.get(f"/repondre/{token}").text for token in (TOKEN, newcomer.token)]
    longer, usual = (int(re.findall(r"Environ\s(\d+)", page)[-1]) for page in said)
    assert longer == usual + 2
