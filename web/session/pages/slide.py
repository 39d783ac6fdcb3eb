"""A slide: one idea, its template, its presenter's notes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from web.session.presenter_notes import note_for

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Slide:
    """One idea: ``kind`` names its template, ``content`` is what it shows, ``key`` identifies it across days."""

    kind: str
    title: str
    content: dict[str, Any] = field(default_factory=dict)
    key: str = ""

    @property
    def name(self) -> str:
        """The identifier of the slide in an arrangement."""
        return self.key or self.kind

    @property
    def notes(self) -> str:
        """The presenter's notes: one line or more."""
        note = note_for(self.kind, str(self.content.get("kind", "")))
        return "\n".join(line for line in (note, *self.content.get("aside", ())) if line)


def slices(size: int, things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    """Yield slices of at most ``size`` things."""
    for start in range(0, len(things), size):
        yield things[start : start + size]
