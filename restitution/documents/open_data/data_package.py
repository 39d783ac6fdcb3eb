"""A report's tables as open data: a zip of one CSV file per table, and the schema of their columns.

The description follows the Data Package and Table Schema specifications of Frictionless Data, so that validators can
read it.
"""

from __future__ import annotations

import csv
import io
from typing import Any

import orjson

from restitution.documents.open_data.columns import Column, Dictionary, Kind
from restitution.documents.open_data.csv_and_json import csv_cell
from restitution.documents.open_data.repeatable_files import zipped
from restitution.documents.open_data.report_tables import report_tables
from restitution.documents.open_data.tables import DataTable, dictionary_of
from restitution.documents.report import Report
from restitution.text.language import gettext as _

_TYPES: dict[Kind, str] = {
    "text": "string",
    "count": "integer",
    "level": "number",
    "figure": "number",
    "share": "number",
    "flag": "boolean",
}


def report_zip(report: Report) -> bytes:
    """Return the zip: ``datapackage.json``, ``LISEZMOI.txt``, a CSV file per table (UTF-8 with BOM, commas)."""
    tables = report_tables(report)
    files = {
        "datapackage.json": _description(report, tables),
        "LISEZMOI.txt": _read_me(report, tables),
        **{f"{table.name}.csv": _csv(table) for table in tables},
    }
    return zipped(files.items(), report.made)


def _description(report: Report, tables: tuple[DataTable, ...]) -> bytes:
    package = {
        "profile": "tabular-data-package",
        "name": f"{report.grid.id}-{report.label}",
        "title": report.title,
        "description": "\n".join(f"{name}\u00a0: {value}" for name, value in report.facts),
        "created": f"{report.made.isoformat()}T00:00:00Z",
        "version": report.grid.version,
        "resources": [_resource(table, report) for table in tables],
    }
    return orjson.dumps(package, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _resource(table: DataTable, report: Report) -> dict[str, Any]:
    dictionary = dictionary_of(report.profile)
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n"},
        "schema": {"fields": [_field(column, dictionary) for column in table.columns], "missingValues": [""]},
    }


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


def _read_me(report: Report, tables: tuple[DataTable, ...]) -> bytes:
    lines = [report.title, "", *(f"{name}\u00a0: {value}" for name, value in report.facts), ""]
    lines += [f"{table.name}.csv\u00a0: {table.title}" for table in tables]
    lines += ["", _("Ce que contient chaque colonne est décrit dans datapackage.json."), "", *report.cautions, ""]
    lines += [f"{meaning}\u00a0: {value}" for meaning, value in report.rules]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")
