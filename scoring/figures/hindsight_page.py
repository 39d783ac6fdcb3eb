"""The rows of hindsight (method § 8): differences, intervals and words, judged as those of a comparison."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Protocol

from grille.grid import Grid
from scoring.figures.base import Hindsight, PairedCell, Place, use_of
from scoring.formulas.judgement import TERRITORY, Candidate, JudgedRow, Measure, Page, judge
from scoring.formulas.precision import chance_variance, design, harmonic, mixed
from scoring.formulas.scores import FamilyFigures, territory_of
from scoring.rules import Rules
from scoring.statistics.exact import exact, total
from scoring.statistics.student import Part
from scoring.words import FEW, INCOMPARABLE, VOLUNTARY


class Asked(Protocol):
    """The part of a profile that is needed to judge hindsight."""

    @property
    def grid(self) -> Grid:
        """The grid of the campaign."""

    @property
    def rules(self) -> Rules:
        """The rules of the campaign."""

    @property
    def colleges(self) -> tuple[str, ...]:
        """The colleges of the campaign, without workshops."""


def judged_page(base: Hindsight, profile: Asked) -> list[JudgedRow]:
    """Return the rows: for each family, each college then ``territoire``."""
    page = Page.of(profile.rules, len(profile.grid.levels))
    return judge(list(_candidates(base, profile)), page, len(profile.colleges))


def figures(base: Hindsight, profile: Asked, family: str) -> dict[str, FamilyFigures]:
    """Return the mean difference of a family for each college, in levels, in place of a score."""
    return {college: _college(base, profile, family, college) for college in profile.colleges}


def _college(base: Hindsight, profile: Asked, code: str, college: str) -> FamilyFigures:
    known = base.families.get((code, college))
    if known is None:
        return FamilyFigures(0, Fraction(0), {}, None)
    family = next(family for family in profile.grid.families if family.code == code)
    own = _own(base.cells, [skill.code for skill in family.skills], college)
    use = use_of(family, own, profile.rules)
    delta = total([weight * own[skill].delta for skill, weight in use.weights.items()])
    return FamilyFigures(known.n, use.coverage, use.weights, delta)


def _own(cells: Mapping[Place, PairedCell], skills: Iterable[str], college: str) -> dict[str, PairedCell]:
    return {skill: cells[skill, college] for skill in skills if (skill, college) in cells}


def _candidates(base: Hindsight, profile: Asked) -> Iterator[Candidate]:
    for family in profile.grid.families:
        found = figures(base, profile, family.code)
        parts = {college: part_of(base, profile, family.code, college, one) for college, one in found.items()}
        for college, one in found.items():
            yield _college_row(family.code, college, one, parts[college], profile.rules)
        yield _territory_row(family.code, found, parts, profile)


def part_of(base: Hindsight, profile: Asked, family: str, college: str, found: FamilyFigures) -> Part | None:
    """Return V and ν of a college's mean difference; None when there are too few pairs, or no spread."""
    known = base.families.get((family, college))
    if known is None or known.square is None:
        return None
    h = harmonic(found.weights, {skill: base.cells[skill, college].n for skill in found.weights})
    if h * profile.rules.interval_n > 1:
        return None
    prior = chance_variance(len(profile.grid.levels)) * design(found.weights, profile.rules)
    variance = mixed(prior, known.square, 1 / h, profile.rules)
    return variance * h, 1 / h - 1 + exact(profile.rules.prior_n)


def _college_row(family: str, college: str, found: FamilyFigures, part: Part | None, rules: Rules) -> Candidate:
    if found.score is None:
        return Candidate(family, college, None, INCOMPARABLE)
    measure = Measure(found.score, None if part is None else (part,))
    reason = VOLUNTARY if college in rules.voluntary else FEW if part is None else None
    return Candidate(family, college, measure, reason, len(found.weights))


def _territory_row(
    family: str, found: Mapping[str, FamilyFigures], parts: Mapping[str, Part | None], profile: Asked
) -> Candidate:
    rules = profile.rules
    whole = territory_of(found, len(found), rules, rules.weighting)
    if whole.score is None:
        return Candidate(family, TERRITORY, None, INCOMPARABLE)
    voluntary = tuple(college for college in whole.weights if college in rules.voluntary)
    measure = _territory(found, parts, list(whole.weights), rules)
    reason = VOLUNTARY if len(voluntary) == len(whole.weights) else FEW if measure.parts is None else None
    rest = [college for college in whole.weights if college not in voluntary]
    apart = _territory(found, parts, rest, rules) if voluntary and rest and reason is None else None
    skills = len({skill for college in whole.weights for skill in found[college].weights})
    return Candidate(family, TERRITORY, measure, reason, skills, voluntary, apart)


def _territory(
    found: Mapping[str, FamilyFigures], parts: Mapping[str, Part | None], colleges: list[str], rules: Rules
) -> Measure:
    whole = territory_of({college: found[college] for college in colleges}, 1, rules, rules.weighting)
    known = [(whole.weights[college], part) for college in colleges if (part := parts[college]) is not None]
    combined = tuple((share**2 * variance, degrees) for share, (variance, degrees) in known)
    return Measure(whole.score or Fraction(0), combined if len(known) == len(colleges) else None)
