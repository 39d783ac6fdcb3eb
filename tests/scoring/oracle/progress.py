"""§ 9: the skills worked on, beside what skills that started as low did without being worked on."""

import math
from fractions import Fraction
from typing import Any

from tests.scoring.oracle.campaign import Campaign
from tests.scoring.oracle.intervals import student
from tests.scoring.oracle.spread import average
from tests.scoring.oracle.units import units

Point = tuple[Fraction, Fraction]  # before, after


def points(before: Campaign, after: Campaign) -> dict[str, Point]:
    """Each skill that continues one to one: its plain mean over the colleges published in both campaigns."""
    found = {}
    if len(before.levels) != len(after.levels):
        return found
    for old, new in units(before.grid, after.grid):
        both = [
            c
            for c in after.colleges
            if c in before.colleges
            and all(before.is_published(s, c) for s in old)
            and all(after.is_published(s, c) for s in new)
        ]
        if len(old) == len(new) == 1 and both:
            found[new[0]] = (
                average([before.mean(old[0], c) for c in both]),
                average([after.mean(new[0], c) for c in both]),
            )
    return found


def progress(before: Campaign, after: Campaign, worked: set[str]) -> dict[str, Any] | None:
    found = points(before, after)
    mine = [point for skill, point in found.items() if skill in worked]
    others = [point for skill, point in found.items() if skill not in worked]
    if not mine or len(others) < after.rules["progress_others"] or len({x for x, _ in others}) == 1:
        return None
    x, y = (average([point[side] for point in others]) for side in (0, 1))
    own_x, own_y = (average([point[side] for point in mine]) for side in (0, 1))
    across = sum(((u - x) ** 2 for u, _ in others), Fraction(0))
    slope = sum(((u - x) * (w - y) for u, w in others), Fraction(0)) / across
    expected = (y - x) + (slope - 1) * (own_x - x)
    rest = sum(((w - y - slope * (u - x)) ** 2 for u, w in others), Fraction(0))
    free, p, o = len(others) - 2, len(mine), len(others)
    variance = rest / free * (Fraction(1, p) + Fraction(1, o) + (own_x - x) ** 2 / across)
    wide = student((1 + float(after.rules["confidence"])) / 2, free)
    return {
        "p": p,
        "o": o,
        "worked": own_y - own_x,
        "slope": slope,
        "expected": expected,
        "beyond": (own_y - own_x) - expected,
        "margin": wide * math.sqrt(variance),
    }
