"""The purge: outdated data are erased and unreadable in the file; the rest is kept."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from accounts.passwords import hashed
from questionnaires import Answer
from storage.accounts.accounts import Account, create_account
from storage.accounts.sign_in_sessions import start_session
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign
from storage.campaigns.share_links import find_link, invite
from storage.core.database import file_of
from storage.core.engine import Database
from storage.operations.audit_log import Wanted, entries
from storage.operations.purge import KINDS, Periods, outdated, purge
from storage.operations.sent_forms import KEPT as AN_HOUR
from storage.operations.sent_forms import claim_form, keep_outcome, outcome_of
from storage.responses.computed.profiles import rules_of
from storage.responses.responses import delete_response, find_response, start_response
from storage.responses.resume_codes import resume_code
from storage.review.comments import ModerationChoice, comments_of, decide_comments
from storage.review.evidence import add_file, evidence_of, file_path, remove_evidence
from storage.review.parcours import ActionPlan, Rating, actions_of, add_action, rate_action, remove_action
from storage.review.snapshot_verification import recomputed_profile
from tests.saving import save_by_key

SECRET = "a secret that only tests can know"
SAID = "Madame Dupuis-Lagarde ne répond jamais au téléphone"
KEPT = "La réunion publique du printemps a servi à tous"
LATER = timedelta(days=400)
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj"


@pytest.fixture
def author(db: Database) -> Account:
    return create_account(db, "relectrice@exemple.fr", "Une relectrice", hashed("une phrase assez longue"))


@pytest.fixture
def closed(db: Database, campaign: Campaign, author: Account) -> Campaign:
    """A closed campaign with everything that can go: two comments of which one is accepted, a deleted response…"""
    for number in range(6):
        key = start_response(db, campaign, "eleves", nonce=f"someone who answers {number}")
        words = {0: SAID, 1: KEPT}.get(number)
        answers = {"A-1": Answer(2, comment=words), "B-1": Answer.not_applicable("Ce n’est pas de notre ressort ici")}
        save_by_key(db, key, answers)
        if number == 2:
            resume_code(db, key, SECRET)
    gone = start_response(db, campaign, "profs", nonce="someone who goes away")
    save_by_key(db, gone, {"A-1": Answer(1)})
    delete_response(db, gone)
    start_response(db, campaign, "profs", nonce="someone who says nothing")
    invite(db, campaign, "profs", 3)
    remove_evidence(db, campaign, add_file(db, campaign, "A-1", 0, "charte.pdf", PDF, author))
    start_session(db, author, timedelta(days=1))
    claim_form(db, author, "a form that was sent")
    shut = close_campaign(db, campaign)
    for comment in comments_of(db, shut):
        if comment.text == KEPT:
            decide_comments(db, shut, [ModerationChoice(comment.mark, "accepted", comment.decision)], author)
    return shut


def later() -> datetime:
    return datetime.now(UTC) + LATER


def test_nothing_goes_before_its_period(db: Database, closed: Campaign) -> None:
    assert set(outdated(db, Periods()).values()) == {0}
    assert purge(db, Periods()).before == dict.fromkeys((kind.name for kind in KINDS), 0)
    assert len(comments_of(db, closed)) == 2
    assert not entries(db, Wanted()), "nothing done, nothing told"


def test_everything_goes_after_it_and_the_rest_stays(db: Database, closed: Campaign) -> None:
    before = recomputed_profile(db, closed, rules_of(closed).to_dict())
    done = purge(db, Periods(), later())
    assert done.before == {
        "comments": 1,
        "reasons": 6,
        "local_counts": 0,
        "local_texts": 0,
        "responses": 2,
        "codes": 1,
        "sessions": 1,
        "account_links": 0,
        "api_keys": 0,
        "webhook_deliveries": 0,
        "idempotent_requests": 0,
        "sent_forms": 1,
        "invitations": 3,
        "pictures": 0,
        "cancelled": 0,
        "trials": 0,
        "words": 0,
        "phones": 0,
        "evidence": 1,
        "action_skills": 0,
        "action_ratings": 0,
        "actions": 0,
        "pilots": 0,
    }
    assert set(done.after.values()) == {0}
    assert done.problems == ()
    assert done.looked_for > 10
    assert [comment.text for comment in comments_of(db, closed)] == [KEPT]
    assert evidence_of(db, closed, removed=True) == []
    assert recomputed_profile(db, closed, before["rules"]) == before, "a purge moves no figure"
    assert [entry.event for entry in entries(db, Wanted())] == ["data purged"]
    assert entries(db, Wanted())[0].detail["comments"] == 1


def test_nothing_of_it_is_left_in_the_bytes(db: Database, closed: Campaign) -> None:
    path = Path(file_of(db))
    wal = path.with_name(f"{path.name}-wal")
    assert SAID.encode() in path.read_bytes() + wal.read_bytes()
    purge(db, Periods(), later())
    content = path.read_bytes() + (wal.read_bytes() if wal.exists() else b"")
    assert SAID.encode() not in content
    assert KEPT.encode() in content


def test_what_is_still_there_is_said(db: Database, closed: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    db.conn.execute("PRAGMA secure_delete = OFF")
    done = purge(db, Periods(), later())
    assert any("ne réécrit pas" in problem for problem in done.problems)
    assert any("se lisent encore" in problem for problem in done.problems), "the search finds what is left"


def test_a_file_that_something_else_rests_on_stays(db: Database, campaign: Campaign, author: Account) -> None:
    first = add_file(db, campaign, "A-1", 0, "charte.pdf", PDF, author)
    add_file(db, campaign, "A-2", 0, "la meme.pdf", PDF, author)
    remove_evidence(db, campaign, first)
    assert first.sha256 is not None
    assert purge(db, Periods(), later()).before["evidence"] == 1
    assert file_path(db, first.sha256).exists()
    assert len(evidence_of(db, campaign)) == 1


def test_who_led_an_action_long_over_and_actions_taken_out_are_forgotten(db: Database, campaign: Campaign) -> None:
    plan = ActionPlan(
        "projet", "Un marché", ("A-1",), ends_on=date(2020, 5, 1), status="terminee", pilot="Camille Oubliée"
    )
    over = add_action(db, campaign.territory, plan)
    going = add_action(db, campaign.territory, replace(plan, status="en-cours", pilot="Alix Présent"))
    gone = add_action(db, campaign.territory, replace(plan, title="Une fête à ne plus lire"))
    rate_action(db, Rating(gone.id, 2026, 3, 3))
    remove_action(db, gone)
    done = purge(db, Periods())
    assert (done.before["pilots"], done.before["actions"], done.after["pilots"]) == (2, 0, 0)
    assert {one.id: one.plan.pilot for one in actions_of(db, campaign.territory)} == {
        over.id: "",
        going.id: "Alix Présent",
    }
    done = purge(db, Periods(), later())
    assert (done.before["actions"], done.before["action_skills"], done.before["action_ratings"]) == (1, 1, 1)
    assert done.problems == ()
    content = Path(file_of(db)).read_bytes()
    assert "Alix Présent".encode() in content
    assert "Camille Oubliée".encode() not in content
    assert "Une fête à ne plus lire".encode() not in content


def test_an_open_campaign_loses_nothing_of_its_respondents(db: Database, campaign: Campaign) -> None:
    key = start_response(db, campaign, "eleves", nonce="someone who answers")
    save_by_key(db, key, {"A-1": Answer(2, comment=SAID)})
    delete_response(db, start_response(db, campaign, "eleves", nonce="someone who goes away"))
    (token, *_) = invite(db, campaign, "profs", 1)
    done = purge(db, Periods(), later())
    assert (done.before["comments"], done.before["responses"], done.before["invitations"]) == (0, 0, 0)
    assert find_response(db, key) is not None
    assert find_link(db, token) is not None


def test_forms_sent_go_after_an_hour_though_nobody_sends_another(db: Database, author: Account) -> None:
    reference = keep_outcome(db, author, ["un lien montré une fois"], SECRET)
    assert purge(db, Periods()).before["sent_forms"] == 0
    assert outcome_of(db, author, reference, SECRET) == ["un lien montré une fois"]
    done = purge(db, Periods(), datetime.now(UTC) + AN_HOUR)
    assert (done.before["sent_forms"], done.after["sent_forms"], done.problems) == (1, 0, ())
    assert db.execute("SELECT count(*) FROM sent_forms").fetchone() == (0,)
