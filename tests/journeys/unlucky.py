"""Difficult cases for a session: one published college, all hidden, a first campaign, a very long name."""

from collections.abc import Mapping

import grille
from questionnaires import Answer, Questionnaire
from storage.campaigns.campaigns import CampaignCollege
from storage.campaigns.lifecycle import close_campaign, open_campaign, publish_campaign
from storage.campaigns.territories import create_territory
from storage.core.engine import Database
from storage.responses.recorded_responses import Recorded, record_responses

LONG_NAME = "Communauté de communes des Vallées de l’Ouche, du Pays-d’en-Haut et de la Montagne Noire Réunies"
# People of each college, by the name of the territory.
CAMPAIGNS: Mapping[str, Mapping[str, int]] = {
    "Un seul collège": {"elus": 9, "agents": 2, "habitants": 3},
    "Tout est caché": {"elus": 2, "agents": 1, "habitants": 4},
    LONG_NAME: {"elus": 6, "agents": 7, "associations": 6, "habitants": 12},
}


def unlucky_campaigns(db: Database) -> list[str]:
    """Each of them as a first campaign, published; their addresses."""
    return [_first_campaign(db, name, people) for name, people in CAMPAIGNS.items()]


def unanimous_campaign(db: Database) -> str:
    """A first campaign where everybody gave the same level to everything; its address."""
    return _first_campaign(db, "Unanimité", {"elus": 6, "agents": 9, "habitants": 12}, levels=1)


def _first_campaign(db: Database, name: str, people: Mapping[str, int], *, levels: int = 4) -> str:
    grid = grille.current()
    colleges = [CampaignCollege(one.code, one.label) for one in grid.colleges if one.code in people]
    place = create_territory(db, name, "epci", fictional=True)
    campaign = open_campaign(db, place, grid, name="Premier diagnostic", year=2026, colleges=colleges)
    skills = Questionnaire(grid, "short", "elus").questions
    record_responses(
        db,
        campaign,
        [
            Recorded(college, {one.code: Answer((person + place) % levels) for place, one in enumerate(skills)})
            for college, number in people.items()
            for person in range(number)
        ],
    )
    return publish_campaign(db, close_campaign(db, campaign)).slug
