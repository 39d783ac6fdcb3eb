"""The description of the API: for machines (``openapi.json``), and to be read."""

from collections.abc import Callable
from functools import partial
from typing import Any

import orjson
from flask import Response, current_app, render_template

from grille.messages import Message
from restitution.text.language import localized
from web.api.blueprint import PREFIX, blueprint, json_with_validator
from web.http.problems import in_language_asked, translated


@blueprint.get(f"{PREFIX}/openapi.json")
def openapi() -> Response:
    """Return the description in OpenAPI 3.1."""
    return in_language_asked(json_with_validator(orjson.dumps(_description(translated), option=orjson.OPT_INDENT_2)))


@blueprint.get("/api")
def index() -> str:
    """Show the description to be read: each address, its parameters, what it answers."""
    found = _description(localized)
    return render_template("api/index.html", description=found, example_in=partial(_example, found))


def _example(found: dict[str, Any], described: dict[str, Any]) -> str:
    """The example of what is sent or answered, as text to be read."""
    (content,) = described["content"].values()
    (name,) = content["examples"]
    return orjson.dumps(found["components"]["examples"][name]["value"], option=orjson.OPT_INDENT_2).decode()


def _description(say: Callable[[Message], str]) -> dict[str, Any]:
    from web.api.description import description  # loads what describes models, which nothing else needs

    return description(str(current_app.config["VERSION"]), say)
