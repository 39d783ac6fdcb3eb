"""Tables as open data: a CSV file per table, and the description of their columns, keys, licence and sources.

The description follows the Data Package and Table Schema specifications of Frictionless Data, so that validators can
read it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson

from restitution.documents.open_data.columns import Column, Dictionary, Kind
from restitution.documents.open_data.csv_and_json import csv_cell
from restitution.documents.open_data.tables import DataTable

LICENCE: Final = {
    "name": "etalab-2.0",
    "title": "Licence Ouverte 2.0",
    "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}
"""Under which what a territory publishes may be used again."""

DESCRIPTION: Final = "datapackage.json"
"""The name of the description, beside the tables."""

_TYPES: Final[dict[Kind, str]] = {
    "text": "string",
    "count": "integer",
    "level": "number",
    "figure": "number",
    "share": "number",
    "flag": "boolean",
}
KEYS: Final = {
    "territory": ("family",),
    "families": ("family", "college"),
    "skills": ("skill", "college"),
    "weightings": ("family",),
    "hindsight": ("family", "college"),
    "hindsight_skills": ("skill", "college"),
    "respondents": ("college",),
    "waves": ("wave", "family"),
    "changes": ("wave", "family", "college"),
    "judgements": ("family",),
}
"""The columns that name a row, by table."""

NAMES: Final = frozenset({DESCRIPTION, *(f"{table}.csv" for table in KEYS)})
"""The names that a file of a package can have."""


@dataclass(frozen=True)
class Package:
    """What a data package is about. ``name`` is in lower case, without spaces; ``source`` is an address, if any."""

    name: str
    title: str
    description: str
    created: datetime
    version: str
    source: str = ""


def package_files(about: Package, tables: Sequence[DataTable], dictionary: Dictionary) -> dict[str, bytes]:
    """Return the files of a package by name: its description, then one CSV file (UTF-8 with BOM, commas) per table."""
    return {DESCRIPTION: _description(about, tables, dictionary), **{f"{one.name}.csv": _csv(one) for one in tables}}


def _description(about: Package, tables: Sequence[DataTable], dictionary: Dictionary) -> bytes:
    package = {
        "profile": "tabular-data-package",
        "name": about.name,
        "title": about.title,
        "description": about.description,
        "created": about.created.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "version": about.version,
        "licenses": [LICENCE],
        "sources": [{"title": about.title, **({"path": about.source} if about.source else {})}],
        "resources": [_resource(table, dictionary) for table in tables],
    }
    return orjson.dumps(package, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _resource(table: DataTable, dictionary: Dictionary) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n"},
        "schema": _schema(table, dictionary),
    }


def _schema(table: DataTable, dictionary: Dictionary) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column, dictionary) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(KEYS[table.name]),
    }
    if "family" in KEYS[table.name] and table.name != "territory":
        schema["foreignKeys"] = [{"fields": "family", "reference": {"resource": "territory", "fields": "family"}}]
    return schema


def _field(column: Column, dictionary: Dictionary) -> dict[str, Any]:
    # A count below k is written "<k", which is no integer: the column is text, and its description says so.
    kind = "string" if column.name == "n" else _TYPES[column.kind]
    meaning = f"{column.meaning} ({dictionary.unit(column)})"
    return {"name": column.name, "type": kind, "title": column.title, "description": meaning}


def _csv(table: DataTable) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([csv_cell(row[column.name]) for column in table.columns] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")
