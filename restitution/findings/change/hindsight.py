"""Hindsight: the change since the year before as the same people see it now, person by person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from restitution.chart_data.captions import caption
from restitution.chart_data.radar import RETROSPECTIVE, Axis, Point, Radar, Series, axes_of, points_on
from restitution.chart_data.reasons import TERRITORY, reason_of
from restitution.chart_data.rows import rows
from restitution.chart_data.table import TwinCell
from restitution.findings.change.changes import FamilyChange, percent
from restitution.text.language import gettext as _
from restitution.text.numbers import decimals, number_or_none, rounded, with_sign
from restitution.text.sentences import SYMBOLS, kind_of

if TYPE_CHECKING:
    from scoring import Profile


@dataclass(frozen=True)
class HindsightChange:
    """The hindsight of a family for the territory: its difference, interval, and verdict or why there is none.

    ``demand`` is how far the change between the two campaigns is below it, as printed: the effect of people judging
    more strictly. ``None`` when no campaign of the year before is compared.
    """

    axis: Axis
    delta: Decimal | None
    ends: tuple[Decimal, Decimal] | None = None
    confidence: str = ""
    verdict: str | None = None
    reason: str = ""
    demand: Decimal | None = None

    @property
    def kind(self) -> str:
        """The CSS class name of the verdict."""
        return kind_of(self.verdict)

    @property
    def cell(self) -> TwinCell:
        """Return the difference and its verdict, or why there is none, as a table cell."""
        if self.delta is None:
            return TwinCell(self.reason, kind="hidden")
        if self.verdict is None:
            return TwinCell(self.reason, with_sign(self.delta), "verdict untold")
        return TwinCell(f"{SYMBOLS[self.verdict]} {_(self.verdict)}", with_sign(self.delta), f"verdict {self.kind}")

    @property
    def sentence(self) -> str:
        """The difference, its interval, and the effect of stricter judgement."""
        if self.delta is None:
            return _("Pas de chiffre avec le recul\u00a0: %(reason)s.", reason=self.reason)
        said = [_("Avec le recul\u00a0: %(delta)s.", delta=with_sign(self.delta))]
        if self.ends:
            ends = {"low": with_sign(self.ends[0]), "high": with_sign(self.ends[1]), "sure": self.confidence}
            said.append(_("Intervalle à %(sure)s\u00a0: de %(low)s à %(high)s.", **ends))
        if self.demand is not None:
            said.append(_("Effet d’exigence\u00a0: %(demand)s.", demand=with_sign(self.demand)))
        return " ".join(said)


def caution() -> str:
    """Return the warning on what hindsight does not prove."""
    return _("Ce que les mêmes personnes disent avoir changé\u00a0: ni une preuve, ni une mesure d’il y a un an.")


def hindsight(profile: Profile, since: Sequence[FamilyChange] = ()) -> list[HindsightChange]:
    """Return every family for the territory; empty if not asked. ``since`` are the changes between campaigns."""
    moved = {change.axis.code: change.row.shown for change in since if change.college == TERRITORY}
    axes = {axis.code: axis for axis in axes_of(profile.grid)}
    found = []
    for row in rows(profile.hindsight):
        if row["college"] == TERRITORY:
            shown = moved.get(row["family"])
            found.append(_family(axes[row["family"]], row, profile, shown.delta if shown else None))
    return found


def _family(axis: Axis, row: dict[str, Any], profile: Profile, campaigns: Decimal | None) -> HindsightChange:
    if number_or_none(row["delta"]) is None:
        return HindsightChange(axis, None, reason=reason_of(row, "delta", profile))
    delta, ends = _printed(axis.code, row, profile)
    demand = None if campaigns is None else campaigns - delta
    if not isinstance(row["verdict"], str):
        return HindsightChange(axis, delta, reason=reason_of(row, "verdict", profile), demand=demand)
    confidence = percent(row["confidence"])
    return HindsightChange(axis, delta, ends, confidence, row["verdict"], demand=demand)


def _printed(family: str, row: dict[str, Any], profile: Profile) -> tuple[Decimal, tuple[Decimal, Decimal] | None]:
    """Return the difference and its interval as printed; from the table when the profile comes from a document."""
    from scoring.display import interval_shown  # pandas loads only where it is needed

    places = decimals(len(profile.grid.levels)) + 1
    exact = profile.hindsight_row(family, TERRITORY).delta if profile.hindsight_rows else None
    delta = rounded(row["delta"] if exact is None else exact, places)
    low, high = number_or_none(row["low"]), number_or_none(row["high"])
    return delta, None if low is None or high is None else interval_shown(low, high, places)


def hindsight_radar(profile: Profile, found: Sequence[HindsightChange], label: str, *, date: str = "") -> Radar | None:
    """Return the radar of the campaign and of the year before as people now see it; None if nothing is shown.

    The point of the year before is the score minus the difference, within the scale: the printed figures add up.
    """
    if all(one.delta is None for one in found):
        return None
    now = points_on(profile.grid, profile, compared=True)
    then = tuple(_then(point, one, profile) for point, one in zip(now, found, strict=True))
    series = (Series(label, now), Series(_("l’an dernier, avec le recul"), then, RETROSPECTIVE))
    title = _("L’an dernier, vu d’aujourd’hui")
    return Radar(axes_of(profile.grid), series, profile.grid.levels, title, caption(profile, date), compared=True)


def _then(now: Point, one: HindsightChange, profile: Profile) -> Point:
    if now.value is None or one.delta is None:
        return Point(None, one.reason or now.missing)
    printed = rounded(now.value if now.exact is None else now.exact, now.places) - one.delta
    within = max(Decimal(profile.grid.lowest), min(Decimal(profile.grid.highest), printed))
    return Point(float(within), places=now.places)
