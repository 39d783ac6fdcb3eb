"""The change between two campaigns, computed on the skills that can be compared (step 6 of the method)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Final

import pandas as pd

from grille.correspondence import Unit, comparable_units
from grille.grid import Grid
from grille.messages import marked
from grille.messages import message as _
from scoring.coding import WORKSHOP
from scoring.edition_1 import tables as frames
from scoring.edition_1.estimates import Estimate, combine, holm
from scoring.edition_1.profile import TERRITORY, Profile, profile
from scoring.edition_1.rules import Rules, Weighting
from scoring.edition_1.scores import FamilyScore, TerritoryScore, family_score, territory_score, weights_of
from scoring.edition_1.tables import Row
from scoring.errors import ScoringError
from scoring.statistics.exact import exact

RISE: Final = marked("hausse nette")
STEADY: Final = marked("stable ou incertain")
FALL: Final = marked("baisse nette")

Pair = tuple[FamilyScore, FamilyScore]


@dataclass(frozen=True, eq=False)
class Comparison:
    """A comparison of two campaigns, on what both publish and both grids share."""

    before: Profile
    after: Profile
    weighting: Weighting

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The comparable units of the two grids. Raises ``IncomparableGridsError`` when their levels differ."""
        return comparable_units(self.before.grid, self.after.grid)

    @property
    def colleges(self) -> tuple[str, ...]:
        """The colleges of the later campaign, workshops included."""
        return self.after.answers.colleges

    def usable(self, family: str, college: str) -> list[Unit]:
        """Return the units of a family whose cells are all published in both campaigns for that college."""
        return [
            unit
            for unit in self.units
            if unit.family == family
            and all((skill, college) in self.before.cells for skill in unit.before)
            and all((skill, college) in self.after.cells for skill in unit.after)
        ]

    def college(self, family: str, college: str) -> Pair:
        """Return a college's scores in both campaigns on the usable units (steps 3 and 4); both hidden if either is."""
        if college not in self.before.answers.colleges:
            return _HIDDEN, _HIDDEN
        units = self.usable(family, college)
        before = _score(self.before, family, college, _weights_before(units, self.before.grid, self.after.grid))
        after = _score(self.after, family, college, _weights_after(units, self.after.grid))
        if before.estimate is None or after.estimate is None:
            return replace(before, estimate=None), replace(after, estimate=None)
        return before, after

    @cached_property
    def pairs(self) -> Mapping[tuple[str, str], Pair]:
        """The scores in both campaigns, by family and college."""
        families = [family.code for family in self.after.grid.families]
        return {(family, college): self.college(family, college) for family in families for college in self.colleges}

    def territory(self, family: str) -> tuple[TerritoryScore, TerritoryScore]:
        """Return the territory's scores in both campaigns (step 5), from the colleges published in both."""
        before, after = (
            territory_score(
                {college: self._side(family, college, side) for college in campaign.colleges},
                campaign.rules,
                self.weighting,
            )
            for side, campaign in enumerate((self.before, self.after))
        )
        if before.estimate is None or after.estimate is None:
            return replace(before, estimate=None), replace(after, estimate=None)
        return before, after

    def _side(self, family: str, college: str, side: int) -> FamilyScore:
        return self.pairs[family, college][side] if (family, college) in self.pairs else _HIDDEN

    def estimates(self, family: str, college: str) -> tuple[Estimate, Estimate] | None:
        """Return both campaigns' exact figures, for a college or ``territoire``; None if they cannot be compared."""
        before, after = self.territory(family) if college == TERRITORY else self.pairs[family, college]
        return None if before.estimate is None or after.estimate is None else (before.estimate, after.estimate)

    def comparable(self, family: str, college: str) -> int:
        """Return how many units are compared (for the territory: in at least one of its published colleges)."""
        if college != TERRITORY:
            return len(self.usable(family, college)) if college in self.before.answers.colleges else 0
        return len({unit for name in self.territory(family)[1].weights for unit in self.usable(family, name)})


_HIDDEN: Final = FamilyScore(0, Fraction(0), {}, None)


def change(
    before: Profile | pd.DataFrame,
    after: Profile | pd.DataFrame,
    grid_before: Grid | None = None,
    grid_after: Grid | None = None,
    *,
    rules: Rules | None = None,
    weighting: Weighting | None = None,
) -> pd.DataFrame:
    """Return the changes between two campaigns: a row per family for each college, then for the territory.

    ``before`` and ``after`` are profiles, or tables of answers with their grids (then computed under ``rules``). The
    columns are `family, college, before, after, delta, low, high, verdict, comparable_skills, p, p_holm`; scores and
    changes are in levels. A row that cannot be compared has null figures. Verdict: « hausse nette » or « baisse nette »
    when Welch's interval of the difference excludes 0 and the difference is at least ``clear_change``, else « stable ou
    incertain ». Raises ``IncomparableGridsError`` when the levels of the two grids differ.

    >>> from grille import current
    >>> campaigns = [pd.DataFrame({"college": ["elus"] * 6} | {f"COO-{place}": levels for place in (1, 2, 3)})
    ...          for levels in ([1, 1, 2, 1, 2, 1], [2, 3, 2, 3, 3, 3])]
    >>> row = change(*campaigns, current(), current()).iloc[0]
    >>> print(row["verdict"], *(f"{row[name]:.2f}" for name in ("delta", "low", "high")), row["comparable_skills"])
    hausse nette 1.33 0.67 2.00 3
    """
    return change_frame(compare(before, after, grid_before, grid_after, rules=rules, weighting=weighting))


def compare(
    before: Profile | pd.DataFrame,
    after: Profile | pd.DataFrame,
    grid_before: Grid | None = None,
    grid_after: Grid | None = None,
    *,
    rules: Rules | None = None,
    weighting: Weighting | None = None,
) -> Comparison:
    """Return the exact comparison that ``change`` shows as a table."""
    earlier, later = _as_profile(before, grid_before, rules), _as_profile(after, grid_after, rules)
    return Comparison(earlier, later, weighting or later.rules.weighting)


def _as_profile(campaign: Profile | pd.DataFrame, grid: Grid | None, rules: Rules | None) -> Profile:
    if isinstance(campaign, Profile):
        return campaign
    if grid is None:
        raise ScoringError([_("une table de réponses se compare avec sa grille\u00a0: indiquez-la.")])
    return profile(campaign, grid, rules)


def _score(campaign: Profile, family: str, college: str, weights: Mapping[str, Fraction]) -> FamilyScore:
    found = next((known for known in campaign.grid.families if known.code == family), None)
    if found is None:
        return _HIDDEN
    return family_score(campaign.answers, found, college, weights, campaign.cells, campaign.rules)


def _weights_after(units: list[Unit], after: Grid) -> dict[str, Fraction]:
    """Return the weight of each skill of these units in the later campaign: its own weight in the grid."""
    known = weights_of(after)
    return {skill: known[skill] for unit in units for skill in unit.after}


def _weights_before(units: list[Unit], before: Grid, after: Grid) -> dict[str, Fraction]:
    """Return the weights of the earlier skills: each unit's later weight, shared in proportion to their own weights."""
    known, later = weights_of(before), weights_of(after)
    return {
        skill: sum((later[code] for code in unit.after), Fraction(0)) * share
        for unit in units
        for skill, share in _shares({skill: known[skill] for skill in unit.before}).items()
    }


def _shares(weights: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Return the weights scaled to a sum of 1; equal ones when all are zero."""
    whole = sum(weights.values(), Fraction(0))
    return {skill: weight / whole if whole else Fraction(1, len(weights)) for skill, weight in weights.items()}


def change_frame(comparison: Comparison) -> pd.DataFrame:
    """Return the comparison as the table that ``change`` returns."""
    places = [
        (family.code, college)
        for family in comparison.after.grid.families
        for college in (*comparison.colleges, TERRITORY)
    ]
    rows = [_row(comparison, family, college) for family, college in places]
    _adjust(rows, comparison.after.rules)
    return frames.build(rows, frames.CHANGE)


def _row(comparison: Comparison, family: str, college: str) -> Row:
    row: Row = {"family": family, "college": college, "comparable_skills": comparison.comparable(family, college)}
    found = comparison.estimates(family, college)
    if found is None:
        return row
    before, after = found
    gap = difference(before, after)
    low, high = gap.interval(float(comparison.after.rules.confidence)) or (None, None)
    figures = {"before": float(before.value), "after": float(after.value), "delta": float(gap.value)}
    said = {"verdict": verdict(gap, comparison.after.rules), "p": gap.p_value()}
    return row | figures | {"low": low, "high": high} | said


def difference(before: Estimate, after: Estimate) -> Estimate:
    """Return after − before; the two campaigns are independent samples."""
    return combine([(Fraction(1), after), (Fraction(-1), before)])


def verdict(gap: Estimate, rules: Rules) -> str:
    """Return the word of a change: a clear rise or fall needs an interval without 0 and at least ``clear_change``."""
    low, high = gap.interval(float(rules.confidence)) or (0.0, 0.0)
    if abs(gap.value) < exact(rules.clear_change) or low <= 0 <= high:
        return STEADY
    return RISE if gap.value > 0 else FALL


def _adjust(rows: list[Row], rules: Rules) -> None:
    """Add to the rows Holm's adjustment of their p-values, among the comparisons that are read together."""
    for series in _series(rows, rules):
        for row, adjusted in zip(series, holm([row["p"] for row in series]), strict=True):
            row["p_holm"] = adjusted


def _series(rows: list[Row], rules: Rules) -> Iterator[list[Row]]:
    tested = [row for row in rows if row.get("p") is not None]
    if rules.holm == "all":
        yield tested
        return
    for college in (TERRITORY, WORKSHOP):
        yield [row for row in tested if row["college"] == college]
    yield [row for row in tested if row["college"] not in (TERRITORY, WORKSHOP)]
