"""The documents of a campaign: access of each reader, texts of the review, date."""

import io

import openpyxl
import orjson
import pytest
from flask.testing import FlaskClient

from storage.accounts.accounts import account_by_email
from storage.core.engine import Database
from storage.review.sheets import Judgement, PrivateNote, YearlyNote, save_sheet
from tests.web.conftest import Open, SignIn

DOCUMENTS = ("pdf", "pptx", "xlsx", "zip", "json")
ADDRESS = "/restitution/villeroche-2026/documents"


@pytest.mark.parametrize("suffix", DOCUMENTS)
def test_each_document_is_downloaded_under_its_name(suffix: str, demo_client: FlaskClient) -> None:
    answer = demo_client.get(f"{ADDRESS}/{suffix}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f"attachment; filename=grille-villeroche-2026.{suffix}"
    assert "private" in answer.headers["Cache-Control"]
    assert answer.data == demo_client.get(f"{ADDRESS}/{suffix}").data


@pytest.mark.parametrize("file", ["documents/json", "fichiers/profile.json"])
def test_what_is_not_published_is_kept_by_no_browser(file: str, campaign: Open, sign_in: SignIn) -> None:
    one = campaign("closed")
    answer = sign_in("reader").get(f"/restitution/{one.slug}/{file}", buffered=True)
    assert answer.status_code == 200, file
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_page_says_how_heavy_a_document_is_once_it_was_made(demo_client: FlaskClient) -> None:
    assert demo_client.get(ADDRESS).text.count("Télécharger") == len(DOCUMENTS)
    size = len(demo_client.get(f"{ADDRESS}/json").data)
    assert f"JSON, {-(-size // 1000)} ko" in demo_client.get(ADDRESS).text


def test_what_is_no_document_is_not_there(demo_client: FlaskClient) -> None:
    assert demo_client.get(f"{ADDRESS}/exe").status_code == 404
    assert demo_client.get("/restitution/demonstration/documents/pdf").status_code == 404


def test_the_adopted_texts_are_for_everyone_and_private_notes_for_no_document(demo_client: FlaskClient) -> None:
    document = orjson.loads(demo_client.get(f"{ADDRESS}/json").data)
    assert document["adoption"]["number"] == 2
    assert any(row["justification"] for row in document["judgements"])
    assert document["note"][0]["title"] == "Avancement"


def test_working_texts_are_for_reviewers_only(
    sign_in: SignIn, campaign: Open, database: Database, client: FlaskClient
) -> None:
    one = campaign("published")
    reviewer = sign_in("reviewer")
    author = account_by_email(database, "reviewer@ici.example")
    assert author is not None
    save_sheet(database, one, Judgement(strengths="UNE FORCE"), author, expected=0, subject="COO")
    save_sheet(database, one, YearlyNote(progress="UN PROGRES"), author, expected=0)
    save_sheet(database, one, PrivateNote("UN SECRET"), author, expected=0)
    address = f"/restitution/{one.slug}/documents"
    theirs, others = (who.get(f"{address}/json").text for who in (reviewer, client))
    assert "UNE FORCE" in theirs
    assert "UN PROGRES" in theirs
    assert not any(text in others for text in ("UNE FORCE", "UN PROGRES"))
    assert "UN SECRET" not in theirs + others
    book = openpyxl.load_workbook(io.BytesIO(reviewer.get(f"{address}/xlsx").data))
    about = [cell.value for row in book["À propos"].iter_rows() for cell in row]
    assert any("non adoptée" in str(value) for value in about)


def test_a_later_campaign_that_one_may_not_see_is_in_no_document(campaign: Open, client: FlaskClient) -> None:
    campaign("closed", year=2025)
    one = campaign("published", year=2026)
    document = orjson.loads(client.get(f"/restitution/{one.slug}/documents/json").data)
    assert {row["wave"] for row in document["waves"]} == {"2026"}
