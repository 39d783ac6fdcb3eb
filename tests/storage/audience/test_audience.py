"""The room of a session on its phones: joining, choosing, counting hands, revealing, ending, erasing."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from storage.audience.audiences import (
    MOST_LINES,
    MOST_PHONES,
    Audience,
    AudienceOver,
    NotJoined,
    TooManyPhones,
    audience_by_code,
    audience_of,
    end_audience,
    erase_audience,
    join_audience,
    open_audience,
    phones,
    show_slide,
)
from storage.audience.questions import (
    GUESS,
    POINTS,
    AnswerRefused,
    Option,
    Question,
    Result,
    Truth,
    answer,
    answer_of,
    answered,
    ask,
    count_hands,
    find_question,
    questions_of,
    reveal_answers,
)
from storage.audience.watching import version_of
from storage.audience.words import moderate, say_words, shown_words, words_of, words_said
from storage.campaigns.campaigns import Campaign
from storage.core.database import open_database
from storage.core.engine import Database
from storage.core.timestamps import now
from storage.core.tokens import ROOM_CODE_LETTERS
from storage.operations.purge import Periods, purge

K = 3
OPTIONS = (Option("A", "Accueillir", "hue-1"), Option("B", "Bavarder", "hue-2"))
TRUTH = Truth(("B",), "Bavarder : de 1,2 à 2,0")


@pytest.fixture
def audience(db: Database, campaign: Campaign) -> Audience:
    """A room that is asked a guess, and to share points."""
    audience = open_audience(db, campaign)
    ask(db, audience, [Question(GUESS, "Quoi ?", OPTIONS, TRUTH), Question(POINTS, "Par quoi ?", OPTIONS)])
    return audience


def asked(db: Database, audience: Audience, key: str) -> Question:
    question = find_question(db, audience, key)
    assert question is not None
    return question


def answers(db: Database, audience: Audience, key: str, *said: dict[str, int]) -> None:
    """One phone for each answer."""
    for number, points in enumerate(said):
        join_audience(db, audience, f"phone {number}")
        answer(db, audience, f"phone {number}", asked(db, audience, key), points)


def test_a_room_is_opened_once_and_found_by_its_code(db: Database, campaign: Campaign) -> None:
    audience = open_audience(db, campaign)
    assert len(audience.code) == 6
    assert set(audience.code) <= set(ROOM_CODE_LETTERS)
    assert open_audience(db, campaign) == audience == audience_by_code(db, audience.code.lower())
    assert audience_by_code(db, "\ud800") is None


def test_a_phone_joins_once_and_a_room_has_its_limit(
    db: Database, audience: Audience, monkeypatch: pytest.MonkeyPatch
) -> None:
    join_audience(db, audience, "a")
    join_audience(db, audience, "a")
    assert phones(db, audience) == 1
    assert MOST_PHONES >= 300
    monkeypatch.setattr("storage.audience.audiences.MOST_PHONES", 1)
    join_audience(db, audience, "a")
    with pytest.raises(TooManyPhones):
        join_audience(db, audience, "b")


def test_the_last_choice_of_a_phone_counts_once(db: Database, audience: Audience) -> None:
    answers(db, audience, GUESS, {"A": 1}, {"B": 1})
    answer(db, audience, "phone 0", asked(db, audience, GUESS), {"B": 1})
    assert answered(db, audience) == {GUESS: 2}
    assert answer_of(db, audience, "phone 0", GUESS) == {"B": 1}
    assert answer_of(db, audience, "nobody", GUESS) == {}


@pytest.mark.parametrize(
    ("key", "points"),
    [
        (GUESS, {}),
        (GUESS, {"A": 1, "B": 1}),
        (GUESS, {"Z": 1}),
        (POINTS, {"A": 2, "B": 2}),
        (POINTS, {"A": -1}),
        (POINTS, {"A": 5, "B": -2}),
        (POINTS, {"A": 0}),
    ],
)
def test_what_is_no_answer_is_refused(db: Database, audience: Audience, key: str, points: dict[str, int]) -> None:
    join_audience(db, audience, "a")
    with pytest.raises(AnswerRefused):
        answer(db, audience, "a", asked(db, audience, key), points)
    assert key not in answered(db, audience)


def test_nothing_is_shown_under_k_and_what_is_shown_no_longer_changes(db: Database, audience: Audience) -> None:
    answers(db, audience, GUESS, {"A": 1}, {"B": 1})
    with pytest.raises(AnswerRefused, match="au moins 3 réponses"):
        reveal_answers(db, audience, GUESS, K)
    answers(db, audience, GUESS, {"A": 1}, {"B": 1}, {"B": 1})
    shown = Result({"A": 1, "B": 2}, {"A": 1, "B": 2}, phones=3, hands=0)
    assert reveal_answers(db, audience, GUESS, K) == shown
    join_audience(db, audience, "late")
    with pytest.raises(AnswerRefused, match="déjà montré"):
        answer(db, audience, "late", asked(db, audience, GUESS), {"A": 1})
    ask(db, audience, [Question(GUESS, "Autre ?", ())])
    assert reveal_answers(db, audience, GUESS, K) == shown
    assert asked(db, audience, GUESS).title == "Quoi ?"


def test_hands_add_to_phones_but_never_tell_what_fewer_than_k_phones_said(db: Database, audience: Audience) -> None:
    answers(db, audience, POINTS, {"A": 3}, {"A": 1, "B": 2})
    count_hands(db, audience, POINTS, {"A": 4, "B": 5})
    assert reveal_answers(db, audience, POINTS, K) == Result({"A": 4, "B": 5}, {"A": 4, "B": 5}, phones=0, hands=3)
    answers(db, audience, GUESS, {"A": 1}, {"A": 1}, {"B": 1})
    count_hands(db, audience, GUESS, {"B": 2})
    assert reveal_answers(db, audience, GUESS, K) == Result({"A": 2, "B": 3}, {"A": 2, "B": 3}, phones=3, hands=2)
    for wrong in ({"Z": 1}, {"A": -1}, {"A": 10_000}):
        with pytest.raises(AnswerRefused):
            count_hands(db, audience, POINTS, wrong)


def test_words_wait_for_the_moderator_and_for_k_phones(db: Database, audience: Audience) -> None:
    for name in "ab":
        join_audience(db, audience, name)
        say_words(db, audience, name, f" le mot de\u200b {name} ")
    first, second = words_of(db, audience)
    moderate(db, audience, first.id, "accepted", first.text)
    assert shown_words(words_of(db, audience), K) == []
    join_audience(db, audience, "c")
    say_words(db, audience, "c", "autre")
    assert shown_words(words_of(db, audience), K) == ["le mot de a"]
    say_words(db, audience, "a", "changé")  # other words are read again
    assert shown_words(words_of(db, audience), K) == []
    assert words_said(db, audience, "a") == "changé"
    with pytest.raises(AnswerRefused, match="relisez"):
        moderate(db, audience, first.id, "accepted", first.text)
    with pytest.raises(AnswerRefused):
        moderate(db, audience, second.id, "maybe", second.text)
    for wrong in ("", " \u200b ", "x" * 81):
        with pytest.raises(AnswerRefused):
            say_words(db, audience, "b", wrong)
    assert words_said(db, audience, "b") == "le mot de b"


def test_the_end_keeps_what_was_shown_and_forgets_who(db: Database, campaign: Campaign, audience: Audience) -> None:
    answers(db, audience, GUESS, {"A": 1}, {"B": 1}, {"B": 1})
    for number in range(3):
        say_words(db, audience, f"phone {number}", f"mot {number}")
    moderate(db, audience, words_of(db, audience)[0].id, "accepted", "mot 0")
    result = reveal_answers(db, audience, GUESS, K)
    end_audience(db, audience, K)
    end_audience(db, audience, K)
    assert phones(db, audience) == 0
    assert db.conn.execute("SELECT count(*) FROM audience_answers").fetchone() == (0,)
    assert questions_of(db, audience)[GUESS].result == result
    assert shown_words(words_of(db, audience), K) == ["mot 0"]
    with pytest.raises(AudienceOver):
        join_audience(db, audience, "late")
    with pytest.raises(AudienceOver):
        say_words(db, audience, "phone 0", "trop tard")
    again = open_audience(db, campaign)
    assert (again.code, again.ended) == (audience.code, False)
    assert shown_words(words_of(db, audience), K) == ["mot 0"]


def test_the_words_of_fewer_than_k_people_are_not_kept(db: Database, audience: Audience) -> None:
    join_audience(db, audience, "a")
    say_words(db, audience, "a", "seul")
    moderate(db, audience, words_of(db, audience)[0].id, "accepted", "seul")
    end_audience(db, audience, K)
    assert words_of(db, audience) == []


def test_a_rehearsal_is_erased_whole(db: Database, audience: Audience) -> None:
    answers(db, audience, GUESS, {"A": 1}, {"B": 1}, {"B": 1})
    reveal_answers(db, audience, GUESS, K)
    say_words(db, audience, "phone 0", "essai")
    erase_audience(db, audience)
    assert questions_of(db, audience) == {}
    assert (words_of(db, audience), phones(db, audience)) == ([], 0)
    with pytest.raises(NotJoined):
        say_words(db, audience, "phone 0", "encore")


def test_the_slide_of_the_room_is_cut_to_what_a_phone_holds(
    db: Database, campaign: Campaign, audience: Audience
) -> None:
    show_slide(db, audience, "guess", [("title", "Le titre\u202e"), ("item", " "), ("item", "x" * 400)] * 40)
    shown = audience_of(db, campaign)
    assert shown is not None
    assert (shown.asked, shown.lines[0]) == ("guess", ("title", "Le titre"))
    assert len(shown.lines) <= MOST_LINES
    assert len(shown.lines[1][1]) == 300


def test_the_version_is_read_again_only_when_something_was_written(
    path: Path, db: Database, audience: Audience
) -> None:
    queries: list[str] = []
    with closing(open_database(path)) as phone:
        first = version_of(phone, audience.code)
        phone.conn.set_trace_callback(queries.append)
        assert version_of(phone, audience.code) == first
        assert [one for one in queries if "audiences" in one] == []
        show_slide(db, audience, "", [("title", "Le profil")])
        assert version_of(phone, audience.code) == (first or 0) + 1
        show_slide(phone, audience, "", [])
        assert version_of(phone, audience.code) == (first or 0) + 2
        assert version_of(phone, "NNNNNN") is None


def test_the_purge_forgets_phones_and_what_nobody_accepted(db: Database, audience: Audience) -> None:
    answers(db, audience, GUESS, {"A": 1}, {"B": 1}, {"B": 1})
    say_words(db, audience, "phone 0", "mot")
    assert purge(db, Periods(), now() + timedelta(days=29)).before["phones"] == 0
    done = purge(db, Periods(), now() + timedelta(days=31))
    assert (done.before["phones"], done.before["words"], done.problems) == (3, 1, ())
    assert db.conn.execute("SELECT count(*) FROM audience_answers").fetchone() == (0,)
