"""The facts about each family that the headline of a page needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from restitution.chart_data.radar import axes_of
from restitution.chart_data.reasons import TERRITORY
from restitution.chart_data.rows import rows
from restitution.findings.change.changes import FamilyChange, changes, of_territory
from restitution.text.sentences import UP, Reading

if TYPE_CHECKING:
    from scoring import Profile


def rebounds(profile: Profile, found: Sequence[FamilyChange], earlier: Sequence[tuple[str, Profile]]) -> dict[str, str]:
    """Return the rising families still below an earlier campaign, with the label of that campaign.

    ``earlier`` are the campaigns before the one that ``found`` compares with, by label. If several were higher, the
    highest is named.
    """
    risen = {change.axis.code for change in of_territory(found) if change.verdict == UP}
    lost: dict[str, tuple[Decimal, str]] = {}
    for label, past in earlier if risen else ():
        for change in of_territory(changes(past, profile)):
            missing = change.row.shown.delta if change.row.shown else Decimal(0)
            if change.axis.code in risen and missing < min(0, lost.get(change.axis.code, (0, ""))[0]):
                lost[change.axis.code] = (missing, label)
    return {code: label for code, (_missing, label) in lost.items()}


def readings(
    profile: Profile, found: Sequence[FamilyChange], still_below: Mapping[str, str] = MappingProxyType({})
) -> list[Reading]:
    """Return each family's published score, change and hindsight, for the headline.

    ``still_below`` is the result of ``rebounds``.
    """
    known = {change.axis.code: change.row for change in of_territory(found)}
    with_hindsight = {row["family"]: row["verdict"] for row in rows(profile.hindsight) if row["college"] == TERRITORY}
    return [
        Reading(
            axis.title,
            profile.score(axis.code) if profile.published(axis.code) else None,
            row.before if row else None,
            row.verdict if row else None,
            still_below.get(axis.code, ""),
            with_hindsight.get(axis.code),
        )
        for axis, row in ((axis, known.get(axis.code)) for axis in axes_of(profile.grid))
    ]
