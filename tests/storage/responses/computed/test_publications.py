"""A new publication is refused if it would disclose somebody beside an earlier one."""

import pytest

from questionnaires import Answer
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign, unpublish_campaign
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.responses.computed.publications import publication_to_come, publish_results
from storage.responses.recorded_responses import Recorded, record_responses


def publish(db: Database, campaign: Campaign) -> Campaign:
    return publish_results(db, campaign, publication_to_come(db, campaign))


@pytest.fixture
def published(db: Database, campaign: Campaign) -> Campaign:
    """Published once with twenty-four answers of « Élèves », whose detail is shown, then withdrawn."""
    record_responses(db, campaign, [Recorded("eleves", {"A-1": Answer(1 + rank % 3)}) for rank in range(24)])
    return unpublish_campaign(db, publish(db, close_campaign(db, campaign)))


def erase(db: Database, people: int) -> None:
    db.execute("DELETE FROM responses WHERE id IN (SELECT id FROM responses ORDER BY id DESC LIMIT ?)", (people,))


def test_the_same_results_are_published_again(db: Database, published: Campaign) -> None:
    again = publish(db, published)
    assert again.published_at is not None
    assert publish(db, again) == again
    assert db["publications"].count == 1


@pytest.mark.parametrize("people", [1, 4, 9, 15])  # 15: nine are left, whose mean alone would be shown
def test_a_difference_of_too_few_people_or_a_cell_that_becomes_small_is_refused(
    db: Database, published: Campaign, people: int
) -> None:
    erase(db, people)
    with pytest.raises(CampaignError) as refusal:
        publish(db, published)
    [problem] = refusal.value.problems
    assert problem.startswith("Collège «\u00a0Élèves\u00a0»\u00a0: cette publication")
    assert "(«\u00a0A-1\u00a0»" in problem
    assert unpublish_campaign(db, published).published_at is None


def test_a_difference_of_k_detail_people_is_published_and_compared_later(db: Database, published: Campaign) -> None:
    erase(db, 10)
    second = unpublish_campaign(db, publish(db, published))
    assert db["publications"].count == 2
    erase(db, 1)
    with pytest.raises(CampaignError):
        publish(db, second)


def test_an_open_campaign_is_not_published(db: Database, campaign: Campaign) -> None:
    assert publication_to_come(db, campaign) is None
    with pytest.raises(CampaignError, match="encore ouverte"):
        publish(db, campaign)
