"""Tables for spreadsheets: no text in them is executed as a formula (CSV injection)."""

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from restitution.charts.markup import xml_text

# The creation date in a workbook, so that the same content gives the same bytes.
_MADE = date(2026, 1, 1)
_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def escaped_for_spreadsheets(text: str) -> str:
    """Return the text, with an apostrophe before it if a spreadsheet would take it for a formula.

    Characters that XML forbids are removed.

    >>> escaped_for_spreadsheets("=HYPERLINK(…)"), escaped_for_spreadsheets("Élus")
    ("'=HYPERLINK(…)", 'Élus')
    """
    text = xml_text(text)
    return f"'{text}" if text.startswith(_RUN_BY_SPREADSHEETS) else text


def workbook_bytes(fill: Callable[[Any], object], title: str = "", made: date = _MADE) -> bytes:
    """Return the XLSX workbook (of xlsxwriter) that ``fill`` fills; texts that look like formulas or links stay texts.

    The same content and day give the same bytes.
    """
    import xlsxwriter

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        created = datetime(made.year, made.month, made.day)  # noqa: DTZ001  # the format knows no zone
        book.set_properties({"title": xml_text(title)[:255], "created": created})
        fill(book)
    return content.getvalue()
