"""Robustness of conclusions: the same figures without one college, or with the other weighting."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import pandas as pd

from grille.enumerations import listed
from grille.grid import Grid
from grille.messages import Message, marked, message
from grille.messages import message as _
from scoring.edition_1 import tables as frames
from scoring.edition_1.change import Comparison, difference, verdict
from scoring.edition_1.estimates import Estimate
from scoring.edition_1.profile import TERRITORY, Profile
from scoring.edition_1.rules import Weighting
from scoring.edition_1.scores import FamilyScore, mean_of_colleges
from scoring.levels import nearest_level

_FEWEST: Final = 2
_OTHER: Final[Mapping[Weighting, Weighting]] = {"equal": "heads", "heads": "equal"}


@dataclass(frozen=True)
class Alternative:
    """Another way to compute the territory's score: without one college, or with another weighting."""

    weighting: Weighting
    without: str | None = None

    def phrase(self, grid: Grid) -> Message:
        """Return the alternative in French words, to begin a sentence with."""
        if self.without is not None:
            return _("sans le collège «\u00a0%(college)s\u00a0»", college=grid.college(self.without).label)
        if self.weighting == "heads":
            return _("si chaque répondant comptait autant")
        return _("si chaque collège comptait autant")


@dataclass(frozen=True)
class Sensitivity:
    """A conclusion that an alternative changes: its subject, what it says, and what it would say otherwise."""

    about: str
    alternative: Alternative
    said: str
    otherwise: str
    sentence: Message


def robustness(profile: Profile) -> pd.DataFrame:
    """Return how each family's published score changes: a row per family and alternative.

    Columns: `family, alternative` (``equal``, ``heads`` or ``sans:<college>``), `score, difference` (from the published
    score), in levels, `level` (the label of the nearest level), `same_level`. A college is left out only where two
    others remain.

    >>> from grille import current
    >>> from scoring.edition_1 import profile
    >>> answers = pd.DataFrame({"college": ["elus", "agents", "habitants"] * 5}
    ...                        | {f"COO-{place}": [3, 1, 2] * 5 for place in (1, 2, 3)})
    >>> robustness(profile(answers, current()))[["family", "alternative", "score", "same_level"]]
      family     alternative  score  same_level
    0    COO           heads    2.0        True
    1    COO       sans:elus    1.5        True
    2    COO     sans:agents    2.5       False
    3    COO  sans:habitants    2.0        True
    """
    rows = [
        _row(profile, family.code, alternative, estimate)
        for family in profile.grid.families
        for alternative, estimate in _alternatives(profile, family.code)
    ]
    return frames.build(rows, frames.ROBUSTNESS)


def sensitivities(profile: Profile) -> list[Sensitivity]:
    """Return the conclusions of a profile that an alternative would change: levels, weakest and strongest families."""
    weakest = marked("La famille la plus faible est %(said)s\u202f; %(alternative)s, ce serait %(otherwise)s.")
    strongest = marked("La famille la plus avancée est %(said)s\u202f; %(alternative)s, ce serait %(otherwise)s.")
    return [*_levels(profile), *_extremes(profile, weakest, min), *_extremes(profile, strongest, max)]


def change_sensitivities(comparison: Comparison) -> list[Sensitivity]:
    """Return the verdicts on the territory's changes that an alternative would change."""
    return [found for family in comparison.after.grid.families for found in _verdicts(comparison, family.code)]


def _row(profile: Profile, family: str, alternative: Alternative, estimate: Estimate) -> frames.Row:
    usual = profile.score(family)
    level = nearest_level(profile.grid, estimate.value)
    return {
        "family": family,
        "alternative": f"sans:{alternative.without}" if alternative.without else alternative.weighting,
        "score": float(estimate.value),
        "difference": float(estimate.value - usual),
        "level": level.label,
        "same_level": level == nearest_level(profile.grid, usual),
    }


def _alternatives(profile: Profile, family: str) -> Iterator[tuple[Alternative, Estimate]]:
    """Yield the alternatives to the score of a family; none when it is hidden."""
    if profile.of_territory(family).estimate is not None:
        scores = {college: profile.scores[family, college] for college in profile.colleges}
        yield from _recomputed(scores, profile.rules.weighting)


def _recomputed(scores: Mapping[str, FamilyScore], weighting: Weighting) -> Iterator[tuple[Alternative, Estimate]]:
    known = {college: score for college, score in scores.items() if score.estimate is not None}
    yield Alternative(_OTHER[weighting]), mean_of_colleges(known, _OTHER[weighting])[1]
    for left_out in known if len(known) > _FEWEST else ():
        rest = {college: score for college, score in known.items() if college != left_out}
        yield Alternative(weighting, left_out), mean_of_colleges(rest, weighting)[1]


def _levels(profile: Profile) -> Iterator[Sensitivity]:
    for family in profile.grid.families:
        for alternative, estimate in _alternatives(profile, family.code):
            said = nearest_level(profile.grid, profile.score(family.code)).label
            otherwise = nearest_level(profile.grid, estimate.value).label
            if otherwise != said:
                sentence = _(
                    "%(family)s est au niveau «\u00a0%(said)s\u00a0»\u202f; %(alternative)s, ce serait "
                    "«\u00a0%(otherwise)s\u00a0».",
                    family=family.title,
                    said=said,
                    alternative=alternative.phrase(profile.grid),
                    otherwise=otherwise,
                )
                yield Sensitivity(family.code, alternative, said, otherwise, sentence)


def _extremes(profile: Profile, code: str, extreme: Callable[..., Fraction]) -> Iterator[Sensitivity]:
    """Yield the alternatives under which the weakest (or strongest) family is no longer the same."""
    usual = {
        family.code: profile.score(family.code) for family in profile.grid.families if _shown(profile, family.code)
    }
    moved: dict[Alternative, dict[str, Fraction]] = defaultdict(lambda: dict(usual))
    for family in usual:
        for alternative, estimate in _alternatives(profile, family):
            moved[alternative][family] = estimate.value
    for alternative, scores in moved.items() if len(usual) > 1 else ():
        said, otherwise = _holders(profile, usual, extreme), _holders(profile, scores, extreme)
        if said != otherwise:
            sentence = message(code, said=said, alternative=alternative.phrase(profile.grid), otherwise=otherwise)
            yield Sensitivity(TERRITORY, alternative, said, otherwise, sentence)


def _shown(profile: Profile, family: str) -> bool:
    return profile.of_territory(family).estimate is not None


def _holders(profile: Profile, scores: Mapping[str, Fraction], extreme: Callable[..., Fraction]) -> str:
    """Return the titles of the weakest (or strongest) families, several when their scores are equal."""
    best = extreme(scores.values())
    return listed([family.title for family in profile.grid.families if scores.get(family.code) == best])


def _verdicts(comparison: Comparison, family: str) -> Iterator[Sensitivity]:
    rules, grid = comparison.after.rules, comparison.after.grid
    before, after = comparison.territory(family)
    if before.estimate is None or after.estimate is None:
        return
    said = verdict(difference(before.estimate, after.estimate), rules)
    title = next(known.title for known in grid.families if known.code == family)
    earlier, later = (
        _recomputed(
            {college: comparison.pairs[family, college][side] for college in after.weights}, comparison.weighting
        )
        for side in (0, 1)
    )
    for (alternative, was), (_same, now) in zip(earlier, later, strict=True):
        otherwise = verdict(difference(was, now), rules)
        if otherwise != said:
            sentence = _(
                "%(family)s\u00a0: «\u00a0%(verdict)s\u00a0»\u202f; %(alternative)s, ce serait "
                "«\u00a0%(otherwise)s\u00a0».",
                family=title,
                verdict=message(said),
                alternative=alternative.phrase(grid),
                otherwise=message(otherwise),
            )
            yield Sensitivity(family, alternative, said, otherwise, sentence)
