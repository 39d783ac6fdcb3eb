"""What changed between two campaigns, in words: verdicts, how sure they are, and what could not be compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from grille import Grid, IncomparableGridsError, comparable_units, not_comparable
from restitution.chart_data.radar import Axis, axes_of
from restitution.chart_data.rows import rows
from restitution.chart_data.table import TwinCell
from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from restitution.text.numbers import decimal, interval, number_or_none, rounded, signed
from restitution.text.sentences import DOWN, STABLE, UP, Reading

if TYPE_CHECKING:
    from scoring.edition_1 import Profile

# Told apart without colour, and read aloud by the words that follow them.
SYMBOLS = {UP: "▲", STABLE: "●", DOWN: "▼"}


@dataclass(frozen=True)
class FamilyChange:
    """One family between two campaigns, on the skills and colleges that both can show.

    Where nothing compares, figures are ``None`` and ``reason`` says why.
    """

    axis: Axis
    college: str
    before: float | None
    after: float | None
    delta: float | None
    low: float | None
    high: float | None
    verdict: str | None
    skills: int
    p_holm: float | None
    reason: str = ""

    @property
    def symbol(self) -> str:
        """A sign for the verdict."""
        return SYMBOLS.get(self.verdict or "", "")

    @property
    def kind(self) -> str:
        """The verdict as a class name."""
        return {UP: "up", STABLE: "stable", DOWN: "down"}.get(self.verdict or "", "hidden")

    @property
    def sentence(self) -> str:
        """From what to what, on how many skills."""
        if self.before is None or self.after is None or self.delta is None:
            return _("Pas de comparaison possible\u00a0: %(reason)s.", reason=self.reason)
        move = _(
            "De %(before)s à %(after)s (%(delta)s)",
            before=decimal(self.before),
            after=decimal(self.after),
            delta=signed(self.delta),
        )
        return f"{move}, {self._on_skills}."

    @property
    def _on_skills(self) -> str:
        if self.skills == 1:
            return _("sur un savoir-faire comparable")
        return _("sur %(n)s savoir-faire comparables", n=self.skills)

    @property
    def precision(self) -> str:
        """How far the true difference may lie from the one seen."""
        if self.low is None or self.high is None:
            return ""
        return _("L’écart réel se situe sans doute %(interval)s.", interval=interval(self.low, self.high))

    @property
    def cell(self) -> TwinCell:
        """The verdict as a table's cell."""
        if self.verdict is None or self.delta is None:
            return TwinCell(_("non comparable"), kind="hidden")
        return TwinCell(f"{self.symbol} {self.verdict}", signed(self.delta), f"verdict {self.kind}")


def changes(before: Profile, after: Profile) -> list[FamilyChange]:
    """Every family of the later grid, for each college then for ``territoire``; empty when the scales differ."""
    from scoring import edition_1 as scoring  # pandas loads only where it is needed

    axes = {axis.code: axis for axis in axes_of(after.grid)}
    try:
        frame = scoring.change(before, after)
    except IncomparableGridsError:
        return []
    reason = _reasons(before, after)
    return [_change(axes[row["family"]], row, reason) for row in rows(frame)]


def _reasons(before: Profile, after: Profile) -> Callable[[str, str], str]:
    """Why a family does not compare, for a college or for the territory: the first thing that both campaigns lack."""
    shared = {unit.family for unit in comparable_units(before.grid, after.grid)}
    needed = max(one.rules.colleges_needed(len(one.colleges)) for one in (before, after))

    def reason(family: str, college: str) -> str:
        if family not in shared:
            return _("aucun savoir-faire de cette famille ne se compare d’une grille à l’autre")
        if college == "territoire":
            return ngettext(
                "moins de %(n)s collège publié les deux fois sur les mêmes savoir-faire",
                "moins de %(n)s collèges publiés les deux fois sur les mêmes savoir-faire",
                needed,
            )
        if college not in before.respondents:
            return _("ce collège n’était pas dans la campagne précédente")
        return _("trop peu de savoir-faire publiés les deux fois")

    return reason


def _change(axis: Axis, row: dict[str, Any], reason: Callable[[str, str], str]) -> FamilyChange:
    figures = {name: number_or_none(row[name]) for name in ("before", "after", "delta", "low", "high", "p_holm")}
    verdict = row["verdict"] if isinstance(row["verdict"], str) else None
    skills = int(number_or_none(row["comparable_skills"]) or 0)
    college, hidden = str(row["college"]), figures["delta"] is None
    why = reason(axis.code, college) if hidden else ""
    return FamilyChange(axis, college, verdict=verdict, skills=skills, reason=why, **figures)


def of_territory(found: Sequence[FamilyChange]) -> list[FamilyChange]:
    """The rows of the territory alone."""
    return [change for change in found if change.college == "territoire"]


def rebounds(profile: Profile, found: Sequence[FamilyChange], earlier: Sequence[tuple[str, Profile]]) -> dict[str, str]:
    """The families that rise without finding again the level of an earlier campaign, and which: its label.

    ``earlier`` are the campaigns before the one that ``found`` is counted from, by label. When several were higher,
    the highest is named.
    """
    risen = {change.axis.code for change in of_territory(found) if change.verdict == UP}
    lost: dict[str, tuple[Decimal, str]] = {}
    for label, past in earlier if risen else ():
        for change in of_territory(changes(past, profile)):
            missing = _shown_delta(change)
            if change.axis.code in risen and missing < min(0, lost.get(change.axis.code, (0, ""))[0]):
                lost[change.axis.code] = (missing, label)
    return {code: label for code, (_missing, label) in lost.items()}


def _shown_delta(change: FamilyChange) -> Decimal:
    """How far it moved, as two scores of two decimals say it; 0 when it does not compare."""
    if change.before is None or change.after is None:
        return Decimal(0)
    return rounded(change.after, 2) - rounded(change.before, 2)


def readings(
    profile: Profile, found: Sequence[FamilyChange], still_below: Mapping[str, str] = MappingProxyType({})
) -> list[Reading]:
    """What the title's sentence needs: each family's published score, and its change when there is one.

    ``still_below`` are the ``rebounds``.
    """
    known = {change.axis.code: change for change in of_territory(found)}
    scores = {row["family"]: number_or_none(row["score"]) for row in rows(profile.territory)}
    return [
        Reading(
            axis.title,
            scores.get(axis.code),
            change.before if change else None,
            change.verdict if change else None,
            still_below.get(axis.code, ""),
        )
        for axis, change in ((axis, known.get(axis.code)) for axis in axes_of(profile.grid))
    ]


def shifted(found: Sequence[FamilyChange]) -> bool:
    """Whether the territory falls somewhere, which good training can cause by raising what people ask of themselves."""
    return any(change.verdict == DOWN for change in of_territory(found))


@dataclass(frozen=True)
class NotComparableSkill:
    """A skill left out of the comparison, and why."""

    title: str
    reason: str


def not_comparable_skills(before: Grid, after: Grid) -> list[NotComparableSkill]:
    """The skills of two grids that cannot be compared, and the reason in a few words."""
    if (before.id, before.version) == (after.id, after.version):
        return []
    return list(_not_comparable_skills(before, after))


def _not_comparable_skills(before: Grid, after: Grid) -> Iterator[NotComparableSkill]:
    try:
        apart = not_comparable(before, after)
    except IncomparableGridsError as error:
        yield NotComparableSkill(_("Toute la grille"), str(error))
        return
    for one in apart:
        grid = before if one.side == "before" else after
        yield NotComparableSkill(grid.skill(one.code).title, one.reason)
