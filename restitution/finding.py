"""A finding, the media that show findings, and what a story is told from beside the results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from restitution import shown
from restitution.adopted_diagnostic import AdoptedDiagnostic
from restitution.findings.change.parcours_progress import ParcoursProgress, WeakSkill
from restitution.findings.change.promises import Promise


class Medium(Enum):
    """A medium that shows findings."""

    PAGE = "page"
    DECK = "deck"
    PPTX = "pptx"
    PDF = "pdf"
    RESIDENTS = "residents"


ROOM = frozenset({Medium.DECK, Medium.PPTX})
DOCUMENT = frozenset({Medium.PAGE, Medium.PDF})
RESIDENTS = frozenset({Medium.RESIDENTS})
EVERYWHERE = ROOM | DOCUMENT | RESIDENTS


@dataclass(frozen=True)
class Finding:
    """A finding: ``key`` identifies it across days, ``notes`` are for its presenter."""

    key: str
    title: str
    shows: shown.Shown
    notes: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of its content, which names the templates."""
        return self.shows.kind


@dataclass(frozen=True)
class ParcoursStory:
    """The parcours as plain values.

    ``actions`` are shown with the newest campaign only; ``actions_by_skill`` names those begun when the campaign was
    collected; ``progress`` is None if the reader may not see what it compares.
    """

    actions: tuple[shown.ActionSummary, ...] = ()
    progress: ParcoursProgress | None = None
    forgotten: tuple[WeakSkill, ...] = ()
    actions_by_skill: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class StoryContext:
    """What a story needs beside the results: colleges asked for, the parcours, the diagnostic, decisions.

    ``promises`` are the decisions of the session before.
    """

    seen_by: tuple[str, ...] = ()
    parcours: ParcoursStory | None = None
    diagnostic: AdoptedDiagnostic | None = None
    decisions: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = ()


Findings = Iterable[Finding]
