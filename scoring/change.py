"""The change between two campaigns, computed on the skills that can be compared (method § 6)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import pandas as pd

from grille.correspondence import Unit, comparable_units
from grille.grid import Grid
from grille.messages import message as _
from scoring import edition_1
from scoring import tables as frames
from scoring.coding import WORKSHOP
from scoring.computing import profile
from scoring.editions import in_edition_2, under
from scoring.errors import ScoringError
from scoring.figures.base import weights_of
from scoring.figures.compared import HIDDEN, figures_on, part_of, weights_after, weights_before
from scoring.formulas.judgement import TERRITORY, Candidate, JudgedRow, Measure, Page, judge
from scoring.formulas.scores import FamilyFigures, TerritoryFigures, mean_of_colleges, territory_of
from scoring.profile import Profile
from scoring.rules import Rules, Weighting
from scoring.statistics.exact import total
from scoring.statistics.student import Part
from scoring.words import FEW, INCOMPARABLE, VOLUNTARY, WORKSHOP_ROW

Pair = tuple[FamilyFigures, FamilyFigures]
Campaign = Profile | edition_1.Profile | pd.DataFrame


@dataclass(frozen=True, eq=False)
class Comparison:
    """A comparison of two campaigns, on what both publish and both grids share; no answer is counted again.

    Each campaign keeps its own k, coverage, number of colleges needed, ``interval_n``, ``prior_n`` and ``halo``; the
    confidence, the threshold, the number of colleges and the decimals are those of the later one.
    """

    before: Profile
    after: Profile
    weighting: Weighting

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The comparable units of the two grids. Raises ``IncomparableGridsError`` when their levels differ."""
        return comparable_units(self.before.grid, self.after.grid)

    @property
    def colleges(self) -> tuple[str, ...]:
        """The colleges of the later campaign, then ``atelier`` when it has workshops."""
        return self.after.all_colleges

    @cached_property
    def page(self) -> Page:
        """The conventions that the words of this comparison depend on."""
        return Page.of(self.after.rules, self.after.levels)

    @cached_property
    def rows(self) -> list[JudgedRow]:
        """The rows, by family: each college, ``atelier`` when there are workshops, then ``territoire``."""
        return judge(list(self._candidates()), self.page, len(self.after.colleges))

    @cached_property
    def _by_place(self) -> Mapping[tuple[str, str], JudgedRow]:
        return {(row.family, row.place): row for row in self.rows}

    def row(self, family: str, place: str = TERRITORY) -> JudgedRow:
        """Return the row of a family for a college or for ``territoire``. Raises ``KeyError`` when there is none."""
        return self._by_place[family, place]

    @property
    def tested_territories(self) -> int:
        """F, the number of tested rows that are about the territory."""
        return sum(row.reason is None for row in self.rows if row.place == TERRITORY)

    @property
    def tested_colleges(self) -> int:
        """K, the number of tested rows that are about a college by itself."""
        return sum(row.reason is None and not row.copied for row in self.rows if row.place != TERRITORY)

    def usable(self, family: str, college: str) -> list[Unit]:
        """Return the units of a family whose cells are all published in both campaigns for that college."""
        return [
            unit
            for unit in self.units
            if unit.family == family
            and all((skill, college) in self.before.cells for skill in unit.before)
            and all((skill, college) in self.after.cells for skill in unit.after)
        ]

    @cached_property
    def pairs(self) -> Mapping[tuple[str, str], Pair]:
        """The figures of both campaigns on the units compared, by family and college; both hidden if either is."""
        families = [family.code for family in self.after.grid.families]
        return {(family, college): self._pair(family, college) for family in families for college in self.colleges}

    def _pair(self, family: str, college: str) -> Pair:
        if college not in self.before.all_colleges:
            return HIDDEN, HIDDEN
        units = self.usable(family, college)
        before = figures_on(self.before, family, college, weights_before(units, self.before.grid, self.after.grid))
        after = figures_on(self.after, family, college, weights_after(units, self.after.grid))
        return (HIDDEN, HIDDEN) if before.score is None or after.score is None else (before, after)

    def territory(self, family: str) -> tuple[TerritoryFigures, TerritoryFigures]:
        """Return, for each campaign, the mean of the colleges published in both; both are hidden if either is."""
        before, after = (
            territory_of(
                {college: self._side(family, college, side) for college in campaign.colleges},
                len(campaign.colleges),
                campaign.rules,
                self.weighting,
            )
            for side, campaign in enumerate((self.before, self.after))
        )
        if before.score is None or after.score is None:
            return TerritoryFigures(before.colleges, {}, None), TerritoryFigures(after.colleges, {}, None)
        return before, after

    def _side(self, family: str, college: str, side: int) -> FamilyFigures:
        return self.pairs[family, college][side] if (family, college) in self.pairs else HIDDEN

    def parts(self, family: str, college: str) -> tuple[Part, Part] | None:
        """Return the variance V⁰ (without 1/N) and its degrees of freedom ν on the units compared, for each campaign.

        None when either campaign has none.
        """
        found = [
            part_of(campaign, family, college, figures)
            for campaign, figures in zip((self.before, self.after), self.pairs[family, college], strict=True)
        ]
        return None if found[0] is None or found[1] is None else (found[0], found[1])

    def voluntary(self, college: str) -> bool:
        """Return whether the college is voluntary in either campaign."""
        return college in self.before.rules.voluntary or college in self.after.rules.voluntary

    def measure(self, family: str, colleges: Sequence[str], weighting: Weighting | None = None) -> Measure:
        """Return the change of the mean of these colleges, in levels, however few they are. All must be comparable."""
        sides = [
            mean_of_colleges({name: self.pairs[family, name][side] for name in colleges}, weighting or self.weighting)
            for side in (0, 1)
        ]
        before, after = (side.score or Fraction(0) for side in sides)
        parts: list[Part] = []
        for college in colleges:
            found = self.parts(family, college)
            if found is None:
                return Measure(after - before, None, before, after)
            shares = (side.weights[college] for side in sides)
            parts += [(share**2 * variance, nu) for share, (variance, nu) in zip(shares, found, strict=True)]
        return Measure(after - before, tuple(parts), before, after)

    def _candidates(self) -> Iterator[Candidate]:
        for family in self.after.grid.families:
            for college in self.colleges:
                yield self._college_candidate(family.code, college)
            yield self._territory_candidate(family.code)

    def _college_candidate(self, family: str, college: str) -> Candidate:
        skills = self.comparable(family, college)
        if self.pairs[family, college][0].score is None:
            return Candidate(family, college, None, INCOMPARABLE, skills)
        measure = self.measure(family, [college])
        if college == WORKSHOP:
            return Candidate(family, college, measure, WORKSHOP_ROW, skills)
        if self.voluntary(college):
            return Candidate(family, college, measure, VOLUNTARY, skills, (college,))
        return Candidate(family, college, measure, FEW if measure.parts is None else None, skills)

    def _territory_candidate(self, family: str) -> Candidate:
        colleges = list(self.territory(family)[1].weights)
        skills = self.comparable(family, TERRITORY)
        if not colleges:
            return Candidate(family, TERRITORY, None, INCOMPARABLE, skills)
        measure = self.measure(family, colleges)
        voluntary = tuple(college for college in colleges if self.voluntary(college))
        rest = [college for college in colleges if college not in voluntary]
        reason = VOLUNTARY if not rest else FEW if measure.parts is None else None
        apart = self.measure(family, rest) if voluntary and reason is None else None
        return Candidate(family, TERRITORY, measure, reason, skills, voluntary, apart)

    def comparable(self, family: str, place: str) -> int:
        """Return how many units of positive weight are compared (``territoire``: in at least one of its colleges)."""
        if place != TERRITORY:
            return len(self._weighing(family, place)) if place in self.before.all_colleges else 0
        return len({unit for name in self.territory(family)[1].weights for unit in self._weighing(family, name)})

    def _weighing(self, family: str, college: str) -> list[Unit]:
        known = weights_of(self.after.grid)
        return [unit for unit in self.usable(family, college) if any(known[skill] for skill in unit.after)]

    def silence(self, family: str, place: str = TERRITORY) -> tuple[Fraction, Fraction] | None:
        """Return the weighted shares of answers without level, Σ a·silence, before and after, from 0 to 1 (§ 13).

        None when the row is not compared.
        """
        shares = [side.weights for side in self.territory(family)] if place == TERRITORY else [{place: Fraction(1)}] * 2
        if not shares[0] or self.row(family, place).delta is None:
            return None
        return _silence(self, family, shares[0], 0), _silence(self, family, shares[1], 1)


def _silence(comparison: Comparison, family: str, shares: Mapping[str, Fraction], side: int) -> Fraction:
    cells = (comparison.before, comparison.after)[side].cells
    return total(
        [
            share * weight * cells[skill, college].silence
            for college, share in shares.items()
            for skill, weight in comparison.pairs[family, college][side].weights.items()
        ]
    )


def change(
    before: Campaign,
    after: Campaign,
    grid_before: Grid | None = None,
    grid_after: Grid | None = None,
    *,
    rules: Rules | None = None,
    weighting: Weighting | None = None,
) -> pd.DataFrame:
    """Return the changes between two campaigns: a row per family for each college, then for the territory.

    ``before`` and ``after`` are profiles, or tables of answers with their grids (then computed under ``rules``). The
    columns are `family, college, before, after, delta, low, high, confidence, verdict, visible, comparable_skills`;
    scores and changes are in levels. A row that cannot be compared has null figures; one that is not tested (workshop,
    volunteers, too few answers) has no interval, confidence, verdict or `visible`.

    Raises ``IncomparableGridsError`` when the levels of the two grids differ, and ``ScoringError`` for a table of
    answers without its grid, or that cannot be read.

    >>> from grille import current
    >>> campaigns = [pd.DataFrame({"college": ["elus"] * 6} | {f"COO-{place}": levels for place in (1, 2, 3)})
    ...          for levels in ([0, 1, 1, 0, 1, 0], [2, 3, 2, 3, 3, 3])]
    >>> row = change(*campaigns, current(), current()).iloc[0]
    >>> print(row["verdict"], *(f"{row[name]:.2f}" for name in ("delta", "low", "high")), row["comparable_skills"])
    hausse nette 2.17 1.41 2.92 3
    """
    return change_frame(compare(before, after, grid_before, grid_after, rules=rules, weighting=weighting))


def compare(
    before: Campaign,
    after: Campaign,
    grid_before: Grid | None = None,
    grid_after: Grid | None = None,
    *,
    rules: Rules | None = None,
    weighting: Weighting | None = None,
) -> Comparison:
    """Return the exact comparison that ``change`` shows as a table; profiles of edition 1 are converted to this one.

    Raises ``ScoringError`` like ``change``; ``IncomparableGridsError`` is raised once its figures are asked for.
    """
    later = _as_profile(after, grid_after, rules, None)
    earlier = _as_profile(before, grid_before, rules, later.rules)
    return Comparison(earlier, later, weighting or later.rules.weighting)


def _as_profile(campaign: Campaign, grid: Grid | None, rules: Rules | None, like: Rules | None) -> Profile:
    if isinstance(campaign, Profile):
        return campaign if like is None else under(campaign, like)
    if isinstance(campaign, edition_1.Profile):
        return in_edition_2(campaign, like)
    if grid is None:
        raise ScoringError([_("une table de réponses se compare avec sa grille\u00a0: indiquez-la.")])
    return profile(campaign, grid, rules)


def change_frame(comparison: Comparison) -> pd.DataFrame:
    """Return the comparison as the table that ``change`` returns."""
    return frames.build([_row(row) for row in comparison.rows], frames.CHANGE)


def _row(row: JudgedRow) -> frames.Row:
    found: frames.Row = {"family": row.family, "college": row.place, "comparable_skills": row.comparable_skills}
    if row.before is None or row.after is None or row.delta is None:
        return found
    figures = {"before": float(row.before), "after": float(row.after), "delta": float(row.delta)}
    confidence = None if row.confidence is None else float(row.confidence)
    said = {"low": row.low, "high": row.high, "confidence": confidence, "verdict": row.verdict, "visible": row.visible}
    return found | figures | said
