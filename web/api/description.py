"""The description of the API in OpenAPI 3.1, made from its views and their models; loaded when it is asked for.

The description is made on an application of its own, whose views are never called: what reads and describes models
costs 5 MB, which no process where people only answer must hold.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

import orjson
from flask import Flask, current_app
from pydantic import BaseModel
from spectree import Response, SpecTree
from werkzeug.routing import Rule

from grille.messages import Message
from grille.messages import message as _
from restitution.documents.open_data.data_package import LICENCE
from web.api import models
from web.api.blueprint import DESCRIPTIONS, Described, asks_for_a_key
from web.api.my.idempotency import HEADER

TITLE: Final = "Grille"
_PROBLEM: Final = "application/problem+json"
_ALWAYS: Final = (429, 503)
_EXAMPLES: Final = Path(__file__).with_name("examples.json")  # by the name of their model
_SENT_ONCE: Final = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}
"""The header by which a request that is sent again acts once."""


def description(version: str, say: Callable[[Message], str]) -> dict[str, Any]:
    """Return the description, the content of ``openapi.json``, its sentences as ``say`` says them.

    ``version`` is that of the program.
    """
    spec = _spec(version)
    about = _(
        "Ce que les territoires publient, pour tout le monde ; sous « /my », ce que voit et fait le compte qui a donné "
        "une clé. Une liste se lit page par page, par son curseur."
    )
    public_first = sorted(spec["paths"].items(), key=lambda path: "/my/" in path[0])
    paths = {address: _in_words(operations, say) for address, operations in public_first}
    return spec | {"info": spec["info"] | {"description": say(about)}, "paths": paths}


def _in_words(operations: dict[str, Any], say: Callable[[Message], str]) -> dict[str, Any]:
    """The operations of an address, each said in the words of its view."""
    return {
        method: one | {"summary": say(DESCRIPTIONS[one["operationId"]].summary)} for method, one in operations.items()
    }


@cache
def _spec(version: str) -> dict[str, Any]:
    described = Flask("described")
    tree = SpecTree(
        "flask",
        title=TITLE,
        version=version,
        license={"name": LICENCE["title"], "url": LICENCE["path"]},
        mode="strict",
        page_templates={},
        annotations=False,
        naming_strategy=lambda model: model.__name__,
        nested_naming_strategy=lambda _parent, child: child,
        validation_error_status=400,
        validation_error_model=models.Problem,
    )
    for rule in current_app.url_map.iter_rules():
        view = rule.endpoint.removeprefix("api.")
        if rule.endpoint.startswith("api.") and view in DESCRIPTIONS:
            function = current_app.view_functions[rule.endpoint]
            validated = _validated(tree, view, DESCRIPTIONS[view])(function)
            described.add_url_rule(rule.rule, view, validated, methods=_methods(rule))
    tree.register(described)
    with described.app_context():
        spec = _with_problems(tree.spec)
    return _with_examples(_with_keys(spec))


def _methods(rule: Rule) -> set[str]:
    return (rule.methods or set()) - {"HEAD", "OPTIONS"}


def _validated(tree: SpecTree, name: str, said: Described) -> Any:
    keyed = (401, 403) if asks_for_a_key(f"api.{name}") else ()
    codes: dict[str, Any] = {f"HTTP_{code}": models.Problem for code in (*said.errors, *keyed, *_ALWAYS)}
    codes[f"HTTP_{said.code}"] = said.answer
    return tree.validate(query=said.query, json=said.body, operation_id=name, resp=Response(**codes))


def _with_keys(spec: dict[str, Any]) -> dict[str, Any]:
    """The same description, where what asks for a key says so, with the scope that the key must have."""
    spec["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    for path in spec["paths"].values():
        for method, operation in path.items():
            view = current_app.view_functions[f"api.{operation['operationId']}"]
            if hasattr(view, "needed_scope"):
                operation["security"] = [{"key": [view.needed_scope] if view.needed_scope else []}]
            if method != "get":
                operation.setdefault("parameters", []).append(_SENT_ONCE)
    return spec


def _with_problems(spec: dict[str, Any]) -> dict[str, Any]:
    """The same description, where errors are of the type of problems."""
    for path in spec["paths"].values():
        for operation in path.values():
            operation["description"] = ""
            for code, response in operation["responses"].items():
                if int(code) >= 400:
                    response["content"] = {_PROBLEM: response["content"].pop("application/json")}
    return spec


def _with_examples(spec: dict[str, Any]) -> dict[str, Any]:
    """The same description, where whatever is sent or answered has an example; all problems have the same."""
    spec["components"]["examples"] = {
        name: {"value": one} for name, one in orjson.loads(_EXAMPLES.read_bytes()).items()
    }
    for path in spec["paths"].values():
        for operation in path.values():
            said = DESCRIPTIONS[operation["operationId"]]
            if said.body:
                _show(operation["requestBody"], said.body)
            for code, response in operation["responses"].items():
                _show(response, models.Problem if int(code) >= 400 else said.answer)
    return spec


def _show(described: dict[str, Any], model: type[BaseModel]) -> None:
    for content in described["content"].values():
        content["examples"] = {model.__name__: {"$ref": f"#/components/examples/{model.__name__}"}}
