"""Merged colleges: nothing changes before the closing, nothing is lost at it."""

from dataclasses import replace

import pytest

from grille.colleges import with_college
from questionnaires import Answer
from storage.campaigns.campaigns import Campaign, CampaignCollege, campaign_by_id, participation
from storage.campaigns.college_merges import CollegeMerge, merge_colleges, merges_of, undo_merge
from storage.campaigns.drafts import CampaignPlan, PlannedCollege, draft_campaign
from storage.campaigns.lifecycle import close_campaign, open_campaign, open_draft
from storage.campaigns.share_links import create_link, find_link
from storage.campaigns.territories import create_territory
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.responses.computed.profiles import campaign_profile
from storage.responses.recorded_responses import Recorded, record_responses
from storage.responses.responses import start_response
from tests.storage.conftest import small_grid

GROUP = CollegeMerge("eleves-parents", "Familles", ("eleves", "parents"), ("Élèves", "Parents"), applied=False)


@pytest.fixture
def campaign(db: Database) -> Campaign:
    colleges = (
        PlannedCollege("eleves", "Élèves", 40, 20),
        PlannedCollege("profs", "Professeurs", 12, 8),
        PlannedCollege("", "Parents", 60, None, like="eleves"),
    )
    school = create_territory(db, "École du Bourg", "autre")
    opened = open_draft(
        db, draft_campaign(db, school, CampaignPlan("Rentrée", 2026, small_grid(), "short", 3, colleges))
    )
    answer = {"A-1": Answer(2), "A-2": Answer(3), "B-1": Answer(1)}
    record_responses(db, opened, [Recorded(code, answer) for code in ["eleves"] * 2 + ["profs"] * 3 + ["parents"]])
    return opened


def test_a_decision_moves_nothing_until_closing(db: Database, campaign: Campaign) -> None:
    assert merge_colleges(db, campaign, ["parents", "eleves"], " Familles ") == GROUP
    assert merges_of(db, campaign) == [GROUP]
    assert campaign_by_id(db, campaign.id) == campaign
    assert participation(db, campaign) == {"eleves": 2, "profs": 3, "parents": 1}
    assert start_response(db, campaign, "parents")


def test_a_decision_is_taken_back(db: Database, campaign: Campaign) -> None:
    merge_colleges(db, campaign, ["parents", "eleves"], "Familles")
    undo_merge(db, campaign, GROUP.code)
    undo_merge(db, campaign, GROUP.code)
    assert merges_of(db, campaign) == []
    closed = close_campaign(db, campaign)
    assert [college.code for college in closed.colleges] == ["eleves", "profs", "parents"]


def test_at_closing_the_group_is_a_college_and_its_members_are_not(db: Database, campaign: Campaign) -> None:
    token = create_link(db, campaign, "parents")
    merge_colleges(db, campaign, ["parents", "eleves"], "Familles")
    closed = close_campaign(db, campaign)
    assert [(one.code, one.label, one.size, one.target) for one in closed.colleges] == [
        ("eleves-parents", "Familles", 100, None),
        ("profs", "Professeurs", 12, 8),
    ]
    assert participation(db, closed) == {"eleves-parents": 3, "profs": 3}
    link = find_link(db, token)
    assert link is not None
    assert link.college == "eleves-parents"
    assert merges_of(db, closed) == [replace(GROUP, applied=True)]
    assert closed == campaign_by_id(db, campaign.id)


def test_what_stayed_hidden_apart_is_published_together(db: Database, campaign: Campaign) -> None:
    merge_colleges(db, campaign, ["parents", "eleves"], "Familles")
    profile = campaign_profile(db, close_campaign(db, campaign))
    assert profile.respondents == {"eleves-parents": 3, "profs": 3}
    row = profile.families.query("family == 'A' and college == 'eleves-parents'").iloc[0]
    assert (row["n"], row["score"]) == (3, 2.5)


def test_an_applied_group_stays(db: Database, campaign: Campaign) -> None:
    merge_colleges(db, campaign, ["parents", "eleves"], "Familles")
    closed = close_campaign(db, campaign)
    undo_merge(db, closed, GROUP.code)
    assert len(merges_of(db, closed)) == 1
    assert close_campaign(db, closed) == closed
    with pytest.raises(CampaignError, match="pendant la collecte"):
        merge_colleges(db, closed, ["profs", "eleves-parents"], "Tous")


@pytest.mark.parametrize(
    ("members", "label", "sentence"),
    [
        (["eleves"], "Un", "au moins deux"),
        (["eleves", "eleves", "martiens", "\ud800"], "Un", "au moins deux"),
        (["eleves", "parents"], "  ", "Donnez un nom"),
        (["eleves", "parents"], "Professeurs", "s’appelle déjà"),
        (["eleves", "parents", "profs"], "Tous", "au moins un collège à part"),
    ],
)
def test_a_group_that_makes_no_sense_is_refused(
    db: Database, campaign: Campaign, members: list[str], label: str, sentence: str
) -> None:
    with pytest.raises(CampaignError, match=sentence):
        merge_colleges(db, campaign, members, label)
    assert merges_of(db, campaign) == []


def test_a_college_joins_one_group_only(db: Database, campaign: Campaign) -> None:
    merge_colleges(db, campaign, ["parents", "eleves"], "Familles")
    with pytest.raises(CampaignError, match="défaites d’abord"):
        merge_colleges(db, campaign, ["parents", "profs"], "Adultes")


def test_a_group_is_voluntary_as_soon_as_one_member_is(db: Database, campaign: Campaign) -> None:
    colleges = [
        CampaignCollege("eleves", "Élèves", voluntary=True),
        CampaignCollege("profs", "Enseignants"),
        CampaignCollege("parents", "Parents"),
    ]
    grid = with_college(small_grid(), "parents", "Parents", like="eleves")
    called = open_campaign(db, campaign.territory, grid, name="Appel", year=2028, colleges=colleges)
    merge_colleges(db, called, ["eleves", "profs"], "Dans les murs")
    assert close_campaign(db, called).voluntary == ("eleves-profs",)


def test_a_group_takes_no_code_that_a_college_has(db: Database) -> None:
    school = create_territory(db, "École du Lac", "autre")
    grid = small_grid()
    planned = (
        PlannedCollege("profs", "Professeurs"),
        *(PlannedCollege("", name, like="eleves") for name in ("Parents", "Profs parents", "Voisins")),
    )
    opened = open_draft(db, draft_campaign(db, school, CampaignPlan("Rentrée", 2026, grid, "short", 3, planned)))
    group = merge_colleges(db, opened, ["profs", "parents"], "Adultes")
    assert group.code == "profs-parents-2"
    closed = close_campaign(db, opened)
    assert sorted(one.code for one in closed.colleges) == ["profs-parents", "profs-parents-2", "voisins"]


def test_a_group_named_without_looking_closes_too(db: Database, campaign: Campaign) -> None:
    merge_colleges(db, campaign, ["eleves", "parents"], "Familles")
    db.execute("UPDATE college_merges SET code = 'profs'")
    db.conn.commit()
    closed = close_campaign(db, campaign)
    assert {one.label for one in closed.colleges} == {"Familles", "Professeurs"}
    assert campaign_profile(db, closed)
