"""Judgement beside the score: reasons asked for, two people at once, nothing typed lost, private notes apart."""

import re

import lxml.html
import pytest
from flask.testing import FlaskClient

from questionnaires import Answer
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign
from storage.core.engine import Database
from storage.responses.recorded_responses import Recorded, record_responses
from storage.review.sheets import Facts, Judgement, PrivateNote, YearlyNote, read_sheet
from tests.web.conftest import Open, SignIn
from tests.web.review.conftest import address, send


def judge(client: FlaskClient, campaign: Campaign, version: int = 0, **typed: str) -> int:
    typed = {"level": "", "justification": "", "strengths": "", "weaknesses": "", **typed}
    return send(client, address(campaign, "familles/COO"), version=version, **typed).status_code


def test_a_level_far_from_the_score_asks_why_and_keeps_what_was_typed(
    reviewer: FlaskClient, closed: Campaign, database: Database
) -> None:
    page = address(closed, "familles/COO")
    refused = send(reviewer, page, version=0, level="4", justification=" ", strengths="Un texte à garder")
    assert refused.status_code == 422
    assert "s’écarte du score d’un niveau ou plus" in refused.text
    assert "Un texte à garder" in refused.text
    assert re.search(r'name="level" value="4" checked', refused.text)
    assert read_sheet(database, closed, Judgement, "COO").version == 0
    assert judge(reviewer, closed, level="4", justification="Vu sur place.") == 303
    assert read_sheet(database, closed, Judgement, "COO").content.level == 4


def test_a_level_near_the_score_needs_none(reviewer: FlaskClient, closed: Campaign) -> None:
    assert judge(reviewer, closed, level="2") == 303


@pytest.mark.parametrize("level", ["9", "-1", "x", "²"])
def test_a_level_that_does_not_exist_is_refused(level: str, reviewer: FlaskClient, closed: Campaign) -> None:
    assert judge(reviewer, closed, level=level) == 422


def test_a_level_is_judged_beside_its_score(reviewer: FlaskClient, closed: Campaign) -> None:
    page = reviewer.get(address(closed, "familles/COO")).text
    assert "Le score calculé" in page
    assert "Clarifier les rôles" in page


def test_a_level_without_a_published_score_needs_a_reason(campaign: Open, sign_in: SignIn, database: Database) -> None:
    opened = campaign("open")
    answers = {skill.code: Answer(2) for skill in opened.grid.skills if skill.core}
    record_responses(
        database, opened, [Recorded(college, answers) for college in ("elus", "agents") for _n in range(2)]
    )
    silent, reviewer = close_campaign(database, opened), sign_in("reviewer")
    where = address(silent, "familles/COO")
    assert "moins de 5" in reviewer.get(where).text
    refused = send(reviewer, where, version=0, level="2", justification="", strengths="", weaknesses="")
    assert refused.status_code == 422
    assert "score" in lxml.html.fromstring(refused.text).xpath("string(//*[@id='justification-erreur'])")
    assert judge(reviewer, silent, level="2", justification="Vu dans trois réunions.") == 303
    assert "Pratique régulière" in reviewer.get(address(silent)).text


def test_the_rule_proposes_and_the_person_disposes(reviewer: FlaskClient, closed: Campaign) -> None:
    page = reviewer.get(address(closed, "familles/COO")).text
    assert "proposées par une règle" in page
    assert "Est proposé comme force" in page
    judge(reviewer, closed, strengths="Le mien")
    again = reviewer.get(address(closed, "familles/COO")).text
    assert "proposées par une règle" not in again
    assert "Le mien" in again


@pytest.mark.parametrize("page", ["note", "notes-privees", "familles/COO"])
def test_two_people_at_once_both_see_both_texts(page: str, sign_in: SignIn, closed: Campaign) -> None:
    field = {"note": "progress", "notes-privees": "text", "familles/COO": "strengths"}[page]
    where = address(closed, page)
    ana, bob = sign_in("reviewer"), sign_in("reviewer", None)
    assert send(ana, where, version=0, **{field: "Le texte d’Ana"}).status_code == 303
    late = send(bob, where, version=0, **{field: "Le texte de Bob"})
    assert late.status_code == 409
    assert "Le texte d’Ana" in late.text
    assert "Le texte de Bob" in late.text
    version = re.search(r'name="version" value="(\d+)"', late.text)
    assert version
    assert version[1] == "1"
    assert send(bob, where, version=1, **{field: "Les deux"}).status_code == 303
    assert "Les deux" in ana.get(where).text


def test_a_note_too_long_is_refused_and_kept(reviewer: FlaskClient, closed: Campaign) -> None:
    answer = send(reviewer, address(closed, "note"), version=0, progress="long " * 5000)
    assert answer.status_code == 422
    assert "enlevez-en" in answer.text
    assert answer.text.count("long long long") > 100


def test_odd_characters_and_versions_are_no_error_of_ours(reviewer: FlaskClient, closed: Campaign) -> None:
    for version in ("x", "", "-3", "99999999999999999999"):
        answer = send(reviewer, address(closed, "note"), version=version, progress="😀\0é")
        assert answer.status_code in {303, 409, 422}


def test_what_was_typed_survives_the_end_of_a_session(
    reviewer: FlaskClient, closed: Campaign, database: Database
) -> None:
    where = address(closed, "note")
    token = reviewer.get(where).text.split('name="csrf_token" value="')[1].split('"')[0]
    with database.conn:
        database.conn.execute("DELETE FROM sessions")
    answer = reviewer.post(where, data={"csrf_token": token, "version": "0", "progress": "Une heure de travail"})
    assert answer.status_code == 401
    assert "Une heure de travail" in answer.text
    assert read_sheet(database, closed, YearlyNote).version == 0


def test_private_notes_are_for_reviewers_alone(
    sign_in: SignIn, reviewer: FlaskClient, closed: Campaign, database: Database
) -> None:
    where = address(closed, "notes-privees")
    assert send(reviewer, where, version=0, text="Entre nous seulement").status_code == 303
    assert read_sheet(database, closed, PrivateNote).content.text == "Entre nous seulement"
    programme = sign_in("programme", None)
    assert programme.get(where).status_code == 404
    assert "Notes privées" not in programme.get(address(closed)).text
    for page in ("", "note", "adoption", "historique", "familles/COO", "savoir-faire/COO-1"):
        assert "Entre nous seulement" not in reviewer.get(address(closed, page)).text


def test_facts_are_answered_once_for_the_territory(reviewer: FlaskClient, closed: Campaign, database: Database) -> None:
    where = address(closed, "savoir-faire/COO-2")
    sent = send(reviewer, where, version=0, state_0="oui", precision_0="Depuis mars")
    assert sent.status_code == 303
    answers = read_sheet(database, closed, Facts, "COO-2").content.answers
    assert [answer.state for answer in answers] == ["oui", *[""] * (len(answers) - 1)]
    assert send(reviewer, where, version=1, state_0="peut-être").status_code == 422
    late = send(reviewer, where, version=0, state_0="non", precision_0="")
    assert late.status_code == 409
    assert "Oui – Depuis mars" in late.text
