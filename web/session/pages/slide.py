"""A slide: one idea, its template, its presenter's notes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from markupsafe import Markup

from restitution.chart_data.radar import Axis
from restitution.charts.stage.titles import title_size, with_families
from web.session.presenter_notes import note_for

Thing = TypeVar("Thing")
# A guess is asked of the room: whatever follows it is not in the page of the room before it is shown.
GUESS = "question"


@dataclass(frozen=True)
class Slide:
    """One idea: ``kind`` names its template, ``content`` is what it shows, ``key`` identifies it across days.

    ``axes`` are the families, which have their colour in the title.
    """

    kind: str
    title: str
    content: dict[str, Any] = field(default_factory=dict)
    key: str = ""
    axes: tuple[Axis, ...] = ()

    @property
    def name(self) -> str:
        """The identifier of the slide in an arrangement."""
        return self.key or self.kind

    @property
    def notes(self) -> str:
        """The presenter's notes: one line or more."""
        note = note_for(self.kind, str(self.content.get("kind", "")))
        return "\n".join(line for line in (note, *self.content.get("aside", ())) if line)

    @property
    def size(self) -> int:
        """The size of the title, in pixels of 1920 × 1080."""
        return title_size(self.title)

    @property
    def heading(self) -> Markup:
        """The title, its families coloured."""
        return with_families(self.title, self.axes)


def slices(size: int, things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    """Yield slices of at most ``size`` things."""
    for start in range(0, len(things), size):
        yield things[start : start + size]


def cut(text: str, letters: int) -> str:
    """Return the text on one line, cut at a word when it is longer than ``letters``; notes have the whole text.

    >>> cut("un deux trois", 9)
    'un deux…'
    """
    line = re.sub(r"[ \t\r\n]+", " ", text).strip()  # no-break spaces stay
    return line if len(line) <= letters else line[: letters + 1].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"
