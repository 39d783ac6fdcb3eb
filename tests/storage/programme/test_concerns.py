"""Who may need a hand, by what is stored: each rule, its edges, and nothing about trials."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from questionnaires import Answer
from storage.accounts.accounts import create_account
from storage.campaigns.campaigns import Campaign, CampaignCollege
from storage.campaigns.lifecycle import close_campaign, open_campaign
from storage.campaigns.territories import Territory, create_territory
from storage.core.database import writing
from storage.core.engine import Database
from storage.programme.concerns import Concern, aimed_skills, followed_territories, stored_concerns
from storage.responses.recorded_responses import Recorded, record_responses
from storage.review.parcours.actions import add_action, remove_action
from storage.review.parcours.plans import ActionPlan
from storage.review.parcours.steps import Step
from storage.review.snapshots import adopt
from tests.storage.conftest import small_grid

BEGAN = date(2026, 9, 1)
ENDS = date(2026, 9, 21)


@pytest.fixture
def place(db: Database) -> Territory:
    return create_territory(db, "Ici", "commune")


def collection(db: Database, place: Territory, target: int | None = None, ends: date | None = ENDS) -> Campaign:
    """A campaign of one college, opened on ``BEGAN``, that may hope for a number of answers."""
    colleges = [CampaignCollege("eleves", "Élèves", size=40 if target else None, target=target)]
    return open_campaign(
        db,
        place,
        small_grid(),
        name="Rentrée",
        year=2026,
        colleges=colleges,
        closes_on=ends,
        opened_at=datetime(BEGAN.year, BEGAN.month, BEGAN.day, 10, tzinfo=UTC),
    )


def answer(db: Database, campaign: Campaign, count: int) -> None:
    record_responses(db, campaign, [Recorded("eleves", {"A-1": Answer(2)}) for _one in range(count)])


@pytest.mark.parametrize("target", [20, None])
@pytest.mark.parametrize("days", [0, 4, 5, 9, 10, 20, 21])
@pytest.mark.parametrize("count", [0, 2, 4, 5, 10])
def test_few_answers_are_named_by_the_time_that_has_passed(
    db: Database, place: Territory, target: int | None, days: int, count: int
) -> None:
    campaign = collection(db, place, target)
    answer(db, campaign, count)
    today = BEGAN + timedelta(days=days)
    passed = days / 20
    unknown, known = passed >= 0.5 and count < campaign.k, passed >= 0.25 and 2 * count < (target or 0) * passed
    behind = known if target else unknown
    found = [one for one in stored_concerns(db, today) if one.kind == "few answers"]
    wanted = Concern("few answers", place.id, campaign.slug, ENDS, "Élèves", count, target)
    assert found == ([wanted] if behind and today <= ENDS else [])


def test_without_a_closing_day_a_collection_is_taken_to_last_four_weeks(db: Database, place: Territory) -> None:
    collection(db, place, ends=None)
    assert stored_concerns(db, BEGAN + timedelta(days=13)) == []
    [one] = stored_concerns(db, BEGAN + timedelta(days=14))
    assert (one.kind, one.day, one.count) == ("few answers", None, 0)


def test_the_college_that_answers_least_is_named(db: Database, place: Territory) -> None:
    colleges = [
        CampaignCollege("eleves", "Élèves", size=40, target=20),
        CampaignCollege("profs", "Professeurs", size=9, target=4),
    ]
    opened = datetime(2026, 9, 1, 10, tzinfo=UTC)
    campaign = open_campaign(
        db, place, small_grid(), name="R", year=2026, colleges=colleges, closes_on=ENDS, opened_at=opened
    )
    answer(db, campaign, 2)
    [one] = stored_concerns(db, date(2026, 9, 15))
    assert (one.college, one.count, one.expected) == ("Professeurs", 0, 4)


def test_a_collection_past_its_day_is_named_once(db: Database, place: Territory) -> None:
    campaign = collection(db, place)
    assert [one.kind for one in stored_concerns(db, ENDS)] == ["few answers"]
    assert stored_concerns(db, ENDS + timedelta(days=1)) == [Concern("not closed", place.id, campaign.slug, ENDS)]


def test_a_draft_past_its_opening_day_is_named(db: Database, place: Territory) -> None:
    campaign = collection(db, place)
    with writing(db) as conn:
        conn.execute("UPDATE campaigns SET status = 'draft', opens_on = '2026-09-03'")
    assert stored_concerns(db, date(2026, 9, 3)) == []
    wanted = Concern("not opened", place.id, campaign.slug, date(2026, 9, 3))
    assert stored_concerns(db, date(2026, 9, 4)) == [wanted]


def test_a_closed_campaign_waits_six_weeks_for_its_diagnostic(db: Database, place: Territory) -> None:
    campaign = collection(db, place)
    answer(db, campaign, 7)
    closed = close_campaign(db, campaign)
    assert closed.closed_on
    assert followed_territories(db)[0].stage == "reviews"
    assert stored_concerns(db, closed.closed_on + timedelta(days=41)) == []
    later = closed.closed_on + timedelta(days=42)
    assert stored_concerns(db, later) == [Concern("not adopted", place.id, closed.slug, closed.closed_on)]
    adopt(db, closed, create_account(db, "ana@exemple.fr", "Ana"))
    assert stored_concerns(db, later) == []
    assert followed_territories(db)[0].stage == "adopted"
    collection(db, place, target=20)
    assert followed_territories(db)[0].stage == "answers", "the next year has begun"
    assert followed_territories(db)[0].closed == closed.id


def test_actions_past_their_end_are_counted_and_the_oldest_is_dated(db: Database, place: Territory) -> None:
    def plan(title: str, status: str, ends: date) -> ActionPlan:
        return ActionPlan("projet", title, (title,), ends_on=ends, status=status)  # type: ignore[arg-type]

    add_action(db, place, plan("A-1", "en-cours", date(2026, 5, 1)))
    add_action(db, place, plan("A-2", "prevue", date(2026, 6, 1)))
    add_action(db, place, plan("B-1", "terminee", date(2026, 1, 1)))
    add_action(db, place, plan("B-4", "en-pause", date(2026, 1, 1)))
    add_action(db, place, plan("B-2", "abandonnee", date(2026, 1, 1)))
    remove_action(db, add_action(db, place, plan("B-3", "en-cours", date(2026, 2, 1))))
    assert stored_concerns(db, date(2026, 5, 1)) == []
    assert stored_concerns(db, date(2026, 6, 2)) == [Concern("late actions", place.id, day=date(2026, 5, 1), count=2)]
    assert aimed_skills(db) == {place.id: frozenset({"A-1", "A-2", "B-1", "B-4"})}


def test_a_step_is_late_too_and_so_is_what_has_not_begun(db: Database, place: Territory) -> None:
    late = Step("Écrire", due_on=date(2026, 4, 2))
    begun = replace(ActionPlan("projet", "Agir", ("A-1",), ends_on=date(2027, 1, 1), status="en-cours"), steps=(late,))
    add_action(db, place, begun)
    add_action(db, place, ActionPlan("projet", "Agir", ("A-2",), starts_on=date(2026, 5, 1), ends_on=date(2027, 1, 1)))
    assert stored_concerns(db, date(2026, 4, 2)) == []
    assert stored_concerns(db, date(2026, 4, 3)) == [Concern("late actions", place.id, day=date(2026, 4, 2), count=1)]
    assert stored_concerns(db, date(2026, 5, 2)) == [Concern("late actions", place.id, day=date(2026, 4, 2), count=2)]


def test_trials_are_nowhere(db: Database, place: Territory) -> None:
    other = create_territory(db, "Essai", "commune", fictional=True)
    collection(db, other)
    with writing(db) as conn:
        conn.execute("UPDATE territories SET trial_of = ? WHERE id = ?", (place.id, other.id))
    assert [one.name for one in followed_territories(db)] == ["Ici"]
    assert stored_concerns(db, ENDS + timedelta(days=90)) == []
