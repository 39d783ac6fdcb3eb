"""The pages of a parcours: access, refusals without loss, concurrent changes, several territories."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from commands.demo_credentials import DEMO_EMAIL, DEMO_PASSWORD
from storage.campaigns.territories import create_territory, territory_by_slug
from storage.core.database import open_database
from storage.core.engine import Database
from storage.review.parcours import ActionPlan, actions_of, ratings_of
from tests.web.conftest import Open, SignIn
from tests.web.forms import post_form, token_in
from tests.web.markup import problems_in

NEW = "/parcours/ici/actions/nouvelle"
TYPED = {"title": "Animer", "kind": "formation", "skills": "FAC-2", "starts_on": "2026-09-01", "status": "prevue"}


@pytest.fixture
def planner(sign_in: SignIn, campaign: Open) -> FlaskClient:
    campaign("closed")
    return sign_in("reviewer")


def actions(database: Database) -> list[ActionPlan]:
    here = territory_by_slug(database, "ici")
    assert here is not None
    return [one.plan for one in actions_of(database, here)]


def test_an_action_is_added_changed_taken_out_and_put_back(planner: FlaskClient, database: Database) -> None:
    assert post_form(planner, NEW, **TYPED).status_code == 303
    page = planner.get("/parcours/ici").text
    assert "Animer" in page
    assert "à partir du 1er septembre 2026" in page
    post_form(planner, "/parcours/ici/actions/1", **TYPED, purpose="Seuls", version="1")
    assert actions(database)[0].purpose == "Seuls"
    gone = post_form(planner, "/parcours/ici/actions/1/retirer", seen_at="/parcours/ici/actions/1")
    assert actions(database) == []
    undo = planner.get(gone.headers["Location"]).text
    assert "La remettre" in undo
    planner.post("/parcours/ici/actions/1/remettre", data={"csrf_token": token_in(undo)})
    assert [plan.title for plan in actions(database)] == ["Animer"]


def test_all_that_is_wrong_is_said_and_nothing_typed_is_lost(planner: FlaskClient, database: Database) -> None:
    answer = post_form(planner, NEW, kind="projet", purpose="Tout ce que j’ai tapé", ends_on="le 3 mai")
    assert answer.status_code == 422
    for sentence in ("Donnez un titre", "au moins un savoir-faire", "31/03/2026"):
        assert sentence in answer.text
    assert "Tout ce que j’ai tapé" in answer.text
    assert "le 3 mai" in answer.text
    assert problems_in(answer.text) == []
    backwards = post_form(planner, NEW, **TYPED, ends_on="2026-01-01")
    assert "La fin vient avant le début" in backwards.text
    nowhere = post_form(planner, NEW, **{**TYPED, "starts_on": ""})
    assert "Donnez une date" in nowhere.text
    assert actions(database) == []


def test_two_people_at_once_both_keep_what_they_typed(planner: FlaskClient, database: Database) -> None:
    post_form(planner, NEW, **TYPED)
    post_form(planner, "/parcours/ici/actions/1", **{**TYPED, "title": "La leur", "version": "1"})
    mine = post_form(planner, "/parcours/ici/actions/1", **{**TYPED, "title": "La mienne", "version": "1"})
    assert mine.status_code == 409
    assert "La leur" in mine.text
    assert 'value="La mienne"' in mine.text
    assert actions(database)[0].title == "La leur"
    assert problems_in(mine.text) == []


def test_an_action_is_assessed_each_year(planner: FlaskClient, database: Database) -> None:
    post_form(planner, NEW, **TYPED)
    address = "/parcours/ici/actions/1/bilan"
    refused = post_form(planner, address, year="2026", words="Déjà écrit")
    assert refused.status_code == 422
    assert "Déjà écrit" in refused.text
    assert post_form(planner, address, year="2026", relevance="4", transfer="2", words="Bien").status_code == 303
    here = territory_by_slug(database, "ici")
    assert here is not None
    (rating,) = ratings_of(database, here)[1]
    assert (rating.year, rating.relevance, rating.transfer, rating.words) == (2026, 4, 2, "Bien")
    assert "les acteurs locaux font avec de l’aide" in planner.get("/parcours/ici").text


def test_a_reader_reads_and_changes_nothing(sign_in: SignIn, campaign: Open, database: Database) -> None:
    campaign("closed")
    planner, reader = sign_in("pilot"), sign_in("reader")
    post_form(planner, NEW, **TYPED)
    page = reader.get("/parcours/ici").text
    assert "Animer" in page
    assert "Modifier" not in page
    for address in (NEW, "/parcours/ici/actions/1", "/parcours/ici/actions/1/bilan"):
        assert reader.get(address).status_code == 404


def test_an_action_of_another_territory_does_not_exist_here(planner: FlaskClient, database: Database) -> None:
    create_territory(database, "Ailleurs", "commune")
    assert planner.get("/parcours/ailleurs").status_code == 404
    assert planner.get("/parcours/ici/actions/99").status_code == 404


def test_a_territory_without_any_result_has_a_parcours_to_write(sign_in: SignIn, campaign: Open) -> None:
    campaign("open")
    page = sign_in("pilot").get("/parcours/ici").text
    assert "reste à écrire" in page
    assert problems_in(page) == []


@pytest.fixture
def demo_reader(demo_client: FlaskClient) -> FlaskClient:
    post_form(demo_client, "/connexion", email=DEMO_EMAIL, password=DEMO_PASSWORD)
    return demo_client


def test_the_demonstration_shows_what_no_action_aims_at(demo_reader: FlaskClient) -> None:
    page = demo_reader.get("/parcours/villeroche").text
    assert "Des savoir-faire faibles qu’aucune action ne vise" in page
    assert "ne prouve pas" in page
    assert "?vise=INT-" in page


def test_several_territories_stand_side_by_side_unranked(demo_reader: FlaskClient) -> None:
    page = demo_reader.get("/territoires").text
    order = [page.index(f'id="{slug}"') for slug in ("saint-aubin-des-pres", "val-de-brume", "villeroche")]
    assert order == sorted(order)
    assert "ne classe personne" in page
    assert page.count("<small>Pratique") >= 10


def test_someone_sees_only_their_own_territories(sign_in: SignIn, campaign: Open) -> None:
    campaign("closed", "Ailleurs")
    campaign("closed", "Ici")
    page = sign_in("reader", "Ici").get("/territoires").text
    assert "Ici" in page
    assert "Ailleurs" not in page


@pytest.fixture
def silent(demo_database: Path) -> Iterator[Database]:
    with closing(open_database(demo_database)) as db:
        yield db


def test_a_hidden_family_is_said_to_be_hidden_there_too(silent: Database, demo_reader: FlaskClient) -> None:
    """Without its later campaigns, the village's last one is the silent one: no figure of it may stand in the table."""
    silent.conn.execute("UPDATE campaigns SET published_at = NULL, status = 'open' WHERE slug LIKE 'saint-aubin%-202_'")
    silent.conn.execute("UPDATE campaigns SET status = 'closed' WHERE slug = 'saint-aubin-des-pres-2024'")
    page = demo_reader.get("/territoires").text
    row = page[page.index('<tr><th scope="row">Saint-Aubin') :].split("</tr>")[0]
    assert row.count("moins de 2 collèges publiés") == 5
    assert "<small>Pratique" not in row
