"""Text that spreadsheets would run is made harmless before it is written."""

from restitution.charts.markup import xml_text

_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def escaped_for_spreadsheets(text: str) -> str:
    """The text as XML takes it, after an apostrophe when a spreadsheet would take it for a formula (CSV injection).

    >>> escaped_for_spreadsheets("=HYPERLINK(…)"), escaped_for_spreadsheets("Élus")
    ("'=HYPERLINK(…)", 'Élus')
    """
    text = xml_text(text)
    return f"'{text}" if text.startswith(_RUN_BY_SPREADSHEETS) else text
