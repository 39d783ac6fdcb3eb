"""« Pourquoi ce score ? »: the computation of a territory's score in words, with published figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from restitution.text.language import gettext as _
from restitution.text.numbers import decimal, decimal_text, decimals, share

if TYPE_CHECKING:
    from scoring import Profile
    from scoring.reading.explanation import Term


@dataclass(frozen=True)
class SkillPart:
    """A skill in a college's score: its weight within the college, and its mean."""

    title: str
    weight: str
    mean: str


@dataclass(frozen=True)
class CollegePart:
    """A college in the territory's score: its weight and its score."""

    label: str
    weight: str
    score: str
    contribution: str
    skills: tuple[SkillPart, ...]


@dataclass(frozen=True)
class Explanation:
    """The computation of a published score.

    ``exact`` has one more decimal than the score; the parts add up to it.
    """

    family: str
    score: str
    exact: str
    colleges: tuple[CollegePart, ...]
    equal: bool

    @property
    def sentences(self) -> list[str]:
        """The steps of the computation, in words."""
        return [
            self._mean_of_colleges,
            _("Le score d’un collège est la moyenne de ses savoir-faire publiés."),
            _("Celui d’un savoir-faire est la moyenne des niveaux choisis."),
            _("Ne pas répondre, ou répondre « je ne sais pas », ne compte jamais pour zéro."),
        ]

    @property
    def _mean_of_colleges(self) -> str:
        if len(self.colleges) == 1:
            return _("C’est le score du seul collège de la campagne.")
        weights = _("autant, quel que soit") if self.equal else _("selon")
        return _(
            "C’est la moyenne des %(n)s collèges publiés\u00a0: chacun compte %(weights)s son nombre de réponses.",
            n=len(self.colleges),
            weights=weights,
        )


def explanation(
    profile: Profile, family: str, labels: Mapping[str, str], *, compared: bool = False
) -> Explanation | None:
    """Return how the territory's score of that family is computed; ``None`` if it is not published.

    ``compared`` tells that a change is shown on the same page.
    """
    from scoring.display import largest_remainder  # pandas loads only where it is needed
    from scoring.errors import NotPublishedError
    from scoring.reading.explanation import explain

    try:
        terms = explain(profile, family)
    except NotPublishedError:
        return None
    places = decimals(len(profile.grid.levels))
    groups = [(code, list(group)) for code, group in groupby(terms, key=lambda term: term.college)]
    brought = [sum((term.contribution for term in group), Fraction(0)) for _code, group in groups]
    printed = largest_remainder(brought, places + 1)
    parts = [
        _college(profile, labels.get(code, code), group, shown)
        for (code, group), shown in zip(groups, printed, strict=True)
    ]
    title = next(known.title for known in profile.grid.families if known.code == family)
    score = sum(brought, Fraction(0))
    return Explanation(
        title,
        decimal(score, places + compared),
        decimal(score, places + 1),
        tuple(parts),
        profile.rules.weighting == "equal",
    )


def _college(profile: Profile, label: str, terms: list[Term], shown: Decimal) -> CollegePart:
    weight = sum((term.weight for term in terms), Fraction(0))
    contribution = sum((term.contribution for term in terms), Fraction(0))
    places = decimals(len(profile.grid.levels)) + 1
    skills = tuple(
        SkillPart(profile.grid.skill(term.skill).title, _part(term.weight / weight), decimal(term.value, places))
        for term in terms
    )
    return CollegePart(label, _part(weight), decimal(contribution / weight, places), decimal_text(shown), skills)


def _part(weight: Fraction) -> str:
    """Return a weight in words: a simple fraction if it is one, else a percentage."""
    return f"{weight.numerator}/{weight.denominator}" if weight.denominator <= 12 else share(float(weight))
