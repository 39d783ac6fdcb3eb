"""The library of grids in pages: the programme chooses and withdraws, campaigns are prepared on any of them."""

import io
from typing import Any

import lxml.html
import pytest
from flask.testing import FlaskClient

import grille
from grille.grid import College, Grid, Words
from grille.loading import load_text
from questionnaires.outside.grid_workbook import read_grid_workbook
from restitution.documents.office.grid_workbook import grid_xlsx
from storage.campaigns.campaigns import all_campaigns
from storage.campaigns.drafts import CampaignPlan, PlannedCollege, draft_campaign
from storage.campaigns.territories import create_territory
from storage.core.engine import Database
from storage.grids.library import (
    add_grid,
    choose_default,
    default_grid,
    find_grid,
    library,
    usable_grids,
    withdraw_grid,
)
from storage.operations.audit_log import Wanted, entry_page
from tests.web.conftest import SignIn
from tests.web.forms import post_form, token_in
from tests.web.markup import problems_in

PLAN = "/campagnes/territoires/ici/nouvelle"


def another() -> Grid:
    """A framework of one family and one college of its own, on the version of the shipped grid."""
    shipped = grille.current()
    family = shipped.families[0]
    skills = tuple(one.model_copy(update={"code": f"Z-{n}", "wording": {}}) for n, one in enumerate(family.skills))
    made = shipped.model_copy(
        update={
            "id": "autre",
            "title": "Une autre grille",
            "colleges": (College(code="equipe", label="Équipe"), shipped.colleges[0]),
            "families": (family.model_copy(update={"code": "Z", "title": "Zones", "skills": skills}),),
            "correspondence": None,
        }
    )
    return Grid.model_validate(made.model_dump())  # its cached properties are not those of the shipped one


def act(client: FlaskClient, action: str) -> str:
    """The page to which an action on a grid leads."""
    answer = post_form(client, f"/grilles/{action}", seen_at="/grilles")
    assert answer.status_code == 303
    return client.get(answer.headers["Location"]).text


def sent(**changes: str) -> dict[str, str]:
    """What a browser sends for a campaign on the default grid."""
    rows = {
        f"colleges-{number}-{name}": value
        for number, one in enumerate(grille.current().colleges)
        for name, value in {"code": one.code, "used": "y", "label": one.label, "size": "12"}.items()
    }
    ours = "territoires-engagement/2026.1"
    return {
        "name": "Bilan",
        "year": "2026",
        "form": "full",
        "k": "5",
        "version": ours,
        "rows_of": ours,
        **rows,
        **changes,
    }


def test_the_programme_chooses_the_default_and_everything_follows(sign_in: SignIn, database: Database) -> None:
    add_grid(database, another())
    programme = sign_in("programme", None)
    page = act(programme, "autre/2026.1/defaut")
    assert "« Une autre grille », version 2026.1, est maintenant proposée d’abord." in page
    assert default_grid(database).name == "autre/2026.1"
    assert programme.get("/grille").headers["Location"] == "/grilles/autre/2026.1"
    home = programme.get("/").text
    assert "Zones" in home
    assert 'class="showcase"' not in home  # its figures are those of another grid
    logged = entry_page(database, Wanted()).rows[0]
    assert (logged.event, logged.detail) == ("grid chosen", {"grid": "autre/2026.1"})


def test_a_refusal_says_what_to_do(sign_in: SignIn, database: Database) -> None:
    withdraw_grid(database, add_grid(database, another()))
    programme = sign_in("programme", None)
    for address, said in (
        ("autre/2026.1/defaut", "est retirée : aucune nouvelle campagne ne la prend"),
        ("territoires-engagement/2026.1/retrait", "choisissez-en une autre avant de la retirer"),
    ):
        assert said in act(programme, address)
    assert post_form(programme, "/grilles/absente/1/retrait", seen_at="/grilles").status_code == 404


def test_what_is_withdrawn_is_said_and_can_come_back(sign_in: SignIn, client: FlaskClient, database: Database) -> None:
    add_grid(database, another())
    programme = sign_in("programme", None)
    act(programme, "autre/2026.1/retrait")
    assert "Retirée" in client.get("/grilles/autre/2026.1").text
    assert "autre/2026.1" not in usable_grids(database)
    act(programme, "autre/2026.1/remise")
    assert "Retirée" not in client.get("/grilles/autre/2026.1").text
    assert [entry.event for entry in entry_page(database, Wanted()).rows[:2]] == ["grid restored", "grid withdrawn"]


def test_everyone_reads_the_list_and_only_the_programme_may_act(sign_in: SignIn, client: FlaskClient) -> None:
    page = client.get("/grilles").text
    assert problems_in(page) == []
    assert "Grille des savoir-faire" in page
    assert "Proposer d’abord" not in page
    assert "Proposer d’abord" in sign_in("programme", None).get("/grilles").text


def test_choosing_another_grid_shows_its_colleges_before_anything_is_kept(sign_in: SignIn, database: Database) -> None:
    add_grid(database, another())
    create_territory(database, "Ici", "commune")
    client = sign_in("programme", None)
    answer = post_form(client, PLAN, **sent(version="autre/2026.1"))
    assert answer.status_code == 422
    assert "Cette grille a d’autres collèges : les voici." in answer.text
    assert 'value="Équipe"' in answer.text
    assert 'value="Habitants"' not in answer.text
    assert 'value="12"' in answer.text  # « Élus » is in both: what was typed is still there
    assert all_campaigns(database) == []
    again = {"version": "autre/2026.1", "rows_of": "autre/2026.1", "colleges-0-code": "equipe"}
    kept = {
        name: value
        for name, value in sent(**again).items()
        if not name.startswith(tuple("colleges-" + n for n in "1234"))
    }
    assert post_form(client, PLAN, **kept).status_code == 303
    (campaign,) = all_campaigns(database)
    assert (campaign.grid.id, [one.code for one in campaign.colleges]) == ("autre", ["equipe"])


@pytest.mark.parametrize("version", ["", "x", "autre/2026.1", "2026.1/"])
def test_a_grid_that_is_not_offered_is_not_taken(sign_in: SignIn, database: Database, version: str) -> None:
    create_territory(database, "Ici", "commune")
    answer = post_form(sign_in("programme", None), PLAN, **sent(version=version))
    assert answer.status_code == 422
    assert "Choisissez une grille dans cette liste." in answer.text


def test_a_draft_whose_grid_is_withdrawn_says_so_and_takes_another(sign_in: SignIn, database: Database) -> None:
    one = add_grid(database, another())
    place = create_territory(database, "Ici", "commune")
    plan: Any = ("Bilan", 2026, one.grid, "full", 5, (PlannedCollege("equipe", "Équipe"),))
    draft = draft_campaign(database, place, CampaignPlan(*plan))
    withdraw_grid(database, one)
    client, address = sign_in("programme", None), f"/campagnes/{draft.slug}/reglages"
    page = client.get(address)
    assert page.status_code == 200
    assert "La grille de ce brouillon, « Une autre grille », version 2026.1, est retirée" in page.text
    refused = post_form(client, f"/campagnes/{draft.slug}/ouvrir", seen_at=f"/campagnes/{draft.slug}")
    assert refused.status_code == 409
    assert "est retirée : aucune nouvelle campagne ne la prend" in refused.text
    assert post_form(client, address, **sent()).status_code == 303


def test_each_grid_is_presented_in_its_own_words_or_in_words_for_any(
    sign_in: SignIn, client: FlaskClient, database: Database
) -> None:
    words = Words(question="Et le jardin ?", promise="Jardiner s’apprend.")
    one = add_grid(database, another().model_copy(update={"words": words, "notice": "À lire", "author": "Nous"}))
    bare = add_grid(database, another().model_copy(update={"id": "nue", "words": Words(), "notice": ""}))
    assert "engagement citoyen" in client.get("/").text
    for default, said in ((one, "Et le jardin ?"), (bare, "Où en est-on, ici")):
        choose_default(database, default)
        page = client.get("/").text
        assert said in page
        assert "engagement citoyen" not in page
        assert ("Jardiner s’apprend." in page) is (default is one)
        assert "Équipe, Élus" in page
    assert "À lire" in client.get("/grilles/autre/2026.1").text
    assert "officiel" not in client.get("/grilles/nue/2026.1").text


def send(client: FlaskClient, content: bytes, name: str) -> Any:
    """Send a file to the page that adds a grid."""
    token = token_in(client.get("/grilles/ajouter").text)
    return client.post("/grilles/ajouter", data={"csrf_token": token, "file": (io.BytesIO(content), name)})


@pytest.mark.parametrize("suffix", ["xlsx", "yaml"])
def test_a_grid_is_looked_at_then_added_and_comes_out_the_same(
    sign_in: SignIn, client: FlaskClient, database: Database, suffix: str
) -> None:
    given = another()
    content = grid_xlsx(given) if suffix == "xlsx" else grille.as_yaml(given).encode()
    programme = sign_in("programme", None)
    look = send(programme, content, f"grille.{suffix}")
    assert look.status_code == 200
    assert problems_in(look.text) == []
    assert "Rien n’est encore ajouté" in look.text
    assert find_grid(database, "autre", "2026.1") is None
    (form,) = [one for one in lxml.html.fromstring(look.text).forms if one.fields.get("confirmed")]
    added = programme.post("/grilles/ajouter", data=dict(form.fields))
    assert added.status_code == 303
    kept = find_grid(database, "autre", "2026.1")
    assert kept is not None
    assert kept.grid == given
    assert read_grid_workbook(client.get("/grilles/autre/2026.1/grille.xlsx").data, "g.xlsx") == given
    assert load_text(client.get("/grilles/autre/2026.1/grille.yaml").data, "g.yaml") == given
    assert entry_page(database, Wanted()).rows[0].event == "grid added"


def test_what_is_wrong_in_a_file_is_said_and_nothing_is_added(sign_in: SignIn, database: Database) -> None:
    programme, count = sign_in("programme", None), len(library(database))
    other = grille.as_yaml(grille.current().model_copy(update={"title": "Autre texte"})).encode()
    for content, name, said in (
        (b"", "", "Choisissez un fichier"),
        (b"id: 3\n", "grille.yaml", "grille.yaml:1"),
        (b"PK", "grille.xlsx", "ce classeur ne s’ouvre pas"),
        (other, "grille.yaml", "donnez un autre numéro à « version »"),
        (b"\xff\xfe", "grille.yml", "UTF-16"),
    ):
        answer = send(programme, content, name)
        assert answer.status_code == 422
        assert said in answer.text.replace("\u00a0", " ")
    assert len(library(database)) == count


def test_the_template_is_there_to_be_filled(sign_in: SignIn) -> None:
    answer = sign_in("programme", None).get("/grilles/modele.xlsx")
    assert answer.headers["Content-Disposition"] == "attachment; filename=modele-de-grille.xlsx"
    assert answer.data.startswith(b"PK")
