"""Themes of comments on the pages of a review: proposed, named, merged, split; and comments found by their words."""

import pytest
from flask.testing import FlaskClient

from questionnaires import Answer
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign
from storage.core.engine import Database
from storage.responses.recorded_responses import Recorded, record_responses
from storage.review.comments import comments_of
from storage.review.desk.themes import Theme, themes_of
from tests.web.conftest import Open, SignIn
from tests.web.forms import token_in
from tests.web.review.conftest import address

SAYINGS = ("Les réunions tombent trop tard le soir.", "Aucun retour sur nos propositions.", "Les jeunes sont oubliés.")


@pytest.fixture
def commented(database: Database, campaign: Open) -> Campaign:
    """A closed campaign where thirty people wrote a comment, ten of each kind."""
    opened = campaign("open")
    people = [
        Recorded("habitants", {"COO-1": Answer(2, comment=f"{SAYINGS[rank % 3]} Vu {rank} fois.")})
        for rank in range(30)
    ]
    record_responses(database, opened, people)
    return close_campaign(database, opened)


@pytest.fixture
def reader(sign_in: SignIn, commented: Campaign) -> FlaskClient:
    """A reviewer of the territory."""
    return sign_in("reviewer")


def keep(client: FlaskClient, campaign: Campaign, themes: dict[str, list[str]], **typed: object) -> int:
    """Send the form of themes as a browser does; return the status of the answer."""
    page = client.get(address(campaign, "themes")).text
    version = page.split('name="version" value="')[1].split('"')[0]
    marks = [" ".join(some) for some in themes.values()]
    data = {"csrf_token": token_in(page), "version": version, "name": list(themes), "marks": marks} | typed
    return client.post(address(campaign, "themes"), data=data).status_code


def by_saying(database: Database, campaign: Campaign) -> list[list[str]]:
    known = comments_of(database, campaign)
    return [[one.mark for one in known if one.text.startswith(saying)] for saying in SAYINGS]


def kept(database: Database, campaign: Campaign) -> dict[str, int]:
    return {one.name: one.people for one in themes_of(database, campaign)}


def test_themes_are_proposed_with_their_method(reader: FlaskClient, commented: Campaign) -> None:
    page = reader.get(address(commented, "themes")).text
    assert "Des groupes proposés par une machine" in page
    assert "TF-IDF" in page
    assert page.count('class="theme"') >= 3
    assert "Aucun thème ne tient à moins de 5 personnes" in page


def test_they_are_named_merged_and_split(reader: FlaskClient, commented: Campaign, database: Database) -> None:
    late, news, young = by_saying(database, commented)
    assert keep(reader, commented, {"Horaires": late, "Retours": news, "Jeunes": young}) == 303
    assert kept(database, commented) == {"Horaires": 10, "Jeunes": 10, "Retours": 10}
    assert "Les thèmes que votre équipe a gardés" in reader.get(address(commented, "themes")).text
    merged = {"Horaires": late, "Retours": [*news, *young]}
    assert keep(reader, commented, merged) == 303
    assert kept(database, commented) == {"Horaires": 10, "Retours": 20}
    assert keep(reader, commented, merged, mark=young, to="new", new="La jeunesse") == 303
    assert kept(database, commented) == {"Horaires": 10, "La jeunesse": 10, "Retours": 10}
    assert keep(reader, commented, {"Horaires": late}, mark=late[:5], to="") == 303
    assert themes_of(database, commented) == [Theme("Horaires", tuple(sorted(late[5:])), 5)]


def test_a_theme_of_a_few_people_is_refused_and_nothing_is_lost(
    reader: FlaskClient, commented: Campaign, database: Database
) -> None:
    late, news, _young = by_saying(database, commented)
    assert keep(reader, commented, {"Horaires": late[:4], "": news, "x" * 81: late[5:]}) == 422
    assert kept(database, commented) == {}
    page = reader.get(address(commented, "themes")).text
    data = {"csrf_token": token_in(page), "version": "old", "name": ["Horaires"], "marks": [" ".join(late)]}
    late_answer = reader.post(address(commented, "themes"), data=data)
    assert late_answer.status_code == 409
    assert 'value="Horaires"' in late_answer.text


def test_fewer_than_twenty_comments_are_read_one_by_one(reviewer: FlaskClient, closed: Campaign) -> None:
    assert "Il faut au moins vingt commentaires" in reviewer.get(address(closed, "themes")).text


@pytest.mark.parametrize(
    ("typed", "found"), [("réunion", 10), ("REUNIONS tombait", 10), ("oubliés jeune", 10), ("mairie", 0), ("%00<", 0)]
)
def test_a_comment_is_found_by_any_form_of_its_words(
    reader: FlaskClient, commented: Campaign, typed: str, found: int
) -> None:
    page = reader.get(address(commented, "commentaires"), query_string={"q": typed}).text
    assert page.count('class="moderated"') == found
