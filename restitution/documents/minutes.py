"""The minutes of a session as plain values, for the PDF and for the text document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class MinutesSection:
    """A part of the minutes: its title and its lines."""

    title: str
    lines: Sequence[str]


@dataclass(frozen=True)
class MinutesDocument:
    """The minutes of one session, ready to be written; ``made`` dates the file."""

    title: str
    place: str
    held: str
    sections: Sequence[MinutesSection]
    made: date
    warning: str = ""
