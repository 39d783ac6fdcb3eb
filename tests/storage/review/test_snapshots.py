"""Adopted diagnostics: frozen, hashed, verified from the answers, corrected by a new version only."""

from pathlib import Path

import orjson
import pytest

from questionnaires import Answer
from storage.accounts.accounts import Account, create_account
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign
from storage.core.database import writing
from storage.core.database_errors import SQLError
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.responses.computed.profiles import CampaignStillOpen
from storage.responses.recorded_responses import Recorded, record_responses
from storage.review.evidence import add_file, file_path, remove_evidence
from storage.review.sheets import FactAnswer, Facts, Judgement, PrivateNote, YearlyNote, save_sheet
from storage.review.snapshot_verification import differences
from storage.review.snapshots import (
    DraftChanged,
    adopt,
    canonical,
    draft,
    find_snapshot,
    latest_snapshot,
    sha256_of,
    snapshots_of,
)


@pytest.fixture
def ana(db: Database) -> Account:
    return create_account(db, "ana@exemple.fr", "Ana")


@pytest.fixture
def closed(db: Database, campaign: Campaign) -> Campaign:
    responses = [
        Recorded(college, {"A-1": Answer(1 + i % 3), "A-2": Answer(2), "B-1": Answer(1, comment="un mot")})
        for college in ("eleves", "profs")
        for i in range(7)
    ]
    record_responses(db, campaign, responses)
    return close_campaign(db, campaign)


def test_an_open_campaign_cannot_be_adopted(db: Database, campaign: Campaign, ana: Account) -> None:
    with pytest.raises(CampaignStillOpen):
        adopt(db, campaign, ana)


def test_a_snapshot_holds_everything_but_what_is_private(db: Database, closed: Campaign, ana: Account) -> None:
    save_sheet(db, closed, Judgement(2, "Vu sur place", "Accueil", ""), ana, expected=0, subject="A")
    save_sheet(db, closed, YearlyNote(progress="Bien"), ana, expected=0)
    save_sheet(db, closed, Facts((FactAnswer("oui"),)), ana, expected=0, subject="A-1")
    save_sheet(db, closed, PrivateNote("entre nous"), ana, expected=0)
    add_file(db, closed, "A-1", 0, "note.txt", b"vu", ana)
    adopted = adopt(db, closed, ana)
    document = adopted.document
    assert (adopted.number, adopted.author, adopted.reason) == (1, "Ana", "")
    assert document["judgements"]["A"]["level"] == 2
    assert document["note"]["progress"] == "Bien"
    assert document["facts"]["A-1"][0]["state"] == "oui"
    assert document["evidence"][0]["name"] == "note.txt"
    assert document["grid"]["version"] == closed.grid.version
    assert document["profile"]["rules"]["k"] == 5
    assert not {"entre nous", "un mot"} & set(adopted.text.split('"'))
    assert adopted.sha256 == sha256_of(canonical(orjson.loads(adopted.text)))
    assert differences(db, closed, adopted) == []


def test_a_level_far_from_the_score_needs_a_reason(db: Database, closed: Campaign, ana: Account) -> None:
    save_sheet(db, closed, Judgement(3), ana, expected=0, subject="B")
    with pytest.raises(CampaignError, match="Bavarder"):
        adopt(db, closed, ana)
    save_sheet(db, closed, Judgement(3, "La charte vient d’être votée."), ana, expected=1, subject="B")
    assert adopt(db, closed, ana).number == 1


def test_a_correction_is_another_version_with_its_reason(db: Database, closed: Campaign, ana: Account) -> None:
    first = adopt(db, closed, ana)
    with pytest.raises(CampaignError, match="pourquoi"):
        adopt(db, closed, ana, reason="  ")
    second = adopt(db, closed, ana, reason="Une faute de frappe")
    assert [one.number for one in snapshots_of(db, closed)] == [1, 2]
    assert find_snapshot(db, closed, 1) == first
    assert latest_snapshot(db, closed) == second
    assert find_snapshot(db, closed, 3) is None


def test_what_is_adopted_is_what_was_read(db: Database, closed: Campaign, ana: Account) -> None:
    read = sha256_of(canonical(draft(db, closed)))
    save_sheet(db, closed, YearlyNote(progress="Ajout"), ana, expected=0)
    with pytest.raises(DraftChanged):
        adopt(db, closed, ana, read=read)
    assert snapshots_of(db, closed) == []
    assert adopt(db, closed, ana, read=sha256_of(canonical(draft(db, closed)))).number == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE snapshots SET reason = 'autre'",
        "DELETE FROM snapshots",
        "INSERT OR REPLACE INTO snapshots SELECT * FROM snapshots",
        "INSERT INTO snapshots SELECT 9, campaign_id, 3, adopted_at, author_id, 'x', sha256, document FROM snapshots",
    ],
)
def test_the_database_refuses_to_change_a_snapshot(
    db: Database, closed: Campaign, ana: Account, statement: str
) -> None:
    adopted = adopt(db, closed, ana)
    with pytest.raises(SQLError, match="never changes"), writing(db) as conn:
        conn.execute(statement)
    assert snapshots_of(db, closed) == [adopted]


def tamper(db: Database, *statements: str) -> None:
    """What only someone with the file in hand could do."""
    with writing(db) as conn:
        for number in (1, 2, 3):
            conn.execute(f"DROP TRIGGER snapshots_never_change_{number}")
        for statement in statements:
            conn.execute(statement)


def test_verification_says_which_figure_differs(db: Database, closed: Campaign, ana: Account) -> None:
    adopt(db, closed, ana)
    with writing(db) as conn:
        conn.execute("UPDATE responses SET document = json_set(document, '$.answers.A-2', 3) WHERE id = 1")
    found = differences(db, closed, snapshots_of(db, closed)[0])
    assert any("[A-2, A, eleves].mean : adopté 2.0, recalculé 2.14" in sentence for sentence in found)


def test_verification_sees_a_document_that_was_edited(db: Database, closed: Campaign, ana: Account) -> None:
    adopt(db, closed, ana)
    tamper(db, "UPDATE snapshots SET document = replace(document, 'Ana', 'Bob')")
    assert "empreinte" in differences(db, closed, snapshots_of(db, closed)[0])[0]


def test_verification_sees_a_missing_file_and_adoption_keeps_files(
    db: Database, closed: Campaign, ana: Account
) -> None:
    kept = add_file(db, closed, "A-1", 0, "note.txt", b"vu", ana)
    adopted = adopt(db, closed, ana)
    remove_evidence(db, closed, kept)
    path: Path = file_path(db, kept.sha256 or "")
    assert path.exists()
    assert differences(db, closed, adopted) == []
    path.unlink()
    assert "note.txt" in differences(db, closed, adopted)[0]
