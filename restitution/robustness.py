"""What the conclusions depend on: each score without one college or under the other weighting, and when it matters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from restitution.language import gettext as _
from restitution.numbers import decimal, figure
from restitution.radar import Axis, axes_of
from restitution.rows import rows
from restitution.weightings import Weighted, weighted

if TYPE_CHECKING:
    from scoring import Profile


@dataclass(frozen=True)
class Sturdiness:
    """One family: under both weightings, and how far it moves when one college is left out."""

    axis: Axis
    weighted: Weighted
    low: float | None
    high: float | None

    @property
    def texts(self) -> tuple[str, ...]:
        """Equal colleges, equal people, their difference, and the range without one college."""
        if self.low is None or self.high is None:
            return (*self.weighted.texts, "–")
        return (*self.weighted.texts, _("%(low)s à %(high)s", low=decimal(self.low), high=decimal(self.high)))


def sturdiness(profile: Profile) -> list[Sturdiness]:
    """Every family of the profile."""
    import scoring  # pandas loads only where it is needed

    without: dict[str, list[float]] = {axis.code: [] for axis in axes_of(profile.grid)}
    for row in rows(scoring.robustness(profile)):
        score = figure(row["score"])
        if row["alternative"].startswith("sans:") and score is not None:
            without[row["family"]].append(score)
    return [
        Sturdiness(one.axis, one, min(without[one.axis.code], default=None), max(without[one.axis.code], default=None))
        for one in weighted(profile)
    ]


def dependences(profile: Profile, before: Profile | None = None) -> list[str]:
    """The conclusions that another way of counting would change, as sentences; first the verdicts since ``before``."""
    import scoring
    from grille import IncomparableGridsError

    try:
        verdicts = scoring.change_dependences(scoring.compare(before, profile)) if before else []
    except IncomparableGridsError:
        verdicts = []
    return [_typeset(found.sentence) for found in [*verdicts, *scoring.dependences(profile)]]


def _typeset(sentence: str) -> str:
    """The spaces that French keeps together, in sentences written without them."""
    for plain, kept in (("« ", "«\u00a0"), (" »", "\u00a0»"), (" ;", "\u202f;"), (" :", "\u00a0:")):
        sentence = sentence.replace(plain, kept)
    return sentence
