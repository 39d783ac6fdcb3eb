"""The API: what is published and nothing else, as its description says, for any number of readers."""

import json
import re
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import sampled_from
from jsonschema import Draft202012Validator
from schemathesis import Case, GenerationMode
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)

from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import unpublish_campaign
from storage.core.engine import Database
from tests.web.api.conftest import Software
from tests.web.conftest import Open
from web.api import models, views
from web.api.my.idempotency import HEADER

V1 = "/api/v1"
ELSEWHERE = "Ailleursville"
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


def read(client: FlaskClient, address: str, status: int = 200) -> Any:
    """The document at that address; an error must be a problem."""
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    assert answer.mimetype == ("application/json" if status < 400 else "application/problem+json")
    return json.loads(answer.data)


def test_the_figures_are_those_of_the_profile(client: FlaskClient, shown: Campaign) -> None:
    profile = read(client, f"{V1}/campaigns/{shown.slug}/results")
    assert profile == client.get(f"/restitution/{shown.slug}/fichiers/profile.json").json
    models.Results.model_validate(profile)


def test_each_campaign_of_a_territory_has_its_own_figures(demo_client: FlaskClient) -> None:
    found = {}
    for year in (2025, 2026, 2025):  # the second campaign, then the first again
        found[year] = read(demo_client, f"{V1}/campaigns/villeroche-{year}/results")
        assert found[year] == demo_client.get(f"/restitution/villeroche-{year}/fichiers/profile.json").json
    assert found[2025] != found[2026]


def test_every_link_of_a_campaign_leads_somewhere(client: FlaskClient, shown: Campaign) -> None:
    document = read(client, f"{V1}/campaigns/{shown.slug}")
    links = [*document["links"].values(), document["territory"]["address"], document["grid"]["address"]]
    files = read(client, document["links"]["files"].removeprefix("http://localhost"))
    for address in [*links, *(one["address"] for one in files["items"])]:
        assert client.get(address.removeprefix("http://localhost")).status_code == 200, address


def test_lists_go_on_by_their_cursor(
    client: FlaskClient, campaign: Open, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = {campaign("published", f"Lieu {number}", 2020 + number).slug for number in range(5)}
    monkeypatch.setattr(views, "ROWS", 2)
    found, cursor = list[str](), ""
    while True:
        page = read(client, f"{V1}/campaigns{cursor}")
        found += [one["slug"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = f"?cursor={page['next']}"
    assert (sorted(found), len(found)) == (sorted(wanted), 5)
    names = [one["name"] for one in read(client, f"{V1}/territories?q=lieu+3")["items"]]
    assert names == ["Lieu 3"]


def test_what_is_not_published_is_not_there_and_what_was_withdrawn_is_said(
    client: FlaskClient, campaign: Open, database: Database, shown: Campaign
) -> None:
    for state in ("draft", "open", "closed"):
        for more in ("", "/results", "/files"):
            assert read(client, f"{V1}/campaigns/{campaign(state).slug}{more}", 404)["status"] == 404
    unpublish_campaign(database, shown)
    assert read(client, f"{V1}/campaigns/{shown.slug}", 404)
    published = campaign("published")
    before = client.get(f"{V1}/campaigns/{published.slug}/results")
    assert before.status_code == 200


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/campaigns?cursor=abc", "Ce curseur ne mène nulle part"),
        ("/campaigns?cursor=YTk5OTk5OQ", "Ce curseur ne mène nulle part"),
        ("/campaigns?page=2&size=3", "page, size"),
        ("/territories?q=a&q=b", "plusieurs fois"),
        ("/territories?q=" + "a" * 300, "q"),
    ],
)
def test_a_wrong_parameter_is_said(client: FlaskClient, shown: Campaign, address: str, said: str) -> None:
    problem = read(client, V1 + address, 400)
    assert said in problem["detail"]
    models.Problem.model_validate(problem)


def test_errors_are_problems_everywhere(client: FlaskClient) -> None:
    for address in ("/api/v1/nothing", "/api/v2/campaigns", f"{V1}/campaigns/rien", f"{V1}/grids/rien/1"):
        assert read(client, address, 404)["title"] == "Cette page n’existe pas"
    answer = client.post(f"{V1}/campaigns")
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert answer.headers["Allow"]


def test_an_unchanged_document_is_not_sent_again_and_any_site_may_read_it(client: FlaskClient, shown: Campaign) -> None:
    for address in (f"{V1}/campaigns", f"{V1}/campaigns/{shown.slug}/results", f"{V1}/openapi.json"):
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert first.headers["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in first.headers


def test_the_description_names_every_address_with_its_answer_and_errors(app: Flask, client: FlaskClient) -> None:
    described = read(client, f"{V1}/openapi.json")
    assert described["openapi"] == "3.1.0"
    rules = {rule.rule.replace("int:", "") for rule in app.url_map.iter_rules() if rule.endpoint.startswith("api.")}
    paths = {path.replace("{", "<").replace("}", ">") for path in described["paths"]}
    assert paths == rules - {"/api", f"{V1}/openapi.json"}
    for path, operations in described["paths"].items():
        for method, one in operations.items():
            assert one["summary"]
            assert {"429", "503"} < one["responses"].keys()
            assert ("security" in one and {"401", "403"} < one["responses"].keys()) is ("/my/" in path), path
            named = {parameter["name"] for parameter in one.get("parameters", ())}
            assert (HEADER in named) is (method != "get")


def test_whatever_is_sent_or_answered_has_an_example_that_fits(client: FlaskClient) -> None:
    described = read(client, f"{V1}/openapi.json")
    examples, used = described["components"]["examples"], set[str]()
    for operations in described["paths"].values():
        for operation in operations.values():
            for part in filter(None, [operation.get("requestBody"), *operation["responses"].values()]):
                (content,) = part["content"].values()
                ((name, example),) = content["examples"].items()
                assert example == {"$ref": f"#/components/examples/{name}"}
                whole = content["schema"] | {"components": described["components"]}
                Draft202012Validator(whole).validate(examples[name]["value"])
                used.add(name)
    assert used == examples.keys()


@pytest.fixture
def schema(app: Flask, shown: Campaign) -> Any:
    """The description, to be tried on the application itself."""
    return schemathesis.openapi.from_wsgi(f"{V1}/openapi.json", app)


@pytest.fixture
def keys(software: Software) -> dict[str, str]:
    """What each reader says of who they are: nobody, and everybody who holds a role here."""
    roles = [("pilot", "Ici"), ("reviewer", "Ici"), ("reader", "Ici"), ("author", None), ("programme", None)]
    said = {role: software(role, where).environ_base["HTTP_AUTHORIZATION"] for role, where in roles}
    return said | {"nobody": "Bearer grille_nobody"}


def tried(schema: Any, known: dict[str, Any], keys: dict[str, str], requests: int) -> int:
    """Ask so many things of each address, sound or not, there or not, as anybody: every answer is one of those
    described, and says nothing of another territory.
    """
    done = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        there = {name: known[name] for name in re.findall(r"{(\w+)}", operation.path)}
        for mode, where in (
            (GenerationMode.POSITIVE, there),
            (GenerationMode.POSITIVE, {}),
            (GenerationMode.NEGATIVE, {}),
        ):

            @settings(max_examples=requests, deadline=None, suppress_health_check=list(HealthCheck), database=None)
            @given(
                case=operation.as_strategy(generation_mode=mode, path_parameters=where or None),
                who=sampled_from(sorted(keys)),
                language=sampled_from(["fr", "en"]),
            )
            def one(case: Case, who: str, language: str) -> None:
                nonlocal done
                done += 1
                asks = {"Authorization": keys[who], "Accept-Language": language}
                answer = case.call_and_validate(checks=CHECKS, headers=asks)
                assert who == "programme" or ELSEWHERE.encode() not in answer.content

            try:
                one()
            except Unsatisfiable:
                assert mode is GenerationMode.NEGATIVE  # nothing of such a request can be wrong
    return done


@pytest.fixture
def known(shown: Campaign, campaign: Open) -> dict[str, Any]:
    """What is there, by the name of the parameter that asks for it; another territory collects too."""
    campaign("open", ELSEWHERE)
    there = {"slug": shown.slug, "place": shown.territory.slug, "grid": shown.grid.id, "version": shown.grid.version}
    return there | {"number": 1}


def test_whatever_is_asked_the_answer_is_as_described(schema: Any, known: dict[str, Any], keys: dict[str, str]) -> None:
    assert tried(schema, known, keys, 2) > 50


@pytest.mark.long
def test_twenty_thousand_requests_are_answered_as_described(
    schema: Any, known: dict[str, Any], keys: dict[str, str]
) -> None:
    assert tried(schema, known, keys, 400) > 20000
