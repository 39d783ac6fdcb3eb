"""An installation of 0.1 is upgraded by the commands of docs/operations.md without losing anything.

``release-0.1.db.xz`` was made by the code of 0.1.0: its demonstration, a response begun by the public link, a link made
by a pilot, a sheet of paper. ``release-0.1.json.xz`` is what 0.1.0 computed from it, and the secrets that it gave.
"""

import json
import lzma
import os
import re
import shlex
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from settings import VERSION, Settings
from storage.campaigns.campaigns import campaign_by_slug
from storage.core.database import known_migrations, open_database
from storage.responses.computed.first_edition import first_edition_profile
from tests.serving import ROOT
from tests.web.forms import post_form

DATA = ROOT / "tests/storage/data"
DOCUMENT = (ROOT / "docs/operations.md").read_text("utf-8")
LAST_OF_0_1 = "identities"

Known = dict[str, Any]


def documented() -> list[list[str]]:
    """The commands of Grille that « Upgrading » says to run, in order, as words."""
    section = DOCUMENT.partition("\n## Upgrading\n")[2].partition("\n### ")[0]
    block = section.partition("```sh\n")[2].partition("```")[0]
    return [shlex.split(line, comments=True)[1:] for line in block.splitlines() if line.startswith("grille ")]


@pytest.fixture(scope="module")
def known() -> Known:
    """What 0.1.0 knew of this database."""
    found: Known = json.loads(lzma.decompress((DATA / "release-0.1.json.xz").read_bytes()))
    return found


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory, known: Known) -> Path:
    """The folder of an installation of 0.1, after the documented commands."""
    folder = tmp_path_factory.mktemp("release")
    (folder / "grille.db").write_bytes(lzma.decompress((DATA / "release-0.1.db.xz").read_bytes()))
    (folder / "secret-key").write_text(known["secret"])
    environment = {**os.environ, "DATA": str(folder), "PYTHONWARNINGS": "error"}
    for words in documented():
        command = [sys.executable, "-m", "flask", "--app", "app", *words]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def served(upgraded: Path) -> Flask:
    """The application over the upgraded folder, with the settings of 0.1: none is needed that it had not."""
    from app import create_app

    return create_app(Settings.read({"DATA": str(upgraded)}))


@pytest.fixture
def visitor(served: Flask) -> FlaskClient:
    """Somebody who comes back after the upgrade."""
    return served.test_client()


def test_the_documented_commands_migrate_and_check() -> None:
    assert documented() == [["database", "migrate"], ["database", "check"]]
    assert LAST_OF_0_1 in known_migrations()[:-1]


def test_every_figure_is_the_one_that_0_1_computed(upgraded: Path, known: Known) -> None:
    with closing(open_database(upgraded / "grille.db")) as db:
        for slug, then in known["profiles"].items():
            campaign = campaign_by_slug(db, slug)
            assert campaign is not None
            now = first_edition_profile(db, campaign).to_dict()
            assert now["respondents"] == then.pop("respondents")
            for frame, rows in then.items():
                assert [{name: row[name] for name in rows[0]} for row in now[frame]] == rows, (slug, frame)


def test_a_respondent_finds_their_answers_by_address_and_by_code(visitor: FlaskClient, known: Known) -> None:
    assert known["comment"] in visitor.get(f"/repondre/{known['key']}/relecture").text
    came_by_code = visitor.post("/repondre/", data={"code": known["code"]})
    assert f"/repondre/{known['key']}/" in came_by_code.location


def test_links_given_before_open_the_questionnaire(visitor: FlaskClient, known: Known) -> None:
    assert visitor.get(f"/repondre/{known['link']}").status_code == 200


def test_an_account_signs_in_with_the_password_of_before(visitor: FlaskClient, known: Known) -> None:
    address, password = known["account"]
    page = post_form(visitor, "/connexion", email=address, password=password)
    assert page.location == "/compte"
    assert address in visitor.get("/compte").text


def test_a_sheet_entered_before_is_known_by_its_normal_number(upgraded: Path) -> None:
    with closing(open_database(upgraded / "grille.db")) as db:
        assert [number for (number,) in db.execute("SELECT number FROM paper_sheets")] == ["HAB-012"]


def test_the_server_answers_under_its_new_version(visitor: FlaskClient) -> None:
    assert visitor.get("/healthz").status_code == 200
    assert f"v{VERSION}" in re.findall(r"git checkout (v[\d.]+)", DOCUMENT)
