"""The figures of a family in one of two campaigns, on the units that both publish (method § 6)."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from grille.correspondence import Unit
from grille.grid import Family, Grid
from scoring.figures.base import use_of, weights_of
from scoring.figures.exact_figures import ExactFigures
from scoring.formulas import precision
from scoring.formulas.scores import FamilyFigures
from scoring.statistics.exact import total
from scoring.statistics.student import Part

HIDDEN: Final = FamilyFigures(0, Fraction(0), {}, None)


def _family(grid: Grid, code: str) -> Family | None:
    return next((family for family in grid.families if family.code == code), None)


def figures_on(campaign: ExactFigures, family: str, college: str, weights: Mapping[str, Fraction]) -> FamilyFigures:
    """Return the figures of a family for a college under these weights; hidden if the skills have too little weight."""
    found = _family(campaign.grid, family)
    if found is None:
        return HIDDEN
    shown = {skill.code: None for skill in found.skills if (skill.code, college) in campaign.cells}
    use = use_of(found, shown, campaign.rules, weights)
    means = [weight * campaign.cells[skill, college].mean for skill, weight in use.weights.items()]
    n = campaign.base.family_n[family, college]
    return FamilyFigures(n, use.coverage, use.weights, total(means) if means else None)


def part_of(campaign: ExactFigures, family: str, college: str, figures: FamilyFigures) -> Part | None:
    """Return V⁰ = v·g·h and ν on the units compared, from the family's published spread; None if it is unknown."""
    counts = {skill: campaign.cells[skill, college].n for skill in figures.weights}
    spread = campaign.spread(family, college)
    found = precision.precision(figures.weights, counts, spread, campaign.levels, campaign.rules)
    return None if found is None else found.part


def weights_after(units: Sequence[Unit], after: Grid) -> dict[str, Fraction]:
    """Return the weight of each skill of these units in the later campaign: its own weight in the grid."""
    known = weights_of(after)
    return {skill: known[skill] for unit in units for skill in unit.after}


def weights_before(units: Sequence[Unit], before: Grid, after: Grid) -> dict[str, Fraction]:
    """Return the weights of the earlier skills: each unit's later weight, shared in proportion to their own weights."""
    known, later = weights_of(before), weights_of(after)
    return {
        skill: total([later[code] for code in unit.after]) * share
        for unit in units
        for skill, share in _shared({skill: known[skill] for skill in unit.before}).items()
    }


def _shared(weights: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Return the weights scaled to a sum of 1; equal ones when all are zero."""
    whole = total(list(weights.values()))
    return {skill: weight / whole if whole else Fraction(1, len(weights)) for skill, weight in weights.items()}
