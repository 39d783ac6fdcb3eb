"""The precision of a score, from published figures only (method § 5): its variance V, degrees of freedom, interval."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from scoring.formulas.spread import Spread
from scoring.rules import Rules
from scoring.statistics.exact import exact, total
from scoring.statistics.student import Part, root, two_sided, welch
from scoring.words import INTERVAL


@dataclass(frozen=True)
class Precision:
    """The factors of a margin, t × √(v × g × (h − 1/N)), with which anybody can compute it again.

    ``v`` is the squared spread with random answers added, in levels²; ``g`` accounts for a person's answers being
    alike; ``h`` = Σ a/n; ``size`` is the N that counts, or None. ``V``, in levels², follows from them. All are exact.
    """

    v: Fraction
    g: Fraction
    h: Fraction
    nu: Fraction
    size: int | None = None

    @property
    def n_tilde(self) -> Fraction:
        """ñ = 1/h, the weighted harmonic mean of the numbers of answers."""
        return 1 / self.h

    @cached_property
    def V(self) -> Fraction:  # noqa: N802 — the letter of the method
        """The variance V = v · g · max(0, h − 1/N), in levels²."""
        absent = Fraction(1, self.size) if self.size else Fraction(0)
        return self.v * self.g * max(Fraction(0), self.h - absent)

    @property
    def part(self) -> Part:
        """The variance V with its degrees of freedom."""
        return self.V, self.nu


def harmonic(weights: Mapping[str, Fraction], counts: Mapping[str, int]) -> Fraction:
    """Return h = Σ a/n over the skills used, from their weights a and their numbers of answers n.

    >>> harmonic({"a": Fraction(1, 4), "b": Fraction(1, 4), "c": Fraction(1, 2)}, {"a": 6, "b": 6, "c": 5})
    Fraction(11, 60)
    """
    return total([weight / counts[skill] for skill, weight in weights.items()])


def design(weights: Mapping[str, Fraction], rules: Rules) -> Fraction:
    """Return g = ρ + (1 − ρ)·Σ a², where ρ is the rules' ``halo`` and a the weights.

    >>> design({"a": Fraction(1, 4), "b": Fraction(1, 4), "c": Fraction(1, 2)}, Rules())
    Fraction(11, 16)
    """
    halo = exact(rules.halo)
    return halo + (1 - halo) * total([weight**2 for weight in weights.values()])


def chance_variance(levels: int) -> Fraction:
    """Return σ² = (A² − 1)/12, the variance of random answers on a scale of A levels, in levels².

    >>> chance_variance(5)
    Fraction(2, 1)
    """
    return Fraction(levels**2 - 1, 12)


def mixed(prior: Fraction, square: Fraction, n_tilde: Fraction, rules: Rules) -> Fraction:
    """Return (prior_n·prior + (ñ − 1)·e²)/(prior_n + ñ − 1): a squared spread with ``prior_n`` random answers added.

    >>> mixed(Fraction(2), Fraction(1, 4), Fraction(60, 11), Rules())
    Fraction(137, 240)
    """
    added = exact(rules.prior_n)
    return (added * prior + (n_tilde - 1) * square) / (added + n_tilde - 1)


def precision(
    weights: Mapping[str, Fraction],
    counts: Mapping[str, int],
    spread: Spread | None,
    levels: int,
    rules: Rules,
    size: int | None = None,
) -> Precision | None:
    """Return the precision of the score Σ a·m of skills; None if ñ < ``interval_n`` or without spread.

    ``weights`` are the a and ``counts`` the numbers of answers, by skill; ``size`` is the number of people N, if known.

    >>> weights = {"a": Fraction(1, 4), "b": Fraction(1, 4), "c": Fraction(1, 2)}
    >>> found = precision(weights, {"a": 6, "b": 6, "c": 5}, Spread(Fraction(1, 4), 2), 5, Rules(), size=8)
    >>> found.v, round(float(found.V), 6), round(float(found.nu), 4)
    (Fraction(137, 240), 0.022893, 5.4545)
    """
    if spread is None or not weights:
        return None
    h = harmonic(weights, counts)
    if h * rules.interval_n > 1:
        return None
    v = mixed(chance_variance(levels), spread.square, 1 / h, rules)
    return Precision(v, design(weights, rules), h, 1 / h - 1 + exact(rules.prior_n), size)


@dataclass(frozen=True)
class Interval:
    """A score with its interval, in levels.

    ``margin`` is the kind of interval: « intervalle » (``low`` and ``high``, within the scale), « recensement »
    (everybody answered everything), « volontaires » or « aucune »; ``low`` and ``high`` are None except for the first.
    ``V`` is None when the variance is unknown; ``v, g, h, n_tilde, size`` are those of a college, None for a territory.
    """

    value: Fraction
    margin: str
    V: Fraction | None = None
    nu: Fraction | float | None = None
    t: float | None = None
    low: float | None = None
    high: float | None = None
    v: Fraction | None = None
    g: Fraction | None = None
    h: Fraction | None = None
    n_tilde: Fraction | None = None
    size: int | None = None

    @property
    def half_width(self) -> float | None:
        """t·√V, in levels, not limited by the scale; None without interval."""
        return None if self.t is None or self.V is None else self.t * root(self.V)


def of_college(value: Fraction, margin: str, found: Precision | None, scale: tuple[int, int], rules: Rules) -> Interval:
    """Return the interval of a college; ``margin`` is its kind, ``scale`` the lowest and highest levels."""
    if found is None:
        return Interval(value, margin)
    nu = found.nu
    t, low, high = _ends(value, found.V, nu, scale, rules) if margin == INTERVAL else (None, None, None)
    return Interval(value, margin, found.V, nu, t, low, high, found.v, found.g, found.h, found.n_tilde, found.size)


def of_territory(
    value: Fraction, margin: str, parts: list[Part] | None, scale: tuple[int, int], rules: Rules
) -> Interval:
    """Return the interval of a mean of colleges from ``parts``, the W²·V and ν of each (None: one is unknown)."""
    if parts is None:
        return Interval(value, margin)
    whole, nu = total([part[0] for part in parts]), welch(parts)
    if nu is None or margin != INTERVAL:
        return Interval(value, margin, whole, nu)
    return Interval(value, margin, whole, nu, *_ends(value, whole, nu, scale, rules))


def _ends(
    value: Fraction, square: Fraction, nu: Fraction | float, scale: tuple[int, int], rules: Rules
) -> tuple[float, float, float]:
    t = two_sided(exact(rules.confidence), nu)
    half = t * root(square)
    return t, max(float(value) - half, float(scale[0])), min(float(value) + half, float(scale[1]))
