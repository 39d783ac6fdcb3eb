"""Territories by their pages: homonyms told apart, places outside the official list, names mended, mistakes removed."""

from flask.testing import FlaskClient

from storage.campaigns.campaigns import Campaign
from storage.campaigns.share_links import create_link
from storage.campaigns.territories import Territory, all_territories, create_territory, territory_by_slug
from storage.core.engine import Database
from storage.operations.audit_log import Wanted, entries
from tests.web.conftest import SignIn
from tests.web.forms import post_form
from tests.web.markup import plain, problems_in

NEW = "/campagnes/nouvelle"


def place(database: Database, slug: str) -> Territory:
    found = territory_by_slug(database, slug)
    assert found is not None
    return found


def test_homonyms_keep_their_department_after_choice_and_where_roles_are_given(
    programme: FlaskClient, database: Database
) -> None:
    for code in ("93048", "28267"):
        after = post_form(programme, NEW, code=code).headers["Location"]
        assert f"Montreuil ({code[:2]})" in plain(programme.get(after).text)
    assert {"Montreuil (93)", "Montreuil (28)"} <= {one.name for one in all_territories(database)}
    roles = plain(programme.get("/comptes/nouveau").text)
    assert "Montreuil (93)" in roles
    assert "Montreuil (28)" in roles
    assert "(93) (93)" not in roles + plain(programme.get(NEW).text)


def test_a_place_outside_the_official_list_is_a_territory_too(programme: FlaskClient, database: Database) -> None:
    page = programme.get(NEW)
    assert problems_in(page.text) == []
    sent = {"name": " Quartier  des Tanneries", "kind": "quartier"}
    after = post_form(programme, "/campagnes/territoires", seen_at=NEW, **sent)
    assert after.headers["Location"] == "/campagnes/territoires/quartier-des-tanneries/nouvelle"
    made = place(database, "quartier-des-tanneries")
    assert (made.name, made.kind, made.official_code) == ("Quartier des Tanneries", "quartier", None)
    wrong = {"name": "quartier des tanneries", "kind": "planete"}
    again = post_form(programme, "/campagnes/territoires", seen_at=NEW, **wrong)
    assert again.status_code == 422
    assert problems_in(again.text) == []
    said = plain(again.text)
    assert "s’appelle déjà « quartier des tanneries »" in said
    assert "Dites ce que c’est" in said
    assert 'value="quartier des tanneries"' in again.text, "nothing typed is lost"
    for name in ("", " \u200b ", "x" * 101, "!!!"):
        assert post_form(programme, "/campagnes/territoires", seen_at=NEW, name=name, kind="autre").status_code == 422


def test_a_name_is_mended_everywhere_at_once(
    programme: FlaskClient, client: FlaskClient, running: Campaign, database: Database
) -> None:
    link = create_link(database, running)
    address = "/campagnes/territoires/ici/corriger"
    page = programme.get(address)
    assert problems_in(page.text) == []
    assert "ne se retire pas" in plain(page.text)
    assert post_form(programme, address, name="Ici-Même").headers["Location"] == NEW
    assert place(database, "ici").name == "Ici-Même"
    assert "Ici-Même" in client.get(f"/repondre/{link}").text
    assert "Ici-Même" in programme.get("/campagnes/?q=ici-meme").text
    refused = post_form(programme, address, name="  ")
    assert (refused.status_code, problems_in(refused.text)) == (422, [])
    assert next(one.event for one in entries(database, Wanted())) == "territory renamed"


def test_a_territory_added_by_mistake_goes_with_its_roles(
    programme: FlaskClient, sign_in: SignIn, running: Campaign, database: Database
) -> None:
    create_territory(database, "Erreur", "commune")
    number = place(database, "erreur").id
    sign_in("pilot", "Erreur")
    address = "/campagnes/territoires/erreur/corriger"
    assert "1 rôle donné" in plain(programme.get(address).text)
    assert post_form(programme, "/campagnes/territoires/erreur/retirer", seen_at=address).status_code == 303
    assert territory_by_slug(database, "erreur") is None
    held = [grant for (grant,) in database.execute("SELECT territory_id FROM grants WHERE territory_id = ?", [number])]
    assert held == []
    assert create_territory(database, "Suivant", "commune").id > number, "the log knows it by its number"
    kept = post_form(programme, "/campagnes/territoires/ici/retirer", seen_at="/campagnes/territoires/ici/corriger")
    assert kept.status_code == 409
    assert "seul son nom peut être corrigé" in plain(kept.text)
    assert place(database, "ici").id == running.territory.id
