"""Step 5 of the method: a family seen by the whole territory, from its published colleges."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from scoring.families import FamilyScore
from scoring.rules import Rules, Weighting
from scoring.student import Estimate, combine


@dataclass(frozen=True)
class TerritoryScore:
    """A family for the territory. ``weights`` sums to 1; ``estimate`` is ``None`` when hidden."""

    colleges: int
    weights: Mapping[str, Fraction]
    estimate: Estimate | None


def territory_score(scores: Mapping[str, FamilyScore], rules: Rules, weighting: Weighting) -> TerritoryScore:
    """The mean of the published colleges, hidden when there are too few of them.

    ``scores`` has one entry per college of the campaign (no workshop).
    """
    known = {college: score for college, score in scores.items() if score.estimate is not None}
    if len(known) < rules.colleges_needed(len(scores)):
        return TerritoryScore(len(known), {}, None)
    weights, estimate = mean_of_colleges(known, weighting)
    return TerritoryScore(len(known), weights, estimate)


def mean_of_colleges(scores: Mapping[str, FamilyScore], weighting: Weighting) -> tuple[dict[str, Fraction], Estimate]:
    """The mean of published colleges, each counting the same (``equal``) or by its respondents (``heads``).

    Returns the share of each, and the mean with its variance Σ W²·var, the colleges being independent samples.
    """
    heads = {college: score.n if weighting == "heads" else 1 for college, score in scores.items()}
    weights = {college: Fraction(count, sum(heads.values())) for college, count in heads.items()}
    terms = [(weights[college], score.estimate) for college, score in scores.items() if score.estimate is not None]
    return weights, combine(terms)
