"""A family in detail: each skill by college, with its dispersion and its « je ne sais pas »."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from grille import Family, Level, Skill
from restitution.chart_data.radar import Axis, axes_of, badges_of
from restitution.chart_data.reasons import fewer_than, reason_of
from restitution.chart_data.rows import rows
from restitution.text.language import gettext as _
from restitution.text.numbers import decimal, decimals, number_or_none, respondents, share
from restitution.text.sentences import CONVERGENT, OPPOSED

if TYPE_CHECKING:
    from scoring import Profile

HIGH_UNKNOWN = 0.25


@dataclass(frozen=True)
class SkillCell:
    """A skill in one college; if it is not published, ``mean`` is ``None`` and ``missing`` tells why.

    A small cell (fewer than ``k_detail`` levels given) has only its mean and ``silence``, the share of respondents who
    gave no level; ``small`` says so in words.
    """

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
    silence: float | None = None
    small: str = ""
    exact: Fraction | None = None
    places: int = 1

    @property
    def score(self) -> str:
        """The mean as printed."""
        if self.mean is None:
            return ""
        return decimal(self.mean if self.exact is None else self.exact, self.places)

    @property
    def agreement_word(self) -> str:
        """The college's agreement in the reader's language; empty if it is not given."""
        return _(self.agreement) if self.agreement else ""

    @property
    def blind(self) -> float:
        """The share of « je ne sais pas » (0 to 1) or, in a small cell, of those who gave no level."""
        return (self.silence if self.small else self.unknown) or 0.0

    @property
    def silence_words(self) -> str:
        """The share of those who gave no level, in words; empty if everybody gave one."""
        return _("sans niveau\u00a0: %(share)s", share=share(self.silence)) if self.silence else ""

    def percent(self, name: str) -> str:
        """Return the share of that name as a percentage."""
        value = getattr(self, name)
        return "–" if value is None else share(value)


@dataclass(frozen=True)
class SkillView:
    """A skill, and a cell per college."""

    skill: Skill
    cells: tuple[SkillCell, ...]
    levels: tuple[Level, ...]

    @property
    def published(self) -> tuple[SkillCell, ...]:
        """The cells that are published."""
        return tuple(cell for cell in self.cells if cell.mean is not None)

    @property
    def remarks(self) -> list[str]:
        """What stands out: opposed opinions within a college, then « je ne sais pas », then full agreement."""
        return list(self._remarks())

    def _remarks(self) -> Iterator[str]:
        opposed = [cell.label for cell in self.published if cell.agreement == OPPOSED]
        if opposed:
            yield _("Avis opposés\u00a0: %(colleges)s", colleges=", ".join(opposed))
        blind = [cell for cell in self.published if cell.blind >= HIGH_UNKNOWN]
        unsure = [f"{cell.label} {cell.percent('unknown')}" for cell in blind if not cell.small]
        if unsure:
            yield _("Beaucoup de «\u00a0je ne sais pas\u00a0»\u00a0: %(colleges)s", colleges=", ".join(unsure))
        silent = [f"{cell.label} {cell.percent('silence')}" for cell in blind if cell.small]
        if silent:
            yield _("Beaucoup sans niveau\u00a0: %(colleges)s", colleges=", ".join(silent))
        if len(self.published) > 1 and all(cell.agreement == CONVERGENT for cell in self.published):
            yield _("Avis convergents dans chaque collège")


@dataclass(frozen=True)
class FamilyView:
    """A family and its skills."""

    axis: Axis
    description: str
    skills: tuple[SkillView, ...]
    unasked: tuple[str, ...]


def families(profile: Profile, labels: Mapping[str, str], *, compared: bool = False) -> list[FamilyView]:
    """Return every family in detail; ``labels`` names the colleges of the campaign, in order.

    ``compared`` tells that a change is shown on the same page.
    """
    views = skill_views(profile, labels, compared=compared)
    return [
        _family(axis, family, [views[skill.code] for skill in family.skills])
        for axis, family in zip(axes_of(profile.grid), profile.grid.families, strict=True)
    ]


def skill_view(profile: Profile, labels: Mapping[str, str], code: str, *, compared: bool = False) -> SkillView:
    """Return one skill in detail, published or not. Raises ``KeyError`` when the grid does not have it."""
    return skill_views(profile, labels, compared=compared)[code]


def _family(axis: Axis, family: Family, views: list[SkillView]) -> FamilyView:
    asked = tuple(view for view in views if view.published)
    unasked = tuple(view.skill.title for view in views if not view.published)
    return FamilyView(axis, family.description, asked, unasked)


def skill_views(profile: Profile, labels: Mapping[str, str], *, compared: bool) -> dict[str, SkillView]:
    """Return every skill of the grid in detail, published or not, by code."""
    known = {(row["skill"], row["college"]): row for row in rows(profile.skills)}
    badges = dict(zip(labels, badges_of(list(labels)), strict=True))
    places = decimals(len(profile.grid.levels)) + compared

    def cells(skill: Skill) -> Iterator[SkillCell]:
        for code, label in labels.items():
            yield _cell(known.get((skill.code, code)), SkillCell(code, label, badges[code], "", None), profile, places)

    return {skill.code: SkillView(skill, tuple(cells(skill)), profile.grid.levels) for skill in profile.grid.skills}


def _cell(row: dict[str, Any] | None, empty: SkillCell, profile: Profile, places: int) -> SkillCell:
    """Return the cell of that row of ``skills``; ``empty`` has its college."""
    answered = number_or_none(profile.respondents.get(empty.college))
    cell = replace(empty, respondents=None if answered is None else int(answered), places=places)
    mean = number_or_none(row["mean"]) if row else None
    if row is None:
        return replace(cell, missing=fewer_than(profile.rules.k))
    if mean is None:
        return replace(cell, missing=reason_of(row, "mean", profile))
    small = row["distribution"] is None
    return replace(
        cell,
        n=respondents(row["n"], profile.rules.k),
        mean=mean,
        exact=profile.cells[row["skill"], row["college"]].mean,
        agreement=str(row["agreement"] or ""),
        silence=number_or_none(row["silence"]),
        small=reason_of(row, "distribution", profile) if small else "",
        unknown=number_or_none(row["unknown"]),
        not_applicable=number_or_none(row["not_applicable"]),
        unanswered=number_or_none(row["unanswered"]),
        distribution=() if small else tuple(row["distribution"]),
    )
