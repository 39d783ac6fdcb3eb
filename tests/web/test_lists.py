"""Lists with the territories of a country: weight, queries, paging, search."""

import re
import shutil
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from storage.accounts.accounts import account_by_email
from storage.campaigns.campaigns import latest_campaigns
from storage.campaigns.territories import create_territory, territory_by_slug
from storage.core.alphabet import name_key
from storage.core.database import open_database
from storage.core.engine import Database
from storage.responses.computed import profiles
from tests.country import fill_country
from tests.web.conftest import SignIn, opening
from tests.web.forms import post_form
from tests.web.markup import problems_in
from tests.web.queries import MOST_QUERIES, queries

TERRITORIES = 750
MOST_BYTES = 60_000

BY_TERRITORY = ("/resultats", "/seances", "/campagnes/", "/territoires", "/compte", "/campagnes/nouvelle")
LISTS = (*BY_TERRITORY, "/comptes", "/journal")
MIDDLE = [f"{address}?apres={TERRITORIES // 2}" for address in LISTS[:7]]
OTHERS = ("/journal?avant=2000", "/comptes/nouveau", "/comptes/1", "/resultats?q=saint", "/journal?lieu=saint")


@pytest.fixture(scope="module")
def country(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """3,000 campaigns of 750 territories, of whom somebody pilots one."""
    path = tmp_path_factory.mktemp("country") / "grille.db"
    shutil.copy(migrated, path)
    with closing(open_database(path)) as db:
        fill_country(db, TERRITORIES)
    return path


@pytest.fixture
def database_path(country: Path, tmp_path: Path) -> Path:
    """The country's database, copied: a test may write in it."""
    return Path(shutil.copy(country, tmp_path / "grille.db"))


def titles(page: str) -> list[str]:
    """The names of the territories of a page of results."""
    return [unescape(name) for name in re.findall(r'<h2 id="[^"]+">([^<]+)</h2>', page)]


def link(page: str, rel: str) -> str:
    """Where « Suivants » (next) or « Précédents » (prev) leads; empty where it is not."""
    found = re.search(rf'rel="{rel}" href="([^"]+)"', page)
    return unescape(found[1]) if found else ""


@pytest.mark.parametrize("address", [*LISTS, *MIDDLE, *OTHERS])
def test_no_list_grows_with_the_country(address: str, app: Flask, programme: FlaskClient) -> None:
    programme.get(address)
    with queries(app) as asked:
        page = programme.get(address)
    assert page.status_code == 200
    assert len(asked) <= MOST_QUERIES, asked
    assert len(page.data) <= MOST_BYTES
    assert problems_in(page.text) == []


@pytest.mark.parametrize("address", BY_TERRITORY[2:])
def test_who_pilots_one_territory_sees_it_alone(address: str, app: Flask, sign_in: SignIn, database: Database) -> None:
    create_territory(database, "Zzz-sur-Mer", "commune")
    pilot = sign_in("pilot", "Zzz-sur-Mer")
    with queries(app) as asked:
        page = pilot.get(address).text
    assert "Zzz-sur-Mer" in page
    assert not re.search('rel="(prev|next)"', page)
    assert len(page) < 10_000
    plans = [row[3] for sql in asked for row in database.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert not [plan for plan in plans if re.search(r"SCAN (territories|campaigns|accounts)\b", plan)]


def test_one_goes_through_the_whole_list_and_back(client: FlaskClient) -> None:
    forth, address = [], "/resultats"
    while address:
        page = client.get(address).text
        forth.append(titles(page))
        here, address = address, link(page, "next")
    names = [name for page in forth for name in page]
    assert len(names) == len(set(names)) == TERRITORIES
    assert names == sorted(names, key=name_key)
    back = []
    while here:
        page = client.get(here).text
        back.insert(0, titles(page))
        here = link(page, "prev")
    assert back == forth


def test_the_links_between_pages_keep_what_is_searched(client: FlaskClient) -> None:
    page = client.get("/resultats?q=st").text
    assert all("saint" in name_key(name) for name in titles(page))
    assert "q=st" in link(page, "next")
    then = client.get(link(page, "next")).text
    assert titles(then)
    assert all("saint" in name_key(name) for name in titles(then))
    assert 'value="st"' in then
    assert "q=st" in link(then, "prev")


@pytest.mark.parametrize("typed", ["evry", "Évry", "ÉVRY  ", "evry courc"])
def test_a_name_is_found_however_it_is_typed(typed: str, client: FlaskClient) -> None:
    assert titles(client.get("/resultats", query_string={"q": typed}).text) == ["Évry-Courcouronnes"]


@pytest.mark.parametrize("typed", ["introuvable", "?", "\x00", "a" * 3000, "' OR 1=1 --", "%"])
@pytest.mark.parametrize("address", LISTS[:7])
def test_what_is_not_found_is_said(address: str, typed: str, programme: FlaskClient) -> None:
    page = programme.get(address, query_string={"q": typed})
    assert page.status_code == 200
    if name_key(typed) and "OR" not in typed:
        assert "ne porte ce nom" in page.text or "n’a ce nom" in page.text
    assert problems_in(page.text) == []


BAD = ["apres=x", "apres=", "avant=-1", "apres=99999999999999999999", "apres=1&avant=2", "apres=9999999", "avant=1.5"]


@pytest.mark.parametrize("bad", [*BAD, "territoire=nulle-part", "territoire=lieu-1&apres=9999999"])
@pytest.mark.parametrize("address", LISTS[:5])
def test_a_page_that_is_not_there_is_said(address: str, bad: str, programme: FlaskClient) -> None:
    page = programme.get(f"{address}?{bad}")
    assert page.status_code == 200
    assert "L’adresse demande une page de la liste qui n’existe pas, ou plus." in page.text
    assert f'href="{address}"' in page.text or titles(page.text) or "rows" in page.text
    assert problems_in(page.text) == []


def test_every_campaign_of_a_territory_can_be_reached(client: FlaskClient, database: Database) -> None:
    made = opening(database)
    for year in range(2000, 2030):
        made("published", "Aaa", year)
    made("closed", "Aaa", 2031)
    page = client.get("/resultats").text
    assert page.count("/restitution/aaa-") == 4
    assert "/restitution/aaa-2031" not in page
    address, found = "/resultats?territoire=aaa", []
    while address:
        page = client.get(address).text
        found += re.findall(r"/restitution/aaa-(\d{4})", page)
        address = link(page, "next")
    assert found == [str(year) for year in range(2029, 1999, -1)]


def test_what_is_not_published_is_in_nobodys_list_but_its_peoples(
    client: FlaskClient, database: Database, sign_in: SignIn
) -> None:
    opening(database)("closed", "Aaa", 2026)
    for address in ("/resultats", "/seances", "/resultats?territoire=aaa", "/seances?territoire=aaa"):
        assert "aaa-2026" not in client.get(address).text
    reader = sign_in("reader", "Aaa")
    assert "/seance/aaa-2026" in reader.get("/seances").text
    assert "/seance/aaa-2026" in reader.get("/seances?territoire=aaa").text
    assert "aaa-2026" not in sign_in("reader", "Ailleurs").get("/seances").text


def test_withdrawn_results_leave_the_list_at_once(client: FlaskClient, database: Database) -> None:
    first = titles(client.get("/resultats").text)[0]
    (id_,) = database.execute("SELECT id FROM territories WHERE name = ?", [first]).fetchone()
    with database.conn:
        database.conn.execute("UPDATE campaigns SET published_at = NULL WHERE territory_id = ?", (id_,))
    assert first not in titles(client.get("/resultats").text)
    with database.conn:
        campaign = latest_campaigns(database, [id_], "status = 'closed'")[id_][0]
        database.conn.execute("UPDATE campaigns SET published_at = closed_at WHERE id = ?", (campaign.id,))
    assert titles(client.get("/resultats").text)[0] == first


def test_profiles_of_several_territories_are_computed_once(
    programme: FlaskClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed: list[str] = []
    real = profiles.campaign_profile
    monkeypatch.setattr(profiles, "campaign_profile", lambda db, one: [computed.append(one.slug), real(db, one)][1])
    first = programme.get("/territoires").text
    assert len(computed) == len(set(computed)) == 25
    computed.clear()
    assert programme.get("/territoires").text == first
    assert not computed
    with database.conn:
        first_territory = "SELECT id FROM territories ORDER BY name_key LIMIT 1"
        database.conn.execute(f"UPDATE campaigns SET name = 'Autre' WHERE territory_id = ({first_territory})")
    programme.get("/territoires")
    assert len(computed) == 1


def test_a_role_is_given_by_the_name_of_its_territory(programme: FlaskClient, database: Database) -> None:
    page = "/comptes/1"

    def given(**typed: str) -> str:
        answer = post_form(programme, f"{page}/roles", seen_at=page, role="reader", **{"territory": "", **typed})
        return "" if answer.status_code == 303 else answer.text

    assert given(place="evry courcouronnes") == ""
    assert territory_names_of(database, 1)[-1] == "Évry-Courcouronnes"
    several = given(place="saint")
    assert "choisissez dans la liste. Seuls les premiers y sont" in several
    assert several.count("<option") < 60
    assert problems_in(several) == []
    assert "choisissez dans la liste" in given(place="evry")
    assert "ne se trouve pas" in given(place="introuvable")
    assert "Gardez l’un des deux" in given(place="evry", territory="*")
    assert "Gardez l’un des deux" in given(place="evry", territory="1")
    assert "n’existe pas, ou plus" in given(territory="9999999")
    assert given(territory="1") == ""


def test_somebody_with_roles_everywhere_has_a_page_like_the_others(
    app: Flask, programme: FlaskClient, database: Database
) -> None:
    with database.conn:
        database.conn.execute("""INSERT INTO grants (account_id, role, territory_id, granted_at)
            SELECT 1, 'reader', id, '2026-01-01' FROM territories""")
    with queries(app) as asked:
        page = programme.get("/comptes/1").text
    assert len(asked) <= MOST_QUERIES
    assert len(page) < MOST_BYTES
    assert "et 747 autres" in programme.get("/comptes", query_string={"q": "personne1@exemple.fr"}).text
    refused = post_form(programme, "/comptes/1/roles", seen_at="/comptes/1", role="", territory="").text
    assert link(refused, "next") == link(page, "next")
    then = programme.get(link(page, "next")).text
    assert then.count("Retirer<") == page.count("Retirer<") == 25
    assert link(programme.get(link(then, "next")).text, "prev")


PAGES = ["/installation", "/campagnes/territoires/lieu-7/nouvelle", "/", "/campagnes/lieu-7-2025", "/repondre/"]


@pytest.mark.parametrize("address", [*LISTS, *PAGES])
def test_no_page_reads_every_campaign(address: str, app: Flask, programme: FlaskClient, database: Database) -> None:
    programme.get(address)
    with queries(app) as asked:
        assert programme.get(address).status_code == 200
    plans = [row[3] for sql in asked for row in database.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert not [plan for plan in plans if re.fullmatch(r"SCAN (territories|campaigns|accounts)", plan)]


def territory_names_of(database: Database, account: int) -> list[str]:
    """Where an account has roles, the oldest first."""
    sql = """SELECT name FROM grants JOIN territories ON territories.id = territory_id
        WHERE account_id = ? ORDER BY grants.id"""
    return [name for (name,) in database.execute(sql, [account])]


def test_of_two_homonyms_the_one_meant_is_chosen(programme: FlaskClient, database: Database) -> None:
    create_territory(database, "Zzz", "commune", slug="zzz-75", official_code="75999")
    there = create_territory(database, "Zzz", "commune", slug="zzz-2a", official_code="2A999")
    page = "/comptes/1"
    asked = post_form(programme, f"{page}/roles", seen_at=page, role="reader", territory="", place="zzz").text
    assert "Zzz (75)" in asked
    assert "Zzz (2A)" in asked
    post_form(programme, f"{page}/roles", seen_at=page, role="reader", territory=str(there.id), place="zzz")
    assert "Zzz (2A)" in programme.get(page).text


def test_the_log_is_filtered_by_names(programme: FlaskClient, database: Database) -> None:
    page = programme.get("/journal", query_string={"lieu": "Évry-Courcouronnes"}).text
    assert page.count("<li value=") == 4
    (id_,) = database.execute("SELECT id FROM territories WHERE name = 'Évry-Courcouronnes'").fetchone()
    assert programme.get(f"/journal?territoire={id_}").text.count("<li value=") == 4
    assert "choisissez dans la liste" in programme.get("/journal?lieu=saint").text
    assert "<li value=" not in programme.get("/journal?lieu=saint").text
    assert "ne se trouve pas" in programme.get("/journal?personne=introuvable").text
    mine = account_by_email(database, "programme@partout.example")
    assert mine
    assert "Camille Essai" in programme.get("/journal?personne=camille+essai").text
    then = programme.get("/journal?sujet=campagnes").text
    assert "sujet=campagnes" in link(then, "next")
    assert "sujet=campagnes" in link(programme.get(link(then, "next")).text, "prev")


def test_a_known_place_is_not_made_twice(programme: FlaskClient, database: Database) -> None:
    create_territory(database, "Paris", "commune", slug="la-capitale", official_code="75056")
    answer = post_form(programme, "/campagnes/nouvelle?q=paris", seen_at="/campagnes/nouvelle?q=paris", code="75056")
    assert answer.headers["Location"].endswith("/campagnes/territoires/la-capitale/nouvelle")
    assert territory_by_slug(database, "paris-75056") is None
