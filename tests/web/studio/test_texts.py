"""Easy words and translations in the studio: written beside the grid, reviewed, brought by files, read once offered."""

import html
import io
import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import grille
from grille.additions.files import Change
from grille.additions.languages import easy_tag
from grille.additions.places import digest, sources
from grille.grid import Grid
from storage.campaigns.lifecycle import open_campaign
from storage.campaigns.share_links import create_link
from storage.campaigns.territories import create_territory
from storage.core.engine import Database
from storage.grids.additions import addition_of, write_texts
from storage.grids.library import add_grid
from tests.grille.additions.test_additions import BARE
from tests.web.conftest import SignIn
from tests.web.forms import token_in
from tests.web.markup import problems_in
from tests.web.respond.respondent import Respondent

SHIPPED = grille.current()
EASY = easy_tag("fr")
OF = f"/grilles/atelier/textes/{SHIPPED.id}/{SHIPPED.version}"
BARE_OF = f"/grilles/atelier/textes/nue/{BARE.version}"


@pytest.fixture
def author(sign_in: SignIn) -> FlaskClient:
    """Somebody whom the programme named for the studio."""
    return sign_in("author", None)


@pytest.fixture
def bare(database: Database) -> Grid:
    """A published grid without easy words."""
    return add_grid(database, BARE.model_copy(update={"id": "nue", "correspondence": None})).grid


def shown(page: str) -> str:
    """A page with plain spaces."""
    return html.unescape(page).replace("\u00a0", " ").replace("\u202f", " ")


def typed_in(page: str) -> dict[str, str]:
    """What a browser would send of a part as it stands."""
    form = page[page.index('class="studio-sheet"') :]
    values = dict(re.findall(r'<input[^>]* type="hidden"[^>]* name="([^"]+)"[^>]* value="([^"]*)"', form))
    values |= dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(?:\r?\n)?(.*?)</textarea>', form, re.DOTALL))
    values |= dict.fromkeys(re.findall(r'<input checked[^>]* name="(relu_[0-9]+)"', form), "y")
    return {name: html.unescape(text) for name, text in values.items()}


def save(client: FlaskClient, address: str, **typed: str) -> TestResponse:
    return client.post(address, data={**typed_in(client.get(address).text), **typed})


def written(database: Database, grid: Grid, language: str) -> dict[str, tuple[str, str]]:
    return {place: (one.text, one.reviewer) for place, one in addition_of(database, grid, language).entries.items()}


def test_a_language_is_chosen_by_its_code(author: FlaskClient) -> None:
    page = author.get(OF)
    assert problems_in(page.text) == []
    assert "tout est déjà dans la version publiée" in shown(page.text)
    assert author.get(f"{OF}?langue=PT_br").headers["Location"].endswith(f"{OF}/pt-BR")
    for typed, words in (("anglais", "n’est pas le code d’une langue"), ("fr", "déjà écrite"), ("", "Écrivez le code")):
        refused = author.get(OF, query_string={"langue": typed})
        assert refused.status_code == 422
        assert words in shown(refused.text)
    for missing in ("/grilles/atelier/textes/absente/1", f"{OF}/fr", f"{OF}/Anglais", f"{OF}/en/999", f"{OF}/en/0"):
        assert author.get(missing).status_code == 404


def test_texts_are_written_beside_the_grid_and_reviewed_by_a_person(author: FlaskClient, database: Database) -> None:
    address = f"{OF}/en/1"
    page = author.get(address)
    assert problems_in(page.text) == []
    assert SHIPPED.title in html.unescape(page.text)
    assert 'lang="en"' in page.text
    assert save(author, address, texte_0=" The grid ", relu_0="y", texte_1="Skills").status_code == 303
    assert written(database, SHIPPED, "en") == {"title": ("The grid", "Camille Essai"), "short_title": ("Skills", "")}
    page = author.get(address)
    assert "relu le" in shown(page.text)
    assert "pas relu" in shown(page.text)
    assert save(author, address, texte_2="x" * 900, suite="1").headers["Location"].endswith(f"{OF}/en/2")
    assert written(database, SHIPPED, "en")["title"] == ("The grid", "Camille Essai")
    assert "Plus d’une fois et demie" in shown(author.get(address).text)
    overview = shown(author.get(f"{OF}/en").text)
    assert "3 textes sur 608" in overview
    assert "1 trop long" in overview
    assert problems_in(author.get(f"{OF}/en").text) == []
    last = len(list(dict.fromkeys(re.findall(rf"{OF}/en/([0-9]+)", author.get(f"{OF}/en").text))))
    assert save(author, f"{OF}/en/{last}", suite="1").headers["Location"].endswith(f"{OF}/en")


def test_a_text_that_no_page_can_hold_is_given_back(author: FlaskClient, database: Database) -> None:
    refused = save(author, f"{OF}/en/1", texte_1="A short title that is far too long", texte_0="The grid")
    assert refused.status_code == 422
    assert "A short title that is far too long" in refused.text
    assert "The grid" in refused.text
    assert written(database, SHIPPED, "en") == {}


def test_two_people_never_overwrite_each_other_unseen(author: FlaskClient, database: Database) -> None:
    address = f"{OF}/en/1"
    mine, theirs = typed_in(author.get(address).text), typed_in(author.get(address).text)
    assert author.post(address, data={**theirs, "texte_0": "Theirs"}).status_code == 303
    refused = author.post(address, data={**mine, "texte_0": "Mine"})
    assert refused.status_code == 409
    assert "Theirs" in refused.text
    assert "Mine" in refused.text
    assert written(database, SHIPPED, "en")["title"] == ("Theirs", "")
    again = typed_in(refused.text)
    assert author.post(address, data={**again, "texte_0": "Mine"}).status_code == 303
    assert written(database, SHIPPED, "en")["title"] == ("Mine", "")


def send(client: FlaskClient, content: bytes, name: str, **more: str) -> TestResponse:
    token = token_in(client.get(f"{OF}/en").text)
    data = {"csrf_token": token, "file": (io.BytesIO(content), name), **more}
    return client.post(f"{OF}/en/fichier", data=data)


def test_files_come_out_are_filled_and_come_back(author: FlaskClient, database: Database) -> None:
    title = Change("title", "The grid", digest(SHIPPED.title), "Ana")
    write_texts(database, SHIPPED, "en", [title], None)
    for suffix in ("xlsx", "xlf"):
        content = author.get(f"{OF}/en/textes.{suffix}").data
        assert send(author, content, f"en.{suffix}").status_code == 303
    assert written(database, SHIPPED, "en") == {"title": ("The grid", "Ana")}
    write_texts(database, SHIPPED, "en", [Change("title", "A grid", digest(SHIPPED.title))], None)
    late = send(author, content, "en.xlf")
    assert late.status_code == 409
    assert "a changé depuis que ce fichier a été fait" in shown(late.text)
    assert send(author, content, "en.xlf", remplacer="1").status_code == 303
    assert written(database, SHIPPED, "en") == {"title": ("The grid", "Ana")}
    spoilt = send(author, content.replace(b'name="title"', b'name="titre"'), "en.xlf")
    assert spoilt.status_code == 422
    assert "en.xlf:7 : « titre » n’est la place d’aucun texte" in shown(spoilt.text)
    assert send(author, b"", "").status_code == 409


def test_texts_are_taken_over_from_another_version(author: FlaskClient, database: Database) -> None:
    former = grille.shipped_grids()[0]
    write_texts(database, former, "en", [Change("title", "The grid", digest(former.title))], None)
    token = token_in(author.get(f"{OF}/en").text)
    assert author.post(f"{OF}/en/reprise", data={"csrf_token": token, "version": "absente"}).status_code == 409
    assert author.post(f"{OF}/en/reprise", data={"csrf_token": token, "version": former.version}).status_code == 303
    assert written(database, SHIPPED, "en") == {"title": ("The grid", "")}
    said = shown(author.get(f"{OF}/en/1").text)
    assert ("La grille disait autre chose" in said) == (former.title != SHIPPED.title)


def easy_words(grid: Grid, said: str) -> list[Change]:
    """Easy words for the first skill: its question, and all its levels."""
    found = sources(grid, EASY)
    return [Change(place, f"{said} {place}", digest(found[place])) for place in found if "/COO-1/" in place]


def test_respondents_of_an_open_campaign_read_easy_words_from_the_day_they_are_offered(
    app: Flask, author: FlaskClient, database: Database, bare: Grid
) -> None:
    campaign = open_campaign(database, create_territory(database, "Ici", "commune"), bare, name="Bilan", year=2026)
    create_link(database, campaign, token="lien-facile")
    someone = Respondent(app, "lien-facile")
    someone.begin("habitants")
    first = "1?lecture=facile"
    usual = bare.skill("COO-1").wording["habitants"]
    assert usual in html.unescape(someone.get(someone.address(first)).text)
    write_texts(database, bare, EASY, easy_words(bare, "Facile"), None)
    assert usual in html.unescape(someone.get(someone.address(first)).text)
    token = token_in(author.get(f"{BARE_OF}/{EASY}").text)
    assert author.post(f"{BARE_OF}/{EASY}/service", data={"csrf_token": token}).status_code == 303
    page = someone.get(someone.address(first)).text
    assert "Facile skills/COO-1/falc" in page
    assert "Facile skills/COO-1/falc_levels/4" in page
    assert "Personne ne les a encore relus" in page
    assert "Personne ne les a encore relus" not in someone.get(someone.address("2?lecture=facile")).text
    assert usual not in html.unescape(page)
    assert usual in html.unescape(someone.get(someone.address("1")).text)
    someone.answer(first, COO_1="2")
    assert "Facile skills/COO-1/falc" in someone.get(someone.address("copie?lecture=facile")).text
    grid_page = author.get(f"/grilles/nue/{bare.version}").text
    assert "Facile skills/COO-1/falc" in grid_page
    assert grid_page.count("pas encore relu") == 1
    reviewed = [replace(one, reviewer="Ana") for one in easy_words(bare, "Facile")]
    write_texts(database, bare, EASY, reviewed, None)
    assert "Personne ne les a encore relus" not in someone.get(someone.address(first)).text
    assert "pas encore relu" not in author.get(f"/grilles/nue/{bare.version}").text
    write_texts(database, bare, EASY, easy_words(bare, "Mieux"), None)
    assert "Mieux skills/COO-1/falc" in someone.get(someone.address(first)).text
    token = token_in(author.get(f"{BARE_OF}/{EASY}").text)
    assert author.post(f"{BARE_OF}/{EASY}/retrait", data={"csrf_token": token}).status_code == 303
    assert usual in html.unescape(someone.get(someone.address(first)).text)
    assert campaign.grid == bare


def test_nothing_can_be_offered_before_it_is_written(author: FlaskClient, database: Database, bare: Grid) -> None:
    page = author.get(f"{BARE_OF}/{EASY}")
    assert "Mettre ces textes en service" not in page.text
    token = token_in(page.text)
    assert author.post(f"{BARE_OF}/{EASY}/service", data={"csrf_token": token}).status_code == 409
