"""The steps of a campaign: opened on a frozen grid, joined through links, closed, published."""

from datetime import UTC, date, datetime

import orjson
import pytest

from questionnaires import Answer
from storage.campaigns.campaigns import (
    Campaign,
    CampaignCollege,
    all_campaigns,
    campaign_by_id,
    campaign_by_slug,
    campaigns_of,
    participation,
)
from storage.campaigns.lifecycle import close_campaign, open_campaign, publish_campaign
from storage.campaigns.share_links import create_link, find_link, links_of, revoke_link
from storage.campaigns.territories import all_territories, create_territory, territory_by_slug
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.responses.recorded_responses import Recorded, record_responses
from storage.responses.responses import delete_response, start_response
from tests.saving import save_by_key
from tests.storage.conftest import small_grid

STRANGE = ["", "inconnu", "\0", "\ud800", "😀" * 5000, "' OR 1=1 --"]


def test_a_territory_is_found_by_its_slug(db: Database) -> None:
    village = create_territory(db, " Saint-Aubin-des-Prés ", "commune", fictional=True, official_code="00000")
    assert village.slug == "saint-aubin-des-pres"
    assert territory_by_slug(db, village.slug) == village
    assert all_territories(db) == [village]


@pytest.mark.parametrize(("name", "sentence"), [("  ", "pas de nom"), ("École du bourg !", "existe déjà")])
def test_a_territory_needs_a_name_of_its_own(db: Database, campaign: Campaign, name: str, sentence: str) -> None:
    with pytest.raises(CampaignError, match=sentence):
        create_territory(db, name, "autre")
    assert all_territories(db) == [campaign.territory]


def test_a_campaign_is_read_as_it_was_opened(db: Database) -> None:
    school = create_territory(db, "École du Bourg", "autre")
    opened = open_campaign(
        db,
        school,
        small_grid(),
        name="Rentrée",
        year=2026,
        form="full",
        colleges=[CampaignCollege("profs", "Professeurs", 12, 8)],
        k=7,
        weighting="heads",
        opens_on=date(2026, 9, 1),
        closes_on=date(2026, 9, 30),
        retrospective=True,
        opened_at=datetime(2026, 9, 1, 8, tzinfo=UTC),
    )
    assert opened.slug == "ecole-du-bourg-2026"
    assert opened == Campaign(
        id=opened.id,
        slug="ecole-du-bourg-2026",
        territory=school,
        name="Rentrée",
        year=2026,
        form="full",
        k=7,
        weighting="heads",
        status="open",
        opens_on=date(2026, 9, 1),
        closes_on=date(2026, 9, 30),
        retrospective=True,
        opened_at=datetime(2026, 9, 1, 8, tzinfo=UTC),
        closed_at=None,
        published_at=None,
        colleges=(CampaignCollege("profs", "Professeurs", 12, 8),),
        grid=small_grid(),
    )
    assert opened.grid == small_grid()
    assert opened.sizes == {"profs": 12}
    assert campaign_by_slug(db, opened.slug) == campaign_by_id(db, opened.id) == opened


def test_the_colleges_of_the_grid_are_the_default(db: Database) -> None:
    school = create_territory(db, "École", "autre")
    opened = open_campaign(db, school, small_grid(), name="Rentrée", year=2026)
    assert [college.code for college in opened.colleges] == ["eleves", "profs"]
    with pytest.raises(KeyError):
        opened.college("parents")


def test_everything_wrong_is_said_at_once_and_nothing_is_written(db: Database) -> None:
    school = create_territory(db, "École", "autre")
    with pytest.raises(CampaignError) as refused:
        open_campaign(
            db,
            school,
            small_grid(),
            name=" ",
            year=26,
            k=2,
            colleges=[
                CampaignCollege("profs", "Professeurs", size=0),
                CampaignCollege("profs", "Professeurs"),
                CampaignCollege("atelier", "Atelier"),
            ],
            opens_on=date(2026, 9, 2),
            closes_on=date(2026, 9, 1),
        )
    said = ("nom", "26", "seuil", "commencer", "2 fois", "atelier", "au moins 1")
    assert len(refused.value.problems) == len(said)
    assert all(word in problem for word, problem in zip(said, refused.value.problems, strict=True))
    assert all_campaigns(db) == []
    assert db["grids"].count == 0


def test_a_campaign_without_any_college_is_refused(db: Database) -> None:
    with pytest.raises(CampaignError, match="aucun collège"):
        open_campaign(db, create_territory(db, "École", "autre"), small_grid(), name="Rentrée", year=2026, colleges=[])


def test_two_campaigns_of_one_year_have_their_own_addresses(db: Database, campaign: Campaign) -> None:
    again = open_campaign(db, campaign.territory, small_grid(), name="Printemps", year=2026)
    older = open_campaign(db, campaign.territory, small_grid(), name="Avant", year=2025)
    assert again.slug == "ecole-du-bourg-2026-2"
    assert campaigns_of(db, campaign.territory) == [older, campaign, again]
    assert all_campaigns(db) == [older, campaign, again]


def test_the_same_grid_is_frozen_once_and_another_text_apart(db: Database, campaign: Campaign) -> None:
    same = open_campaign(db, campaign.territory, small_grid(), name="Même", year=2027)
    other = open_campaign(db, campaign.territory, small_grid("2"), name="Autre", year=2028)
    assert db["grids"].count == 2
    assert same.grid is campaign.grid
    assert (other.grid.version, campaign.grid.version) == ("2", "1")


@pytest.mark.parametrize("slug", STRANGE)
def test_an_address_that_leads_nowhere_is_no_error(db: Database, campaign: Campaign, slug: str) -> None:
    assert campaign_by_slug(db, slug) is None
    assert territory_by_slug(db, slug) is None
    assert find_link(db, slug) is None


def test_closing_freezes_answers_and_erases_their_moments(db: Database, campaign: Campaign) -> None:
    key = start_response(db, campaign, "eleves")
    save_by_key(db, key, {"A-1": Answer(2, comment="oui")})
    gone = start_response(db, campaign, "eleves")
    delete_response(db, gone)
    closed = close_campaign(db, campaign)
    assert (closed.status, closed.closed_at is not None) == ("closed", True)
    documents = [orjson.loads(row["document"]) for row in db["responses"].rows]
    assert documents == [{"answers": {"A-1": 2}, "comments": {"A-1": "oui"}, "reasons": {}}, {}]
    assert close_campaign(db, campaign, at=datetime(2030, 1, 1, tzinfo=UTC)) == closed


def test_results_are_published_once_closed_and_only_then(db: Database, campaign: Campaign) -> None:
    with pytest.raises(CampaignError, match="encore ouverte"):
        publish_campaign(db, campaign)
    closed = close_campaign(db, campaign)
    published = publish_campaign(db, closed)
    assert published.published_at is not None
    assert publish_campaign(db, campaign, at=datetime(2030, 1, 1, tzinfo=UTC)) == published


def test_participation_counts_people_who_answered_anything(db: Database, campaign: Campaign) -> None:
    start_response(db, campaign, "eleves")
    said_nothing = start_response(db, campaign, "eleves")
    save_by_key(db, said_nothing, {"A-1": Answer(comment="sans réponse")})
    answered = start_response(db, campaign, "eleves")
    save_by_key(db, answered, {"A-1": Answer.dont_know()})
    record_responses(
        db,
        campaign,
        [
            Recorded("eleves", {"A-1": Answer(1)}, "papier"),
            Recorded(None, {"A-1": Answer(1)}, "atelier"),
            Recorded("eleves", {}, "papier"),
        ],
    )
    assert participation(db, campaign) == {"eleves": 2, "profs": 0}
    delete_response(db, answered)
    assert participation(db, campaign) == {"eleves": 1, "profs": 0}


def test_a_link_leads_to_its_campaign_until_revoked(db: Database, campaign: Campaign) -> None:
    public, profs = create_link(db, campaign), create_link(db, campaign, "profs", kind="college")
    found = find_link(db, profs)
    assert found is not None
    assert (found.campaign_id, found.college, found.kind, found.revoked) == (campaign.id, "profs", "college", False)
    revoke_link(db, found)
    assert [link.revoked for link in links_of(db, campaign)] == [False, True]
    still = find_link(db, public)
    assert still is not None
    assert not still.revoked


def test_a_link_to_a_college_that_is_not_there_is_refused(db: Database, campaign: Campaign) -> None:
    with pytest.raises(KeyError):
        create_link(db, campaign, "parents")


def test_no_secret_is_in_the_file(db: Database, campaign: Campaign) -> None:
    token, fixed = create_link(db, campaign), create_link(db, campaign, token="essai")
    key = start_response(db, campaign, "eleves", nonce="n" * 20)
    stored = "\n".join(db.iterdump())
    assert (len(token) >= 22, fixed) == (True, "essai")
    assert not any(secret in stored for secret in (token, key, "n" * 20))
    assert find_link(db, "essai") is not None


def test_names_are_listed_as_in_a_dictionary(db: Database) -> None:
    names = ["Zone 10", "Élan", "Zone 2", "Écully", "Eu", "Œuilly", "Ornans"]
    for name in names:
        create_territory(db, name, "commune")
    expected = ["Écully", "Élan", "Eu", "Œuilly", "Ornans", "Zone 2", "Zone 10"]
    assert [one.name for one in all_territories(db) if one.name in names] == expected
