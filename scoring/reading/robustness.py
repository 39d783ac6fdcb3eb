"""Robustness of conclusions: the same figures without one college, or with the other weighting (method § 10).

Levels and ranks are read from scores as displayed, so that no sentence contradicts the figures beside it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import pandas as pd

from grille.enumerations import listed
from grille.messages import Message, counted, message
from grille.messages import message as _
from scoring import edition_1
from scoring import tables as frames
from scoring.change import Comparison
from scoring.display import decimals, level_words, score_shown
from scoring.formulas.judgement import TERRITORY
from scoring.formulas.scores import FamilyFigures, mean_of_colleges
from scoring.profile import Profile
from scoring.rules import Weighting

_Said = Callable[[Sequence[str], Message], Message]
_FEWEST: Final = 2
_OTHER: Final[Mapping[Weighting, Weighting]] = {"equal": "heads", "heads": "equal"}


@dataclass(frozen=True)
class Alternative(edition_1.Alternative):
    """Another way to compute the territory's score: without one college, or with another weighting."""

    @property
    def code(self) -> str:
        """The code of the alternative in tables: a weighting, or ``sans:<college>``."""
        return f"sans:{self.without}" if self.without else self.weighting


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
    score), in levels, `level` (in words, from the score as displayed), `same_level`. A college is left out only where
    two others remain.

    >>> from grille import current
    >>> from scoring import profile
    >>> answers = pd.DataFrame({"college": ["elus", "agents", "habitants"] * 5}
    ...                        | {f"COO-{place}": [3, 1, 2] * 5 for place in (1, 2, 3)})
    >>> robustness(profile(answers, current()))[["family", "alternative", "score", "same_level"]]
      family     alternative  score  same_level
    0    COO           heads    2.0        True
    1    COO       sans:elus    1.5       False
    2    COO     sans:agents    2.5       False
    3    COO  sans:habitants    2.0        True
    """
    rows = [
        _row(profile, family.code, alternative, score)
        for family in profile.grid.families
        for alternative, score in _alternatives(profile, family.code).items()
    ]
    return frames.build(rows, frames.ROBUSTNESS)


def sensitivities(profile: Profile, *, compared: bool = False) -> list[Sensitivity]:
    """Return the conclusions of a profile that an alternative would change: levels, weakest and strongest families.

    With ``compared`` (a change is shown on the same page), scores are read with one more decimal.
    """
    ends = (_extremes(profile, _weakest, min, compared), _extremes(profile, _strongest, max, compared))
    return [*_levels(profile, compared), *(one for found in ends for one in found)]


def change_sensitivities(comparison: Comparison) -> list[Sensitivity]:
    """Return the words on the territory's changes that an alternative would change, at the confidence of their rows."""
    return [found for family in comparison.after.grid.families for found in _verdicts(comparison, family.code)]


def _row(profile: Profile, family: str, alternative: Alternative, score: Fraction) -> frames.Row:
    usual, level = profile.score(family), level_words(profile.grid, score)
    return {
        "family": family,
        "alternative": alternative.code,
        "score": float(score),
        "difference": float(score - usual),
        "level": level,
        "same_level": level == level_words(profile.grid, usual),
    }


def _alternatives(profile: Profile, family: str) -> dict[Alternative, Fraction]:
    """Return the alternatives to the score of a family, by alternative; none when it is hidden."""
    colleges = list(profile.of_territory(family).weights)
    scores = {college: profile.scores[family, college] for college in colleges}
    return {
        alternative: value
        for alternative, rest in _ways(colleges, profile.rules.weighting)
        if (value := _mean(scores, rest, alternative.weighting)) is not None
    }


def _ways(colleges: list[str], weighting: Weighting) -> Iterator[tuple[Alternative, list[str]]]:
    """Yield each alternative with the colleges that it keeps; none if the territory is hidden."""
    if colleges:
        yield Alternative(_OTHER[weighting]), colleges
    for left_out in colleges if len(colleges) > _FEWEST else ():
        yield Alternative(weighting, left_out), [college for college in colleges if college != left_out]


def _mean(scores: Mapping[str, FamilyFigures], colleges: list[str], weighting: Weighting) -> Fraction | None:
    return mean_of_colleges({college: scores[college] for college in colleges}, weighting).score


def _levels(profile: Profile, compared: bool) -> Iterator[Sensitivity]:
    grid = profile.grid
    places = decimals(len(grid.levels)) + compared
    for family in grid.families:
        for alternative, score in _alternatives(profile, family.code).items():
            said, otherwise = (level_words(grid, one, places) for one in (profile.score(family.code), score))
            if otherwise != said:
                sentence = _(
                    "%(family)s est %(said)s\u202f; %(alternative)s, ce serait %(otherwise)s.",
                    family=family.title,
                    said=_at(said),
                    alternative=alternative.phrase(grid),
                    otherwise=_at(otherwise),
                )
                yield Sensitivity(family.code, alternative, said, otherwise, sentence)


def _at(level: str) -> str:
    """Return words for the position of a score: at a level, or between two."""
    return level if isinstance(level, Message) else _("au niveau «\u00a0%(level)s\u00a0»", level=level)


def _extremes(profile: Profile, say: _Said, extreme: Callable[..., Decimal], compared: bool) -> Iterator[Sensitivity]:
    """Yield the alternatives under which the weakest (or strongest) family, as displayed, is no longer the same."""
    families = [family.code for family in profile.grid.families if profile.published(family.code)]
    usual = {family: score_shown(profile.score(family), profile.grid, compared) for family in families}
    said = _holders(profile, usual, extreme) if len(families) > 1 else []
    for alternative in _shared_alternatives(profile, families) if said else ():
        scores = {family: _as_displayed(profile, family, alternative, compared) for family in families}
        otherwise = _holders(profile, scores, extreme)
        if said != otherwise:
            sentence = say(said, _would_be(alternative.phrase(profile.grid), otherwise))
            yield Sensitivity(TERRITORY, alternative, listed(said), listed(otherwise), sentence)


def _weakest(titles: Sequence[str], otherwise: Message) -> Message:
    return counted(
        "La famille la plus faible est %(said)s\u202f; %(otherwise)s.",
        "Les familles les plus faibles sont %(said)s\u202f; %(otherwise)s.",
        len(titles),
        said=listed(titles),
        otherwise=otherwise,
    )


def _strongest(titles: Sequence[str], otherwise: Message) -> Message:
    return counted(
        "La famille la plus avancée est %(said)s\u202f; %(otherwise)s.",
        "Les familles les plus avancées sont %(said)s\u202f; %(otherwise)s.",
        len(titles),
        said=listed(titles),
        otherwise=otherwise,
    )


def _would_be(alternative: Message, titles: Sequence[str]) -> Message:
    """Return which families would be there instead, in words that agree with how many they are."""
    return counted(
        "%(alternative)s, ce serait %(families)s",
        "%(alternative)s, ce seraient %(families)s",
        len(titles),
        alternative=alternative,
        families=listed(titles),
    )


def _shared_alternatives(profile: Profile, families: list[str]) -> Iterator[Alternative]:
    """Yield the other weighting, then each college whose families all keep two other colleges without it."""
    weighting = profile.rules.weighting
    yield Alternative(_OTHER[weighting])
    shares = [profile.of_territory(family).weights for family in families]
    for college in profile.colleges:
        concerned = [weights for weights in shares if college in weights]
        if concerned and all(len(weights) > _FEWEST for weights in concerned):
            yield Alternative(weighting, college)


def _as_displayed(profile: Profile, family: str, alternative: Alternative, compared: bool) -> Decimal:
    """Return the family's score under the alternative; its own score where the college takes no part in it."""
    score = _alternatives(profile, family).get(alternative, profile.score(family))
    return score_shown(score, profile.grid, compared)


def _holders(profile: Profile, scores: Mapping[str, Any], extreme: Callable[..., Decimal]) -> list[str]:
    """Return the titles of the weakest (or strongest) families, several when their scores are equal."""
    best = extreme(scores.values())
    return [family.title for family in profile.grid.families if scores.get(family.code) == best]


def _verdicts(comparison: Comparison, family: str) -> Iterator[Sensitivity]:
    row, grid = comparison.row(family), comparison.after.grid
    if row.verdict is None or row.confidence is None:
        return
    title = next(known.title for known in grid.families if known.code == family)
    colleges = list(comparison.territory(family)[1].weights)
    for alternative, rest in _ways(colleges, comparison.weighting):
        if all(comparison.voluntary(college) for college in rest):
            continue
        measure = comparison.measure(family, rest, alternative.weighting)
        otherwise = comparison.page.word(measure, row.confidence)
        if otherwise != row.verdict:
            sentence = _(
                "%(family)s\u00a0: «\u00a0%(verdict)s\u00a0»\u202f; %(alternative)s, ce serait "
                "«\u00a0%(otherwise)s\u00a0».",
                family=title,
                verdict=message(row.verdict),
                alternative=alternative.phrase(grid),
                otherwise=message(otherwise),
            )
            yield Sensitivity(family, alternative, row.verdict, otherwise, sentence)
