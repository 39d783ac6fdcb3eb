"""The completion time: one median per campaign, of k people or more, without timestamps."""

from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires import Answer
from storage.campaigns.campaigns import Campaign
from storage.campaigns.completion_time import (
    LONGEST_SECONDS,
    measured_completion_time,
    seconds_per_answer,
    usual_completion_time,
)
from storage.campaigns.lifecycle import close_campaign
from storage.core.engine import Database
from storage.responses.recorded_responses import Recorded, record_responses
from storage.responses.responses import start_response, submit_response
from tests.saving import save_by_key

START = 1_700_000_000_000


def naive(stamps: list[int]) -> float | None:
    """The same, slowly: the time from the first answer, shared among those that came later."""
    ordered = sorted(stamps)
    later = [stamp for stamp in ordered if stamp != ordered[0]]
    if len(later) < 5 or ordered[-1] - ordered[0] > 3_600_000:
        return None
    return (ordered[-1] - ordered[0]) / 1000 / len(later)


@given(st.lists(st.integers(0, 4_000_000), max_size=12))
def test_the_time_of_a_response_is_that_of_the_naive_way(stamps: list[int]) -> None:
    assert seconds_per_answer(stamps) == naive(stamps)


def test_who_comes_back_the_day_after_is_not_timed() -> None:
    stamps = [0, 10_000, 20_000, 30_000, 40_000, LONGEST_SECONDS * 1000]
    assert seconds_per_answer(stamps) is not None
    assert seconds_per_answer([*stamps, LONGEST_SECONDS * 1000 + 1]) is None


def answer(db: Database, campaign: Campaign, seconds: int, *, send: bool = True) -> int:
    """Somebody who takes that long for each answer; gives the row of their response."""
    key = start_response(db, campaign, "eleves")
    codes = ("A-1", "A-2", "B-1")
    for rank, code in enumerate(codes):
        save_by_key(db, key, {code: Answer(2)}, {code: START + rank * seconds * 1000})
    if send:
        submit_response(db, key)
    (row,) = db.execute("SELECT max(id) FROM responses").fetchone()
    return int(row)


def test_a_campaign_keeps_one_number_when_it_closes(
    db: Database, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.campaigns.completion_time.FEWEST_ANSWERS", 2)
    times = [12, 20, 31, 44, 300]
    for seconds in times:
        answer(db, campaign, seconds)
    answer(db, campaign, 1, send=False)
    record_responses(db, campaign, [Recorded("eleves", {"A-1": Answer(2)}, "individuel")])
    assert usual_completion_time(db, "essai", "short", retrospective=False) is None
    close_campaign(db, campaign)
    assert usual_completion_time(db, "essai", "short", retrospective=False) == median(times)
    assert usual_completion_time(db, "essai", "full", retrospective=False) is None
    assert usual_completion_time(db, "essai", "short", retrospective=True) is None
    assert "stamps" not in str(db.execute("SELECT document FROM responses").fetchall())
    close_campaign(db, campaign)
    assert usual_completion_time(db, "essai", "short", retrospective=False) == median(times)


def test_fewer_than_k_leave_no_number(db: Database, campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.campaigns.completion_time.FEWEST_ANSWERS", 2)
    for _ in range(4):
        answer(db, campaign, 20)
    close_campaign(db, campaign)
    assert usual_completion_time(db, "essai", "short", retrospective=False) is None


def test_phones_of_a_workshop_follow_the_group_and_are_not_timed(
    db: Database, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.campaigns.completion_time.FEWEST_ANSWERS", 2)
    rows = [answer(db, campaign, 20) for _ in range(5)]
    assert measured_completion_time(db.conn, campaign.id, 5) == 20
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("INSERT INTO workshop_phones (workshop_id, response_id) VALUES (1, ?)", (rows[0],))
    assert measured_completion_time(db.conn, campaign.id, 5) is None
