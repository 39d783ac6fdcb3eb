"""What a cell of a workbook says: its place, and its value as the text that a reader of the sheet would recognise.

Runs in the process of ``questionnaires.untrusted.process``; imports the standard library only.
"""

import re
from datetime import datetime, timedelta
from typing import Final

Attributes = dict[str, str]

_PERCENTS: Final = frozenset({9, 10})
_DATES: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_FIRST_DAY: Final = datetime(1899, 12, 30)  # noqa: DTZ001  # a sheet knows no time zone
_MOST_STYLES: Final = 70_000


def column_of(reference: str) -> int:
    """The column of a cell, from 1; 0 when its reference is none.

    >>> column_of("A1"), column_of("AB12"), column_of("XFD1048576"), column_of("?")
    (1, 28, 16384, 0)
    """
    found = re.match("[A-Za-z]{1,6}(?=[0-9])", reference)
    place = 0
    for letter in found[0].upper() if found else "":
        place = place * 26 + ord(letter) - 64
    return place


def number(text: str) -> float:
    """The number of a row. Raises ``ValueError`` for what is none."""
    value = float(text[:40])
    if not value.is_integer():
        raise ValueError(text[:40])
    return value


def unescaped(text: str) -> str:
    """A text without the escapes that spreadsheets write for signs that XML has not.

    >>> unescaped("deux_x000D_lignes")
    'deux\\rlignes'
    """
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class Styles:
    """How numbers are shown, style by style: as dates, as percentages, or as they are."""

    def __init__(self) -> None:
        self._formats: dict[int, str] = {}
        self._shown_as: list[str] = []
        self._inside = False

    def start(self, tag: str, attributes: Attributes) -> None:
        """Note a format, or the format of a style."""
        if tag == "numFmt":
            self._formats[int(attributes.get("numFmtId", -1))] = _kind(attributes.get("formatCode", "")[:200])
        elif tag == "cellXfs":
            self._inside = True
        elif tag == "xf" and self._inside and len(self._shown_as) < _MOST_STYLES:
            format_ = int(attributes.get("numFmtId", 0))
            usual = "percent" if format_ in _PERCENTS else "date" if format_ in _DATES else ""
            self._shown_as.append(self._formats.get(format_, usual))

    def end(self, tag: str) -> None:
        """Leave the list of styles."""
        if tag == "cellXfs":
            self._inside = False

    def shown(self, stored: str, style: str) -> str:
        """A stored number as it is read: whole numbers without decimals, dates and percentages as such."""
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
    """What a format shows, its quoted words and its conditions left aside.

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
