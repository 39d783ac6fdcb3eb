"""Why this score: the terms whose sum is exactly the published figure, down to the published cells."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from scoring.profile import TERRITORY, Profile
from scoring.rules import Weighting


@dataclass(frozen=True)
class Term:
    """One published cell's part in a score: the mean of a skill for a college, and how much it weighs.

    >>> Term("elus", "COO-1", weight=Fraction(1, 3), value=Fraction(5, 2)).contribution
    Fraction(5, 6)
    """

    college: str
    skill: str
    weight: Fraction
    value: Fraction

    @property
    def contribution(self) -> Fraction:
        """What the term adds to the score: weight × value."""
        return self.weight * self.value


def explain(
    profile: Profile, family: str, college: str | None = None, weighting: Weighting | None = None
) -> list[Term]:
    """The terms of a family's score, for a college or (by default) for the territory.

    Their weights sum to 1 and their contributions to the score, exactly: they are fractions, never rounded. The
    territory follows the profile's own weighting unless another is given. Raises ``NotPublishedError``.
    """
    profile.estimate(family, college, weighting)
    if college is None or college == TERRITORY:
        shares = profile.of_territory(family, weighting).weights
        return [term for name, share in shares.items() for term in _terms(profile, family, name, share)]
    return list(_terms(profile, family, college, Fraction(1)))


def _terms(profile: Profile, family: str, college: str, share: Fraction) -> Iterator[Term]:
    for skill, weight in profile.scores[family, college].weights.items():
        yield Term(college, skill, share * weight, profile.cells[skill, college].mean)
