"""A calendar file (iCalendar, RFC 5545) of whole days, which calendars of phones and computers read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from restitution.charts.markup import xml_text
from restitution.text.language import ngettext

MOST_EVENTS: Final = 1_000
"""More than a calendar is read with; the nearest days are kept."""

_ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})
_LINE: Final = 75
"""The most bytes of a line (RFC 5545, 3.1)."""


@dataclass(frozen=True)
class Event:
    """A day of a calendar. ``uid`` is the same each time the file is made, so that a calendar knows it again."""

    uid: str
    day: date
    title: str
    text: str = ""


def calendar_file(name: str, events: Sequence[Event], made_at: datetime) -> bytes:
    """Return the calendar of these events, those nearest to the day it is made when they are too many."""
    kept = nearest(events, made_at.date())
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Grille//parcours//FR", "CALSCALE:GREGORIAN"),
        f"X-WR-CALNAME:{_text(name)}",
        *_left_out(len(events) - len(kept)),
        *(line for event in kept for line in _event(event, made_at)),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def nearest(events: Sequence[Event], day: date) -> list[Event]:
    """Return the events in the order of time, at most ``MOST_EVENTS``: those nearest to that day."""
    kept = sorted(events, key=lambda one: abs((one.day - day).days))[:MOST_EVENTS]
    return sorted(kept, key=lambda one: (one.day, one.uid))


def _left_out(count: int) -> Iterator[str]:
    if count > 0:
        said = ngettext(
            "%(n)s date plus lointaine n’est pas dans ce calendrier.",
            "%(n)s dates plus lointaines ne sont pas dans ce calendrier.",
            count,
        )
        yield f"X-WR-CALDESC:{_text(said)}"


def _event(event: Event, made_at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{_day(event.day)}"
    if event.day < date.max:
        yield f"DTEND;VALUE=DATE:{_day(event.day + timedelta(days=1))}"
    yield f"SUMMARY:{_text(event.title)}"
    if event.text:
        yield f"DESCRIPTION:{_text(event.text)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _day(day: date) -> str:
    """Return a day in eight digits, whatever its year."""
    return day.isoformat().replace("-", "")


def _text(text: str) -> str:
    return xml_text(text).translate(_ESCAPED)


def _folded(line: str) -> str:
    """Return a line cut so that no piece has more than 75 bytes, and no character is cut."""
    pieces, piece, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > _LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + sign, size + width
    return "\r\n".join([*pieces, piece])
