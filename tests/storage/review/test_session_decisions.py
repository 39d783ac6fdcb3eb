"""What a session keeps with its campaign: the order of its slides, and what the room decided."""

import pytest

from storage.accounts.accounts import Account, create_account
from storage.campaigns.campaigns import Campaign
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.review.session_decisions import LONGEST, decisions_of, note_decision, remove_decision
from storage.review.slide_order import SlideOrder, change_slide_order, ordered_slides, read_slide_order


@pytest.fixture
def author(db: Database) -> Account:
    return create_account(db, "camille@essai.example", "Camille Essai", "no password")


def test_decisions_are_kept_in_order_and_once(db: Database, campaign: Campaign, author: Account) -> None:
    first = note_decision(db, campaign, "  Un atelier\n en mars ", author)
    again = note_decision(db, campaign, "Un atelier en mars", author)
    second = note_decision(db, campaign, "Une adresse commune", author)
    assert again == first
    assert [one.text for one in decisions_of(db, campaign)] == ["Un atelier en mars", "Une adresse commune"]
    remove_decision(db, campaign, first.id)
    assert decisions_of(db, campaign) == [second]
    assert db.execute("SELECT count(*) FROM decisions").fetchone()[0] == 2


@pytest.mark.parametrize("text", ["", " \n ", "x" * (LONGEST + 1)])
def test_what_cannot_be_a_decision_is_refused(text: str, db: Database, campaign: Campaign, author: Account) -> None:
    with pytest.raises(CampaignError):
        note_decision(db, campaign, text, author)
    assert decisions_of(db, campaign) == []


def test_an_arrangement_is_read_back_as_written(db: Database, campaign: Campaign, author: Account) -> None:
    keys = ["qui", "radar", "decider"]
    change_slide_order(db, campaign, author, lambda now: now.added(keys, " Merci  à tous ", "Une ligne"))
    changed = change_slide_order(db, campaign, author, lambda now: now.toggled("radar"))
    assert read_slide_order(db, campaign) == changed
    assert changed.order == ("qui", "radar", "texte-1", "decider")
    assert changed.texts[0].title == "Merci à tous"
    assert change_slide_order(db, campaign, author, lambda now: now.without("texte-1")).texts == ()


def test_nobody_arranged_anything(db: Database, campaign: Campaign) -> None:
    assert read_slide_order(db, campaign) == SlideOrder()
    assert ordered_slides(["a", "b"], ()) == ["a", "b"]


def test_hiding_twice_shows_again_and_moves_stop_at_the_ends() -> None:
    assert SlideOrder().toggled("a").toggled("a") == SlideOrder()
    assert SlideOrder().moved(["a", "b"], "a", -3).order == ("a", "b")
    assert SlideOrder().moved(["a", "b"], "nowhere", 1) == SlideOrder()
