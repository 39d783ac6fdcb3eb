"""What the pages of the studio are given: the outline of a draft, what to correct, each sheet with its fields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import url_for
from wtforms import Field

from grille import Grid
from grille.drafts.checking import DraftFinding, draft_findings, named_part
from grille.drafts.document import Document, Part, skills_in
from grille.drafts.reading import draft_grid
from restitution.chart_data.radar import Axis, axes_of
from restitution.text.language import localized
from storage.grids.drafts import GridDraft
from web.http.forms.fields import PageForm
from web.studio.forms import Entry


@dataclass(frozen=True, slots=True)
class FieldRemark:
    """What is said of a field: a sentence, and whether it is an error."""

    sentence: str
    blocking: bool


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field of a sheet, with what is said of it."""

    entry: Entry
    field: Field
    remarks: tuple[FieldRemark, ...]


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """Something to correct or to know, with the name of its part and the address of its field."""

    part: str
    sentence: str
    address: str
    blocking: bool


@dataclass(frozen=True)
class DraftView:
    """A draft, as every page of the studio shows it."""

    draft: GridDraft

    @property
    def document(self) -> Document:
        """What was written so far."""
        return self.draft.document

    @cached_property
    def findings(self) -> list[DraftFinding]:
        """What is to correct or to know, errors first."""
        return draft_findings(self.document)

    @property
    def errors(self) -> int:
        """How many things prevent publication."""
        return sum(one.blocking for one in self.findings)

    @property
    def remarks(self) -> int:
        """How many things would be better otherwise."""
        return len(self.findings) - self.errors

    @cached_property
    def _counts(self) -> dict[tuple[str, int], int]:
        counts: dict[tuple[str, int], int] = {}
        for one in self.findings:
            counts[one.kind, one.key] = counts.get((one.kind, one.key), 0) + 1
        return counts

    def count(self, kind: str, key: int = 0) -> int:
        """Return how much is said of that part."""
        return self._counts.get((kind, key), 0)

    def count_all(self, kind: str) -> int:
        """Return how much is said of the parts of that kind."""
        return sum(count for (of, _key), count in self._counts.items() if of == kind)

    @cached_property
    def grid(self) -> Grid:
        """The grid that it would be, what is missing completed."""
        return draft_grid(self.document)

    def page_of(self, key: int) -> int:
        """Return the page of the questionnaire where a skill is asked, from 1."""
        asked = [one for one in self.document["families"] if one["skills"]]
        return asked.index(self.family_of(key)) + 1

    @cached_property
    def axes(self) -> Mapping[int, Axis]:
        """The colour and the letters of each family, by its key."""
        axes = axes_of(self.grid)
        return {family["key"]: axis for family, axis in zip(self.document["families"], axes, strict=True)}

    @property
    def skills(self) -> int:
        """How many skills there are."""
        return len(skills_in(self.document))

    @cached_property
    def shown_findings(self) -> list[ShownFinding]:
        """The same, each with the way to its field."""
        return [self._shown(one) for one in self.findings]

    def _shown(self, one: DraftFinding) -> ShownFinding:
        name = named_part(self.document, one.kind, one.key)
        return ShownFinding(localized(name), _said(one), address_of(self.draft, one), one.blocking)

    def following(self, key: int) -> Part | None:
        """Return the skill after that one; None after the last."""
        skills = skills_in(self.document)
        place = next((at for at, one in enumerate(skills) if one["key"] == key), len(skills))
        return skills[place + 1] if place + 1 < len(skills) else None

    def family_of(self, key: int) -> Part:
        """Return the family of a skill."""
        families: list[Part] = self.document["families"]
        return next(one for one in families if any(skill["key"] == key for skill in one["skills"]))


_PAGES = {"level": "levels", "college": "colleges", "about": "about"}


def address_of(draft: GridDraft, one: DraftFinding) -> str:
    """Return the address of the field that a finding is about."""
    if one.kind in ("family", "skill"):
        where: dict[str, Any] = {one.kind: one.key}
        return url_for(f"studio.{one.kind}", number=draft.id, _anchor=one.field or None, **where)
    if one.kind == "about" and one.field == "lowest":
        return url_for("studio.levels", number=draft.id, _anchor="lowest")
    if one.kind == "about" and not one.field:
        return url_for("studio.plan", number=draft.id, _anchor="plan")
    anchor = f"{one.field}_{one.key}" if one.kind in ("level", "college") and one.key else one.field or None
    return url_for(f"studio.{_PAGES[one.kind]}", number=draft.id, _anchor=anchor)


def shown_fields(entries: Iterable[Entry], form: PageForm, findings: Iterable[DraftFinding]) -> list[ShownField]:
    """Return the fields of a sheet, each with what is said of it."""
    said = remarks_by_field(entries, findings)
    return [ShownField(entry, form[entry.name], tuple(said.get(entry.name, ()))) for entry in entries]


def _said(one: DraftFinding) -> str:
    """What a finding says, as a sentence of its own."""
    text = str(localized(one.sentence))
    return text[:1].upper() + text[1:]


def remarks_by_field(entries: Iterable[Entry], findings: Iterable[DraftFinding]) -> dict[str, list[FieldRemark]]:
    """Return what is said of each field, by its name in the form."""
    said: dict[tuple[str, int, str], list[FieldRemark]] = {}
    for one in findings:
        remark = FieldRemark(_said(one), one.blocking)
        said.setdefault((one.kind, one.key, one.field), []).append(remark)
    found = {entry.name: said.get((entry.kind, entry.key, entry.field), []) for entry in entries}
    return {name: remarks for name, remarks in found.items() if remarks}
