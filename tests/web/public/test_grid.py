"""The public grid: complete, searchable with or without script, with its versions."""

import json
import re
from collections.abc import Callable

import lxml.html
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

import grille
from web.public.pages import folded, searchable_text


def read(client: FlaskClient, address: str) -> lxml.html.HtmlElement:
    """The page of an address."""
    response = client.get(address, follow_redirects=True)
    assert response.status_code == 200
    return lxml.html.fromstring(response.text)


def codes(page: lxml.html.HtmlElement) -> list[str]:
    """The codes of the skills shown."""
    return [article.get("id") for article in page.findall(".//article")]


@pytest.mark.parametrize("grid", grille.shipped_grids(), ids=lambda grid: grid.version)
def test_nothing_of_the_grid_is_left_out(grid: grille.Grid, client: FlaskClient) -> None:
    page = read(client, f"/grille/{grid.version}")
    text = " ".join(page.text_content().split())
    assert codes(page) == [skill.code for skill in grid.skills]
    for family in grid.families:
        for skill in family.skills:
            article = " ".join(page.get_element_by_id(skill.code).text_content().split())
            parts = [
                skill.title,
                skill.definition,
                skill.falc,
                *skill.levels.values(),
                *skill.falc_levels.values(),
                *skill.facts,
            ]
            for part in parts:
                assert " ".join(part.split()) in article
            assert ("questionnaire court" in article) == skill.core
        assert " ".join(family.description.split()) in text
        assert family.falc in text
    assert "Proposition du projet" in text


def test_the_grid_in_use_is_the_current_one(client: FlaskClient) -> None:
    assert codes(read(client, "/grille")) == [skill.code for skill in grille.current().skills]
    assert client.get("/grille/1999.1").status_code == 404


def test_a_search_ignores_accents_and_capitals_and_wants_every_word(client: FlaskClient) -> None:
    found = codes(read(client, "/grille?q=CLARIFIER+roles+decision"))
    assert found == ["COO-2"]
    assert codes(read(client, "/grille?q=coo-2")) == ["COO-2"]


def test_a_search_that_finds_nothing_says_so(client: FlaskClient) -> None:
    page = read(client, "/grille?q=xylophone")
    assert codes(page) == []
    assert "Aucun savoir-faire" in page.get_element_by_id("trouves").text_content()
    assert page.get_element_by_id("q").get("value") == "xylophone"


@pytest.mark.parametrize("query", ["%00", "%F0%9F%98%80", "%FF", "%22%3E%3Cscript%3E", "a" * 5000])
def test_any_search_is_answered(query: str, client: FlaskClient) -> None:
    response = client.get(f"/grille?q={query}", follow_redirects=True)
    assert response.status_code == 200
    assert "<script>" not in response.text


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_what_changed_since_the_earlier_version_is_all_there(client: FlaskClient) -> None:
    older, newer = grille.shipped_grids()
    section = read(client, "/grille").get_element_by_id("versions").text_content()
    named = set(re.findall(r"\(([A-Z]+-\d+)\)", section))
    same = {skill.code for skill in older.skills if skill.code in {one.code for one in newer.skills}}
    changed = {skill.code for skill in (*older.skills, *newer.skills)} - same
    assert changed <= named
    assert f"{len(newer.skills) - len(named & {one.code for one in newer.skills})} savoir-faire sont restés" in section


def test_the_oldest_version_shows_no_change(client: FlaskClient) -> None:
    assert "Ce qui a changé" not in client.get("/grille/2024.1", follow_redirects=True).text


@pytest.mark.journey
@pytest.mark.parametrize("query", ["DÉCISION écrite", "coo-2", "facile", "xylophone", "l'avis", "  "])
def test_typing_finds_what_the_server_finds(query: str, page: Page, client: FlaskClient) -> None:
    page.goto("/grille")
    page.get_by_label("Chercher").fill(query)
    page.wait_for_function("query => document.body.dataset.searched === query", arg=query)
    shown = page.eval_on_selector_all(".skill", "all => all.filter(one => one.offsetParent).map(one => one.id)")
    assert shown == codes(read(client, f"/grille?{_query(query)}"))


def _query(words: str) -> str:
    from urllib.parse import urlencode

    return urlencode({"q": words})


@pytest.mark.journey
def test_the_grid_fits_on_paper(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 700, "height": 990})
    page.goto("/grille")
    page.emulate_media(media="print")
    expect(page.get_by_label("Chercher")).to_be_hidden()
    expect(page.get_by_role("banner")).to_be_hidden()
    expect(page.get_by_role("heading", name="Coopérer", exact=False).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= 700")


def test_searched_text_holds_every_word_of_a_skill() -> None:
    skill = grille.current().skill("COO-2")
    text = searchable_text(skill, grille.current().family_of("COO-2"))
    assert all(level in text for level in skill.levels.values())
    assert json.dumps(text)
