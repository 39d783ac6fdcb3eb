"""The notice of recomputed results is wherever they are read; old files are never made from other answers.

Over ``release-0.1.db.xz``, a real installation whose campaigns were published under the first edition.
"""

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient

from settings import Settings
from storage.campaigns.campaigns import Campaign, campaign_by_slug
from storage.campaigns.recomputed_publications import recomputed
from storage.core.database import open_database
from storage.core.engine import Database
from storage.responses.computed.first_edition import first_edition_profile
from storage.review.first_edition_files import AnswersChanged, published_then
from tests.web.results.first_edition import keep_as_the_first_edition_did

NEWEST, ADOPTED, FIRST = "saint-aubin-des-pres-2026", "villeroche-2026", "saint-aubin-des-pres-2023"
WHOLE = "publiés le 19 juin 2026 avec l’édition 1 de la méthode, ont été recalculés le"
SHORT = "(publié le 19 juin 2026)"
BESIDE = "avaient été publiées avec l’édition 1\xa0: 2025 (le 20 juin 2025), 2024 (le 21 juin 2024) et 2023"

RESULTS = f"/restitution/{NEWEST}"
PAGES = (
    *(RESULTS, f"{RESULTS}/habitants", f"{RESULTS}/comparer", f"{RESULTS}/documents"),
    *(f"/seance/{NEWEST}", f"/seance/{NEWEST}/presentateur", f"/seance/{NEWEST}/fichier"),
)
TEAM_PAGES = (
    *(f"/campagnes/{NEWEST}/revue", f"/campagnes/{NEWEST}/revue/familles/COO"),
    *(f"/campagnes/{NEWEST}/revue/savoir-faire/COO-1", "/parcours/saint-aubin-des-pres"),
)


@pytest.mark.parametrize("address", PAGES)
def test_every_public_page_tells_both_days_of_each_campaign_that_it_shows(address: str, visitor: FlaskClient) -> None:
    page = visitor.get(address).text
    assert WHOLE in page
    assert BESIDE in page


@pytest.mark.parametrize("address", TEAM_PAGES)
def test_every_page_of_the_team_does(address: str, team: FlaskClient) -> None:
    page = team.get(address)
    assert page.status_code == 200
    assert WHOLE in page.text


def test_each_slide_says_it_at_its_foot(visitor: FlaskClient) -> None:
    deck = visitor.get(f"/seance/{NEWEST}").text
    assert deck.count(SHORT) == deck.count('<footer class="foot">') > 10


def test_a_row_of_the_territories_says_it(team: FlaskClient) -> None:
    assert SHORT in team.get("/territoires").text


def test_two_campaigns_chosen_to_be_compared_say_it_too(visitor: FlaskClient) -> None:
    page = visitor.get(f"{RESULTS}/comparer?vagues=2024&vagues=2023").text
    assert "publiés le 21 juin 2024 avec l’édition 1" in page
    assert "une campagne comparée avait été publiée avec l’édition 1\xa0: 2023 (le 23 juin 2023)." in page


def texts_of(content: bytes) -> str:
    """Every text of a zip file: a workbook, a deck, open data."""
    with ZipFile(BytesIO(content)) as package:
        return "".join(package.read(name).decode("utf-8-sig", "replace") for name in package.namelist())


@pytest.mark.parametrize("suffix", ["pptx", "xlsx", "zip"])
def test_every_document_says_it(suffix: str, visitor: FlaskClient) -> None:
    document = texts_of(visitor.get(f"{RESULTS}/documents/{suffix}").data)
    assert WHOLE in document
    assert BESIDE in document


def test_each_slide_of_the_presentation_says_it_at_its_foot(visitor: FlaskClient) -> None:
    with ZipFile(BytesIO(visitor.get(f"{RESULTS}/documents/pptx").data)) as deck:
        slides = [name for name in deck.namelist() if name.startswith("ppt/slides/slide")]
        assert len(slides) > 5
        assert all(SHORT in deck.read(name).decode() for name in slides)


def test_the_report_says_it_on_its_first_page_and_at_the_foot_of_each(visitor: FlaskClient, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not there")
    path = tmp_path / "report.pdf"
    path.write_bytes(visitor.get(f"{RESULTS}/documents/pdf").data)
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True)
    pages = [" ".join(page.split()) for page in done.stdout.rstrip("\f").split("\f")]
    assert WHOLE in pages[0]
    assert all(SHORT in page for page in pages)


def test_json_and_csv_say_it_as_programs_read_it(visitor: FlaskClient, kept: Database) -> None:
    days = recomputed(kept, campaign_of(kept, NEWEST))
    assert days
    both = {"first_published_on": "2026-06-19", "recomputed_on": days.recomputed.isoformat()}
    document = visitor.get(f"{RESULTS}/documents/json").json
    assert document["edition"] == 2
    assert both.items() <= document["campaign"].items()
    assert WHOLE in document["campaign"]["recomputed"]
    file = visitor.get(f"{RESULTS}/fichiers/profile.json?edition=2").json
    assert both.items() <= file.items()
    table = visitor.get(f"{RESULTS}/fichiers/profile.csv?edition=2").data.decode("utf-8-sig").splitlines()
    assert table[0].endswith(",edition,first_published_on,recomputed_on")
    assert table[-1].startswith("edition,")
    assert table[-1].endswith(f",2,2026-06-19,{days.recomputed.isoformat()}")


@pytest.mark.parametrize("name", ["radar.svg", "radar.html"])
def test_drawings_of_the_second_edition_say_it(name: str, visitor: FlaskClient) -> None:
    assert SHORT in visitor.get(f"{RESULTS}/fichiers/{name}?edition=2").text


def test_the_workbook_of_the_second_edition_says_it(visitor: FlaskClient) -> None:
    assert WHOLE in texts_of(visitor.get(f"{RESULTS}/fichiers/profile.xlsx?edition=2").data)


@pytest.mark.parametrize("name", ["profile.xlsx", "radar.svg", "radar.html"])
def test_the_address_of_a_file_that_was_not_kept_says_so_and_where_to_look(name: str, visitor: FlaskClient) -> None:
    page = visitor.get(f"{RESULTS}/fichiers/{name}")
    assert page.status_code == 410
    assert WHOLE in page.text
    for link in (f"{name}?edition=2", "profile.json", "profile.csv"):
        assert f'href="{RESULTS}/fichiers/{link}"' in page.text
        assert visitor.get(f"{RESULTS}/fichiers/{link}").status_code == 200


def campaign_of(db: Database, slug: str) -> Campaign:
    """A campaign of 0.1."""
    found = campaign_by_slug(db, slug)
    assert found
    return found


@pytest.fixture
def copied(folder: Path, tmp_path: Path) -> Iterator[Database]:
    """The same database, to be altered."""
    (tmp_path / "grille.db").write_bytes((folder / "grille.db").read_bytes())
    with closing(open_database(tmp_path / "grille.db")) as db:
        yield db


def another_answer(db: Database, slug: str) -> None:
    """One level more in somebody's stored response, as no page lets anyone do."""
    sql = """UPDATE responses SET document = json_set(document, '$.answers."COO-1"', 4) WHERE id = (SELECT responses.id
        FROM responses JOIN campaigns ON campaigns.id = campaign_id
        WHERE slug = ? AND college = 'habitants' AND json_extract(document, '$.answers."COO-1"') = 1 LIMIT 1)"""
    with db.conn:
        assert db.conn.execute(sql, (slug,)).rowcount == 1


def test_a_size_corrected_since_changes_no_file_of_the_first_edition(copied: Database) -> None:
    before = published_then(copied, campaign_of(copied, NEWEST))
    with copied.conn:
        copied.conn.execute("UPDATE campaign_colleges SET size = 5000")
    campaign = campaign_of(copied, NEWEST)
    assert set(campaign.sizes.values()) == {5000}
    assert published_then(copied, campaign) == before


@pytest.mark.parametrize("slug", [FIRST, "val-de-brume-2025"])
def test_answers_held_to_the_publication_that_was_kept_give_its_files(slug: str, copied: Database) -> None:
    campaign = campaign_of(copied, slug)
    before = published_then(copied, campaign)
    keep_as_the_first_edition_did(copied, campaign)
    assert published_then(copied, campaign) == before


def test_answers_changed_since_give_no_file_under_the_old_name(copied: Database) -> None:
    campaign = campaign_of(copied, FIRST)
    keep_as_the_first_edition_did(copied, campaign)
    another_answer(copied, FIRST)
    with pytest.raises(AnswersChanged):
        published_then(copied, campaign)


def test_what_was_adopted_holds_the_figures_when_answers_changed_since(copied: Database) -> None:
    campaign = campaign_of(copied, ADOPTED)
    before = published_then(copied, campaign)
    another_answer(copied, ADOPTED)
    assert first_edition_profile(copied, campaign).to_dict() != before
    assert json.dumps(published_then(copied, campaign)) == json.dumps(before), "to the byte"


def test_the_address_says_that_the_answers_changed(folder: Path, tmp_path: Path) -> None:
    from app import create_app

    (tmp_path / "grille.db").write_bytes((folder / "grille.db").read_bytes())
    with closing(open_database(tmp_path / "grille.db")) as db:
        keep_as_the_first_edition_did(db, campaign_of(db, FIRST))
        another_answer(db, FIRST)
    client = create_app(Settings.read({"DATA": str(tmp_path), "SECRET_KEY": "a secret of thirty-two characters"}))
    page = client.test_client().get(f"/restitution/{FIRST}/fichiers/profile.json")
    assert page.status_code == 410
    assert "Les réponses enregistrées ne sont plus celles de cette publication" in page.text
    assert f'href="/restitution/{FIRST}/fichiers/profile.json?edition=2"' in page.text
