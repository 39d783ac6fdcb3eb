"""The page of local questions: from k people on, for who may see the results; free answers for the team alone."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

import grille
from questionnaires import Answer
from questionnaires.local.questions import LocalQuestion
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign, open_campaign, publish_campaign
from storage.campaigns.territories import create_territory
from storage.core.engine import Database
from storage.core.timestamps import now
from storage.operations.purge import Periods, purge
from storage.responses.recorded_responses import Recorded, record_responses
from tests.web.conftest import SignIn
from tests.web.forms import token_in
from tests.web.markup import plain, problems_in

DAY = LocalQuestion("Le marché, quel jour\u202f?", ("Le samedi", "Le mardi", "Jamais"))
RARE = LocalQuestion("Venez-vous à cheval\u202f?", ("Oui", "Non"))
FREE = LocalQuestion("Que manque-t-il\u202f?", is_open=True)


@pytest.fixture
def campaign(database: Database) -> Campaign:
    """A closed campaign of « Ici », with answers to its own questions."""
    place = create_territory(database, "Ici", "commune")
    local = (DAY, RARE, FREE)
    opened = open_campaign(database, place, grille.current(), name="Bilan", year=2026, local_questions=local)
    said = [
        *[{"@1": Answer(1), "@2": Answer(1)}] * 4,
        *[{"@1": Answer(1)}] * 8,
        *[{"@1": Answer(2), "@3": Answer(comment=f"Un banc <b>numéro {n}</b>")} for n in range(6)],
        *[{"@1": Answer(3)}] * 2,
    ]
    every = {skill.code: Answer(2) for skill in grille.current().skills}
    record_responses(database, opened, [Recorded("habitants", {**every, **one}) for one in said])
    return close_campaign(database, opened)


ADDRESS = "/restitution/ici-2026/questions-locales"


def test_choices_are_shown_from_k_people_on(campaign: Campaign, sign_in: SignIn, client: FlaskClient) -> None:
    assert client.get(ADDRESS).status_code == 404
    reader = sign_in("reader", "Ici")
    page = reader.get(ADDRESS).text
    assert problems_in(page) == []
    said = plain(page)
    assert "« Le samedi » est la réponse la plus choisie : 12 personnes." in said
    assert page.count("moins de 5</span>") == 1
    assert "Combien de gens ont répondu n’est pas dit non plus" in said
    assert "20 personnes" not in said
    assert said.count("Pas assez de réponses") == 1, "nobody learns that four came on horseback"
    assert ADDRESS in reader.get(f"/restitution/{campaign.slug}").text


def test_free_answers_are_read_first_then_shown_to_the_team_and_never_published(
    campaign: Campaign, sign_in: SignIn, client: FlaskClient, database: Database
) -> None:
    reviewer = sign_in("reviewer", "Ici")
    assert "6 réponses attendent d’être relues" in plain(reviewer.get(ADDRESS).text)
    comments = f"/campagnes/{campaign.slug}/revue/commentaires"
    page = reviewer.get(comments).text
    assert problems_in(page) == []
    assert "&lt;b&gt;numéro 0" in page
    marks = [part.partition('"')[0] for part in page.split('name="was_')[1:]]
    decided = {f"d_{marks[0]}": "accepted", f"was_{marks[0]}": "", f"d_{marks[1]}": "refused", f"was_{marks[1]}": ""}
    reviewer.post(comments, data={"csrf_token": token_in(page), **decided})
    publish_campaign(database, campaign)
    for reader in (reviewer, sign_in("reader", "Ici")):
        team = plain(reader.get(ADDRESS).text)
        assert team.count("Un banc") == 1
        assert "4 réponses attendent" in team
    everyone = client.get(ADDRESS).text
    assert problems_in(everyone) == []
    assert "Un banc" not in everyone
    assert "elles ne sont pas publiées" in plain(everyone)
    assert "« Le samedi » est la réponse la plus choisie" in plain(everyone)
    assert ADDRESS in client.get(f"/restitution/{campaign.slug}/habitants").text


def test_once_they_are_erased_the_page_says_so(campaign: Campaign, sign_in: SignIn, database: Database) -> None:
    purge(database, Periods(), now() + timedelta(days=Periods().comments + 1))
    with database.conn:
        database.conn.execute("UPDATE campaigns SET closed_at = '2025-01-01T00:00:00+00:00'")
    said = plain(sign_in("reader", "Ici").get(ADDRESS).text)
    assert said.count("Ces réponses ont été effacées, comme annoncé") == 3


def test_a_campaign_without_any_says_so_and_leads_nowhere_there(sign_in: SignIn, database: Database) -> None:
    place = create_territory(database, "Ici", "commune")
    campaign = close_campaign(database, open_campaign(database, place, grille.current(), name="Bilan", year=2026))
    reader = sign_in("reader", "Ici")
    page = reader.get(f"/restitution/{campaign.slug}/questions-locales").text
    assert problems_in(page) == []
    assert "Cette campagne n’en a posé aucune." in plain(page)
    assert "questions-locales" not in reader.get(f"/restitution/{campaign.slug}").text
