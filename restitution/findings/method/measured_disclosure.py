"""How many small published cells could be inferred when simulated colleges were attacked.

The figures are those of docs/method.md § 11, printed by ``python -m benchmarks.disclosure``; a test checks that all
three agree. Five levels, families of three questions, a thousand colleges per line.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from restitution.text.language import gettext as _

Shares = tuple[int, int, int]
"""In per cent, the cells known for certain: by somebody from outside, by a member, by two members together."""

# By the number of levels given, then by the shape of opinions.
MEASURED: Final[Mapping[int, Mapping[str, Shares]]] = {
    3: {
        "au milieu": (1, 8, 100),
        "en bas": (27, 47, 100),
        "aux deux bouts": (19, 44, 100),
        "en U": (25, 50, 100),
        "plancher 80 %": (77, 86, 100),
    },
    4: {
        "au milieu": (0, 1, 8),
        "en bas": (15, 27, 48),
        "aux deux bouts": (8, 19, 43),
        "en U": (11, 24, 48),
        "plancher 80 %": (70, 78, 86),
    },
    5: {
        "au milieu": (0, 1, 4),
        "en bas": (8, 16, 30),
        "aux deux bouts": (5, 14, 28),
        "en U": (15, 21, 33),
        "plancher 80 %": (63, 72, 81),
    },
    7: {
        "au milieu": (0, 0, 0),
        "en bas": (3, 5, 10),
        "aux deux bouts": (1, 2, 5),
        "en U": (5, 8, 12),
        "plancher 80 %": (50, 57, 65),
    },
    9: {
        "au milieu": (0, 0, 0),
        "en bas": (1, 1, 3),
        "aux deux bouts": (0, 0, 1),
        "en U": (3, 4, 5),
        "plancher 80 %": (34, 40, 47),
    },
}


def measured_size(n: int) -> int:
    """Return the simulated size to read for ``n`` answers: the same, or the next smaller, which discloses more.

    >>> [measured_size(n) for n in (3, 6, 9, 12)]
    [3, 5, 9, 9]
    """
    return max(size for size in MEASURED if size <= n)


def shape_names() -> dict[str, str]:
    """Return the names of the simulated distributions of opinions."""
    return {
        "au milieu": _("la plupart au milieu de l’échelle"),
        "en bas": _("plutôt en bas de l’échelle, ou plutôt en haut"),
        "aux deux bouts": _("plutôt aux deux bouts, quelques-uns entre les deux"),
        "en U": _("presque tous à l’un ou l’autre bout"),
        "plancher 80 %": _("quatre sur cinq au plus bas, ou au plus haut"),
    }
