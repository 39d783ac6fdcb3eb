"""Drafts created, revised and opened; publications withdrawn."""

from dataclasses import replace
from datetime import date

import pytest

from storage.campaigns.campaigns import Campaign, all_campaigns, campaign_by_id
from storage.campaigns.drafts import CampaignPlan, PlannedCollege, discard_draft, draft_campaign, revise_draft
from storage.campaigns.lifecycle import close_campaign, open_draft, publish_campaign, unpublish_campaign
from storage.campaigns.share_links import create_link, links_of
from storage.campaigns.territories import Territory, create_territory
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.responses.responses import CampaignClosed, start_response
from tests.storage.conftest import small_grid

PUPILS, TEACHERS = PlannedCollege("eleves", "Élèves", 40, 20), PlannedCollege("profs", "Enseignants", 12)
PARENTS = PlannedCollege("", "Parents d’élèves", like="eleves")


@pytest.fixture
def school(db: Database) -> Territory:
    return create_territory(db, "École du Bourg", "autre")


def plan(**changes: object) -> CampaignPlan:
    grid = small_grid()
    base = CampaignPlan(
        "Rentrée", 2026, grid, "full", 4, (PUPILS, TEACHERS, PARENTS), date(2026, 9, 1), date(2026, 10, 1)
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def test_a_draft_is_kept_as_it_was_planned_and_nobody_can_answer_it(db: Database, school: Territory) -> None:
    draft = draft_campaign(db, school, plan())
    assert draft == campaign_by_id(db, draft.id)
    assert (draft.status, draft.opened_at, draft.form, draft.k) == ("draft", None, "full", 4)
    assert [(one.code, one.label, one.size, one.target) for one in draft.colleges] == [
        ("eleves", "Élèves", 40, 20),
        ("profs", "Enseignants", 12, None),
        ("parents-d-eleves", "Parents d’élèves", None, None),
    ]
    with pytest.raises(CampaignClosed):
        start_response(db, draft, "eleves")


def test_the_frozen_grid_holds_the_names_and_the_colleges_of_the_campaign(db: Database, school: Territory) -> None:
    draft = draft_campaign(db, school, plan())
    assert [college.label for college in draft.grid.colleges] == ["Élèves", "Enseignants", "Parents d’élèves"]


def test_codes_of_added_colleges_never_meet(db: Database, school: Territory) -> None:
    added = [PlannedCollege("", label) for label in ("Atelier", "Profs !", "Été", "Ete", "…", "—")]
    draft = draft_campaign(db, school, plan(colleges=(TEACHERS, *added)))
    codes = [college.code for college in draft.colleges]
    assert codes == ["profs", "atelier-2", "profs-2", "ete", "ete-2", "college", "college-2"]


def test_everything_wrong_is_said_at_once_and_nothing_is_written(db: Database, school: Territory) -> None:
    colleges = (TEACHERS, PlannedCollege("", " enseignants"), PlannedCollege("", " "))
    bad = plan(name=" ", year=26, k=2, colleges=colleges, closes_on=date(2020, 1, 1))
    with pytest.raises(CampaignError) as refused:
        draft_campaign(db, school, bad)
    assert len(refused.value.problems) == 7
    with pytest.raises(CampaignError, match="aucun collège"):
        draft_campaign(db, school, plan(colleges=()))
    with pytest.raises(CampaignError, match="au moins 1"):
        draft_campaign(db, school, plan(colleges=(replace(PUPILS, size=0),)))
    assert all_campaigns(db) == []
    assert db["grids"].count == 0


def test_a_draft_is_revised_and_keeps_the_links_that_still_lead_somewhere(db: Database, school: Territory) -> None:
    draft = draft_campaign(db, school, plan())
    for college in (None, "profs", "parents-d-eleves"):
        create_link(db, draft, college)
    revised = revise_draft(db, draft, plan(name="Printemps", colleges=(TEACHERS,), closes_on=None))
    assert (revised.id, revised.slug) == (draft.id, draft.slug)
    assert (revised.name, revised.closes_on, revised.status) == ("Printemps", None, "draft")
    assert [college.code for college in revised.colleges] == ["profs"]
    assert [link.college for link in links_of(db, revised)] == [None, "profs"]
    assert revised == campaign_by_id(db, draft.id)


def test_an_added_college_keeps_its_code_when_the_draft_is_revised(db: Database, school: Territory) -> None:
    draft = draft_campaign(db, school, plan())
    renamed = PlannedCollege("parents-d-eleves", "Familles", like="eleves")
    revised = revise_draft(db, draft, plan(colleges=(PUPILS, renamed)))
    assert [college.code for college in revised.colleges] == ["eleves", "parents-d-eleves"]
    assert revised.grid.college("parents-d-eleves").label == "Familles"


def test_what_respondents_were_informed_does_not_change(db: Database, campaign: Campaign) -> None:
    for change in (lambda: revise_draft(db, campaign, plan()), lambda: discard_draft(db, campaign)):
        with pytest.raises(CampaignError, match="a commencé"):
            change()
    assert campaign_by_id(db, campaign.id) == campaign


def test_a_draft_opens_once(db: Database, school: Territory) -> None:
    draft = draft_campaign(db, school, plan())
    opened = open_draft(db, draft)
    assert (opened.status, opened.opened_at is not None) == ("open", True)
    assert open_draft(db, draft) == opened
    assert start_response(db, opened, "parents-d-eleves")
    close_campaign(db, opened)
    with pytest.raises(CampaignError, match="est close"):
        open_draft(db, opened)


def test_a_discarded_draft_leaves_nothing(db: Database, school: Territory) -> None:
    draft = draft_campaign(db, school, plan())
    create_link(db, draft)
    discard_draft(db, draft)
    assert [db[table].count for table in ("campaigns", "campaign_colleges", "links")] == [0, 0, 0]
    with pytest.raises(CampaignError, match="n’existe plus"):
        discard_draft(db, draft)


def test_a_publication_is_withdrawn_and_made_again(db: Database, campaign: Campaign) -> None:
    published = publish_campaign(db, close_campaign(db, campaign))
    assert unpublish_campaign(db, published).published_at is None
    assert unpublish_campaign(db, published).status == "closed"
    assert publish_campaign(db, published).published_at is not None


def test_the_year_before_is_asked_about_only_where_there_was_one(db: Database, school: Territory) -> None:
    asking = plan(retrospective=True)
    with pytest.raises(CampaignError, match="deuxième campagne"):
        draft_campaign(db, school, asking)
    first = draft_campaign(db, school, plan())
    with pytest.raises(CampaignError, match="deuxième campagne"):
        revise_draft(db, first, asking)
    close_campaign(db, open_draft(db, first))
    second = draft_campaign(db, school, replace(asking, year=2027))
    assert second.retrospective
    assert not revise_draft(db, second, plan(year=2027)).retrospective
