"""The heat map of the desk: each skill as each college sees it, one reading at a time, from published figures alone.

A figure is a difference only of figures that are printed, so that it adds up and tells nothing more than they do.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sized
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from grille import Level, Skill
from restitution.chart_data.radar import Axis, axes_of
from restitution.findings.change.skill_moves import CollegeMeans, college_means
from restitution.findings.profile.skills import SkillCell, SkillView, skill_views
from restitution.findings.proposals import mean_of
from restitution.text.language import gettext as _
from restitution.text.numbers import decimal_text, decimals, rounded, share, with_sign

if TYPE_CHECKING:
    from scoring import Profile

TINTS = 8
"""How many tints there are above none: the strongest is the end of the scale."""


class Reading(StrEnum):
    """What the cells show; the value is used in addresses."""

    LEVEL = "niveau"
    GAP = "ecart"
    UNKNOWN = "ne-sait-pas"
    SINCE = "changement"


@dataclass(frozen=True)
class HeatCell:
    """A skill in one college; without figure, ``missing`` tells why. ``hidden`` tells that the college is hidden."""

    college: str
    label: str
    badge: str
    text: str = ""
    tint: int = 0
    missing: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class HeatRow:
    """A skill, its cells, and the figure of all the colleges, by which rows are sorted; None without figure."""

    axis: Axis
    skill: Skill
    cells: tuple[HeatCell, ...]
    whole: str = ""
    weight: Decimal | None = None


@dataclass(frozen=True)
class HeatMap:
    """The rows of one reading, in the grid's order; ``unasked`` are the skills that the campaign did not ask.

    ``places`` is the number of decimals of its means and differences.
    """

    reading: Reading
    rows: tuple[HeatRow, ...]
    unasked: tuple[tuple[Axis, Skill], ...]
    levels: tuple[Level, ...]
    places: int

    @property
    def whole_label(self) -> str:
        """The name of the last column: the figure of all the colleges."""
        names = {
            Reading.LEVEL: _("Moyenne"),
            Reading.GAP: _("Étendue"),
            Reading.UNKNOWN: _("Le plus"),
            Reading.SINCE: _("En moyenne"),
        }
        return names[self.reading]

    @property
    def in_order(self) -> tuple[HeatRow, ...]:
        """The rows, what is to be looked at first on top: lowest level, else the largest figure, signs apart."""
        lowest_first = self.reading == Reading.LEVEL

        def place(row: HeatRow) -> tuple[bool, Decimal]:
            known = row.weight if row.weight is not None else Decimal(0)
            return row.weight is None, known if lowest_first else -abs(known)

        return tuple(sorted(self.rows, key=place))


@dataclass(frozen=True)
class _Figures:
    """What one reading is computed from: the profile, and the colleges' means of each skill in the campaign before."""

    profile: Profile
    before: Mapping[str, CollegeMeans]
    places: int

    @property
    def scale(self) -> int:
        return self.profile.grid.highest - self.profile.grid.lowest

    def enough(self, cells: Sized) -> bool:
        """Whether there are as many colleges as a score of the territory needs."""
        return len(cells) >= self.profile.rules.colleges_needed(len(self.profile.colleges))


def heat_map(
    profile: Profile,
    before: Profile | None,
    labels: Mapping[str, str],
    asked: Container[str],
    reading: Reading,
    *,
    compared: bool = False,
) -> HeatMap:
    """Return every skill asked, or published, by college. ``before`` is the previous campaign's profile.

    ``labels`` names the colleges. ``compared`` tells that a change is shown on the same page: means then have one more
    decimal.
    """
    views = skill_views(profile, labels, compared=compared)
    pairs = [
        (axis, skill)
        for axis, family in zip(axes_of(profile.grid), profile.grid.families, strict=True)
        for skill in family.skills
    ]
    shown = {code for code, view in views.items() if code in asked or view.published}
    past = {code: college_means(before, profile.grid, code) for code in shown} if before else {}
    places = decimals(len(profile.grid.levels)) + (compared or reading == Reading.SINCE)
    figures = _Figures(profile, past, places)
    rows = tuple(_row(figures, axis, views[skill.code], reading) for axis, skill in pairs if skill.code in shown)
    unasked = tuple(pair for pair in pairs if pair[1].code not in shown)
    return HeatMap(reading, rows, unasked, tuple(profile.grid.levels), places)


def _row(figures: _Figures, axis: Axis, view: SkillView, reading: Reading) -> HeatRow:
    made = {Reading.LEVEL: _levels, Reading.GAP: _gaps, Reading.UNKNOWN: _unknown, Reading.SINCE: _since}[reading]
    return made(figures, HeatRow(axis, view.skill, tuple(_blank(cell) for cell in view.cells)), view)


def _blank(cell: SkillCell) -> HeatCell:
    return HeatCell(cell.college, cell.label, cell.badge, "", 0, cell.missing, cell.mean is None)


def _mean(cell: SkillCell) -> Fraction:
    assert cell.exact is not None  # noqa: S101  # the cell is published
    return cell.exact


def _tint(part: Fraction) -> int:
    """Return the tint of a part of the scale, beyond which the strongest stays."""
    return min(TINTS, int(abs(part) * TINTS + Fraction(1, 2)))


def _levels(figures: _Figures, row: HeatRow, view: SkillView) -> HeatRow:
    """Means; the whole is the plain mean of the published colleges."""
    lowest = figures.profile.grid.lowest
    cells = tuple(
        blank if blank.hidden else replace(blank, text=cell.score, tint=_tint((_mean(cell) - lowest) / figures.scale))
        for blank, cell in zip(row.cells, view.cells, strict=True)
    )
    if not view.published or not figures.enough(view.published):
        return replace(row, cells=cells)
    mean = rounded(mean_of(view), figures.places)
    return replace(row, cells=cells, whole=decimal_text(mean), weight=mean)


def _gaps(figures: _Figures, row: HeatRow, view: SkillView) -> HeatRow:
    """Differences with the plain mean of the published colleges; the whole is between the highest and the lowest."""
    if len(view.published) < 2:
        alone = _("un seul collège publié")
        return replace(row, cells=tuple(one if one.hidden else replace(one, missing=alone) for one in row.cells))
    shown = {cell.college: rounded(_mean(cell), figures.places) for cell in view.published}
    middle = rounded(mean_of(view), figures.places)
    cells = tuple(
        one if one.hidden else _difference(one, shown[one.college] - middle, figures.scale) for one in row.cells
    )
    between = max(shown.values()) - min(shown.values())
    return replace(row, cells=cells, whole=decimal_text(between), weight=between)


def _difference(blank: HeatCell, gap: Decimal, scale: int) -> HeatCell:
    """Half the scale has the strongest tint: colleges seldom stand further apart."""
    return replace(blank, text=with_sign(gap), tint=_tint(Fraction(gap) * 2 / scale))


def _unknown(_figures: _Figures, row: HeatRow, view: SkillView) -> HeatRow:
    """Shares of « je ne sais pas », which a small cell does not tell; the whole is the largest."""
    cells = tuple(_unsure(blank, cell) for blank, cell in zip(row.cells, view.cells, strict=True))
    shares = [rounded(cell.unknown, 2) for cell in view.published if not cell.small and cell.unknown is not None]
    return (
        replace(row, cells=cells, whole=share(max(shares)), weight=max(shares)) if shares else replace(row, cells=cells)
    )


def _unsure(blank: HeatCell, cell: SkillCell) -> HeatCell:
    if blank.hidden:
        return blank
    if cell.small or cell.unknown is None:
        return replace(blank, missing=cell.small)
    return replace(blank, text=share(cell.unknown), tint=_tint(Fraction(rounded(cell.unknown, 2)) * 2))


def _since(figures: _Figures, row: HeatRow, view: SkillView) -> HeatRow:
    """Plain differences with the campaign before, where a skill is the same and a college published in both."""
    past = figures.before.get(view.skill.code, {})
    moved = {cell.college: (past[cell.college][0], _mean(cell)) for cell in view.published if cell.college in past}
    shown = {college: _moved(figures, was, now) for college, (was, now) in moved.items()}
    cells = tuple(_compared(one, shown.get(one.college), figures.scale) for one in row.cells)
    if not moved or not figures.enough(moved):
        return replace(row, cells=cells)
    was, now = (sum((pair[side] for pair in moved.values()), Fraction(0)) / len(moved) for side in (0, 1))
    whole = _moved(figures, was, now)
    return replace(row, cells=cells, whole=with_sign(whole), weight=whole)


def _moved(figures: _Figures, was: Fraction, now: Fraction) -> Decimal:
    return rounded(now, figures.places) - rounded(was, figures.places)


def _compared(blank: HeatCell, gap: Decimal | None, scale: int) -> HeatCell:
    if blank.hidden:
        return blank
    return replace(blank, missing=_("pas comparable")) if gap is None else _difference(blank, gap, scale)
