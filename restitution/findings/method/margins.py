"""How a margin of error is computed, on one line that readers can redo: t, v, g, h and N are printed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from restitution.text.language import gettext as _
from restitution.text.numbers import decimal, decimals

if TYPE_CHECKING:
    from scoring import Interval, Profile


@dataclass(frozen=True)
class MarginLine:
    """The name of a college or of the territory, and the line of its margin."""

    label: str
    line: str


def margin_lines(profile: Profile, family: str, labels: Mapping[str, str]) -> list[MarginLine]:
    """Return the margins of that family for each college that has one, then for the territory."""
    found = [(label, _interval(profile, family, code)) for code, label in labels.items()]
    found.append((_("Territoire"), _interval(profile, family, None)))
    places = decimals(len(profile.grid.levels)) + 1
    return [MarginLine(label, line) for label, one in found if one and (line := _line(one, places))]


def _interval(profile: Profile, family: str, college: str | None) -> Interval | None:
    return profile.interval(family, college) if profile.published(family, college) else None


def _line(one: Interval, places: int) -> str:
    """Return the formula in letters, then in numbers; empty if there is no interval.

    Numbers have as many decimals as are needed to find the printed margin again.
    """
    if one.t is None or one.V is None or one.half_width is None:
        return ""
    written = (_words(one, digits, places) for digits in range(3, 10))
    words, size = next((line for line in written if _redone(*line)), _words(one, 9, places))
    if "h" not in words:
        return _("marge = t × √V = %(t)s × √%(V)s = %(margin)s", **words)
    if size is None:
        return _("marge = t × √(v × g × h) = %(t)s × √(%(v)s × %(g)s × %(h)s) = %(margin)s (ñ = %(n)s)", **words)
    return _(
        "marge = t × √(v × g × (h − 1/N)) = %(t)s × √(%(v)s × %(g)s × (%(h)s − 1/%(size)s)) = %(margin)s (ñ = %(n)s)",
        size=size,
        **words,
    )


def _words(one: Interval, digits: int, places: int) -> tuple[dict[str, str], int | None]:
    """Return the numbers of the line, and the size that is counted."""
    assert one.t is not None  # noqa: S101  # the line is empty without it
    assert one.V is not None  # noqa: S101
    assert one.half_width is not None  # noqa: S101
    words = {"t": decimal(one.t, digits - 1), "margin": decimal(one.half_width, places)}
    if one.v is None or one.g is None or one.h is None or one.n_tilde is None:
        return words | {"V": decimal(one.V, digits + 1)}, None
    parts = {"v": decimal(one.v, digits), "g": decimal(one.g, digits), "h": decimal(one.h, digits)}
    return words | parts | {"n": decimal(one.n_tilde, 2)}, one.size


def _redone(words: Mapping[str, str], size: int | None) -> bool:
    """Return whether the printed numbers give the margin, within one unit of its last decimal."""
    found = {name: float(word.replace(",", ".")) for name, word in words.items()}
    inside = found["V"] if "V" in found else found["v"] * found["g"] * (found["h"] - (1 / size if size else 0))
    last = 10.0 ** -len(words["margin"].partition(",")[2])
    return abs(found["t"] * math.sqrt(max(0.0, inside)) - found["margin"]) <= last
