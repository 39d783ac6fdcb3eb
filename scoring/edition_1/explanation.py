"""Explanation of a score: terms, one per published cell, whose sum is exactly the published figure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from grille.messages import message as _
from scoring.edition_1.change import Comparison, compare
from scoring.edition_1.profile import TERRITORY, Profile
from scoring.edition_1.rules import Weighting
from scoring.edition_1.scores import FamilyScore
from scoring.errors import NotPublishedError

Side = Literal["before", "after"]
_SIDES: Final[tuple[Side, Side]] = ("before", "after")
_ALONE: Final = Fraction(1)


@dataclass(frozen=True)
class Term:
    """The part of a published cell in a score: ``value`` is its mean, in levels, and ``weight`` its weight.

    >>> Term("elus", "COO-1", weight=Fraction(1, 3), value=Fraction(5, 2)).contribution
    Fraction(5, 6)
    """

    college: str
    skill: str
    weight: Fraction
    value: Fraction

    @property
    def contribution(self) -> Fraction:
        """What the term adds to the score, in levels: weight × value."""
        return self.weight * self.value


@dataclass(frozen=True)
class ChangeTerm(Term):
    """The part of a published cell in a change; the cells of the earlier campaign have negative weights."""

    campaign: Side


def explain(
    profile: Profile, family: str, college: str | None = None, weighting: Weighting | None = None
) -> list[Term]:
    """Return the terms of a family's score, for a college or (by default) for the territory.

    The sum of their weights is exactly 1, the sum of their contributions exactly the score (they are fractions). The
    territory follows the profile's own weighting unless another is given. Raises ``NotPublishedError`` when the score
    is hidden.

    >>> import pandas as pd
    >>> from grille import current
    >>> from scoring.edition_1 import profile
    >>> answers = pd.DataFrame({"college": ["elus"] * 5} | {f"COO-{place}": [place] * 5 for place in (1, 2, 3)})
    >>> found = profile(answers, current())
    >>> terms = explain(found, "COO", "elus")
    >>> [(term.skill, str(term.weight), int(term.value)) for term in terms]
    [('COO-1', '1/3', 1), ('COO-2', '1/3', 2), ('COO-3', '1/3', 3)]
    >>> sum(term.contribution for term in terms) == found.score("COO", "elus")
    True
    """
    profile.estimate(family, college, weighting)
    whole = college is None or college == TERRITORY
    shares = profile.of_territory(family, weighting).weights if whole else {str(college): _ALONE}
    scores = {name: profile.scores[family, name] for name in shares}
    return [
        Term(name, skill, weight, profile.cells[skill, name].mean)
        for name, skill, weight in _cell_weights(shares, scores)
    ]


def explain_change(
    before: Profile, after: Profile, family: str, college: str | None = None, weighting: Weighting | None = None
) -> list[ChangeTerm]:
    """Return the terms of a family's change between two campaigns; the sum of their contributions is exactly ``delta``.

    Those of the later campaign add up to ``after``, those of the earlier one to −``before``. Raises
    ``NotPublishedError`` when the two cannot be compared.

    >>> import pandas as pd
    >>> from grille import current
    >>> from scoring.edition_1 import profile
    >>> campaigns = [pd.DataFrame({"college": ["elus"] * 5} | {f"COO-{place}": [level] * 5 for place in (1, 2, 3)})
    ...          for level in (1, 3)]
    >>> terms = explain_change(*(profile(campaign, current()) for campaign in campaigns), "COO", "elus")
    >>> [(term.campaign, str(term.contribution)) for term in terms[::3]], sum(term.contribution for term in terms)
    ([('before', '-1/3'), ('after', '1')], Fraction(2, 1))
    """
    comparison = compare(before, after, weighting=weighting)
    place = college or TERRITORY
    if comparison.estimates(family, place) is None:
        asked = {"family": family, "place": place}
        raise NotPublishedError(
            [
                _(
                    "«\u00a0%(family)s\u00a0», «\u00a0%(place)s\u00a0» ne se compare pas d’une campagne à l’autre.",
                    **asked,
                )
            ]
        )
    return [
        *_change_terms(comparison, family, place, side=0, sign=-1),
        *_change_terms(comparison, family, place, side=1, sign=1),
    ]


def _change_terms(comparison: Comparison, family: str, place: str, side: int, sign: int) -> Iterator[ChangeTerm]:
    profile = (comparison.before, comparison.after)[side]
    shares = comparison.territory(family)[side].weights if place == TERRITORY else {place: _ALONE}
    scores = {name: comparison.pairs[family, name][side] for name in shares}
    for name, skill, weight in _cell_weights(shares, scores):
        yield ChangeTerm(name, skill, sign * weight, profile.cells[skill, name].mean, _SIDES[side])


def _cell_weights(
    shares: Mapping[str, Fraction], scores: Mapping[str, FamilyScore]
) -> Iterator[tuple[str, str, Fraction]]:
    """Yield each cell with its weight in the whole: the share of its college times the weight of its skill."""
    for college, share in shares.items():
        for skill, weight in scores[college].weights.items():
            yield college, skill, share * weight
