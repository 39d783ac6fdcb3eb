"""A real installation of the first edition (``release-0.1.db.xz``) after migration, and its readers."""

import json
import lzma
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from settings import Settings
from storage.core.database import migrate, open_database
from storage.core.engine import Database
from tests.serving import ROOT
from tests.web.conftest import quick_passwords
from tests.web.forms import post_form

DATA = ROOT / "tests/storage/data"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation of 0.1 once it is migrated."""
    folder = tmp_path_factory.mktemp("editions")
    (folder / "grille.db").write_bytes(lzma.decompress((DATA / "release-0.1.db.xz").read_bytes()))
    migrate(folder / "grille.db")
    return folder


@pytest.fixture(scope="session")
def upgraded(folder: Path) -> Flask:
    """The program of today over it."""
    from app import create_app

    known = json.loads(lzma.decompress((DATA / "release-0.1.json.xz").read_bytes()))
    return create_app(Settings.read({"DATA": str(folder), "SECRET_KEY": known["secret"]}))


@pytest.fixture(scope="session")
def visitor(upgraded: Flask) -> FlaskClient:
    """Anyone."""
    return upgraded.test_client()


@pytest.fixture(scope="session")
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
