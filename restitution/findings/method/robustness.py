"""What the conclusions depend on: scores without one college or under the other weighting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from restitution.chart_data.radar import Axis, axes_of, level_word
from restitution.chart_data.rows import rows
from restitution.text.language import gettext as _
from restitution.text.language import localized, ngettext
from restitution.text.numbers import decimal, decimal_text, decimals, rounded, with_sign
from restitution.text.sentences import listed

if TYPE_CHECKING:
    from scoring import Profile


@dataclass(frozen=True)
class Robustness:
    """A family under both weightings, and the range of its score when one college is left out, as printed."""

    axis: Axis
    weighted: Weighted
    low: str = ""
    high: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """The score with equal colleges, with equal people, their difference, the range without one college."""
        if not self.low:
            return (*self.weighted.texts, "–")
        return (*self.weighted.texts, _("%(low)s à %(high)s", low=self.low, high=self.high))


def robustness_by_family(profile: Profile, *, compared: bool = False) -> list[Robustness]:
    """Return every family of the profile; ``compared`` tells that a change is shown on the same page."""
    from scoring.reading.robustness import robustness  # pandas loads only where it is needed

    places = decimals(len(profile.grid.levels)) + 1
    without: dict[str, list[float]] = {axis.code: [] for axis in axes_of(profile.grid)}
    for row in rows(robustness(profile)):
        if row["alternative"].startswith("sans:"):
            without[row["family"]].append(row["score"])
    return [
        Robustness(one.axis, one, *(decimal(end(moved), places) for end in (min, max) if moved))
        for one in weighted(profile, compared=compared)
        for moved in (without[one.axis.code],)
    ]


def sensitivities(profile: Profile, before: Profile | None = None, *, compared: bool = False) -> list[str]:
    """Return the conclusions that another way of counting would change, as sentences.

    First the verdicts since ``before``, if given.
    """
    from restitution.findings.change.changes import comparison_of
    from scoring.reading.robustness import change_sensitivities
    from scoring.reading.robustness import sensitivities as of_profile

    comparison = comparison_of(before, profile) if before else None
    verdicts = change_sensitivities(comparison) if comparison else []
    return [localized(found.sentence) for found in [*verdicts, *of_profile(profile, compared=compared)]]


@dataclass(frozen=True)
class Weighted:
    """A family under both weightings, as printed; ``None`` if it is not published."""

    axis: Axis
    equal: Decimal | None = None
    heads: Decimal | None = None
    changes_level: bool = False

    @property
    def difference(self) -> Decimal | None:
        """The difference of the printed scores; None if one is missing."""
        return None if self.equal is None or self.heads is None else self.heads - self.equal

    @property
    def texts(self) -> tuple[str, str, str]:
        """The score with equal colleges, with equal people, and their difference."""
        if self.equal is None or self.heads is None or self.difference is None:
            return "–", "–", "–"
        return decimal_text(self.equal), decimal_text(self.heads), with_sign(self.difference)


def weighted(profile: Profile, *, compared: bool = False) -> list[Weighted]:
    """Return every family under both weightings; its level is that of the score as printed."""
    return [_weighted(axis, profile, compared) for axis in axes_of(profile.grid)]


def _weighted(axis: Axis, profile: Profile, compared: bool) -> Weighted:
    if not profile.published(axis.code):
        return Weighted(axis)
    scores: list[Fraction] = [profile.score(axis.code, weighting=weighting) for weighting in ("equal", "heads")]
    places, levels = decimals(len(profile.grid.levels)) + 1, profile.grid.levels
    moved = len({level_word(score, levels, places - 1 + compared) for score in scores}) > 1
    return Weighted(axis, rounded(scores[0], places), rounded(scores[1], places), moved)


def sentence(found: Sequence[Weighted], weighting: str = "equal") -> str:
    """Return what the other weighting would change, as a sentence; ``weighting`` is the campaign's own."""
    differences = [abs(one.difference) for one in found if one.difference is not None]
    if not differences:
        return _("Aucun score de territoire n’est publié\u00a0: il n’y a rien à comparer.")
    if weighting == "heads":
        otherwise = _("Si chaque collège comptait autant, et non chaque personne")
    else:
        otherwise = _("Si chaque personne comptait autant, et non chaque collège")
    moved = [one.axis.title for one in found if one.changes_level]
    if moved:
        moving = ngettext(
            "%(families)s changerait de niveau",
            "%(families)s changeraient de niveau",
            len(moved),
            families=listed(moved),
        )
        return _(
            "%(otherwise)s, %(said)s\u00a0: cette conclusion dépend du poids donné aux collèges.",
            otherwise=otherwise,
            said=moving,
        )
    return _(
        "%(otherwise)s, aucune famille ne changerait de niveau\u202f; aucun score ne bougerait de plus de %(most)s.",
        otherwise=otherwise,
        most=decimal_text(max(differences)),
    )
