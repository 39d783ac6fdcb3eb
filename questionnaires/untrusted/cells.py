"""The cells of a workbook: their positions, and their values as a person sees them in a spreadsheet.

Runs in the process of ``questionnaires.untrusted.process``; imports the standard library only.
"""

import re
from datetime import datetime, timedelta
from typing import Final

Attributes = dict[str, str]

_PERCENTS: Final = frozenset({9, 10})
_DATES: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_FIRST_DAY: Final = datetime(1899, 12, 30)  # noqa: DTZ001  # spreadsheets have no time zone
_MOST_STYLES: Final = 70_000


def column_of(reference: str) -> int:
    """Return the number of the column of a cell, from 1; 0 when the reference is not valid.

    >>> column_of("A1"), column_of("AB12"), column_of("XFD1048576"), column_of("?")
    (1, 28, 16384, 0)
    """
    found = re.match("[A-Za-z]{1,6}(?=[0-9])", reference)
    place = 0
    for letter in found[0].upper() if found else "":
        place = place * 26 + ord(letter) - 64
    return place


def number(text: str) -> float:
    """Return the whole number that a text holds. Raises ``ValueError`` for any other text."""
    value = float(text[:40])
    if not value.is_integer():
        raise ValueError(text[:40])
    return value


def unescaped(text: str) -> str:
    """Return a text with its escapes decoded; spreadsheets write them for characters that XML does not allow.

    >>> unescaped("deux_x000D_lignes")
    'deux\\rlignes'
    """
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class Styles:
    """The number formats of a workbook, by style: dates, percentages, or plain numbers."""

    def __init__(self) -> None:
        self._formats: dict[int, str] = {}
        self._shown_as: list[str] = []
        self._inside = False

    def start(self, tag: str, attributes: Attributes) -> None:
        """Handle an XML element: a format, or the format of a style."""
        if tag == "numFmt":
            self._formats[int(attributes.get("numFmtId", -1))] = _kind(attributes.get("formatCode", "")[:200])
        elif tag == "cellXfs":
            self._inside = True
        elif tag == "xf" and self._inside and len(self._shown_as) < _MOST_STYLES:
            format_ = int(attributes.get("numFmtId", 0))
            usual = "percent" if format_ in _PERCENTS else "date" if format_ in _DATES else ""
            self._shown_as.append(self._formats.get(format_, usual))

    def end(self, tag: str) -> None:
        """Handle the end of an XML element: the list of styles ends."""
        if tag == "cellXfs":
            self._inside = False

    def shown(self, stored: str, style: str) -> str:
        """Return a stored number as a person sees it: an integer without decimals, a date or a percentage as such."""
        try:
            value = float(stored)
            place = int(style)
        except ValueError:
            return stored
        kind = self._shown_as[place] if 0 <= place < len(self._shown_as) else ""
        if kind == "date":
            return _day(value, stored)
        if kind == "percent":
            return f"{value * 100:g} %"
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else stored


def _kind(code: str) -> str:
    """Return the kind of a number format, its quoted words and conditions ignored: date, percent or "".

    >>> _kind("dd/mm/yyyy"), _kind('0.0%'), _kind('0" ans"'), _kind("[Red]0")
    ('date', 'percent', '', '')
    """
    plain = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.', "", code).lower()
    if "%" in plain:
        return "percent"
    return "date" if re.search("[ymdhs]", plain) and "general" not in plain else ""


def _day(value: float, stored: str) -> str:
    try:
        moment = _FIRST_DAY + timedelta(days=value)
    except (OverflowError, ValueError):
        return stored
    return moment.strftime("%Y-%m-%d") if value.is_integer() else moment.isoformat(" ", "seconds")
