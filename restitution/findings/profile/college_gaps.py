"""The colleges side by side on one family: for each its score and interval, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from grille import Level
from restitution.chart_data.radar import Axis, Point, axes_of, point_of, score_rows
from restitution.chart_data.reasons import reason_of
from restitution.text.language import gettext as _
from restitution.text.numbers import (
    count,
    decimal,
    decimal_text,
    decimals,
    levels_in_words,
    number_or_none,
    respondents,
    rounded,
    share,
)

if TYPE_CHECKING:
    from scoring import Profile


# Colleges nearer than this share of the scale (half a level of five) see about the same; a title says nothing else.
ALIKE = Fraction(1, 8)


@dataclass(frozen=True)
class CollegeScore:
    """A college on one family: its name, number of answers in words, score, and interval or why there is none.

    ``ends`` are the interval's bounds as printed; ``spread`` is the dispersion of people, in levels; ``absent`` is the
    sentence about those who did not answer, for volunteers; ``coverage`` is the published share of the family's weight.
    ``answers`` says how many answered where no heading says what is counted; empty if the score is hidden.
    """

    code: str
    label: str
    n: str
    point: Point
    ends: tuple[Decimal, Decimal] | None = None
    margin_word: str = ""
    spread: str = ""
    absent: str = ""
    coverage: str = ""
    answers: str = ""

    @property
    def low(self) -> float | None:
        """The lower bound as a float, for drawing; None if there is no interval."""
        return None if self.ends is None else float(self.ends[0])

    @property
    def high(self) -> float | None:
        """The upper bound as a float, for drawing; None if there is no interval."""
        return None if self.ends is None else float(self.ends[1])

    @property
    def text(self) -> str:
        """The score as printed; empty if it is hidden."""
        return self.point.text

    @property
    def margin(self) -> str:
        """The interval in words, or why there is none; empty if the score is hidden."""
        if self.ends is None:
            return self.margin_word
        return _("%(low)s\u00a0à\u00a0%(high)s", low=decimal_text(self.ends[0]), high=decimal_text(self.ends[1]))

    @property
    def in_words(self) -> str:
        """The row as a sentence."""
        if self.point.value is None:
            return f"{self.label}\u00a0: {self.point.missing}"
        text = f"{self.label}\u00a0: {self.text} ({self.n})"
        return f"{text}, {self.margin}" if self.margin else text


@dataclass(frozen=True)
class CollegesOnFamily:
    """Every college of the campaign on one family, and the territory's score."""

    axis: Axis
    scores: tuple[CollegeScore, ...]
    territory: Point
    levels: tuple[Level, ...]
    margin: str = field(default="", kw_only=True)
    """The territory's interval, or why it has none."""

    @property
    def gap(self) -> tuple[Fraction, CollegeScore, CollegeScore] | None:
        """The widest difference of two published colleges: (levels, the higher, the lower); None if none."""
        known = sorted((_exact(score.point), i) for i, score in enumerate(self.scores) if score.point.value is not None)
        if len(known) < 2:
            return None
        return known[-1][0] - known[0][0], self.scores[known[-1][1]], self.scores[known[0][1]]


def _exact(point: Point) -> Fraction:
    return Fraction(repr(point.value)) if point.exact is None else point.exact


def colleges_by_family(
    profile: Profile, labels: Mapping[str, str], *, compared: bool = False
) -> list[CollegesOnFamily]:
    """Return one panel per family; ``labels`` names the colleges in order, without workshops.

    ``compared`` tells that a change is shown on the same page.
    """
    territory = score_rows(profile)
    columns = {code: score_rows(profile, code) for code in labels}
    return [
        CollegesOnFamily(
            axis,
            tuple(
                _score(code, label, columns[code].get(axis.code), profile, compared=compared)
                for code, label in labels.items()
            ),
            point_of(territory.get(axis.code), profile, compared=compared),
            profile.grid.levels,
            margin=margin_of(territory.get(axis.code), profile),
        )
        for axis in axes_of(profile.grid)
    ]


def _score(code: str, label: str, row: dict[str, Any] | None, profile: Profile, *, compared: bool) -> CollegeScore:
    point = point_of(row, profile, compared=compared)
    n = respondents(row["n"] if row else None, profile.rules.k)
    if row is None or point.value is None:
        return CollegeScore(code, label, n, point)
    size = profile.size(code)
    of = None if size is None else count(size)
    return CollegeScore(
        code,
        label,
        n if of is None else _("%(n)s sur %(size)s", n=n, size=of),
        point,
        _ends(row, profile),
        "" if number_or_none(row["low"]) is not None else reason_of(row, "low", profile),
        _spread(row, profile),
        absent_sentence(row, profile),
        share(row["coverage"]),
        _("%(n)s réponses", n=n) if of is None else _("%(n)s réponses sur %(size)s", n=n, size=of),
    )


def _ends(row: Mapping[str, Any], profile: Profile) -> tuple[Decimal, Decimal] | None:
    """Return the interval of a score as printed: rounded outwards, within the scale; None if there is none."""
    from scoring.display import interval_shown  # pandas loads only where it is needed

    low, high = number_or_none(row["low"]), number_or_none(row["high"])
    if low is None or high is None:
        return None
    return interval_shown(low, high, decimals(len(profile.grid.levels)), profile.grid)


def margin_of(row: Mapping[str, Any] | None, profile: Profile) -> str:
    """Return the interval of a row of ``families`` or ``territory`` in words, or why there is none."""
    if row is None or not row["published"]:
        return ""
    ends = _ends(row, profile)
    if ends is None:
        return reason_of(row, "low", profile)
    return _("%(low)s\u00a0à\u00a0%(high)s", low=decimal_text(ends[0]), high=decimal_text(ends[1]))


def _spread(row: Mapping[str, Any], profile: Profile) -> str:
    """Return the dispersion of people in words, in levels, or why it is not given."""
    spread = number_or_none(row["spread"])
    return (
        reason_of(row, "spread", profile) if spread is None else decimal(spread, decimals(len(profile.grid.levels)) + 1)
    )


def absent_sentence(row: Mapping[str, Any], profile: Profile) -> str:
    """Return how much those who did not answer must differ to change the level read; for volunteers only."""
    if row["college"] not in profile.rules.voluntary:
        return ""
    gap = number_or_none(row["absent"])
    if gap is None:
        return _no_gap(reason_of(row, "absent", profile))
    if gap == 0:
        return _("Le score est à mi-chemin de deux niveaux\u00a0: les absents peuvent le faire lire autrement.")
    absent = (profile.size(row["college"]) or 0) - row["n"]
    words = {"n": count(absent), "gap": levels_in_words(rounded(abs(gap), decimals(len(profile.grid.levels))))}
    if gap > 0:
        return _absent(absent, _("au-dessus de ceux qui ont répondu"), words)
    return _absent(absent, _("au-dessous de ceux qui ont répondu"), words)


def _absent(absent: int, where: str, words: Mapping[str, str]) -> str:
    if absent == 1:
        return _(
            "Pour que le niveau lu change, il faudrait que la personne absente soit %(gap)s %(where)s.",
            where=where,
            **words,
        )
    return _(
        "Pour que le niveau lu change, il faudrait que les %(n)s absents soient en moyenne %(gap)s %(where)s.",
        where=where,
        **words,
    )


def _no_gap(reason: str) -> str:
    if reason == _("effectif inconnu"):
        return _("Effectif inconnu\u00a0: rien ne dit ce que pensent ceux qui n’ont pas répondu.")
    return f"{reason[0].upper()}{reason[1:]}."


def divergence(panels: Sequence[CollegesOnFamily]) -> str:
    """Return a sentence on the widest gap between colleges, or on their agreement below ``ALIKE`` of the scale."""
    gaps = [(gap, panel) for panel in panels if (gap := panel.gap)]
    if not gaps:
        return _("Aucune famille n’est publiée pour deux collèges\u00a0: rien à comparer")
    (distance, high, low), widest = max(gaps, key=lambda one: one[0][0])
    if distance < ALIKE * (widest.levels[-1].value - widest.levels[0].value):
        return _("Les collèges publiés voient à peu près la même chose")
    return _(
        "C’est sur %(family)s que les regards s’écartent le plus\u00a0: %(high)s (%(up)s) et %(low)s (%(down)s)",
        family=widest.axis.title,
        high=high.label,
        up=high.text,
        low=low.label,
        down=low.text,
    )
