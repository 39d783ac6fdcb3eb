"""One family in detail: each skill as each college sees it, with its spread and its silences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from grille import Family, Level, Skill
from restitution.chart_data.radar import Axis, axes_of, badges_of, fewer_than
from restitution.chart_data.rows import rows
from restitution.text.language import gettext as _
from restitution.text.numbers import decimal, number_or_none, respondents, share

if TYPE_CHECKING:
    from scoring.edition_1 import Profile

HIGH_UNKNOWN = 0.25


@dataclass(frozen=True)
class SkillCell:
    """One skill as one college sees it; ``mean`` is ``None`` and ``missing`` says why when it is not published."""

    college: str
    label: str
    badge: str
    n: str
    mean: float | None
    missing: str = ""
    agreement: str = ""
    unknown: float | None = None
    not_applicable: float | None = None
    unanswered: float | None = None
    distribution: tuple[int, ...] = ()
    respondents: int | None = None

    @property
    def score(self) -> str:
        """The mean as text."""
        return "" if self.mean is None else decimal(self.mean)

    def percent(self, name: str) -> str:
        """One of the shares as a percentage."""
        value = getattr(self, name)
        return "–" if value is None else share(value)


@dataclass(frozen=True)
class SkillView:
    """One skill: what it is, and a cell per college."""

    skill: Skill
    cells: tuple[SkillCell, ...]
    levels: tuple[Level, ...]

    @property
    def published(self) -> tuple[SkillCell, ...]:
        """The cells that may be shown."""
        return tuple(cell for cell in self.cells if cell.mean is not None)

    @property
    def remarks(self) -> list[str]:
        """What stands out: opposed opinions within a college, silence, then full agreement."""
        return list(self._remarks())

    def _remarks(self) -> Iterator[str]:
        opposed = [cell.label for cell in self.published if cell.agreement == "avis opposés"]
        if opposed:
            yield _("Avis opposés\u00a0: %(colleges)s", colleges=", ".join(opposed))
        silent = [
            f"{cell.label} {cell.percent('unknown')}" for cell in self.published if (cell.unknown or 0) >= HIGH_UNKNOWN
        ]
        if silent:
            yield _("Beaucoup de «\u00a0je ne sais pas\u00a0»\u00a0: %(colleges)s", colleges=", ".join(silent))
        if len(self.published) > 1 and all(cell.agreement == "avis convergents" for cell in self.published):
            yield _("Avis convergents dans chaque collège")


@dataclass(frozen=True)
class FamilyView:
    """A family and its skills."""

    axis: Axis
    description: str
    skills: tuple[SkillView, ...]
    unasked: tuple[str, ...]


def families(profile: Profile, labels: Mapping[str, str]) -> list[FamilyView]:
    """Every family in detail; ``labels`` names the colleges of the campaign, in order."""
    views = _views(profile, labels)
    return [
        _family(axis, family, [views[skill.code] for skill in family.skills])
        for axis, family in zip(axes_of(profile.grid), profile.grid.families, strict=True)
    ]


def skill_view(profile: Profile, labels: Mapping[str, str], code: str) -> SkillView:
    """One skill in detail, even when no college may be shown. Raises ``KeyError`` when the grid has none."""
    return _views(profile, labels)[code]


def _family(axis: Axis, family: Family, views: list[SkillView]) -> FamilyView:
    asked = tuple(view for view in views if view.published)
    unasked = tuple(view.skill.title for view in views if not view.published)
    return FamilyView(axis, family.description, asked, unasked)


def _views(profile: Profile, labels: Mapping[str, str]) -> dict[str, SkillView]:
    known = {(row["skill"], row["college"]): row for row in rows(profile.skills)}
    people = {code: number_or_none(n) for code, n in profile.respondents.items()}
    badges = dict(zip(labels, badges_of(list(labels)), strict=True))

    def cells(skill: Skill) -> Iterator[SkillCell]:
        for code, label in labels.items():
            cell = _cell(known.get((skill.code, code)), code, label, badges[code], profile.rules.k)
            answered = people.get(code)
            yield cell if answered is None else replace(cell, respondents=int(answered))

    return {skill.code: SkillView(skill, tuple(cells(skill)), profile.grid.levels) for skill in profile.grid.skills}


def _cell(row: dict[str, Any] | None, code: str, label: str, badge: str, k: int) -> SkillCell:
    mean = number_or_none(row["mean"]) if row else None
    if row is None or mean is None:
        return SkillCell(code, label, badge, "", None, fewer_than(k))
    return SkillCell(
        code,
        label,
        badge,
        respondents(row["n"], k),
        mean,
        agreement=str(row["agreement"] or ""),
        unknown=number_or_none(row["unknown"]),
        not_applicable=number_or_none(row["not_applicable"]),
        unanswered=number_or_none(row["unanswered"]),
        distribution=tuple(row["distribution"]),
    )
