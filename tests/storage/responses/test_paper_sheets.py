"""Paper sheets: each number once, removed completely, unlinked from responses after the closing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires import Answer
from questionnaires.sheet_numbers import SheetNumberRefused, next_number, normal_number
from storage.campaigns.campaigns import Campaign, participation
from storage.campaigns.lifecycle import close_campaign
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.responses.paper_sheets import SheetTaken, enter_sheet, last_sheets, sheet_taken, sheets_entered, take_back
from storage.responses.responses import CampaignClosed, UnknownCollege

ANSWERS = {"A-1": Answer(2), "A-2": Answer("NSP", comment="Un mot")}


def test_a_sheet_counts_like_any_answer(db: Database, campaign: Campaign) -> None:
    enter_sheet(db, campaign, "ELE-001", "eleves", ANSWERS)
    assert participation(db, campaign) == {"eleves": 1, "profs": 0}
    assert [tuple(row) for row in db.execute("SELECT mode, answered FROM responses")] == [("papier", 2)]


def test_a_number_is_entered_once(db: Database, campaign: Campaign) -> None:
    enter_sheet(db, campaign, "ELE-001", "eleves", ANSWERS)
    with pytest.raises(SheetTaken, match="ELE-001 a déjà été saisie"):
        enter_sheet(db, campaign, "ELE-001", "profs", ANSWERS)
    assert sheets_entered(db, campaign) == 1
    assert participation(db, campaign)["profs"] == 0


def test_an_empty_sheet_or_one_without_a_number_is_refused_with_both_reasons(db: Database, campaign: Campaign) -> None:
    with pytest.raises(CampaignError) as refused:
        enter_sheet(db, campaign, "", "eleves", {"A-1": Answer(comment="seul")})
    assert len(refused.value.problems) == 2
    assert db["responses"].count == 0


def test_a_sheet_is_taken_back_whole_and_can_be_entered_again(db: Database, campaign: Campaign) -> None:
    for number, college in (("ELE-001", "eleves"), ("PRO-001", "profs")):
        enter_sheet(db, campaign, number, college, ANSWERS)
    assert last_sheets(db, campaign) == [("PRO-001", "profs"), ("ELE-001", "eleves")]
    assert take_back(db, campaign, "PRO-001")
    assert not take_back(db, campaign, "PRO-001")
    assert not take_back(db, campaign, "\ud800")
    assert participation(db, campaign) == {"eleves": 1, "profs": 0}
    assert not sheet_taken(db, campaign, "PRO-001")
    enter_sheet(db, campaign, "PRO-001", "profs", ANSWERS)


def test_closing_forgets_which_sheet_was_which(db: Database, campaign: Campaign) -> None:
    enter_sheet(db, campaign, "ELE-001", "eleves", ANSWERS)
    closed = close_campaign(db, campaign)
    assert db.execute("SELECT response_id FROM paper_sheets").fetchall() == [(None,)]
    assert not take_back(db, closed, "ELE-001")
    assert participation(db, closed)["eleves"] == 1
    with pytest.raises(CampaignClosed):
        enter_sheet(db, closed, "ELE-002", "eleves", ANSWERS)


def test_a_college_must_be_the_campaigns(db: Database, campaign: Campaign) -> None:
    with pytest.raises(UnknownCollege):
        enter_sheet(db, campaign, "X-001", "martiens", ANSWERS)
    assert sheets_entered(db, campaign) == 0


@pytest.mark.parametrize("typed", ["1", "001", "pro 1", "PRO-0001", "n°1", "profs 1", " Pro—１ "])
def test_a_sheet_has_one_number_however_it_is_typed(db: Database, campaign: Campaign, typed: str) -> None:
    assert enter_sheet(db, campaign, typed, "profs", ANSWERS) == "PRO-001"
    with pytest.raises(SheetTaken, match="PRO-001"):
        enter_sheet(db, campaign, "PRO-001", "profs", ANSWERS)
    assert enter_sheet(db, campaign, "1", "eleves", ANSWERS) == "ELE-001"


@pytest.mark.parametrize(
    "typed", ["abc", "ABC-001", "PRO", "0", "PRO-000", "1 bis", "1-2", "12345678", "٣", "9" * 5000]
)
def test_what_is_no_number_of_a_sheet_is_refused_with_those_that_are(
    db: Database, campaign: Campaign, typed: str
) -> None:
    with pytest.raises(CampaignError, match=r"recopiez celui qui est imprimé.*PRO-012.*ELE ou PRO") as refused:
        enter_sheet(db, campaign, typed, "profs", {})
    assert len(refused.value.problems) == 2
    assert sheets_entered(db, campaign) == 0


def test_a_sheet_printed_for_another_college_is_not_counted_in_this_one(db: Database, campaign: Campaign) -> None:
    with pytest.raises(CampaignError, match="ELE-007 est celle d’un autre collège"):
        enter_sheet(db, campaign, "ele 7", "profs", ANSWERS)


@given(st.text(max_size=40), st.sampled_from(["eleves", "profs"]))
def test_a_number_is_settled_once_and_for_all(typed: str, college: str) -> None:
    codes = ["eleves", "profs"]
    try:
        number = normal_number(typed, college, codes)
    except SheetNumberRefused:
        return
    assert normal_number(number, college, codes) == number
    assert normal_number(next_number(number), college, codes) == next_number(number)
