"""Explanation of a score: terms whose sum is exactly the published figure, also as printed (method § 10)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal

from grille.messages import message as _
from scoring.change import Comparison, compare
from scoring.display import decimals, largest_remainder
from scoring.errors import NotPublishedError
from scoring.formulas.judgement import TERRITORY
from scoring.formulas.scores import FamilyFigures
from scoring.profile import Profile
from scoring.rules import Weighting

Side = Literal["before", "after"]
_SIDES: Final[tuple[Side, Side]] = ("before", "after")
_ALONE: Final = Fraction(1)


@dataclass(frozen=True)
class Term:
    """The part of a published cell in a score: ``value`` is its mean, in levels, and ``weight`` its weight.

    ``shown`` is its contribution as printed: those of a score add up to the score printed with d + 1 decimals.

    >>> Term("elus", "COO-1", weight=Fraction(1, 3), value=Fraction(5, 2), shown=Decimal("0.83")).contribution
    Fraction(5, 6)
    """

    college: str
    skill: str
    weight: Fraction
    value: Fraction
    shown: Decimal

    @property
    def contribution(self) -> Fraction:
        """What the term adds to the score, in levels: weight × value."""
        return self.weight * self.value


@dataclass(frozen=True)
class ChangeTerm(Term):
    """The part of a published cell in a change; the cells of the earlier campaign have negative weights."""

    campaign: Side


_Weighed = tuple[str, str, Fraction, Fraction]


def explain(
    profile: Profile, family: str, college: str | None = None, weighting: Weighting | None = None
) -> list[Term]:
    """Return the terms of a family's score, for a college or (by default) for the territory.

    The sum of their weights is exactly 1, the sum of their contributions exactly the score. The territory follows the
    profile's own weighting unless another is given. Raises ``NotPublishedError`` when the score is hidden.

    >>> import pandas as pd
    >>> from grille import current
    >>> from scoring import profile
    >>> answers = pd.DataFrame({"college": ["elus"] * 5} | {f"COO-{place}": [place] * 5 for place in (1, 2, 3)})
    >>> found = profile(answers, current())
    >>> terms = explain(found, "COO", "elus")
    >>> [(term.skill, str(term.weight), int(term.value), str(term.shown)) for term in terms]
    [('COO-1', '1/3', 1, '0.33'), ('COO-2', '1/3', 2, '0.67'), ('COO-3', '1/3', 3, '1.00')]
    >>> sum(term.contribution for term in terms) == found.score("COO", "elus")
    True
    """
    profile.score(family, college, weighting)
    whole = college in (None, TERRITORY)
    shares = profile.of_territory(family, weighting).weights if whole else {str(college): _ALONE}
    scores = {name: profile.scores[family, name] for name in shares}
    weighed = list(_weighed(profile, shares, scores))
    return [Term(*one, shown) for one, shown in zip(weighed, _shown(weighed, profile), strict=True)]


def explain_change(
    before: Profile, after: Profile, family: str, college: str | None = None, weighting: Weighting | None = None
) -> list[ChangeTerm]:
    """Return the terms of a family's change between two campaigns; the sum of their contributions is exactly ``delta``.

    Those of the later campaign add up to ``after``, those of the earlier one to −``before``, exactly and as printed.
    Raises ``NotPublishedError`` when the two cannot be compared.

    >>> import pandas as pd
    >>> from grille import current
    >>> from scoring import profile
    >>> campaigns = [pd.DataFrame({"college": ["elus"] * 5} | {f"COO-{place}": [level] * 5 for place in (1, 2, 3)})
    ...          for level in (1, 3)]
    >>> terms = explain_change(*(profile(campaign, current()) for campaign in campaigns), "COO", "elus")
    >>> [(term.campaign, str(term.shown)) for term in terms[::3]], sum(term.contribution for term in terms)
    ([('before', '-0.34'), ('after', '1.00')], Fraction(2, 1))
    """
    comparison, place = compare(before, after, weighting=weighting), college or TERRITORY
    known = {(row.family, row.place): row for row in comparison.rows}
    if (family, place) not in known or known[family, place].delta is None:
        asked = {"family": family, "place": place}
        raise NotPublishedError(
            [
                _(
                    "«\u00a0%(family)s\u00a0», «\u00a0%(place)s\u00a0» ne se compare pas d’une campagne à l’autre.",
                    **asked,
                )
            ]
        )
    return [*_change_terms(comparison, family, place, 0, -1), *_change_terms(comparison, family, place, 1, 1)]


def _change_terms(comparison: Comparison, family: str, place: str, side: int, sign: int) -> Iterator[ChangeTerm]:
    profile = (comparison.before, comparison.after)[side]
    shares = comparison.territory(family)[side].weights if place == TERRITORY else {place: _ALONE}
    scores = {name: comparison.pairs[family, name][side] for name in shares}
    weighed = list(_weighed(profile, shares, scores))
    for (name, skill, weight, mean), shown in zip(weighed, _shown(weighed, profile), strict=True):
        yield ChangeTerm(name, skill, sign * weight, mean, sign * shown, _SIDES[side])


def _weighed(
    profile: Profile, shares: Mapping[str, Fraction], scores: Mapping[str, FamilyFigures]
) -> Iterator[_Weighed]:
    """Yield each cell with its weight (the share of its college times that of its skill) and its mean."""
    for college, share in shares.items():
        for skill, weight in scores[college].weights.items():
            yield college, skill, share * weight, profile.cells[skill, college].mean


def _shown(weighed: Sequence[_Weighed], profile: Profile) -> tuple[Decimal, ...]:
    return largest_remainder([weight * mean for *_, weight, mean in weighed], decimals(profile.levels) + 1)
