"""A grid without essential questions has no short form: said where one chooses, refused where one insists."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from storage.campaigns.campaigns import Campaign
from storage.campaigns.drafts import CampaignPlan, PlannedCollege, draft_campaign
from storage.campaigns.lifecycle import open_campaign
from storage.campaigns.territories import territory_by_slug
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.grids.library import add_grid
from tests.shapes import yes_no
from tests.web.forms import post_form
from tests.web.markup import problems_in

IMPOSSIBLE = "Le questionnaire court est impossible avec «\u00a0Grille criteres\u00a0»"


@pytest.fixture
def full(database: Database, pilot: FlaskClient) -> Campaign:
    """A draft on a grid of a hundred and six criteria, none of which is essential."""
    grid, place = yes_no(), territory_by_slug(database, "ici")
    assert place is not None
    add_grid(database, grid)
    colleges = tuple(PlannedCollege(one.code, one.label) for one in grid.colleges)
    return draft_campaign(database, place, CampaignPlan("Essai", 2026, grid, "full", 5, colleges))


def test_no_short_campaign_is_made_of_it(database: Database, full: Campaign) -> None:
    for refused in (
        lambda: draft_campaign(database, full.territory, plan_of(full, "short")),
        lambda: open_campaign(database, full.territory, full.grid, name="Essai", year=2026, form="short"),
    ):
        with pytest.raises(CampaignError, match=IMPOSSIBLE):
            refused()


def plan_of(campaign: Campaign, form: Any) -> CampaignPlan:
    colleges = tuple(PlannedCollege(one.code, one.label) for one in campaign.colleges)
    return CampaignPlan(campaign.name, campaign.year, campaign.grid, form, 5, colleges)


def test_the_page_of_settings_says_it_and_refuses_it(pilot: FlaskClient, full: Campaign) -> None:
    address = f"/campagnes/{full.slug}/reglages"
    page = pilot.get(address).text
    assert problems_in(page) == []
    assert "impossible avec cette grille" in page
    assert 'value="full" checked' in page
    answer = post_form(pilot, address, name="Essai", year="2026", k="5", form="short", version="criteres/1")
    assert answer.status_code == 422
