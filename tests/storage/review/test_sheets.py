"""Texts of reviewers: every version kept, conflicting changes refused; comments identified by a random mark."""

import pytest

from questionnaires import Answer
from storage.accounts.accounts import Account, create_account
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign
from storage.core.engine import Database
from storage.responses.recorded_responses import Recorded, record_responses
from storage.review.comments import (
    ModerationChoice,
    comments_of,
    decide_comments,
    decisions_made,
    nameable_colleges,
    pending_comments,
)
from storage.review.sheets import (
    FactAnswer,
    Facts,
    Judgement,
    PrivateNote,
    SheetChanged,
    YearlyNote,
    read_sheet,
    review_state,
    save_sheet,
    shared_versions,
    sheets_of,
)


@pytest.fixture
def ana(db: Database) -> Account:
    return create_account(db, "ana@exemple.fr", "Ana")


@pytest.fixture
def bob(db: Database) -> Account:
    return create_account(db, "bob@exemple.fr", "Bob")


def test_a_sheet_that_nobody_wrote_is_empty(db: Database, campaign: Campaign) -> None:
    sheet = read_sheet(db, campaign, Judgement, "A")
    assert (sheet.version, sheet.content) == (0, Judgement())
    assert sheets_of(db, campaign, Judgement) == {}


def test_every_version_is_kept_and_the_last_one_counts(db: Database, campaign: Campaign, ana: Account) -> None:
    for version, level in enumerate((2, 3)):
        save_sheet(db, campaign, Judgement(level, "Vu sur place."), ana, expected=version, subject="A")
    assert read_sheet(db, campaign, Judgement, "A").content.level == 3
    assert [sheet.content.level for sheet in shared_versions(db, campaign)] == [2, 3]
    assert read_sheet(db, campaign, Judgement, "B").version == 0


def test_two_reviewers_at_once_never_overwrite_each_other(
    db: Database, campaign: Campaign, ana: Account, bob: Account
) -> None:
    save_sheet(db, campaign, YearlyNote(progress="Ana"), ana, expected=0)
    with pytest.raises(SheetChanged) as refused:
        save_sheet(db, campaign, YearlyNote(progress="Bob"), bob, expected=0)
    assert (refused.value.current.content.progress, refused.value.current.author) == ("Ana", "Ana")
    assert read_sheet(db, campaign, YearlyNote).content.progress == "Ana"


def test_the_same_text_sent_twice_is_one_version(db: Database, campaign: Campaign, ana: Account, bob: Account) -> None:
    note = YearlyNote(progress="Une année pleine.\r\nDeux lignes. ")
    first = save_sheet(db, campaign, note, ana, expected=0)
    assert save_sheet(db, campaign, note, bob, expected=0) == first
    assert first.content.progress == "Une année pleine.\nDeux lignes."


def test_facts_keep_their_order(db: Database, campaign: Campaign, ana: Account) -> None:
    facts = Facts((FactAnswer("oui", "Depuis mars"), FactAnswer(), FactAnswer("non")))
    save_sheet(db, campaign, facts, ana, expected=0, subject="A-1")
    assert sheets_of(db, campaign, Facts)["A-1"].content == facts


def test_a_history_never_tells_private_notes(db: Database, campaign: Campaign, ana: Account) -> None:
    save_sheet(db, campaign, PrivateNote("à moi"), ana, expected=0)
    assert shared_versions(db, campaign) == []


def test_what_cannot_be_stored_is_taken_out(db: Database, campaign: Campaign, ana: Account) -> None:
    assert save_sheet(db, campaign, PrivateNote("a\0\ud800"), ana, expected=0).content.text == "a?"


def test_the_state_moves_with_whatever_the_desk_shows(db: Database, campaign: Campaign, ana: Account) -> None:
    seen = {review_state(db, campaign)}
    save_sheet(db, campaign, PrivateNote("a"), ana, expected=0)
    seen.add(review_state(db, campaign))
    closed = close_campaign(db, campaign)
    seen.add(review_state(db, closed))
    assert len(seen) == 3


@pytest.fixture
def commented(db: Database, campaign: Campaign) -> Campaign:
    people = [("eleves", 6), ("profs", 5)]
    responses = [
        Recorded(college, {"A-1": Answer(2, comment=f"{college} {i}"), "B-1": Answer(1)})
        for college, n in people
        for i in range(n)
    ]
    record_responses(db, campaign, [*responses, Recorded(None, {"A-2": Answer(3, comment="ensemble")}, "atelier")])
    return campaign


def test_comments_are_marked_when_the_campaign_closes(db: Database, commented: Campaign) -> None:
    assert pending_comments(db, commented) == 0
    assert comments_of(db, commented) == []
    closed = close_campaign(db, commented)
    found = comments_of(db, closed)
    assert pending_comments(db, closed) == len(found) == 12
    assert len({comment.mark for comment in found}) == 12
    assert [comment.text for comment in found][:2] == ["eleves 0", "eleves 1"]
    assert {comment.college for comment in found} == {"eleves", "profs", "atelier"}
    assert [comment.text for comment in comments_of(db, closed, "A-2")] == ["ensemble"]


def test_a_college_below_k_is_never_named_nor_pointed_at(db: Database, campaign: Campaign) -> None:
    responses = [Recorded("eleves", {"A-1": Answer(2)})] * 9 + [Recorded("profs", {"A-1": Answer(2, comment="seul")})]
    record_responses(db, campaign, [*responses, Recorded("eleves", {"A-1": Answer(2, comment="parmi neuf")})])
    found = comments_of(db, close_campaign(db, campaign))
    assert {comment.college for comment in found} == {None}


@pytest.mark.parametrize(
    ("sizes", "named"),
    [({"a": 4, "b": 4, "c": 9}, {"c"}), ({"a": 0, "b": 9}, {"b"}), ({"a": 1, "b": 5}, set()), ({}, set())],
)
def test_the_unnamed_are_none_or_at_least_k(sizes: dict[str, int], named: set[str]) -> None:
    assert nameable_colleges(5, sizes) == named
    assert sum(n for code, n in sizes.items() if code not in named) in {0, *range(5, 100)}


def accepted(db: Database, campaign: Campaign) -> list[str]:
    return [one.text for one in comments_of(db, campaign) if one.decision == "accepted"]


def test_nobody_reads_a_comment_before_it_is_accepted(db: Database, commented: Campaign, ana: Account) -> None:
    closed = close_campaign(db, commented)
    first, second, *_ = comments_of(db, closed)
    assert accepted(db, closed) == []
    chosen = [ModerationChoice(first.mark, "accepted", None), ModerationChoice(second.mark, "refused", None)]
    assert decide_comments(db, closed, chosen, ana) == []
    assert accepted(db, closed) == [first.text]
    assert pending_comments(db, closed) == 10
    made = decisions_made(db, closed)
    assert {(one.author, one.decision) for one in made} == {("Ana", "accepted"), ("Ana", "refused")}
    assert decide_comments(db, closed, [ModerationChoice(first.mark, None, "accepted")], ana) == []
    assert accepted(db, closed) == []


def test_a_decision_never_replaces_one_that_was_not_read(
    db: Database, commented: Campaign, ana: Account, bob: Account
) -> None:
    closed = close_campaign(db, commented)
    mark = comments_of(db, closed)[0].mark
    decide_comments(db, closed, [ModerationChoice(mark, "refused", None)], ana)
    late = ModerationChoice(mark, "accepted", None)
    assert decide_comments(db, closed, [late], bob) == [late]
    assert comments_of(db, closed)[0].decision == "refused"
    assert decide_comments(db, closed, [ModerationChoice(mark, "refused", None)], bob) == []
