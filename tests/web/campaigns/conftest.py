"""A pilot, a campaign, and respondents."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

import grille
from questionnaires import Answer
from storage.campaigns.campaigns import Campaign
from storage.campaigns.drafts import CampaignPlan, PlannedCollege, draft_campaign
from storage.campaigns.lifecycle import open_draft
from storage.campaigns.territories import create_territory, territory_by_slug
from storage.core.engine import Database
from storage.responses.recorded_responses import Recorded, record_responses
from tests.web.conftest import SignIn

Answered = Callable[..., None]


@pytest.fixture
def pilot(sign_in: SignIn) -> FlaskClient:
    """Someone who runs the campaigns of « Ici »."""
    return sign_in("pilot", "Ici")


@pytest.fixture
def draft(database: Database) -> Campaign:
    """A draft on « Ici »: four colleges, one of which the grid does not have."""
    place = territory_by_slug(database, "ici") or create_territory(database, "Ici", "commune")
    colleges = (
        PlannedCollege("elus", "Conseil municipal", 19, 12),
        PlannedCollege("agents", "Agents", 40, None),
        PlannedCollege("habitants", "Habitants"),
        PlannedCollege("", "Jeunes", None, 10, like="habitants"),
    )
    return draft_campaign(
        database, place, CampaignPlan("Premier diagnostic", 2026, grille.current(), "short", 5, colleges)
    )


@pytest.fixture
def running(database: Database, draft: Campaign) -> Campaign:
    """The same, open."""
    return open_draft(database, draft)


@pytest.fixture
def answered(database: Database) -> Answered:
    """Let some people of each college answer every question: ``answered(campaign, elus=7)``."""

    def record(campaign: Campaign, **counts: int) -> None:
        said = {skill.code: Answer(2) for skill in campaign.grid.skills}
        people = [Recorded(code, said) for code, count in counts.items() for _ in range(count)]
        record_responses(database, campaign, people)

    return record
