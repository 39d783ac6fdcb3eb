"""Answers one by one, as a table that spreadsheets and statistical software open."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence


def raw_csv(skills: Sequence[str], rows: Iterable[Mapping[str, str | int | None]]) -> bytes:
    """A row per respondent (UTF-8 with BOM, ``;``): the college, then those skills; nothing where nothing was said.

    >>> raw_csv(["A-1"], [{"college": "elus", "A-1": None}]).decode("utf-8-sig").split()
    ['college;A-1', 'elus;']
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, ["college", *skills], delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
