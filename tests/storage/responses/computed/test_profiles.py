"""Profiles from stored answers: only once closed, under the campaign's own conventions, computed once."""

import pytest

import scoring
from questionnaires import Answer
from storage.campaigns.campaigns import Campaign, CampaignCollege
from storage.campaigns.lifecycle import close_campaign, open_campaign
from storage.core.engine import Database
from storage.responses.computed import profiles as results
from storage.responses.computed.answer_frames import answers_frame
from storage.responses.computed.profiles import CampaignStillOpen, campaign_profile, rules_of
from storage.responses.recorded_responses import Recorded, record_responses


@pytest.fixture
def answered(db: Database, campaign: Campaign) -> Campaign:
    levels = [1, 2, 3, "NSP", "SO", 3, 2, None]
    responses = [
        Recorded(college, {"A-1": Answer(level), "A-2": Answer(2), "B-1": Answer(3)})  # type: ignore[arg-type]
        for college in ("eleves", "profs")
        for level in levels
    ]
    record_responses(db, campaign, responses)
    return campaign


def test_an_open_campaign_has_no_result(db: Database, answered: Campaign) -> None:
    with pytest.raises(CampaignStillOpen, match="en cours"):
        campaign_profile(db, answered)


def test_a_campaign_is_scored_under_its_own_conventions(db: Database, answered: Campaign) -> None:
    closed = close_campaign(db, answered)
    profile = campaign_profile(db, closed)
    assert profile.rules == scoring.Rules(k=5, workshop_k=1, sizes={"profs": 12}, colleges=("eleves", "profs"))
    assert profile.respondents == {"eleves": 8, "profs": 8}
    expected = scoring.profile(answers_frame(db, closed), closed.grid, rules_of(closed))
    assert profile.to_dict() == expected.to_dict()
    score = profile.families.set_index(["family", "college"]).score
    assert score["A", "eleves"] == pytest.approx((11 / 5 + 2) / 2)


def test_volunteers_are_named_in_the_conventions(db: Database, campaign: Campaign) -> None:
    colleges = [CampaignCollege("eleves", "Élèves", voluntary=True), CampaignCollege("profs", "Enseignants")]
    called = open_campaign(db, campaign.territory, campaign.grid, name="Appel", year=2028, colleges=colleges)
    assert called.voluntary == ("eleves",)
    record_responses(db, called, [Recorded("profs", {"A-1": Answer(2)})])
    assert campaign_profile(db, close_campaign(db, called)).rules.voluntary == ("eleves",)


def test_answers_with_hindsight_are_compared_within_each_person(db: Database, campaign: Campaign) -> None:
    asked = open_campaign(db, campaign.territory, campaign.grid, name="Recul", year=2027, retrospective=True)
    people = [Recorded("eleves", {"A-1": Answer(3)}, retrospective={"A-1": Answer(1), "A-2": Answer()})] * 6
    record_responses(db, asked, [*people, Recorded("eleves", {"A-1": Answer(3)})])
    profile = campaign_profile(db, close_campaign(db, asked))
    assert profile.respondents["eleves"] == 7
    (row,) = [
        one for one in profile.to_dict()["hindsight_skills"] if (one["skill"], one["college"]) == ("A-1", "eleves")
    ]
    assert (row["n"], row["delta"], row["published"]) == (6, 2, True)


def test_conventions_can_be_replaced(db: Database, answered: Campaign) -> None:
    closed = close_campaign(db, answered)
    assert campaign_profile(db, closed, k=9).rules.k == 9
    assert not campaign_profile(db, closed, k=9).families.published.any()


def test_a_profile_is_computed_once(db: Database, answered: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = close_campaign(db, answered)
    profile = campaign_profile(db, closed)
    monkeypatch.setattr(results, "answers_frame", None)
    assert campaign_profile(db, closed) is profile


def test_only_the_latest_profiles_are_remembered(
    db: Database, answered: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "REMEMBERED", 2)
    monkeypatch.setattr(results, "_profiles", type(results._profiles)())
    closed = close_campaign(db, answered)
    first = campaign_profile(db, closed)
    for k in (6, 7):
        campaign_profile(db, closed, k=k)
    assert campaign_profile(db, closed) is not first
