"""The history of one skill: each college's mean in each campaign whose grid can be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grille import Grid
from restitution.chart_data.reasons import reason_of
from restitution.chart_data.rows import rows
from restitution.chart_data.table import TwinCell
from restitution.findings.change.skill_moves import code_in
from restitution.findings.profile.skills import SkillCell
from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from restitution.text.numbers import decimal, decimals, level_text, number_or_none

if TYPE_CHECKING:
    from scoring import Profile


@dataclass(frozen=True)
class SkillHistory:
    """A skill in one campaign: a cell per college or, in ``apart``, why it cannot be compared."""

    label: str
    cells: tuple[TwinCell, ...]
    apart: str = ""


def skill_history(
    campaigns: Sequence[tuple[str, Profile]], code: str, colleges: Mapping[str, str], newest: Grid
) -> list[SkillHistory]:
    """Return the history of a skill of the newest grid; ``campaigns`` are (label, profile), oldest first."""
    return [_campaign(label, profile, code, colleges, newest) for label, profile in campaigns]


def _campaign(label: str, profile: Profile, code: str, colleges: Mapping[str, str], newest: Grid) -> SkillHistory:
    earlier = code_in(profile.grid, newest, code)
    if earlier is None:
        return SkillHistory(
            label, (), _("posé autrement, ou pas encore posé, dans la grille %(v)s", v=profile.grid.version)
        )
    known = {row["college"]: row for row in rows(profile.skills) if row["skill"] == earlier}
    return SkillHistory(label, tuple(_cell(known.get(college), profile) for college in colleges))


def _cell(row: Mapping[str, Any] | None, profile: Profile) -> TwinCell:
    if row is None:
        return TwinCell(_("absent de cette campagne"), kind="hidden")
    if number_or_none(row["mean"]) is None:
        return TwinCell(reason_of(row, "mean", profile), kind="hidden")
    mean = profile.cells[row["skill"], row["college"]].mean
    answers = ngettext("%(n)s niveau donné", "%(n)s niveaux donnés", int(row["n"]))
    return TwinCell(decimal(mean, decimals(len(profile.grid.levels)) + 1), answers)


def skill_sum(cell: SkillCell, values: Sequence[int]) -> str:
    """Return how a college's mean is computed: each level times its number of answers.

    For a small cell, only the number of people who gave a level.
    """
    if cell.mean is None or cell.small:
        return cell.small
    terms = [f"{level_text(value)} × {count}" for value, count in zip(values, cell.distribution, strict=True) if count]
    total = sum(value * count for value, count in zip(values, cell.distribution, strict=True))
    people = sum(cell.distribution)
    return _("%(terms)s = %(total)s, divisé par %(n)s", terms=" + ".join(terms), total=level_text(total), n=people)
