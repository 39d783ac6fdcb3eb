"""Software written for the API of the release before goes on: addresses, parameters and answers are still there.

``data/openapi-0.2.0.json`` is what ``/api/v1/openapi.json`` said then. At a release, add the new one; never change one.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from storage.campaigns.campaigns import Campaign

FORMER = sorted(Path(__file__).with_name("data").glob("openapi-*.json"))
Description = dict[str, Any]


def operations(description: Description) -> Iterator[tuple[str, str, Description]]:
    """Each operation: its address, its method, what is said of it."""
    for address, methods in description["paths"].items():
        for method, operation in methods.items():
            yield address, method, operation


def tolerant(schema: Any) -> Any:
    """The same schema, for a reader that leaves alone what it does not know."""
    if isinstance(schema, list):
        return [tolerant(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {name: tolerant(one) for name, one in schema.items() if (name, one) != ("additionalProperties", False)}


def expected(description: Description, operation: Description, code: str) -> Draft202012Validator:
    """What that answer must be, as the description says."""
    (content,) = operation["responses"][code]["content"].values()
    whole = {**content["schema"], "components": tolerant(description["components"])}
    return Draft202012Validator(whole)


@pytest.fixture(params=FORMER, ids=lambda path: path.stem)
def former(request: pytest.FixtureRequest) -> Description:
    """The description of an earlier release."""
    found: Description = json.loads(request.param.read_text("utf-8"))
    return found


def test_what_could_be_asked_still_can_in_the_same_way(former: Description, client: FlaskClient) -> None:
    today: Description = json.loads(client.get("/api/v1/openapi.json").data)
    for address, method, operation in operations(former):
        now = today["paths"][address][method]
        then = {(one["name"], one["in"]) for one in operation.get("parameters", ())}
        here = {(one["name"], one["in"]): one.get("required", False) for one in now.get("parameters", ())}
        assert then <= here.keys(), f"{method} {address} has lost a parameter"
        assert not [one for one in here.keys() - then if here[one]], f"{method} {address} requires another parameter"
        assert operation["responses"].keys() <= now["responses"].keys(), f"{method} {address} has lost an answer"
        assert "security" not in now or "security" in operation, f"{method} {address} asks for a key"


def test_what_is_answered_is_still_what_was_said(former: Description, client: FlaskClient, shown: Campaign) -> None:
    known = {"slug": shown.slug, "place": shown.territory.slug, "grid": shown.grid.id, "version": shown.grid.version}
    tried = 0
    for address, method, operation in operations(former):
        for values, code in ((known, "200"), (dict.fromkeys(known, "nowhere"), "404")):
            if code in operation["responses"] and (code == "200" or "{" in address):
                answer = client.open(address.format(**values), method=method.upper())
                assert str(answer.status_code) == code, address
                expected(former, operation, code).validate(json.loads(answer.data))
                tried += 1
    assert tried > 10
