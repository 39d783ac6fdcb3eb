"""Conversion of profiles from edition 1 of the method to edition 2, and reading of published documents."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from fractions import Fraction
from typing import Any, Final

from grille.grid import Grid
from scoring import edition_1
from scoring.cells import SkillTally
from scoring.coding import WORKSHOP
from scoring.figures.base import Base, Cell, Place, base_from, cell_of, use_of
from scoring.figures.exact_figures import FirstEdition
from scoring.formulas.spread import Spread, default_square, is_small, mean_variance, spread_of, spread_rule
from scoring.profile import Profile
from scoring.rules import Rules, rules_from_document
from scoring.statistics.exact import exact

# Fields that have the same name in both editions, but another meaning.
_OTHER_MEANING: Final = {"edition", "opposed_share", "clear_change"}


def rules_in_edition_2(rules: edition_1.Rules, like: Rules | None = None) -> Rules:
    """Return rules of edition 2 from those of edition 1; the fields that these lack are taken from ``like``.

    >>> rules_in_edition_2(edition_1.Rules(k=7, clear_change=0.8), Rules(k_detail=12)).k_detail
    12
    """
    own = {field.name for field in fields(edition_1.Rules)} - _OTHER_MEANING
    others = like or Rules()
    chosen = {field.name: getattr(rules if field.name in own else others, field.name) for field in fields(Rules)}
    chosen["interval_n"] = max(5, chosen["interval_n"])
    chosen["territory_colleges"] = min(10, chosen["territory_colleges"])
    chosen["k_detail"] = max(chosen["k"], chosen["k_detail"])
    return Rules(**chosen)


def in_edition_2(profile: edition_1.Profile, like: Rules | None = None) -> Profile:
    """Return a profile of edition 1 converted to edition 2, from its published figures only.

    ``like`` has the rules of the later campaign in a comparison, for the fields that edition 1 lacks.
    """
    numbers = {place: score.n for place, score in profile.scores.items()}
    first = FirstEdition(profile.rules, dict(profile.cells))
    published = Base(profile.answers.colleges, profile.respondents, profile.counts, {}, numbers, {})
    return _from_first_edition(profile.grid, first, published, like)


def under(profile: Profile, like: Rules) -> Profile:
    """Return the profile; if it was converted from edition 1, with the fields that this lacks taken from ``like``."""
    if profile.first_edition is None:
        return profile
    return _from_first_edition(profile.grid, profile.first_edition, profile.base, like)


def _from_first_edition(grid: Grid, first: FirstEdition, base: Base, like: Rules | None) -> Profile:
    rules = rules_in_edition_2(first.rules, like)
    numbers = base.colleges, base.respondents, base.counts
    return Profile(grid, rules, base_from(grid, *numbers, first.cells, base.family_n, rules), first_edition=first)


def profile_from_document(document: Mapping[str, Any], grid: Grid, like: Rules | None = None) -> Profile:
    """Return the profile, in edition 2, of a ``profile.json`` document of any edition; it can then be compared.

    ``grid`` is the grid that the document names. ``like`` has the rules of the later campaign, for the fields that a
    document of edition 1 lacks. Raises ``RulesError`` for rules that cannot be applied, and ``KeyError`` or
    ``ValueError`` for an invalid document.
    """
    rules = rules_from_document(document["rules"])
    respondents = dict(document["respondents"])
    colleges = tuple(respondents)
    counts = {(row["skill"], row["college"]): row["n"] for row in document["skills"]}
    numbers = {(row["family"], row["college"]): _number(row["n"]) for row in document["families"]}
    rows = [row for row in document["skills"] if row["published"]]
    if isinstance(rules, edition_1.Rules):
        tallies = {(row["skill"], row["college"]): _tally(row, grid, respondents) for row in rows}
        known = Base(colleges, respondents, counts, {}, numbers, {})
        return _from_first_edition(grid, FirstEdition(rules, tallies), known, like)
    cells = {(row["skill"], row["college"]): _cell(row, grid, respondents, rules) for row in rows}
    spreads = dict(_spreads(grid, colleges, cells, document["families"], rules))
    base = Base(colleges, respondents, counts, cells, numbers, spreads)
    series = {"families": document.get("hindsight"), "skills": document.get("hindsight_skills")}
    return Profile(grid, rules, base, hindsight_read=series if series["families"] is not None else None)  # type: ignore[arg-type]


def _number(n: int | str) -> int:
    return n if isinstance(n, int) else 0


def _tally(row: Mapping[str, Any], grid: Grid, respondents: Mapping[str, int | str]) -> SkillTally:
    """Return the counts of a cell from its published distribution."""
    people = int(respondents[row["college"]])
    silent = {name: round(row[name] * people) for name in ("unknown", "not_applicable", "unanswered")}
    return SkillTally(counts=tuple(row["distribution"]), lowest=grid.lowest, **silent)


def _cell(row: Mapping[str, Any], grid: Grid, respondents: Mapping[str, int | str], rules: Rules) -> Cell:
    if not is_small(row["n"], rules):
        return cell_of(_tally(row, grid, respondents), rules)
    mean = Fraction(round(exact(row["mean"]) * row["n"]), row["n"])
    return Cell(row["n"], mean, int(respondents[row["college"]]), None)


def _spreads(
    grid: Grid,
    colleges: Iterable[str],
    cells: Mapping[Place, Cell],
    rows: Iterable[Mapping[str, Any]],
    rules: Rules,
) -> list[tuple[Place, Spread]]:
    written = {(row["family"], row["college"]): row["spread"] for row in rows}
    found = []
    for college in colleges:
        own = {skill: cell for (skill, owner), cell in cells.items() if owner == college}
        for family in grid.families if college != WORKSHOP else ():
            weights = use_of(family, own, rules).weights
            if weights:
                spread = _spread(weights, own, written[family.code, college], len(grid.levels), rules)
                found += [((family.code, college), spread)] if spread else []
    return found


def _spread(
    weights: Mapping[str, Fraction], cells: Mapping[str, Cell], written: float | None, levels: int, rules: Rules
) -> Spread | None:
    """Return the exact spread of a family, from the details in the document, or the step nearest to the one written."""
    rule = spread_rule((cells[skill].n for skill in weights), (cell.n for cell in cells.values()), rules)
    if rule in (2, 4):
        return None if written is None else Spread(_nearest_written(written, levels, rules), rule)
    detailed = {skill: cell.detail for skill, cell in cells.items() if cell.detail is not None}
    known = {skill: weight for skill, weight in weights.items() if skill in detailed}
    if rule in (1, 3):
        return Spread(spread_of(known, detailed, levels, rules).square, rule)
    floor = default_square(levels, rules)
    return Spread(max(mean_variance(detailed.values()), floor) if rule == 5 else floor, rule)


def _nearest_written(written: float, levels: int, rules: Rules) -> Fraction:
    possible = [Fraction((levels - 1) * place, 8) ** 2 for place in range(1, 5)] + [default_square(levels, rules)]
    return min(possible, key=lambda square: abs(float(square) - written**2))
