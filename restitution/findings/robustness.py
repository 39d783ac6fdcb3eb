"""What the conclusions depend on: each score without one college or under the other weighting, and when it matters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from restitution.chart_data.radar import Axis, axes_of, level_word
from restitution.chart_data.rows import rows
from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from restitution.text.numbers import decimal, number_or_none, signed
from restitution.text.sentences import listed

if TYPE_CHECKING:
    from scoring.edition_1 import Profile


@dataclass(frozen=True)
class Robustness:
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


def robustness_by_family(profile: Profile) -> list[Robustness]:
    """Every family of the profile."""
    from scoring import edition_1 as scoring  # pandas loads only where it is needed

    without: dict[str, list[float]] = {axis.code: [] for axis in axes_of(profile.grid)}
    for row in rows(scoring.robustness(profile)):
        score = number_or_none(row["score"])
        if row["alternative"].startswith("sans:") and score is not None:
            without[row["family"]].append(score)
    return [
        Robustness(one.axis, one, min(without[one.axis.code], default=None), max(without[one.axis.code], default=None))
        for one in weighted(profile)
    ]


def sensitivities(profile: Profile, before: Profile | None = None) -> list[str]:
    """The conclusions that another way of counting would change, as sentences; first the verdicts since ``before``."""
    from grille import IncomparableGridsError
    from scoring import edition_1 as scoring

    try:
        verdicts = scoring.change_sensitivities(scoring.compare(before, profile)) if before else []
    except IncomparableGridsError:
        verdicts = []
    return [_typeset(found.sentence) for found in [*verdicts, *scoring.sensitivities(profile)]]


def _typeset(sentence: str) -> str:
    """The spaces that French keeps together, in sentences written without them."""
    for plain, kept in (("« ", "«\u00a0"), (" »", "\u00a0»"), (" ;", "\u202f;"), (" :", "\u00a0:")):
        sentence = sentence.replace(plain, kept)
    return sentence


@dataclass(frozen=True)
class Weighted:
    """One family under both weightings; ``None`` when it is not published."""

    axis: Axis
    equal: float | None
    heads: float | None
    difference: float | None
    changes_level: bool = False

    @property
    def texts(self) -> tuple[str, str, str]:
        """Equal colleges, equal people, and the difference."""
        if self.equal is None or self.heads is None or self.difference is None:
            return "–", "–", "–"
        return decimal(self.equal), decimal(self.heads), signed(self.difference)


def weighted(profile: Profile) -> list[Weighted]:
    """Every family under both weightings."""
    known = {row["family"]: row for row in rows(profile.weightings)}
    return [_weighted(axis, known[axis.code], profile) for axis in axes_of(profile.grid)]


def _weighted(axis: Axis, row: dict[str, object], profile: Profile) -> Weighted:
    equal, heads, difference = (number_or_none(row[name]) for name in ("equal", "heads", "difference"))
    if equal is None or heads is None:
        return Weighted(axis, None, None, None)
    moved = level_word(equal, profile.grid.levels) != level_word(heads, profile.grid.levels)
    return Weighted(axis, equal, heads, difference, moved)


def sentence(found: Sequence[Weighted]) -> str:
    """What would change if each person counted the same, rather than each college."""
    differences = [abs(one.difference) for one in found if one.difference is not None]
    if not differences:
        return _("Aucun score de territoire n’est publié\u00a0: il n’y a rien à comparer.")
    moved = [one.axis.title for one in found if one.changes_level]
    if moved:
        said = ngettext(
            "%(families)s changerait de niveau",
            "%(families)s changeraient de niveau",
            len(moved),
            families=listed(moved),
        )
        return _(
            "Si chaque personne comptait autant, et non chaque collège, %(said)s\u00a0: "
            "cette conclusion dépend du poids donné aux collèges.",
            said=said,
        )
    return _(
        "Si chaque personne comptait autant, et non chaque collège, aucune famille ne changerait de niveau\u202f; "
        "aucun score ne bougerait de plus de %(most)s.",
        most=decimal(max(differences)),
    )
