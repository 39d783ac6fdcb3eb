"""Two versions of a grid side by side: the page, what leads to it, and what it says when there is nothing to show."""

import lxml.html
import pytest
from flask import Flask
from flask.testing import FlaskClient

from grille import Grid
from storage.core.engine import Database
from storage.grids.library import add_grid
from tests import successions
from web.http.pages.grid_versions import shown_versions, why_not_shown

ADDRESS = "/grilles/suite/2/avec/1"


@pytest.fixture
def versions(database: Database) -> list[Grid]:
    """Two versions in the library."""
    return [add_grid(database, grid).grid for grid in (successions.before(), successions.after())]


def page_at(client: FlaskClient, address: str, status: int = 200) -> lxml.html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == status
    return lxml.html.fromstring(answer.text)


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


@pytest.mark.usefixtures("versions")
def test_the_table_says_in_words_all_that_is_drawn(client: FlaskClient) -> None:
    page = page_at(client, ADDRESS)
    rows = [words(row) for row in page.findall(".//table//tr")]
    assert "Entendre chacun (1-2) Entendre les présents (1-2) Entendre les absents (1-3) partagé en 2" in " ".join(rows)
    drawn = " ".join(words(text) for text in page.findall(".//svg[@class='chart versions wide']//text"))
    for word in ("partagé en 2", "2 réunis en un", "renommé", "retiré", "nouveau code", "2 inchangés"):
        assert word in drawn
    for grid in (successions.before(), successions.after()):
        for skill in grid.skills:
            assert any(f"{skill.title} ({skill.code})" in row for row in rows), skill.code
    assert len(page.findall(".//svg[@role='img']")) == 2 * len(successions.after().families)


@pytest.mark.usefixtures("versions")
def test_the_order_asked_changes_nothing(client: FlaskClient) -> None:
    there, back = (words(page_at(client, address).find(".//main")) for address in (ADDRESS, "/grilles/suite/1/avec/2"))
    assert there.partition("8 savoir-faire sur 9")[2] == back.partition("8 savoir-faire sur 9")[2] != ""


@pytest.mark.usefixtures("versions")
@pytest.mark.parametrize("version", ["1", "2"])
def test_the_page_of_a_grid_leads_there(version: str, client: FlaskClient) -> None:
    page = page_at(client, f"/grilles/suite/{version}")
    addresses = {link.get("href") for link in page.get_element_by_id("versions").findall(".//a")}
    assert f"/grilles/suite/{version}/avec/{3 - int(version)}" in addresses


@pytest.mark.usefixtures("versions")
def test_the_same_version_twice_is_said_and_offers_the_others(client: FlaskClient) -> None:
    page = page_at(client, "/grilles/suite/2/avec/2")
    assert "C’est deux fois la même version" in words(page)
    assert page.xpath("//main//a[@href='/grilles/suite/2/avec/1']")
    assert page.find(".//table") is None


@pytest.mark.usefixtures("versions")
def test_a_version_that_is_not_there_is_said_and_offers_those_that_are(client: FlaskClient) -> None:
    page = page_at(client, "/grilles/suite/2/avec/<7>", status=404)
    assert "La bibliothèque n’a pas de version «\u00a0<7>\u00a0»" in page.text_content()
    assert page.xpath("//main//a[@href='/grilles/suite/2/avec/1']")
    assert client.get("/grilles/suite/7/avec/1").status_code == 404
    assert client.get("/grilles/ailleurs/2/avec/1").status_code == 404


def test_versions_in_a_circle_are_said_to_be(app: Flask) -> None:
    turning = {"correspondence": {"from_version": "2", "skills": {}}}
    first = Grid.model_validate(successions.before().model_dump() | turning)
    with app.test_request_context():
        assert "disent chacune continuer l’autre" in why_not_shown(first, successions.after())
        assert "deux grilles différentes" in why_not_shown(first, successions.after(id="autre"))
        assert why_not_shown(successions.before(), successions.after()) == ""


def test_a_draft_that_is_in_no_library_is_drawn_beside_what_it_continues(app: Flask) -> None:
    with app.test_request_context():
        shown = shown_versions(successions.after(version="3"), successions.before())
    assert [family.links.axis.title for family in shown.families] == list(successions.AFTER)
    assert shown.versions.after.version == "3"


def test_other_levels_are_said_and_links_are_drawn_all_the_same(client: FlaskClient, database: Database) -> None:
    other = successions.after().model_dump()
    other["levels"] = other["levels"][:4]
    for skill in (skill for family in other["families"] for skill in family["skills"]):
        for key in ("levels", "falc_levels"):
            skill[key] = {value: text for value, text in skill[key].items() if value < 4}
    for grid in (successions.before(), Grid.model_validate(other)):
        add_grid(database, grid)
    page = page_at(client, ADDRESS)
    assert "Les niveaux ne sont pas les mêmes (0 à 4 dans la version 1, 0 à 3 dans la version 2)" in words(page)
    assert "Ne se compare pas" in words(page.find(".//table"))
    assert page.find(".//svg[@class='chart versions wide']") is not None
