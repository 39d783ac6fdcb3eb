"""The exact values of the figures that a campaign publishes: scores, shares, spreads, intervals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from grille.grid import Grid
from grille.messages import message as _
from scoring import edition_1
from scoring.cells import Tallies
from scoring.coding import WORKSHOP
from scoring.errors import NotPublishedError
from scoring.figures.base import Base, Cell, Hindsight, PairTallies, Place, use_of
from scoring.figures.hindsight_page import judged_page
from scoring.formulas import precision
from scoring.formulas.judgement import TERRITORY, JudgedRow
from scoring.formulas.precision import Interval, Precision
from scoring.formulas.scores import FamilyFigures, TerritoryFigures, territory_of
from scoring.formulas.spread import Spread
from scoring.rules import Rules, Weighting
from scoring.statistics.exact import total
from scoring.statistics.student import Part
from scoring.tables import Row
from scoring.words import CENSUS, INTERVAL, NONE, VOLUNTARY


@dataclass(frozen=True, eq=False)
class FirstEdition:
    """A campaign published under edition 1: its rules, and its cells, all published with their counts."""

    rules: edition_1.Rules
    cells: Tallies


@dataclass(frozen=True, eq=False)
class ExactFigures:
    """The exact values behind a profile, computed from the base figures of § 2, the grid and the rules only.

    ``tallies`` and ``pairs`` have the complete counts of the published cells, to compare two publications; they are
    never shown.
    """

    grid: Grid
    rules: Rules
    base: Base
    hindsight_base: Hindsight | None = None
    tallies: Tallies | None = field(default=None, repr=False)
    pairs: PairTallies | None = field(default=None, repr=False)
    hindsight_read: Mapping[str, list[Row]] | None = field(default=None, repr=False)
    """The two tables of hindsight of a profile read from a document, which has no figures to compute them from."""
    first_edition: FirstEdition | None = field(default=None, repr=False)
    """What edition 1 published, when the figures come from it."""

    @property
    def edition(self) -> int:
        """The edition of the method."""
        return self.rules.edition

    @property
    def all_colleges(self) -> tuple[str, ...]:
        """The colleges of the campaign, then ``atelier`` when there are workshops."""
        return self.base.colleges

    @property
    def colleges(self) -> tuple[str, ...]:
        """The colleges of the campaign; workshops are not one."""
        return tuple(college for college in self.base.colleges if college != WORKSHOP)

    @property
    def respondents(self) -> dict[str, int | str]:
        """The number of respondents of each college; ``"<k"`` below k."""
        return dict(self.base.respondents)

    @property
    def counts(self) -> Mapping[Place, int | str]:
        """The number of valid answers of every cell, as published."""
        return self.base.counts

    @property
    def cells(self) -> Mapping[Place, Cell]:
        """The published cells, by skill and college."""
        return self.base.cells

    @property
    def levels(self) -> int:
        """A, the number of levels."""
        return len(self.grid.levels)

    @property
    def has_hindsight(self) -> bool:
        """Whether the campaign asked about the year before."""
        return self.hindsight_base is not None or self.hindsight_read is not None

    @cached_property
    def outgrown(self) -> tuple[str, ...]:
        """The colleges with more respondents than their declared size, which is then ignored."""
        sizes = self.rules.sizes or {}
        counts = {college: count for college, count in self.base.respondents.items() if isinstance(count, int)}
        return tuple(college for college, count in counts.items() if count > sizes.get(college, count))

    def size(self, college: str) -> int | None:
        """Return the size of the college, in people; None when it is unknown."""
        return None if college in self.outgrown else (self.rules.sizes or {}).get(college)

    @cached_property
    def scores(self) -> Mapping[Place, FamilyFigures]:
        """The figures of every family for every college, workshops included."""
        return {place: self._family_figures(*place) for place in self.places}

    @property
    def places(self) -> list[Place]:
        """The codes of every family and college, workshops included, in the order of the tables."""
        return [(family.code, college) for family in self.grid.families for college in self.base.colleges]

    def _family_figures(self, code: str, college: str) -> FamilyFigures:
        family = next(family for family in self.grid.families if family.code == code)
        shown = {skill.code for skill in family.skills if (skill.code, college) in self.cells}
        use = use_of(family, dict.fromkeys(shown), self.rules)
        means = [weight * self.cells[skill, college].mean for skill, weight in use.weights.items()]
        return FamilyFigures(
            self.base.family_n[code, college], use.coverage, use.weights, total(means) if means else None
        )

    def family(self, family: str, college: str) -> FamilyFigures:
        """Return the figures of a family for a college. Raises ``KeyError`` when either does not exist."""
        return self.scores[family, college]

    def of_territory(self, family: str, weighting: Weighting | None = None) -> TerritoryFigures:
        """Return the figures of a family for the territory, under the rules' weighting or another."""
        scores = {college: self.scores[family, college] for college in self.colleges}
        return territory_of(scores, len(self.colleges), self.rules, weighting or self.rules.weighting)

    def precision(self, family: str, college: str) -> Precision | None:
        """Return the precision of a family's score for a college (§ 5); a voluntary college's declared size is ignored.

        None when the score is hidden, when there are too few answers for an interval, and for workshops.
        """
        return self._precisions[family, college]

    @cached_property
    def _precisions(self) -> Mapping[Place, Precision | None]:
        return {place: self._precision(*place) for place in self.places}

    def _precision(self, family: str, college: str) -> Precision | None:
        size = None if college in self.rules.voluntary else self.size(college)
        weights = self.scores[family, college].weights
        counts = {skill: self.cells[skill, college].n for skill in weights}
        spread = self.base.spreads.get((family, college))
        return precision.precision(weights, counts, spread, self.levels, self.rules, size)

    def spread(self, family: str, college: str) -> Spread | None:
        """Return the spread of a family for a college; None where it is not published."""
        return self.base.spreads.get((family, college)) if self.precision(family, college) else None

    def published(self, family: str, college: str | None = None, weighting: Weighting | None = None) -> bool:
        """Return whether a family's score is published, for a college or for the territory.

        Raises ``NotPublishedError`` when the campaign has no such family or college.
        """
        return self._found(family, college, weighting).score is not None

    def score(self, family: str, college: str | None = None, weighting: Weighting | None = None) -> Fraction:
        """Return the exact score of a family, in levels, for a college or for the territory.

        Raises ``NotPublishedError`` when it is hidden, or when the campaign has no such family or college.
        """
        value = self._found(family, college, weighting).score
        if value is None:
            asked = {"family": family, "college": college or TERRITORY}
            raise NotPublishedError(
                [_("le score «\u00a0%(family)s\u00a0», «\u00a0%(college)s\u00a0» n’est pas publié.", **asked)]
            )
        return value

    def _found(self, family: str, college: str | None, weighting: Weighting | None) -> FamilyFigures | TerritoryFigures:
        known = family in {known.code for known in self.grid.families}
        if not known or college not in (None, TERRITORY, *self.base.colleges):
            asked = {"family": family, "college": college or TERRITORY}
            raise NotPublishedError(
                [_("la campagne n’a pas de chiffre pour «\u00a0%(family)s\u00a0», «\u00a0%(college)s\u00a0».", **asked)]
            )
        if college in (None, TERRITORY):
            return self.of_territory(family, weighting)
        return self.scores[family, str(college)]

    def interval(self, family: str, college: str | None = None, weighting: Weighting | None = None) -> Interval:
        """Return the score of a family with its interval (§ 5). Raises ``NotPublishedError`` like ``score``."""
        value = self.score(family, college, weighting)
        scale = self.grid.lowest, self.grid.highest
        if college in (None, TERRITORY):
            shares = self.of_territory(family, weighting).weights
            found = {name: self.precision(family, name) for name in shares}
            known = {name: one for name, one in found.items() if one is not None}
            parts: list[Part] = [(shares[name] ** 2 * one.V, one.nu) for name, one in known.items()]
            margin = self._territory_margin(found)
            return precision.of_territory(value, margin, parts if len(known) == len(found) else None, scale, self.rules)
        one = self.precision(family, str(college))
        return precision.of_college(value, self._margin(str(college), one), one, scale, self.rules)

    def _margin(self, college: str, found: Precision | None) -> str:
        if college in self.rules.voluntary:
            return VOLUNTARY
        if found is None:
            return NONE
        return INTERVAL if found.V else CENSUS

    def _territory_margin(self, found: Mapping[str, Precision | None]) -> str:
        margins = {self._margin(college, one) for college, one in found.items()}
        if margins == {VOLUNTARY}:
            return VOLUNTARY
        if any(one is None for one in found.values()):
            return NONE
        return CENSUS if margins == {CENSUS} else INTERVAL

    @cached_property
    def hindsight_rows(self) -> list[JudgedRow]:
        """The exact rows of hindsight (§ 8): for each family, each college then ``territoire``."""
        return judged_page(self.hindsight_base, self) if self.hindsight_base is not None else []

    def hindsight_row(self, family: str, place: str) -> JudgedRow:
        """Return the hindsight row of a family for a college or ``territoire``. Raises ``KeyError`` without one."""
        return {(row.family, row.place): row for row in self.hindsight_rows}[family, place]
