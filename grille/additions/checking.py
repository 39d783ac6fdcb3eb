"""An addition held against its grid: what it lacks, what is out of date, what is too long, what nobody reviewed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Final

from grille.additions.places import Texts, digest, sources, with_texts
from grille.grid import LONGEST_SHORT_TITLE, Grid
from grille.messages import Message
from grille.messages import message as _
from grille.refinements import LONGEST_WORDS

LONGEST_RATIO: Final = 1.6
"""How many times as long as its source a text may be: beyond, pages and sheets of paper no longer hold it."""

_SHORT: Final = 20  # signs: below, a word more is no fault
LONGEST_TEXT: Final = 4_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A text of an addition: ``source`` tells which text it translates (``digest``); who reviewed it, and when."""

    text: str
    source: str
    written_at: datetime | None = None
    author: str = ""
    reviewer: str = ""
    reviewed_at: datetime | None = None


@dataclass(frozen=True)
class Addition:
    """The texts that a version of a grid was given in a language. ``offered`` once respondents may read them.

    ``revision`` is another text after each change; empty when nothing was ever written.
    """

    language: str
    entries: Mapping[str, Entry] = field(default_factory=dict, compare=False)
    offered: bool = False
    revision: str = ""
    changed_at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True)
class CheckedAddition:
    """An addition and the grid that it is of."""

    grid: Grid
    addition: Addition

    @cached_property
    def sources(self) -> dict[str, str]:
        """The texts to write, by place."""
        return sources(self.grid, self.addition.language)

    @property
    def entries(self) -> Mapping[str, Entry]:
        """What was written, by place."""
        return self.addition.entries

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The places where nothing is written."""
        return tuple(place for place in self.sources if place not in self.entries)

    @cached_property
    def stale(self) -> tuple[str, ...]:
        """The places whose source is no longer the text that was translated."""
        return tuple(place for place in self._written if self.entries[place].source != digest(self.sources[place]))

    @cached_property
    def long(self) -> tuple[str, ...]:
        """The places whose text is too long for its source."""
        return tuple(place for place in self._written if too_long_for(self.sources[place], self.entries[place].text))

    @cached_property
    def unreviewed(self) -> tuple[str, ...]:
        """The places whose text nobody reviewed."""
        return tuple(place for place in self._written if not self.entries[place].reviewed_at)

    @property
    def written(self) -> int:
        """How many places have a text."""
        return len(self.sources) - len(self.missing)

    @property
    def _written(self) -> Iterator[str]:
        return (place for place in self.sources if place in self.entries)

    @cached_property
    def texts(self) -> Texts:
        """The texts that may be read: those of today's sources."""
        return {place: self.entries[place].text for place in self._written if place not in self.stale}

    @cached_property
    def readable(self) -> Grid:
        """The grid in these words; where they lack or are out of date, in its own."""
        language = "" if self.addition.language.startswith(f"{self.grid.language}-") else self.addition.language
        return with_texts(self.grid, self.texts, language)


def too_long_for(source: str, text: str) -> bool:
    """Return whether a text is too long for what it says in other words.

    >>> too_long_for("Oui", "Tout à fait d’accord"), too_long_for("x" * 100, "x" * 161)
    (False, True)
    """
    return len(text) > LONGEST_RATIO * max(len(source), _SHORT)


def longest_at(place: str) -> int:
    """Return how many signs a text may have at that place.

    >>> longest_at("short_title"), longest_at("words/poster"), longest_at("skills/COO-1/title")
    (24, 240, 4000)
    """
    words = LONGEST_WORDS if place.startswith("words/") else LONGEST_TEXT
    return LONGEST_SHORT_TITLE if place == "short_title" else words


def refusal(place: str, text: str) -> Message | None:
    """Return why a text can never stand at that place; None when it can."""
    most = longest_at(place)
    if len(text) <= most:
        return None
    return _("ce texte a %(n)s signes : %(most)s au plus.", n=len(text), most=most)
