"""CSV and JSON as bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import orjson

from restitution.documents.open_data.spreadsheet_safety import escaped_for_spreadsheets
from restitution.documents.open_data.tables import Row, Value, dictionary_of, tables_of
from restitution.findings.method.recomputed import NOTHING_RECOMPUTED, RecomputedNotice

if TYPE_CHECKING:
    from scoring import Profile


def profile_json(profile: Profile, notice: RecomputedNotice = NOTHING_RECOMPUTED) -> bytes:
    """Return the ``profile.json`` document (UTF-8); null for a hidden figure, both dates if it was recomputed."""
    content = profile.to_dict() | (notice.days if notice.own else {})
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def profile_csv(profile: Profile, notice: RecomputedNotice = NOTHING_RECOMPUTED) -> bytes:
    """Return every table of the profile in one CSV file; the column ``table`` gives the table of a row.

    Commas, decimal points, UTF-8 with a byte-order mark, which statistical software reads everywhere. Empty are the
    columns that a table does not have, and hidden figures. If the profile was recomputed, a last row gives both dates.
    """
    edition: Row = {"table": "edition", "edition": profile.edition, **notice.days}
    rows: list[Row] = [{**row, "table": table.name} for table in tables_of(profile) for row in table.rows]
    names = list(dictionary_of(profile).columns)
    if notice.own:
        names, rows = [*names, *list(edition)[1:]], [*rows, edition]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([csv_cell(row.get(name)) for name in names] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def csv_cell(value: Value) -> str:
    """Return a value as a CSV cell: empty for None, and never a formula.

    >>> csv_cell(None), csv_cell(True), csv_cell("=1"), csv_cell(0.5)
    ('', 'true', "'=1", '0.5')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return escaped_for_spreadsheets(value) if isinstance(value, str) else repr(value)


def raw_csv(skills: Sequence[str], rows: Iterable[Mapping[str, str | int | None]]) -> bytes:
    """Return a CSV file (UTF-8 with BOM, ``;``) with a row per respondent: the college, then the skills.

    The cell of a missing answer is empty.

    >>> raw_csv(["A-1"], [{"college": "elus", "A-1": None}]).decode("utf-8-sig").split()
    ['college;A-1', 'elus;']
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, ["college", *skills], delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
