"""Why this score: the sum behind a territory's figure, told in plain words and redone with published figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from restitution.text.language import gettext as _
from restitution.text.numbers import decimal, share

if TYPE_CHECKING:
    from scoring.edition_1 import Profile, Term


@dataclass(frozen=True)
class SkillPart:
    """A skill's part in a college's score: its weight within the college, and its mean."""

    title: str
    weight: str
    mean: str


@dataclass(frozen=True)
class CollegePart:
    """A college's part in the territory's score."""

    label: str
    weight: str
    score: str
    contribution: str
    skills: tuple[SkillPart, ...]


@dataclass(frozen=True)
class Explanation:
    """A published score taken apart; ``exact`` carries two decimals so that the sum can be redone by hand."""

    family: str
    score: str
    exact: str
    colleges: tuple[CollegePart, ...]
    equal: bool

    @property
    def sentences(self) -> list[str]:
        """The steps of the sum, in words."""
        weights = _("autant, quel que soit") if self.equal else _("selon")
        return [
            _(
                "C’est la moyenne des %(n)s collèges publiés : chacun compte %(weights)s son nombre de réponses.",
                n=len(self.colleges),
                weights=weights,
            ),
            _("Le score d’un collège est la moyenne de ses savoir-faire publiés."),
            _("Celui d’un savoir-faire est la moyenne des niveaux choisis."),
            _("Ne pas répondre, ou répondre « je ne sais pas », ne compte jamais pour zéro."),
        ]


def explanation(profile: Profile, family: str, labels: Mapping[str, str]) -> Explanation | None:
    """The territory's score of that family taken apart; ``None`` when it is not published."""
    from scoring import edition_1 as scoring  # pandas loads only where it is needed

    try:
        terms = scoring.explain(profile, family)
    except scoring.NotPublishedError:
        return None
    parts = [
        _college(profile, labels.get(code, code), list(group))
        for code, group in groupby(terms, key=lambda term: term.college)
    ]
    title = next(known.title for known in profile.grid.families if known.code == family)
    score = sum((term.contribution for term in terms), Fraction(0))
    return Explanation(
        title, decimal(float(score)), decimal(float(score), 2), tuple(parts), profile.rules.weighting == "equal"
    )


def _college(profile: Profile, label: str, terms: list[Term]) -> CollegePart:
    weight = sum((term.weight for term in terms), Fraction(0))
    contribution = sum((term.contribution for term in terms), Fraction(0))
    skills = tuple(
        SkillPart(profile.grid.skill(term.skill).title, _part(term.weight / weight), decimal(float(term.value), 2))
        for term in terms
    )
    return CollegePart(
        label, _part(weight), decimal(float(contribution / weight), 2), decimal(float(contribution), 2), skills
    )


def _part(weight: Fraction) -> str:
    """A weight as people say it: a simple fraction when it is one, else a percentage."""
    return f"{weight.numerator}/{weight.denominator}" if weight.denominator <= 12 else share(float(weight))
