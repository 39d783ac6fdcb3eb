"""Text that spreadsheets would run is made harmless before it is written."""

_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """The text, preceded by an apostrophe when a spreadsheet would take it for a formula (OWASP, CSV injection).

    >>> harmless("=HYPERLINK(…)"), harmless("Élus")
    ("'=HYPERLINK(…)", 'Élus')
    """
    return f"'{text}" if text.startswith(_RUN_BY_SPREADSHEETS) else text
