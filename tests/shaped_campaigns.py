"""Campaigns on grids of any shape, asked, answered, closed and published twice, for the tests that look at them."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime

from grille import Grid
from questionnaires import Answer
from storage.campaigns.campaigns import Campaign
from storage.campaigns.drafts import CampaignPlan, PlannedCollege, draft_campaign
from storage.campaigns.lifecycle import close_campaign, open_draft
from storage.campaigns.territories import create_territory
from storage.core.engine import Database
from storage.responses.computed.publications import publication_to_come, publish_results
from storage.responses.recorded_responses import Recorded, record_responses

YEARS = (2025, 2026)
_PEOPLE = 7


def published(
    db: Database, grid: Grid, place: str, name: str = "Diagnostic", years: Sequence[int] = YEARS
) -> list[Campaign]:
    """One published campaign a year on that grid, in a territory of that name."""
    return [_published(db, campaign, year) for year in years for campaign in [running(db, grid, place, name, year)]]


def running(db: Database, grid: Grid, place: str, name: str = "Diagnostic", year: int = 2026) -> Campaign:
    """An open campaign on that grid, answered by seven people of each college."""
    from storage.campaigns.territories import all_territories

    known = {one.name: one for one in all_territories(db)}
    colleges = tuple(PlannedCollege(one.code, one.label, 40) for one in grid.colleges)
    territory = known.get(place) or create_territory(db, place, "commune")
    plan = CampaignPlan(name, year, grid, "full", 5, colleges)
    campaign = open_draft(db, draft_campaign(db, territory, plan))
    record_responses(db, campaign, _people(campaign.grid, year))
    return campaign


def _published(db: Database, campaign: Campaign, year: int) -> Campaign:
    moment = datetime(year, 6, 30, 12, tzinfo=UTC)
    closed = close_campaign(db, campaign, moment)
    return publish_results(db, closed, publication_to_come(db, closed), moment)


def _people(grid: Grid, year: int) -> list[Recorded]:
    """Answers that differ by family, by college and by year: rises, falls, and now and then a silence."""
    drawn, people = random.Random(year), []
    values = [level.value for level in grid.levels]
    for place, college in enumerate(grid.colleges):
        for _ in range(_PEOPLE):
            said = {}
            for rank, family in enumerate(grid.families):
                middle = (rank * 2 + place + (year - YEARS[0]) * (1 if rank % 3 else -1)) % len(values)
                for skill in family.skills:
                    near = min(max(middle + drawn.choice((-1, 0, 0, 1)), 0), len(values) - 1)
                    said[skill.code] = Answer("NSP" if drawn.random() < 0.08 else values[near])
            people.append(Recorded(college.code, said))
    return people
