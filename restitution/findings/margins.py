"""How a margin is made, on one line that anyone can redo: t, v, g, h and N are printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from restitution.text.language import gettext as _
from restitution.text.numbers import decimal, decimals

if TYPE_CHECKING:
    from scoring import Interval, Profile


@dataclass(frozen=True)
class MarginLine:
    """Whose margin it is, and its line."""

    label: str
    line: str


def margin_lines(profile: Profile, family: str, labels: Mapping[str, str]) -> list[MarginLine]:
    """The margins of that family, of each college that has one, then of the territory."""
    found = [(label, _interval(profile, family, code)) for code, label in labels.items()]
    found.append((_("Territoire"), _interval(profile, family, None)))
    places = decimals(len(profile.grid.levels)) + 1
    return [MarginLine(label, line) for label, one in found if one and (line := _line(one, places))]


def _interval(profile: Profile, family: str, college: str | None) -> Interval | None:
    return profile.interval(family, college) if profile.published(family, college) else None


def _line(one: Interval, places: int) -> str:
    """The formula with its letters, then with its numbers; empty when there is no interval."""
    if one.t is None or one.V is None or one.half_width is None:
        return ""
    words = {"t": decimal(one.t, 2), "margin": decimal(one.half_width, places), "V": decimal(one.V, 4)}
    if one.v is None or one.g is None or one.h is None or one.n_tilde is None:
        return _("marge = t × √V = %(t)s × √%(V)s = %(margin)s", **words)
    words |= {"v": decimal(one.v, 3), "g": decimal(one.g, 3), "h": decimal(one.h, 3), "n": decimal(one.n_tilde, 2)}
    if one.size is None:
        return _("marge = t × √(v × g × h) = %(t)s × √(%(v)s × %(g)s × %(h)s) = %(margin)s (ñ = %(n)s)", **words)
    return _(
        "marge = t × √(v × g × (h − 1/N)) = %(t)s × √(%(v)s × %(g)s × (%(h)s − 1/%(size)s)) = %(margin)s (ñ = %(n)s)",
        size=one.size,
        **words,
    )
