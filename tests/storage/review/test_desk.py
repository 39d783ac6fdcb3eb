"""Who follows a review, and what a member of its team has not seen yet."""

from datetime import timedelta

import pytest

from storage.accounts.accounts import Account, create_account, disable_account, grant
from storage.campaigns.campaigns import Campaign
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.timestamps import now
from storage.review.desk.handovers import colleagues, hand_over, handovers
from storage.review.desk.visits import last_visit

NOW = now().replace(microsecond=0)


@pytest.fixture
def ada(db: Database, campaign: Campaign) -> Account:
    """A reviewer of the territory."""
    return member(db, campaign, "Ada")


def member(db: Database, campaign: Campaign, name: str, role: str = "reviewer") -> Account:
    account = create_account(db, f"{name.lower()}@exemple.fr", name)
    grant(db, account, role, None if role == "programme" else campaign.territory)
    return account


def test_the_team_is_who_may_review_there(db: Database, campaign: Campaign, ada: Account) -> None:
    member(db, campaign, "Lina", "programme")
    member(db, campaign, "Noé", "reader")
    disable_account(db, member(db, campaign, "Partie"))
    assert [one.name for one in colleagues(db, campaign)] == ["Ada", "Lina"]
    assert colleagues(db, campaign)[0].id == ada.id


def test_the_last_one_handed_to_follows_the_review(db: Database, campaign: Campaign, ada: Account) -> None:
    lina = member(db, campaign, "Lina")
    assert handovers(db, campaign) == []
    hand_over(db, campaign, ada, lina.id, " Il reste les faits. \r\n")
    hand_over(db, campaign, ada, ada.id)
    assert [(one.by, one.to, one.note, one.taken) for one in handovers(db, campaign)] == [
        ("Ada", "Lina", "Il reste les faits.", False),
        ("Ada", "Ada", "", True),
    ]


def test_an_outsider_and_a_long_note_are_refused_at_once(db: Database, campaign: Campaign, ada: Account) -> None:
    outsider = member(db, campaign, "Noé", "reader")
    with pytest.raises(CampaignError) as refused:
        hand_over(db, campaign, ada, outsider.id, "x" * 2001)
    assert len(refused.value.problems) == 2
    assert handovers(db, campaign) == []


def test_a_visit_lasts_while_its_author_comes_back(db: Database, campaign: Campaign, ada: Account) -> None:
    minutes = (0, 5, 50, 100, 170, 175)
    seen = [last_visit(db, campaign, ada, NOW + timedelta(minutes=one)) for one in minutes]
    assert seen == [None, None, None, None, NOW + timedelta(minutes=100), NOW + timedelta(minutes=100)]


def test_a_visit_that_goes_on_is_seldom_written(db: Database, campaign: Campaign, ada: Account) -> None:
    last_visit(db, campaign, ada, NOW)
    before = db.conn.total_changes
    last_visit(db, campaign, ada, NOW + timedelta(minutes=9))
    assert db.conn.total_changes == before
