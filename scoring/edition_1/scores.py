"""The scores of families and of the territory, with their intervals."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from grille.grid import Family, Grid
from scoring.cells import Tallies, positions
from scoring.coding import CodedAnswers
from scoring.edition_1.estimates import Estimate, combine
from scoring.edition_1.moments import moments, variance_of_mean
from scoring.edition_1.rules import Rules, Weighting
from scoring.statistics.exact import exact, total


@dataclass(frozen=True)
class FamilyScore:
    """A family's score for a college. ``weights`` sums to 1 over the skills used; ``estimate`` is None when hidden."""

    n: int
    coverage: Fraction
    weights: Mapping[str, Fraction]
    estimate: Estimate | None


def weights_of(grid: Grid) -> dict[str, Fraction]:
    """Return the weight of every skill by its code, exactly as written in the grid."""
    return {skill.code: exact(skill.weight) for skill in grid.skills}


def family_score(
    answers: CodedAnswers, family: Family, college: str, weights: Mapping[str, Fraction], shown: Tallies, rules: Rules
) -> FamilyScore:
    """Return a family's score for a college: Σ w·m / Σ w over its published skills, if they have enough of its weight.

    ``answers`` has published cells only. Skills that are not in ``weights`` are left out, but the coverage is always
    a share of the family's whole weight.
    """
    whole = total([exact(skill.weight) for skill in family.skills])
    skills = [skill.code for skill in family.skills if skill.code in weights and (skill.code, college) in shown]
    carried = total([exact(answers.grid.skill(skill).weight) for skill in skills])
    used = total([weights[skill] for skill in skills])
    coverage = carried / whole if whole else Fraction(0)
    if not used or coverage < exact(rules.coverage):
        return FamilyScore(respondents_to(answers, skills, college), coverage, {}, None)
    normed = {skill: weights[skill] / used for skill in skills}
    return _scored(answers, college, normed, coverage, shown, rules)


def _scored(
    answers: CodedAnswers,
    college: str,
    weights: Mapping[str, Fraction],
    coverage: Fraction,
    shown: Tallies,
    rules: Rules,
) -> FamilyScore:
    found = moments(answers.block(college, positions(answers, tuple(weights))))
    value = total([weight * shown[skill, college].mean for skill, weight in weights.items()])
    parts = None
    if found.respondents >= rules.interval_n:
        variance = variance_of_mean(found, tuple(weights.values()))
        parts = ((variance * _finite(found.respondents, college, rules), found.respondents - 1),)
    return FamilyScore(found.respondents, coverage, weights, Estimate(value, parts))


def respondents_to(answers: CodedAnswers, skills: list[str], college: str) -> int:
    """Return how many people of the college gave a level to at least one of these skills."""
    block = answers.block(college, positions(answers, skills))
    return int(np.count_nonzero((block >= 0).any(axis=0)))


def _finite(n: int, college: str, rules: Rules) -> Fraction:
    """Return the finite-population correction of a variance, (N − n)/(N − 1); 1 when the size N is not declared."""
    size = (rules.sizes or {}).get(college)
    return Fraction(1) if size is None else Fraction(size - n, size - 1)


@dataclass(frozen=True)
class TerritoryScore:
    """A family's score for the territory. ``weights`` sums to 1; ``estimate`` is None when hidden."""

    colleges: int
    weights: Mapping[str, Fraction]
    estimate: Estimate | None


def territory_score(scores: Mapping[str, FamilyScore], rules: Rules, weighting: Weighting) -> TerritoryScore:
    """Return the mean of the published colleges, hidden when there are too few of them.

    ``scores`` has an entry per college of the campaign, without workshops.
    """
    known = {college: score for college, score in scores.items() if score.estimate is not None}
    if len(known) < rules.colleges_needed(len(scores)):
        return TerritoryScore(len(known), {}, None)
    weights, estimate = mean_of_colleges(known, weighting)
    return TerritoryScore(len(known), weights, estimate)


def mean_of_colleges(scores: Mapping[str, FamilyScore], weighting: Weighting) -> tuple[dict[str, Fraction], Estimate]:
    """Return the shares of published colleges, and their mean with its variance Σ W²·var.

    Shares are the same (``equal``) or proportional to respondents (``heads``); colleges are independent samples.
    """
    heads = {college: score.n if weighting == "heads" else 1 for college, score in scores.items()}
    weights = {college: Fraction(count, sum(heads.values())) for college, count in heads.items()}
    terms = [(weights[college], score.estimate) for college, score in scores.items() if score.estimate is not None]
    return weights, combine(terms)
