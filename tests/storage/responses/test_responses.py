"""A response: created once per page, saved answer by answer, changed until the closing, deleted on request."""

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest

from questionnaires import Answer
from questionnaires.answers import UNANSWERED
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign, open_campaign
from storage.campaigns.territories import create_territory
from storage.core.database import open_database
from storage.core.engine import Database
from storage.responses.computed.answer_frames import answers_frame
from storage.responses.recorded_responses import Recorded, record_responses
from storage.responses.responses import (
    CampaignClosed,
    Response,
    ResponseDeleted,
    ResponseRefused,
    UnknownCollege,
    UnknownResponse,
    change_college,
    delete_response,
    find_response,
    save_answers,
    start_response,
    submit_response,
)
from tests.saving import save_by_key

NONCE = "drawn-for-this-page-only"


@pytest.fixture
def key(db: Database, campaign: Campaign) -> str:
    return start_response(db, campaign, "eleves")


def found(db: Database, key: str) -> Response:
    response = find_response(db, key)
    assert response is not None
    return response


def test_a_new_response_is_found_by_its_key_alone(db: Database, campaign: Campaign, key: str) -> None:
    response = found(db, key)
    assert (response.campaign_id, response.college, response.mode) == (campaign.id, "eleves", "individuel")
    assert (response.document.content, response.submitted_at, response.deleted, response.campaign_open) == (
        {},
        None,
        False,
        True,
    )
    assert len(key) >= 22
    assert find_response(db, key[:-1]) is None


@pytest.mark.parametrize("key", ["", "\0", "\ud800", "😀", "x" * 100_000])
def test_a_key_that_is_none_is_no_error(db: Database, campaign: Campaign, key: str) -> None:
    assert find_response(db, key) is None
    for refused in (save_by_key, change_college):
        with pytest.raises(UnknownResponse):
            refused(db, key, {})  # type: ignore[arg-type]
    with pytest.raises(UnknownResponse):
        submit_response(db, key)
    with pytest.raises(UnknownResponse):
        delete_response(db, key)


def test_a_double_click_makes_one_response(db: Database, campaign: Campaign) -> None:
    first = start_response(db, campaign, "eleves", nonce=NONCE)
    assert start_response(db, campaign, "profs", nonce=NONCE) == first
    assert db["responses"].count == 1
    assert found(db, first).college == "profs"


def test_a_nonce_belongs_to_one_campaign(db: Database, campaign: Campaign) -> None:
    other = open_campaign(db, create_territory(db, "Lycée", "autre"), campaign.grid, name="Lycée", year=2026)
    assert start_response(db, campaign, "eleves", nonce=NONCE) != start_response(db, other, "eleves", nonce=NONCE)


@pytest.mark.parametrize("finish", [submit_response, delete_response])
def test_the_next_person_at_the_same_screen_gets_a_new_response(db: Database, campaign: Campaign, finish) -> None:
    first = start_response(db, campaign, "eleves", nonce=NONCE)
    finish(db, first)
    second = start_response(db, campaign, "eleves", nonce=NONCE)
    assert second != first
    assert found(db, second).submitted_at is None


def test_a_nonce_that_could_be_guessed_is_not_used(db: Database, campaign: Campaign) -> None:
    assert start_response(db, campaign, "eleves", nonce="1") != start_response(db, campaign, "eleves", nonce="1")


def test_only_the_campaign_s_colleges_can_answer(db: Database, campaign: Campaign, key: str) -> None:
    for college in ("parents", "", None, "\ud800"):
        with pytest.raises(UnknownCollege):
            start_response(db, campaign, college)
    for college in ("parents", "", "\ud800"):
        with pytest.raises(UnknownCollege):
            change_college(db, key, college)
    assert found(db, start_response(db, campaign, None, "atelier")).college is None


def test_an_answer_is_kept_in_each_of_its_states(db: Database, key: str) -> None:
    answers = {
        "A-1": Answer(3, comment="très bien 😀"),
        "A-2": Answer.not_applicable("pas ici"),
        "B-1": Answer.dont_know(),
    }
    saved = save_by_key(db, key, answers)
    assert saved == found(db, key)
    assert {code: saved.document.answers.get(code, UNANSWERED) for code in answers} == answers


def test_saving_changes_only_what_is_given(db: Database, key: str) -> None:
    save_by_key(db, key, {"A-1": Answer(1), "A-2": Answer(2)})
    save_by_key(db, key, {"A-2": Answer(), "B-1": Answer(3)})
    assert found(db, key).document.content["answers"] == {"A-1": 1, "B-1": 3}


def test_saving_nothing_changes_nothing(db: Database, key: str) -> None:
    before = save_by_key(db, key, {"A-1": Answer(1)})
    assert save_by_key(db, key, {}) == before


def test_a_long_comment_is_kept_whole(db: Database, key: str) -> None:
    text = ("Été 😀 « oui »\n" * 200)[:2000]
    save_by_key(db, key, {"A-1": Answer(1, comment=text)})
    assert found(db, key).document.answers["A-1"].comment == text


def test_what_a_broken_browser_sends_is_cleaned_not_refused(db: Database, key: str) -> None:
    save_by_key(db, key, {"A-1": Answer("SO", reason="a\0b", comment="c\ud800d")})
    assert found(db, key).document.answers["A-1"] == Answer("SO", reason="ab", comment="c?d")


@pytest.mark.parametrize(("code", "level"), [("Z-9", 1), ("A-1", 0), ("A-1", 4), ("A-1", -1), ("", 1)])
def test_an_answer_that_the_grid_does_not_have_is_refused(db: Database, key: str, code: str, level: int) -> None:
    save_by_key(db, key, {"A-1": Answer(2)})
    with pytest.raises(ValueError, match=r"grille|échelle"):
        save_by_key(db, key, {"A-2": Answer(1), code: Answer(level)})
    assert found(db, key).document.content["answers"] == {"A-1": 2}


def test_an_earlier_change_that_arrives_late_does_not_win(db: Database, key: str) -> None:
    save_by_key(db, key, {"A-1": Answer(2)}, moments={"A-1": 2000})
    save_by_key(db, key, {"A-1": Answer(1), "A-2": Answer(1)}, moments={"A-1": 1000, "A-2": 1000})
    assert found(db, key).document.content["answers"] == {"A-1": 2, "A-2": 1}


def test_a_clock_ahead_of_ours_does_not_win_for_ever(db: Database, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    save_by_key(db, key, {"A-1": Answer(1)}, moments={"A-1": time.time_ns() // 1_000_000 + 10**9})
    in_a_minute = time.time_ns() + 60 * 10**9
    monkeypatch.setattr(time, "time_ns", lambda: in_a_minute)
    save_by_key(db, key, {"A-1": Answer(3)})
    assert found(db, key).document.content["answers"] == {"A-1": 3}


@pytest.mark.parametrize("jump", [-3600, -(10**9), 10**9], ids=["an hour back", "years back", "years ahead and back"])
def test_a_clock_that_jumps_loses_no_answer(jump: int, db: Database, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    started = time.time_ns()
    for level, seconds in ((1, 0), (2, jump), (3, 1), (1, jump), (2, 2)):
        monkeypatch.setattr(time, "time_ns", lambda seconds=seconds: started + seconds * 10**9)
        save_by_key(db, key, {"A-1": Answer(level, comment=str(seconds))})
        assert found(db, key).document.answers["A-1"] == Answer(level, comment=str(seconds))


def test_submitting_is_dated_once_and_does_not_freeze(db: Database, key: str) -> None:
    submit_response(db, key)
    first = found(db, key).submitted_at
    save_by_key(db, key, {"A-1": Answer(1)})
    submit_response(db, key)
    assert first is not None
    assert found(db, key).submitted_at == first
    assert found(db, key).document.content["answers"] == {"A-1": 1}


def test_changing_college_keeps_the_answers(db: Database, key: str) -> None:
    save_by_key(db, key, {"A-1": Answer(1)})
    change_college(db, key, "profs")
    assert (found(db, key).college, found(db, key).document.content["answers"]) == ("profs", {"A-1": 1})


def test_deleting_erases_everything_for_good(db: Database, key: str) -> None:
    save_by_key(db, key, {"A-1": Answer(1, comment="mon secret")})
    submit_response(db, key)
    delete_response(db, key)
    delete_response(db, key)
    response = found(db, key)
    assert (response.deleted, response.document.content, response.submitted_at) == (True, {}, None)
    assert "mon secret" not in "\n".join(db.iterdump())
    with pytest.raises(ResponseDeleted):
        save_by_key(db, key, {"A-1": Answer(1)})


def test_nothing_changes_once_the_campaign_is_closed(db: Database, campaign: Campaign, key: str) -> None:
    save_by_key(db, key, {"A-1": Answer(1)})
    close_campaign(db, campaign)
    before = list(db["responses"].rows)
    attempts = [
        lambda: save_by_key(db, key, {"A-1": Answer(2)}),
        lambda: change_college(db, key, "profs"),
        lambda: submit_response(db, key),
        lambda: delete_response(db, key),
        lambda: start_response(db, campaign, "eleves"),
        lambda: record_responses(db, campaign, [Recorded("eleves", {"A-1": Answer(1)})]),
    ]
    for attempt in attempts:
        with pytest.raises(CampaignClosed, match="La collecte est terminée"):
            attempt()
    assert list(db["responses"].rows) == before
    assert not found(db, key).campaign_open


def test_every_refusal_is_a_sentence() -> None:
    for refusal in ResponseRefused.__subclasses__():
        assert str(refusal()).endswith(".")


def test_recorded_responses_come_all_or_none(db: Database, campaign: Campaign) -> None:
    good = Recorded("eleves", {"A-1": Answer(1)})
    for bad, error in (
        (Recorded("parents", {"A-1": Answer(1)}), UnknownCollege),
        (Recorded("eleves", {"A-1": Answer(9)}), ValueError),
    ):
        with pytest.raises(error):
            record_responses(db, campaign, [good, bad])
    assert db["responses"].count == 0
    assert record_responses(db, campaign, [good, good]) == 2


def test_the_frame_holds_who_answered_in_the_table_s_words(db: Database, campaign: Campaign, key: str) -> None:
    save_by_key(db, key, {"A-1": Answer(3), "A-2": Answer.dont_know()})
    start_response(db, campaign, "profs")
    record_responses(
        db,
        campaign,
        [
            Recorded("profs", {"A-1": Answer.not_applicable("non"), "B-1": Answer(1, comment="oui")}),
            Recorded(None, {"B-1": Answer(2)}, "atelier"),
        ],
    )
    frame = answers_frame(db, campaign).astype(object)
    assert frame.where(frame.notna(), None).to_dict("split")["data"] == [
        ["atelier", "atelier", None, None, 2],
        ["eleves", "individuel", 3, "NSP", None],
        ["profs", "papier", "SO", None, 1],
    ]
    assert list(frame.columns) == ["college", "mode", "A-1", "A-2", "B-1"]


def test_a_campaign_without_answers_has_an_empty_frame(db: Database, campaign: Campaign, key: str) -> None:
    frame = answers_frame(db, campaign)
    assert (len(frame), list(frame.columns)) == (0, ["college", "mode", "A-1", "A-2", "B-1"])


def test_the_view_shows_one_row_per_answer_and_no_comment(db: Database, campaign: Campaign, key: str) -> None:
    save_by_key(db, key, {"A-1": Answer(3, comment="secret"), "A-2": Answer.not_applicable("secret")})
    record_responses(db, campaign, [Recorded(None, {"B-1": Answer(2)}, "atelier")])
    rows = [tuple(row.values()) for row in db["answers_long"].rows]
    names = ("ecole-du-bourg", "ecole-du-bourg-2026", 2026)
    assert rows == [
        (1, *names, "eleves", "individuel", "A-1", 3, None),
        (1, *names, "eleves", "individuel", "A-2", None, "SO"),
        (2, *names, "atelier", "atelier", "B-1", 2, None),
    ]


def test_the_file_keeps_nothing_that_says_who_or_when(db: Database) -> None:
    columns = {column.name for column in db["responses"].columns}
    assert columns == {
        *("id", "campaign_id", "college", "mode", "key_sha256", "document", "answered", "submitted_on", "deleted"),
        "lent_link",  # erased once the device is given back
    }


def test_the_database_itself_refuses_a_response_of_nobody(db: Database, campaign: Campaign) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("INSERT INTO responses (campaign_id, mode) VALUES (?, 'individuel')", [campaign.id])
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("INSERT INTO responses (campaign_id, college, mode) VALUES (?, 'parents', 'papier')", [campaign.id])


def test_two_threads_that_save_the_same_response_keep_both_changes(db: Database, path: Path, key: str) -> None:
    """Both read the row before either writes, so that one of them must lose the race, and merge again."""
    both_have_read = Barrier(2)

    def save(code: str) -> Response:
        with closing(open_database(path)) as own:
            response = found(own, key)
            both_have_read.wait()
            return save_answers(own, response, {code: Answer(2, comment=code)})

    with ThreadPoolExecutor(2) as pool:
        saved = list(pool.map(save, ("A-1", "B-1")))
    expected = {code: Answer(2, comment=code) for code in ("A-1", "B-1")}
    assert found(db, key).document.answers == expected
    assert expected in [one.document.answers for one in saved]
    assert db.execute("SELECT answered FROM responses WHERE key_sha256 IS NOT NULL").fetchone() == (2,)


def test_what_became_of_a_response_since_it_was_read_refuses_the_save(
    db: Database, campaign: Campaign, key: str
) -> None:
    save_by_key(db, key, {"A-1": Answer(1)})
    deleted, closed = found(db, key), found(db, start_response(db, campaign, "profs"))
    delete_response(db, key)
    with pytest.raises(ResponseDeleted):
        save_answers(db, deleted, {"A-2": Answer(2)})
    close_campaign(db, campaign)
    with pytest.raises(CampaignClosed):
        save_answers(db, closed, {"A-2": Answer(2)})
    erased = replace(closed, id=10_000)
    with pytest.raises(UnknownResponse):
        save_answers(db, erased, {"A-2": Answer(2)})
    assert db.execute("SELECT count(*) FROM responses WHERE answered > 0").fetchone() == (0,)
