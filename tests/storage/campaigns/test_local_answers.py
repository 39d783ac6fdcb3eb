"""Answers to local questions: nothing under k, nothing with whom, nothing after the purge."""

from datetime import timedelta
from pathlib import Path

from questionnaires import Answer
from questionnaires.local.questions import LocalQuestion
from storage.accounts.accounts import create_account
from storage.campaigns.after_opening.local_answers import LocalCounts, local_counts
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign, open_campaign
from storage.campaigns.territories import create_territory
from storage.core.database import file_of
from storage.core.engine import Database
from storage.core.timestamps import now
from storage.operations.cancellation import cancel_campaign, prove_erased
from storage.operations.content_check import content_problems
from storage.operations.purge import Periods, purge
from storage.responses.computed.raw_answers import raw_answers
from storage.responses.recorded_responses import Recorded, record_responses
from storage.review.comments import ModerationChoice, comments_of, decide_comments, free_answers, pending_comments
from storage.review.sheets import review_state
from tests.storage.conftest import small_grid

DAYS = LocalQuestion("Quel jour ?", ("Le samedi", "Le mardi", "Jamais"))
PLACE = LocalQuestion("À pied ?", ("Oui", "Non"))
FREE = LocalQuestion("Que manque-t-il ?", is_open=True)
TEXTS = [f"Il manque un banc sous l’arbre numéro {n}" for n in range(5)]


def collecting(db: Database) -> Campaign:
    place = create_territory(db, "Ici", "commune")
    return open_campaign(db, place, small_grid(), name="Bilan", year=2026, local_questions=(DAYS, PLACE, FREE))


def answered(db: Database, campaign: Campaign, *said: dict[str, Answer]) -> None:
    people = [Recorded("eleves", {"A-1": Answer(2), **one}) for one in said]
    record_responses(db, campaign, people)


def closed(db: Database, texts: int = 5) -> Campaign:
    """Six people on Saturdays, four on Tuesdays; all of them come on foot but two who do not say; some wrote."""
    campaign = collecting(db)
    answered(
        db,
        campaign,
        *[{"@1": Answer(1), "@2": Answer(1)}] * 6,
        *[{"@1": Answer(2), "@2": Answer(2)}] * 4,
        *[{"@2": Answer(2)}],
        *[{"@3": Answer(comment=text)} for text in TEXTS[:texts]],
    )
    return close_campaign(db, campaign)


def test_choices_of_fewer_than_k_are_hidden_and_so_is_the_total_that_would_give_them(db: Database) -> None:
    days, place = local_counts(db, closed(db))
    assert days == LocalCounts(DAYS, (6, None, None))
    assert (days.is_shown, days.total) == (True, None)
    assert (place.people, place.total) == ((6, 5), 11)


def test_what_is_hidden_is_nowhere_in_the_database(db: Database) -> None:
    campaign = closed(db, texts=4)
    assert db.conn.execute("SELECT question, choice FROM local_counts ORDER BY 1, 2").fetchall() == [
        ("@1", 1),
        ("@2", 1),
        ("@2", 2),
    ]
    assert free_answers(db, campaign) == []
    assert not db.conn.execute("SELECT 1 FROM responses WHERE instr(document, 'local')").fetchall()
    assert not any("@1" in row for row in raw_answers(db, campaign))
    assert content_problems(db) == []


def test_nothing_is_shown_when_too_few_made_any_choice(db: Database) -> None:
    campaign = collecting(db)
    answered(db, campaign, *[{"@1": Answer(1)}] * 4)
    days, _place = local_counts(db, close_campaign(db, campaign))
    assert (days.is_shown, days.total) == (False, None)


def test_only_those_who_count_in_the_results_count_here(db: Database) -> None:
    campaign = collecting(db)
    record_responses(db, campaign, [Recorded("eleves", {"@1": Answer(1)})] * 9)
    assert not local_counts(db, close_campaign(db, campaign))[0].is_shown


def test_free_answers_are_decided_like_comments_and_belong_to_nobody(db: Database) -> None:
    campaign = closed(db)
    author = create_account(db, "lise@ici.fr", "Lise", "x")
    found = comments_of(db, campaign)
    assert [one.text for one in found] == TEXTS
    assert {(one.is_local, one.college) for one in found} == {(True, None)}
    assert pending_comments(db, campaign) == review_state(db, campaign).waiting == 5
    late = decide_comments(db, campaign, [ModerationChoice(found[0].mark, "accepted", None)], author)
    assert (late, pending_comments(db, campaign)) == ([], 4)
    again = decide_comments(db, campaign, [ModerationChoice(found[0].mark, "refused", None)], author)
    assert [choice.mark for choice in again] == [found[0].mark]


def test_the_purge_leaves_nothing_of_them(db: Database) -> None:
    campaign = closed(db)
    assert purge(db, Periods()).before["local_texts"] == 0
    done = purge(db, Periods(), now() + timedelta(days=Periods().comments + 1))
    assert (done.before["local_counts"], done.before["local_texts"], done.problems) == (3, 5, ())
    assert not any(one.is_shown for one in local_counts(db, campaign))
    assert TEXTS[0].encode() not in Path(file_of(db)).read_bytes()


def test_a_cancelled_campaign_leaves_nothing_of_them_either(db: Database) -> None:
    campaign = collecting(db)
    answered(db, campaign, {"@1": Answer(1), "@3": Answer(comment=TEXTS[0])})
    erased = cancel_campaign(db, campaign)
    assert TEXTS[0] in erased.traces
    assert prove_erased(db, campaign.territory, erased) == ()


def test_the_same_words_kept_for_another_campaign_prove_nothing(db: Database) -> None:
    kept = closed(db)
    other = open_campaign(db, kept.territory, small_grid(), name="Suite", year=2027, local_questions=(FREE,))
    answered(db, other, {"@1": Answer(comment=TEXTS[0])})
    erased = cancel_campaign(db, other)
    assert prove_erased(db, other.territory, erased) == ()
