"""Open data: packages that validators accept, a catalogue that portals read, addresses that last."""

import csv
import io
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pyshacl
import pytest
from flask.testing import FlaskClient
from frictionless import Package, system
from rdflib import Graph

from restitution.documents.data_files import parquet_files
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import unpublish_campaign
from storage.core.engine import Database
from storage.responses.computed.publications import publication_to_come, publish_results
from tests.web.conftest import Open
from web.open_data import names, views

# What rdflib says of itself.
reads_linked_data = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
SHAPES = Path(__file__).with_name("dcat-ap-mandatory.ttl")


def links_of(page: str) -> set[str]:
    """The addresses that a page links to, without the name of the site."""
    return {one.removeprefix("http://localhost") for one in re.findall(r'href="([^"]+)"', page)}


def package_in(folder: Path, client: FlaskClient, slug: str) -> dict[str, Any]:
    """Take the description and every table that it names; return the description."""
    description = client.get(f"/donnees/{slug}/datapackage.json")
    (folder / "datapackage.json").write_bytes(description.data)
    package: dict[str, Any] = json.loads(description.data)
    for resource in package["resources"]:
        (folder / resource["path"]).write_bytes(client.get(f"/donnees/{slug}/{resource['path']}").data)
    return package


def problems_of(folder: Path) -> list[str]:
    """What frictionless finds wrong with the package of that folder: description, types, keys, references."""
    with system.use_context(trusted=False):
        report = Package(str(folder / "datapackage.json")).validate()
    return [str(error) for task in report.tasks for error in task.errors] + [str(error) for error in report.errors]


def test_a_package_is_valid_and_says_licence_source_and_keys(
    tmp_path: Path, client: FlaskClient, shown: Campaign
) -> None:
    package = package_in(tmp_path, client, shown.slug)
    assert problems_of(tmp_path) == []
    assert [one["name"] for one in package["licenses"]] == ["etalab-2.0"]
    assert [one["path"] for one in package["sources"]] == [f"http://localhost/donnees/{shown.slug}"]
    assert all(one["schema"]["primaryKey"] for one in package["resources"])


def test_a_package_that_was_damaged_is_refused(tmp_path: Path, client: FlaskClient, shown: Campaign) -> None:
    package_in(tmp_path, client, shown.slug)
    families = tmp_path / "families.csv"
    first, second, *others = families.read_text("utf-8-sig").splitlines(keepends=True)
    families.write_text("".join([first, second, second, *others]))
    assert any("primary" in problem.lower() for problem in problems_of(tmp_path))


def test_figures_are_those_of_the_profile(client: FlaskClient, shown: Campaign) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"/donnees/{shown.slug}/families.csv").data.decode("utf-8-sig"))))
    profile = client.get(f"/restitution/{shown.slug}/fichiers/profile.json").json
    assert profile is not None
    assert [(row["family"], row["college"], row["n"]) for row in rows] == [
        (one["family"], one["college"], str(one["n"])) for one in profile["families"]
    ]
    assert [float(row["score"]) if row["score"] else None for row in rows] == [
        pytest.approx(one["score"]) for one in profile["families"]
    ]


def test_sqlite_and_parquet_hold_the_rows_of_the_tables(tmp_path: Path, client: FlaskClient, shown: Campaign) -> None:
    listed = links_of(client.get(f"/donnees/{shown.slug}").text)
    address = f"/donnees/{shown.slug}"
    rows = list(csv.DictReader(io.StringIO(client.get(f"{address}/families.csv").data.decode("utf-8-sig"))))
    wanted = [(row["family"], row["college"], float(row["score"]) if row["score"] else None) for row in rows]
    query = "SELECT family, college, score FROM"
    assert {f"{address}/families.parquet", f"{address}/data.sqlite"} <= listed
    (tmp_path / "data.sqlite").write_bytes(client.get(f"{address}/data.sqlite").data)
    (tmp_path / "families.parquet").write_bytes(client.get(f"{address}/families.parquet").data)
    with closing(sqlite3.connect(tmp_path / "data.sqlite")) as db:
        assert sorted(db.execute(f"{query} families"), key=str) == sorted(wanted, key=str)
        about = dict(db.execute("SELECT name, value FROM about"))
        assert (about["name"], about["licence"]) == (shown.slug, "Licence Ouverte 2.0")
        columns = "SELECT count(*) FROM pragma_table_info('families') WHERE name NOT IN (SELECT name FROM columns)"
        assert db.execute(columns).fetchone() == (0,)
    with duckdb.connect() as reader:
        assert reader.sql(f"{query} '{tmp_path}/families.parquet'").fetchall() == wanted


def test_a_count_below_k_is_in_no_file(
    database: Database, tmp_path: Path, client: FlaskClient, shown: Campaign
) -> None:
    rows = csv.DictReader(io.StringIO(client.get(f"/donnees/{shown.slug}/skills.csv").data.decode("utf-8-sig")))
    hidden = {(row["skill"], row["college"]) for row in rows if row["n"].startswith("<")}
    (tmp_path / "data.sqlite").write_bytes(client.get(f"/donnees/{shown.slug}/data.sqlite").data)
    with closing(sqlite3.connect(tmp_path / "data.sqlite")) as db:
        assert set(db.execute("SELECT skill, college FROM skills WHERE n IS NULL")) == hidden
        assert db.execute(f"SELECT count(*) FROM skills WHERE n < {shown.k}").fetchone() == (0,)


def test_parquet_that_cannot_be_written_is_said_and_not_offered_where_nothing_writes_it(
    client: FlaskClient, shown: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_files, "LARGEST_FILE", 16)
    failed = client.get(f"/donnees/{shown.slug}/families.parquet")
    assert failed.status_code == 503
    assert "n’a pas pu être écrit" in failed.text
    monkeypatch.setattr(views, "can_write_parquet", lambda: False)
    monkeypatch.setattr(names, "can_write_parquet", lambda: False)
    assert ".parquet" not in client.get(f"/donnees/{shown.slug}").text
    assert client.get(f"/donnees/{shown.slug}/skills.parquet").status_code == 404


def test_withdrawn_data_leave_a_page_at_their_address_and_come_back(
    database: Database, client: FlaskClient, shown: Campaign
) -> None:
    addresses = [f"/donnees/{shown.slug}{file}" for file in ("", "/datapackage.json", "/families.csv", "/data.sqlite")]
    closed = unpublish_campaign(database, shown)
    assert [client.get(address).status_code for address in addresses] == [404] * 4
    publish_results(database, closed, publication_to_come(database, closed), shown.published_at)
    before = [client.get(address).data for address in addresses]
    withdrawn = unpublish_campaign(database, shown)
    for answer in map(client.get, addresses):
        assert answer.status_code == 410
        assert "Ces données ont été retirées" in answer.text
    assert catalogue(client)["dcat:dataset"] == []
    publish_results(database, withdrawn, publication_to_come(database, withdrawn), shown.published_at)
    assert [client.get(address).data for address in addresses] == before


def test_what_no_package_holds_is_not_there(client: FlaskClient, shown: Campaign) -> None:
    for name in ("answers.csv", "families.exe", "..", "%2e%2e%2fdatapackage.json", "families.csv%00"):
        assert client.get(f"/donnees/{shown.slug}/{name}").status_code == 404
    assert client.get("/donnees/nowhere").status_code == 404


def catalogue(client: FlaskClient, address: str = "/donnees/catalogue.jsonld") -> dict[str, Any]:
    """A page of the catalogue."""
    answer = client.get(address)
    assert answer.mimetype == "application/ld+json"
    return dict(json.loads(answer.data))


@reads_linked_data
def test_the_catalogue_has_what_dcat_ap_requires(database: Database, client: FlaskClient, shown: Campaign) -> None:
    database.execute("UPDATE territories SET official_code = '38185'")
    graph = Graph().parse(data=client.get("/donnees/catalogue.jsonld").text, format="json-ld")
    conforms, _results, text = pyshacl.validate(graph, shacl_graph=str(SHAPES))
    assert conforms, text
    (dataset,) = catalogue(client)["dcat:dataset"]
    assert dataset["@id"] == f"http://localhost/donnees/{shown.slug}"
    assert dataset["dct:spatial"]["@id"] == "http://id.insee.fr/geo/commune/38185"
    for one in dataset["dcat:distribution"]:
        assert client.get(one["dcat:accessURL"]["@id"].removeprefix("http://localhost")).status_code == 200


@reads_linked_data
def test_the_shapes_see_what_is_missing(client: FlaskClient, shown: Campaign) -> None:
    found = catalogue(client)
    del found["dcat:dataset"][0]["dcat:distribution"][0]["dcat:accessURL"]
    graph = Graph().parse(data=json.dumps(found), format="json-ld")
    assert not pyshacl.validate(graph, shacl_graph=str(SHAPES))[0]


def test_the_catalogue_goes_on_page_by_page(
    database: Database, client: FlaskClient, campaign: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = {campaign("published", f"Lieu {number}", 2020 + number).slug for number in range(5)}
    monkeypatch.setattr(views, "DATASETS_PER_PAGE", 2)
    pages = [catalogue(client)]
    for _more in range(2):
        pages.append(catalogue(client, pages[-1]["hydra:next"]["@id"].removeprefix("http://localhost")))
    assert "hydra:next" not in pages[-1]
    found = [one["@id"].rpartition("/")[2] for page in pages for one in page["dcat:dataset"]]
    assert sorted(found) == sorted(wanted)
    for wrong in ("abc", "-1", "999999", "9" * 40, "²"):
        assert client.get("/donnees/catalogue.jsonld", query_string={"avant": wrong}).status_code == 404


def test_invented_territories_are_in_no_catalogue(database: Database, client: FlaskClient, shown: Campaign) -> None:
    database.execute("UPDATE territories SET fictional = 1")
    assert catalogue(client)["dcat:dataset"] == []
    assert "Territoire fictif" in client.get("/donnees").text
    assert "Territoire fictif" in client.get(f"/donnees/{shown.slug}/datapackage.json").text
