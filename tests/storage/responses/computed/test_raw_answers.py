"""Anonymised individual answers: whose, in which order, and only levels."""

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires import Answer
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign
from storage.core.engine import Database
from storage.responses.computed.profiles import CampaignStillOpen
from storage.responses.computed.raw_answers import MERGED, raw_answers, shown_colleges
from storage.responses.recorded_responses import Recorded, record_responses


def recorded(db: Database, campaign: Campaign, **people: int) -> Campaign:
    """That many people per college, each with an answer of their own, a comment and a reason; and a workshop."""
    responses = [
        Recorded(college, {"A-1": Answer(i % 3 + 1, comment="Un mot"), "A-2": Answer.not_applicable("Une raison")})
        for college, n in people.items()
        for i in range(n)
    ]
    record_responses(db, campaign, [*responses, Recorded("eleves", {"A-1": Answer(3)}, mode="atelier")])
    return close_campaign(db, campaign)


def test_levels_and_colleges_and_nothing_else(db: Database, campaign: Campaign) -> None:
    rows = raw_answers(db, recorded(db, campaign, eleves=12, profs=7))
    assert Counter(row["college"] for row in rows) == {"eleves": 12, "profs": 7}
    assert Counter(row["A-1"] for row in rows if row["college"] == "eleves") == {1: 4, 2: 4, 3: 4}
    assert {row["A-2"] for row in rows} == {"SO"}
    assert {row["B-1"] for row in rows} == {None}
    assert set(rows[0]) == {"college", *(skill.code for skill in campaign.grid.skills)}
    assert "Un" not in str(rows)


def test_the_order_says_nothing(db: Database, campaign: Campaign) -> None:
    closed = recorded(db, campaign, eleves=30, profs=30)
    random.seed(1)
    first = raw_answers(db, closed)
    random.seed(1)
    assert raw_answers(db, closed) != first, "no seed brings an order back"


def test_small_colleges_leave_together_or_not_at_all(db: Database, campaign: Campaign) -> None:
    rows = raw_answers(db, recorded(db, campaign, eleves=9, profs=4))
    assert Counter(row["college"] for row in rows) == {"eleves": 9}


def test_an_open_campaign_has_nothing_to_take(db: Database, campaign: Campaign) -> None:
    with pytest.raises(CampaignStillOpen):
        raw_answers(db, campaign)


@given(st.lists(st.sampled_from("abcdef"), max_size=60), st.integers(3, 11))
def test_no_group_is_smaller_than_k(colleges: list[str], k: int) -> None:
    shown = shown_colleges(colleges, k)
    counts = Counter(college for college in shown if college is not None)
    assert all(count >= k for count in counts.values())
    assert all(after in (before, MERGED, None) for before, after in zip(colleges, shown, strict=True))
    assert len(set(shown) & {MERGED, None}) <= 1
