"""What an installation of the first edition shows once the second is there: adopted, published, recomputed.

Over ``release-0.1.db.xz``, a real installation: its campaigns were published, and one adopted, under the first edition.
"""

import json
import lzma
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient

from settings import Settings
from storage.campaigns.campaigns import Campaign, campaign_by_slug
from storage.core.database import migrate, open_database
from storage.core.engine import Database
from storage.review.snapshots import latest_snapshot
from tests.serving import ROOT
from tests.web.conftest import quick_passwords
from tests.web.forms import post_form
from web.results.campaign_results import reprinted

DATA = ROOT / "tests/storage/data"
ADOPTED = "villeroche-2026"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation of 0.1 once it is migrated."""
    folder = tmp_path_factory.mktemp("editions")
    (folder / "grille.db").write_bytes(lzma.decompress((DATA / "release-0.1.db.xz").read_bytes()))
    migrate(folder / "grille.db")
    return folder


@pytest.fixture(scope="module")
def upgraded(folder: Path) -> Flask:
    """The program of today over it."""
    from app import create_app

    known = json.loads(lzma.decompress((DATA / "release-0.1.json.xz").read_bytes()))
    return create_app(Settings.read({"DATA": str(folder), "SECRET_KEY": known["secret"]}))


@pytest.fixture(scope="module")
def visitor(upgraded: Flask) -> FlaskClient:
    """Anyone."""
    return upgraded.test_client()


@pytest.fixture(scope="module")
def team(upgraded: Flask) -> FlaskClient:
    """Somebody of the programme, with the password of before."""
    address, password = json.loads(lzma.decompress((DATA / "release-0.1.json.xz").read_bytes()))["account"]
    client = upgraded.test_client()
    with quick_passwords():
        assert post_form(client, "/connexion", email=address, password=password).status_code == 303
    return client


@pytest.fixture
def kept(folder: Path) -> Iterator[Database]:
    """Its database."""
    with closing(open_database(folder / "grille.db")) as db:
        yield db


def campaign_of(db: Database, slug: str) -> Campaign:
    """A campaign of 0.1."""
    found = campaign_by_slug(db, slug)
    assert found
    return found


def test_what_was_adopted_in_the_first_edition_says_so(team: FlaskClient) -> None:
    page = team.get(f"/campagnes/{ADOPTED}/revue/diagnostics/1").text
    assert "édition 1 de la méthode" in page
    assert "réimprimé d’après ce qui a été adopté" in page


def test_its_reprint_is_made_of_what_was_adopted_and_of_nothing_else(
    team: FlaskClient, visitor: FlaskClient, kept: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    adopted = latest_snapshot(kept, campaign_of(kept, ADOPTED))
    assert adopted
    monkeypatch.setattr("scoring.computing.profile_of", None)  # nothing is computed again
    reprint = reprinted(adopted)
    assert reprint
    assert reprint.startswith(b"%PDF")
    kept_at = f"/campagnes/{ADOPTED}/revue/diagnostics/{adopted.number}/rapport.pdf"
    assert team.get(kept_at).data == reprint
    assert visitor.get(f"/restitution/{ADOPTED}/documents/pdf").data == reprint


def published_then() -> list[tuple[str, str, str]]:
    """The files that 0.1 published, as the program gave them before it had two editions: campaign, name, SHA-256."""
    known = json.loads((DATA / "first-edition-files.json").read_text("utf-8"))["release-0.1"]
    return [(slug, name, sha256) for slug, files in known.items() for name, sha256 in files.items()]


def test_files_published_before_stay_at_their_address_to_the_byte(visitor: FlaskClient, team: FlaskClient) -> None:
    for slug, name, digest in published_then():
        for client in (visitor, team):
            assert sha256(client.get(f"/restitution/{slug}/fichiers/{name}").data).hexdigest() == digest, (slug, name)


def test_files_of_the_second_edition_have_an_address_that_says_so(visitor: FlaskClient) -> None:
    first = f"/restitution/{ADOPTED}/fichiers/profile.json"
    old, new = visitor.get(first), visitor.get(f"{first}?edition=2")
    assert "edition" not in old.json
    assert new.json["edition"] == 2
    assert old.headers["ETag"] != new.headers["ETag"]
    assert visitor.get(first, headers={"If-None-Match": old.headers["ETag"]}).status_code == 304
    assert visitor.get(first, headers={"If-None-Match": new.headers["ETag"]}).data == old.data
    assert f"{first}?edition=2" in visitor.get(f"/restitution/{ADOPTED}").text
    picture = visitor.get(f"/restitution/{ADOPTED}/fichiers/radar.svg")
    assert picture.location == f"/restitution/{ADOPTED}/fichiers/radar.svg?edition=2"


def test_pages_and_documents_say_when_they_were_recomputed(visitor: FlaskClient) -> None:
    told = "publiés le 23 juin 2023 avec l’édition 1 de la méthode, ont été recalculés le"
    for page in ("", "/habitants"):
        assert told in visitor.get(f"/restitution/saint-aubin-des-pres-2023{page}").text
    package = ZipFile(BytesIO(visitor.get("/restitution/saint-aubin-des-pres-2023/documents/zip").data))
    assert any(told in package.read(name).decode("utf-8-sig", "replace") for name in package.namelist())
    assert "Le diagnostic adopté reste celui de l’édition 1." in visitor.get(f"/restitution/{ADOPTED}").text
