"""The texts of reviewers as plain values: retained levels, notes, an adoption."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from restitution.findings.method.rules import edition_name
from restitution.text.language import gettext as _
from restitution.text.names import in_words


@dataclass(frozen=True)
class Retained:
    """What reviewers wrote of a family; ``level`` is None when the score stands."""

    family: str
    level: int | None = None
    justification: str = ""
    strengths: str = ""
    weaknesses: str = ""


@dataclass(frozen=True)
class NotePart:
    """One part of the yearly note, under its title."""

    title: str
    text: str


@dataclass(frozen=True)
class Adoption:
    """An adopted diagnostic: version, day, author, SHA-256 for verification, edition of the method."""

    number: int
    day: date
    author: str
    sha256: str
    edition: int = 2

    @property
    def sentence(self) -> str:
        """The version, day and author of the adopted diagnostic, and its edition if it is not the current one."""
        return self._sentence if self.edition > 1 else f"{self._sentence}, {edition_name(self.edition)}"

    @property
    def _sentence(self) -> str:
        return _(
            "Diagnostic adopté n°\u00a0%(number)s, le %(day)s, par %(author)s",
            number=self.number,
            day=in_words(self.day),
            author=self.author,
        )


@dataclass(frozen=True, kw_only=True)
class ReviewTexts:
    """All texts of reviewers on a campaign; ``draft`` tells that they are not adopted."""

    retained: tuple[Retained, ...] = ()
    note: tuple[NotePart, ...] = ()
    adoption: Adoption | None = None
    draft: bool = False

    def judgement(self, family: str) -> Retained:
        """Return what reviewers wrote of that family; an empty ``Retained`` if nothing."""
        return next((one for one in self.retained if one.family == family), Retained(family))

    @property
    def adopted(self) -> str:
        """The adopted diagnostic in words, or that these texts are not adopted; empty without texts."""
        if self.adoption is None:
            return _("Textes du prestataire\u00a0: version de travail, non adoptée") if self.draft else ""
        return self.adoption.sentence
