"""The figures of a family in one of two campaigns, on the units that both publish (method § 6)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from grille.correspondence import Unit, comparable_units
from grille.grid import Family, Grid
from scoring.figures.base import Use, use_of, weights_of
from scoring.figures.exact_figures import ExactFigures
from scoring.formulas import precision
from scoring.formulas.scores import FamilyFigures
from scoring.rules import Rules
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
    use = _use_on(found, lambda code: (code, college) in campaign.cells, campaign.rules, weights)
    means = [weight * campaign.cells[skill, college].mean for skill, weight in use.weights.items()]
    n = campaign.base.family_n[family, college]
    return FamilyFigures(n, use.coverage, use.weights, total(means) if means else None)


def _use_on(family: Family, published: Callable[[str], bool], rules: Rules, weights: Mapping[str, Fraction]) -> Use:
    return use_of(family, {skill.code: None for skill in family.skills if published(skill.code)}, rules, weights)


@dataclass(frozen=True)
class InCommon:
    """The share of a family's weight that can be compared, in each of two versions; None where there is no family.

    ``compared`` when both are enough for a score. It is so at best: a campaign may have asked or published less.
    """

    before: Fraction | None
    after: Fraction | None
    compared: bool


def in_common(before: Grid, after: Grid, family: str, rules: Rules) -> InCommon:
    """Return what two versions have in common of a family, were every skill published in both campaigns.

    Raises ``IncomparableGridsError`` when the levels of the two are not the same.
    """
    units = [unit for unit in comparable_units(before, after) if unit.family == family]
    weights = weights_before(units, before, after), weights_after(units, after)
    uses = [
        None if found is None else _use_on(found, lambda _code: True, rules, own)
        for found, own in zip((_family(before, family), _family(after, family)), weights, strict=True)
    ]
    was, now = (None if use is None else use.coverage for use in uses)
    return InCommon(was, now, all(use is not None and use.weights for use in uses))


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
