"""Escaping of texts that spreadsheets would execute as formulas (CSV injection)."""

from restitution.charts.markup import xml_text

_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def escaped_for_spreadsheets(text: str) -> str:
    """Return the text, with an apostrophe before it if a spreadsheet would take it for a formula.

    Characters that XML forbids are removed.

    >>> escaped_for_spreadsheets("=HYPERLINK(…)"), escaped_for_spreadsheets("Élus")
    ("'=HYPERLINK(…)", 'Élus')
    """
    text = xml_text(text)
    return f"'{text}" if text.startswith(_RUN_BY_SPREADSHEETS) else text
