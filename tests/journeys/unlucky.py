"""Waves that a session would rather not meet: one published college, everything hidden, no past, a name without end."""

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
WAVES: Mapping[str, Mapping[str, int]] = {
    "Un seul collège": {"elus": 9, "agents": 2, "habitants": 3},
    "Tout est caché": {"elus": 2, "agents": 1, "habitants": 4},
    LONG_NAME: {"elus": 6, "agents": 7, "associations": 6, "habitants": 12},
}


def unlucky_waves(db: Database) -> list[str]:
    """Each of them as a first wave, published; their addresses."""
    return [_first_wave(db, name, people) for name, people in WAVES.items()]


def _first_wave(db: Database, name: str, people: Mapping[str, int]) -> str:
    grid = grille.current()
    colleges = [CampaignCollege(one.code, one.label) for one in grid.colleges if one.code in people]
    place = create_territory(db, name, "epci", fictional=True)
    wave = open_campaign(db, place, grid, name="Premier diagnostic", year=2026, colleges=colleges)
    skills = Questionnaire(grid, "short", "elus").questions
    record_responses(
        db,
        wave,
        [
            Recorded(college, {one.code: Answer((person + place) % 4) for place, one in enumerate(skills)})
            for college, number in people.items()
            for person in range(number)
        ],
    )
    return publish_campaign(db, close_campaign(db, wave)).slug
