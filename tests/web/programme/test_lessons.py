"""What the programme learns: from eight territories on, from what is published alone, and counted again here."""

from fractions import Fraction
from statistics import median

import pytest
from flask import Flask
from flask.testing import FlaskClient

import grille
from commands.serving.job_maker import make_waiting
from questionnaires import Answer
from storage.campaigns.campaigns import Campaign, campaigns_of
from storage.campaigns.lifecycle import close_campaign, open_campaign, publish_campaign, unpublish_campaign
from storage.campaigns.territories import create_territory
from storage.core.database import writing
from storage.core.engine import Database
from storage.responses.computed.profiles import campaign_profile
from storage.responses.recorded_responses import Recorded, record_responses
from tests.web.markup import problems_in
from tests.web.queries import MOST_QUERIES, queries
from web.http.pages import jobs

HERE = "/programme/apprentissages"
FEW = "Rien n’est dit ici sur moins de 8 territoires"
GRID = grille.current()


def published(database: Database, name: str, level: int, year: int = 2026) -> Campaign:
    """A published campaign of that territory, where everybody gives that level, or one above."""
    places = {one.name: one for one in _places(database)}
    place = places.get(name) or create_territory(database, name, "commune")
    campaign = open_campaign(database, place, GRID, name=f"Bilan {year}", year=year)
    asked = [skill.code for skill in GRID.skills if skill.core]
    answers = [
        Recorded(college.code, {code: Answer(min(level + (rank + who) % 2, 4)) for rank, code in enumerate(asked)})
        for college in campaign.colleges
        for who in range(6)
    ]
    record_responses(database, campaign, answers)
    return publish_campaign(database, close_campaign(database, campaign))


def _places(database: Database) -> list[object]:
    from storage.campaigns.territories import territory_page

    return list(territory_page(database, None).rows)


@pytest.fixture
def eight(database: Database) -> list[Campaign]:
    """Eight territories with published results."""
    return [published(database, f"Lieu {rank}", rank % 4) for rank in range(8)]


def test_the_page_says_what_the_eight_published_profiles_say(
    programme: FlaskClient, database: Database, eight: list[Campaign], app: Flask
) -> None:
    page = programme.get(HERE).text
    assert problems_in(page) == []
    assert FEW not in page
    first = GRID.families[0]
    profiles = [campaign_profile(database, one) for one in eight]
    scores = [Fraction(profile.score(first.code, None)) for profile in profiles]
    printed = f"{float(median(scores)):.1f}".replace(".", ",")
    assert "<td>8</td><td>" in page
    assert f"<td>{printed}</td>" in page
    assert not any(f"Lieu {rank}" in page for rank in range(8)), "no territory is named"
    unpublish_campaign(database, eight[0])
    assert FEW in programme.get(HERE).text, "what is withdrawn counts no longer"


def test_a_second_year_is_compared_with_the_first(
    programme: FlaskClient, database: Database, eight: list[Campaign]
) -> None:
    assert "depuis la campagne d’avant" not in programme.get(HERE).text
    for rank in range(8):
        published(database, f"Lieu {rank}", min(rank % 4 + 1, 3), 2027)
    page = programme.get(HERE).text
    assert problems_in(page) == []
    assert "Ce qui a changé depuis la campagne d’avant" in page
    assert "hausse nette" in page
    assert "plus que le hasard" in page


def test_nothing_is_computed_in_a_request(
    programme: FlaskClient, app: Flask, eight: list[Campaign], monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = programme.get(HERE).text
    app.config["JOBS_APART"] = True
    monkeypatch.setattr(jobs, "A_MOMENT", 0.0)
    with queries(app) as asked:
        assert "De nouveaux chiffres se préparent" in programme.get(HERE).text
    assert not any("FROM responses" in sql for sql in asked)
    assert make_waiting(app, "test:1") == 1
    with queries(app) as asked:
        assert programme.get(HERE).text == at_once
    assert len(asked) <= MOST_QUERIES, asked


def test_a_year_before_that_cannot_be_computed_takes_only_the_comparison_away(
    programme: FlaskClient, database: Database, eight: list[Campaign]
) -> None:
    published(database, "Lieu 0", 2, 2027)
    with writing(database) as conn:
        conn.execute("UPDATE responses SET document = '{' WHERE campaign_id = ?", (eight[0].id,))
    page = programme.get(HERE).text
    assert "<p>8 territoires.</p>" in page
    assert FEW not in page


def test_one_that_cannot_be_computed_is_counted_apart(
    programme: FlaskClient, database: Database, eight: list[Campaign]
) -> None:
    with writing(database) as conn:
        conn.execute("UPDATE responses SET document = '{' WHERE campaign_id = ?", (eight[0].id,))
    page = programme.get(HERE).text
    assert "Les résultats de 1 autre" in page
    assert FEW in page


def test_fictional_territories_count_only_while_there_are_no_others(
    programme: FlaskClient, database: Database, eight: list[Campaign]
) -> None:
    with writing(database) as conn:
        conn.execute("UPDATE territories SET fictional = 1")
    assert "Territoires fictifs" in programme.get(HERE).text
    with writing(database) as conn:
        conn.execute("UPDATE territories SET fictional = 0 WHERE id = ?", (eight[0].territory.id,))
    page = programme.get(HERE).text
    assert "Territoires fictifs" not in page
    assert FEW in page
    assert "1 territoire." in page


def test_before_anything_is_published(programme: FlaskClient, database: Database) -> None:
    assert "Rien n’est encore publié" in programme.get(HERE).text
    published(database, "Seul", 2)
    page = programme.get(HERE).text
    assert FEW in page
    assert "Seul" not in page
    assert len(campaigns_of(database, _places(database)[0])) == 1  # type: ignore[arg-type]
