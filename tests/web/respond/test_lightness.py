"""Respondents' pages are light, for their phones and for the server."""

import gzip
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

import grille
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import open_campaign
from storage.campaigns.share_links import create_link
from storage.core.engine import Database
from tests.web.respond.respondent import Respondent

ROOT = Path(__file__).parents[3]
MOST_BYTES, MOST_REQUESTS = 40_000, 4
COMPRESSED = {"headers": {"Accept-Encoding": "gzip"}}


@pytest.fixture
def person(app: Flask, database: Database, opened: Campaign) -> Respondent:
    """Someone with the heaviest pages: the full form, everything answered and commented."""
    whole = open_campaign(database, opened.territory, grille.current(), name="Complet", year=2027, form="full")
    create_link(database, whole, token="le-lien-complet")
    person = Respondent(app, "le-lien-complet")
    person.begin("associations")
    person.answer(1, COO_1="3", COO_2="SO", COO_2_reason="Pas ici")
    return person


@pytest.mark.parametrize("page", [1, 2, 3, 4, 5, "relecture", "plus-tard", "college", "supprimer", "fin"])
def test_a_page_read_for_the_first_time_is_light(person: Respondent, page: object) -> None:
    if page == "fin":
        person.post(person.address("relecture"), person.form("relecture"))
    sent = person.client.get(person.address(page), **COMPRESSED)  # type: ignore[arg-type]
    assert sent.headers["Content-Encoding"] == "gzip"
    html = gzip.decompress(sent.data).decode()
    files = re.findall(r'(?:src|href)="(/static/[^"]+)"', html)
    weights = [len(person.client.get(file, **COMPRESSED).data) for file in files]  # type: ignore[arg-type]
    assert len(sent.data) + sum(weights) <= MOST_BYTES
    assert 1 + len(files) <= MOST_REQUESTS
    assert 'rel="icon" href="data:,"' in html


def test_what_comes_after_the_page_to_go_on_without_a_network_is_light_too(person: Respondent) -> None:
    html = person.client.get(person.address(1)).text
    found = re.search(r'data-script="([^"]+)"', html)
    assert found
    later = [found[1], "/repondre/hors-connexion.js", person.address("trousse")]
    assert sum(len(person.client.get(file, **COMPRESSED).data) for file in later) <= MOST_BYTES  # type: ignore[arg-type]


def test_a_browser_that_takes_no_compression_gets_the_page_as_it_is(person: Respondent) -> None:
    page = person.client.get(person.address(1), headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in page.headers
    assert "Accept-Encoding" in page.headers["Vary"]
    assert page.text.startswith("<!doctype html>")


JOURNEY = """
import sys
from pathlib import Path
from app import create_app
from settings import Settings
from tests.web.respond.respondent import Respondent
app = create_app(Settings(data=Path(sys.argv[1]), secret_key="a secret that only tests can know"))
person = Respondent(app, sys.argv[2])
person.begin("habitants")
for page in range(1, 6):
    person.answer(page)
person.answer(1, COO_1="3")
for page in ("relecture", "plus-tard", "college", "supprimer"):
    person.get(person.address(page))
person.post(person.address("relecture"), person.form("relecture"))
person.get(person.address("fin"))
person.get("/repondre/rien", 404)
heavy = {"pandas", "numpy", "plotly", "scipy", "openpyxl", "xlsxwriter", "typst", "authlib", "spectree", "ruamel"}
heavy.add("simplemma")
print(sorted(heavy & set(sys.modules)))
"""


def test_a_whole_journey_loads_no_heavy_library(newcomer: Respondent, database_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", JOURNEY, str(database_path.parent), newcomer.token],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
