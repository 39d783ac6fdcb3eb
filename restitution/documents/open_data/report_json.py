"""A report as one JSON document: the keys of the profile first, as ``flask score`` writes them, then the others."""

from __future__ import annotations

import orjson

from restitution.documents.open_data.report_tables import report_tables
from restitution.documents.report import Report

_OWN = {"waves", "changes", "judgements"}


def report_json(report: Report) -> bytes:
    """Return the document (UTF-8), null for a hidden figure; the same report gives the same bytes."""
    tables = {table.name: list(table.rows) for table in report_tables(report) if table.name in _OWN}
    adoption = report.adoption
    document = {
        **report.profile.to_dict(),
        "campaign": {
            "territory": report.territory,
            "name": report.name,
            "wave": report.label,
            "fictional": bool(report.warning),
            "collected": report.collected,
            "grid_status": report.status,
            "made": report.made.isoformat(),
            "headline": report.headline,
            "recomputed": report.recomputed.text or None,
            **report.recomputed.days,
        },
        **tables,
        "note": [{"title": part.title, "text": part.text} for part in report.note],
        "adoption": adoption and {"number": adoption.number, "day": adoption.day, "sha256": adoption.sha256},
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
