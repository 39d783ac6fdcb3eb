"""Base figures (method § 2): all that is published of the answers. Every other figure is computed from them.

Hide first, compute after: cells below k are emptied before anything else is counted, and a small cell (fewer than
``k_detail`` valid answers) keeps only its n, its mean and its share of answers without level.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from grille.grid import Family, Grid
from scoring.cells import SkillTally, Tallies, positions, published, tally
from scoring.coding import WORKSHOP, CodedAnswers
from scoring.formulas.spread import Spread, is_small, spread_of
from scoring.rules import Rules
from scoring.statistics.exact import exact, total

Place = tuple[str, str]
"""The codes of a skill or a family, and of a college."""


@dataclass(frozen=True)
class Cell:
    """A published cell: its number of valid answers, their mean, the respondents, and the counts unless it is small.

    >>> cell = Cell(n=5, mean=Fraction(3, 5), respondents=6, detail=None)
    >>> cell.small, cell.silence
    (True, Fraction(1, 6))
    """

    n: int
    mean: Fraction
    respondents: int
    detail: SkillTally | None

    @property
    def small(self) -> bool:
        """Whether the cell is small, so that only its mean is shown."""
        return self.detail is None

    @property
    def silence(self) -> Fraction:
        """The share of the college's respondents who gave no level, from 0 to 1."""
        return 1 - Fraction(self.n, self.respondents)


@dataclass(frozen=True)
class PairedCell:
    """The people who gave a level for now and for the year before: their number, their mean difference in levels."""

    n: int
    delta: Fraction


@dataclass(frozen=True)
class PairTally:
    """The number of people with each difference of levels, from −R to R, in a cell; never shown."""

    counts: tuple[int, ...]

    @property
    def n(self) -> int:
        """The number of pairs."""
        return sum(self.counts)

    @property
    def delta(self) -> Fraction:
        """The mean of now − then, in levels. Raises ``ZeroDivisionError`` when there is no pair."""
        reach = len(self.counts) // 2
        return Fraction(sum((place - reach) * count for place, count in enumerate(self.counts)), self.n)


PairTallies = Mapping[Place, PairTally]


@dataclass(frozen=True)
class PairedFamily:
    """The number of people with a pair in a skill used, and e_d² of § 8 (None where it would disclose an answer)."""

    n: int
    square: Fraction | None


@dataclass(frozen=True, eq=False)
class Hindsight:
    """The published figures of « avec le recul »: cells and families of at least k pairs."""

    cells: Mapping[Place, PairedCell]
    families: Mapping[Place, PairedFamily]


@dataclass(frozen=True, eq=False)
class Base:
    """All that is published of a campaign's answers.

    ``colleges`` ends with ``atelier`` when there are workshops. ``respondents`` and ``counts`` are numbers of people or
    the text ``"<k"``; ``family_n`` is the number of people who gave a level to a published skill of the family;
    ``spreads`` has the families whose score is published, without workshops.
    """

    colleges: tuple[str, ...]
    respondents: Mapping[str, int | str]
    counts: Mapping[Place, int | str]
    cells: Mapping[Place, Cell]
    family_n: Mapping[Place, int]
    spreads: Mapping[Place, Spread]


@dataclass(frozen=True)
class Use:
    """The skills that make a family's score for a college: their shares a > 0 (none if it is hidden), the coverage.

    ``coverage`` is the share of the family's weight that is published; ``skills`` are all its published skills, those
    of weight zero included.
    """

    weights: Mapping[str, Fraction]
    coverage: Fraction
    skills: tuple[str, ...]


def weights_of(grid: Grid) -> dict[str, Fraction]:
    """Return the weight of every skill by its code, exactly as written in the grid."""
    return {skill.code: exact(skill.weight) for skill in grid.skills}


def use_of(
    family: Family, shown: Mapping[str, object], rules: Rules, weights: Mapping[str, Fraction] | None = None
) -> Use:
    """Return the skills that make a family's score, among the published ones, if they have enough of its weight (§ 3).

    ``weights`` replaces the grid's weights and leaves out the skills that it does not name; the coverage is always
    computed with the grid's weights.
    """
    own = {skill.code: exact(skill.weight) for skill in family.skills}
    asked = own if weights is None else weights
    skills = tuple(skill for skill in own if skill in asked and skill in shown)
    whole = total(list(own.values()))
    coverage = total([own[skill] for skill in skills]) / whole if whole else Fraction(0)
    used = total([asked[skill] for skill in skills])
    if not used or coverage < exact(rules.coverage):
        return Use({}, coverage, skills)
    return Use({skill: asked[skill] / used for skill in skills if asked[skill]}, coverage, skills)


def counted(n: int, college: str, rules: Rules) -> int | str:
    """Return a number of people as it may be published: the text ``"<k"`` below k."""
    return n if n >= rules.threshold(workshop=college == WORKSHOP) else "<k"


def cell_of(tally: SkillTally, rules: Rules) -> Cell:
    """Return what is published of a cell, which must have at least k valid answers."""
    return Cell(tally.n, tally.mean, tally.respondents, None if is_small(tally.n, rules) else tally)


def base_of(coded: CodedAnswers, rules: Rules) -> tuple[Base, Tallies]:
    """Return the base figures of coded answers, and the complete counts of the published cells (never shown)."""
    cells = tally(coded)
    shown = published(cells, rules)
    numbers = {
        (family.code, college): _people(coded, family, college, shown)
        for family in coded.grid.families
        for college in coded.colleges
    }
    respondents = {college: counted(coded.size(college), college, rules) for college in coded.colleges}
    counts = {(skill, college): counted(cell.n, college, rules) for (skill, college), cell in cells.items()}
    return base_from(coded.grid, coded.colleges, respondents, counts, shown, numbers, rules), shown


def base_from(
    grid: Grid,
    colleges: tuple[str, ...],
    respondents: Mapping[str, int | str],
    counts: Mapping[Place, int | str],
    shown: Tallies,
    family_n: Mapping[Place, int],
    rules: Rules,
) -> Base:
    """Return the base figures from the complete counts of the published cells, under these rules."""
    cells = {place: cell_of(cell, rules) for place, cell in shown.items()}
    return Base(colleges, respondents, counts, cells, family_n, dict(_spreads(grid, colleges, shown, rules)))


def by_college(cells: Mapping[Place, SkillTally], college: str) -> dict[str, SkillTally]:
    """Return the cells of a college, by skill."""
    return {skill: cell for (skill, owner), cell in cells.items() if owner == college}


def _spreads(grid: Grid, colleges: tuple[str, ...], shown: Tallies, rules: Rules) -> list[tuple[Place, Spread]]:
    found = []
    for college in colleges:
        own = by_college(shown, college)
        for family in grid.families if college != WORKSHOP else ():
            weights = use_of(family, own, rules).weights
            if weights:
                found.append(((family.code, college), spread_of(weights, own, len(grid.levels), rules)))
    return found


def _people(coded: CodedAnswers, family: Family, college: str, shown: Tallies) -> int:
    """Return how many people of the college gave a level to at least one published skill of the family."""
    skills = [skill.code for skill in family.skills if (skill.code, college) in shown]
    block = coded.block(college, positions(coded, skills))
    return int(np.count_nonzero((block >= 0).any(axis=0)))
