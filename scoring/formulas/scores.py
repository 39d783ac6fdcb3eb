"""The scores of families and of the territory (method § 3), from base figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from scoring.rules import Rules, Weighting
from scoring.statistics.exact import total


@dataclass(frozen=True)
class FamilyFigures:
    """The figures of a family for a college.

    ``weights`` has the share a > 0 of each skill used, summing to 1; it is empty, and ``score`` is None, when the score
    is hidden. ``n`` is the number of people who gave a level to a published skill of the family, even of weight zero.
    """

    n: int
    coverage: Fraction
    weights: Mapping[str, Fraction]
    score: Fraction | None


@dataclass(frozen=True)
class TerritoryFigures:
    """The figures of a family for the territory: the number of published colleges, their shares, the score or None."""

    colleges: int
    weights: Mapping[str, Fraction]
    score: Fraction | None


def shares(n: Mapping[str, int], weighting: Weighting) -> dict[str, Fraction]:
    """Return the share of each college, summing to 1: the same (``equal``), or by its respondents (``heads``).

    >>> {college: str(share) for college, share in shares({"elus": 6, "agents": 10}, "heads").items()}
    {'elus': '3/8', 'agents': '5/8'}
    """
    heads = {college: count if weighting == "heads" else 1 for college, count in n.items()}
    return {college: Fraction(count, sum(heads.values())) for college, count in heads.items()}


def mean_of_colleges(scores: Mapping[str, FamilyFigures], weighting: Weighting) -> TerritoryFigures:
    """Return the mean of the published colleges among these, however few they are; its score is None without any."""
    known = {college: one.score for college, one in scores.items() if one.score is not None}
    weights = shares({college: scores[college].n for college in known}, weighting)
    score = total([weights[college] * value for college, value in known.items()]) if known else None
    return TerritoryFigures(len(known), weights, score)


def territory_of(
    scores: Mapping[str, FamilyFigures], campaign: int, rules: Rules, weighting: Weighting
) -> TerritoryFigures:
    """Return the mean of the published colleges, hidden when they are too few for ``campaign`` colleges in all."""
    found = mean_of_colleges(scores, weighting)
    if found.colleges < rules.colleges_needed(campaign):
        return TerritoryFigures(found.colleges, {}, None)
    return found
