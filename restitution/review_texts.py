"""What people wrote beside the scores, as plain values: retained levels, notes, an adoption."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from restitution.findings.method.rules import edition_name
from restitution.text.language import gettext as _
from restitution.text.names import in_words


@dataclass(frozen=True)
class Retained:
    """What reviewers wrote of a family, beside its score: ``level`` is None when they kept the score as it is."""

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
    """The diagnostic that was adopted: which, when, by whom, the SHA-256 by which it is verified, the edition."""

    number: int
    day: date
    author: str
    sha256: str
    edition: int = 2

    @property
    def sentence(self) -> str:
        """Which adopted diagnostic this is, of which day, by whom, and by which method if it is no longer ours."""
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
    """All that reviewers wrote of a campaign; ``draft`` says that it is not adopted."""

    retained: tuple[Retained, ...] = ()
    note: tuple[NotePart, ...] = ()
    adoption: Adoption | None = None
    draft: bool = False

    def judgement(self, family: str) -> Retained:
        """What reviewers wrote of that family; nothing when they did not."""
        return next((one for one in self.retained if one.family == family), Retained(family))

    @property
    def adopted(self) -> str:
        """Which adopted diagnostic this is, or that its texts are not adopted; empty when there are none."""
        if self.adoption is None:
            return _("Textes du prestataire\u00a0: version de travail, non adoptée") if self.draft else ""
        return self.adoption.sentence
