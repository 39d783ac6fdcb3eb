"""§§ 3 and 5: the rows of families and of the territory, volunteers and census included."""

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from tests.scoring.oracle.display import decimals, half_up
from tests.scoring.oracle.intervals import Component, clipped, family_pooled
from tests.scoring.oracle.spread import spread
from tests.scoring.oracle.wave import WORKSHOP, Row, Wave


class Seen(NamedTuple):
    """What a college brings to the territory: its score, its variance if any, and the people behind it."""

    score: Fraction
    part: Component | None
    n: int


class Whole(NamedTuple):
    """The territory's score, the colleges in it, and the variances that it adds up, if each college has one."""

    score: Fraction
    colleges: list[str]
    parts: list[Component] | None


def family_rows(wave: Wave) -> list[Row]:
    return [family_row(wave, family.code, college) for family in wave.grid.families for college in wave.groups]


def family_row(wave: Wave, family: str, college: str) -> Row:
    n, shares = wave.family_n(family, college), wave.shares(family, college)
    row: Row = {"family": family, "college": college, "n": wave.shown(n, college), "published": False}
    if shares is None:
        return row
    score, square = wave.score(shares, college), spread(wave, family, college)
    row |= {"published": True, "score": score, "coverage": wave.coverage(family, wave.shown_skills(family, college))}
    row["spread"] = None if square is None else math.sqrt(square)
    row["absent"] = absent(wave, score, n, college) if college in wave.rules["voluntary"] else None
    return row | margin(wave, family, college, score)


def margin(wave: Wave, family: str, college: str, score: Fraction) -> Row:
    found = family_pooled(wave, family, college)
    if college in wave.rules["voluntary"]:
        return {"margin": "volontaires"}
    if college == WORKSHOP or found is None:
        return {"margin": "aucune"}
    return interval(wave, score, [(found.variance(wave.size(college)), found.degrees)])


def interval(wave: Wave, score: Fraction, parts: list[Component]) -> Row:
    if not any(variance for variance, _ in parts):
        return {"margin": "recensement"}
    low, high = clipped(wave, score, parts)
    return {"margin": "intervalle", "low": low, "high": high}


def absent(wave: Wave, score: Fraction, n: int, college: str) -> Fraction | None:
    """By how much the absent should differ for the level to be read otherwise; the fall when both are as near."""
    size = wave.size(college)
    if size is None or size <= n:
        return None
    if (half_up(score, decimals(len(wave.levels))) - Fraction(1, 2)).denominator == 1:
        return Fraction(0)
    level = math.floor(score + Fraction(1, 2))
    limits = [limit for limit in (level - Fraction(1, 2), level + Fraction(1, 2)) if within(wave, limit)]
    gaps = [(limit - score) * size / (size - n) for limit in limits]
    return min((gap for gap in gaps if within(wave, score + gap)), key=abs, default=None)


def within(wave: Wave, value: Fraction) -> bool:
    return wave.lowest <= value <= wave.highest


def needed(wave: Wave) -> int:
    return min(int(wave.rules["territory_colleges"]), 1 + len(wave.colleges) // 2)


def seen(wave: Wave, family: str, college: str) -> Seen | None:
    shares, found = wave.shares(family, college), family_pooled(wave, family, college)
    if shares is None:
        return None
    size = None if college in wave.rules["voluntary"] else wave.size(college)
    part = None if found is None else (found.variance(size), found.degrees)
    return Seen(wave.score(shares, college), part, wave.family_n(family, college))


def whole(wave: Wave, known: Mapping[str, Seen], weighting: str) -> Whole | None:
    """The territory of those colleges, or None when they are too few."""
    return mean_of(known, weighting) if len(known) >= needed(wave) else None


def mean_of(known: Mapping[str, Seen], weighting: str) -> Whole:
    heads = {college: found.n if weighting == "heads" else 1 for college, found in known.items()}
    share = {college: Fraction(count, sum(heads.values())) for college, count in heads.items()}
    score = sum((share[college] * found.score for college, found in known.items()), Fraction(0))
    parts = [(share[c] ** 2 * found.part[0], found.part[1]) for c, found in known.items() if found.part is not None]
    return Whole(score, list(known), parts if len(parts) == len(known) else None)


def of_territory(wave: Wave, family: str, weighting: str | None = None) -> Whole | None:
    known = {college: found for college in wave.colleges if (found := seen(wave, family, college)) is not None}
    return whole(wave, known, weighting or wave.rules["weighting"])


def territory_rows(wave: Wave) -> list[Row]:
    return [territory_row(wave, family.code) for family in wave.grid.families]


def territory_row(wave: Wave, family: str) -> Row:
    found = of_territory(wave, family)
    if found is None:
        return {"family": family, "published": False}
    voluntary = [college for college in found.colleges if college in wave.rules["voluntary"]]
    row = {"family": family, "published": True, "score": found.score, "colleges": len(found.colleges)}
    row["voluntary"] = voluntary
    if voluntary == found.colleges:
        return row | {"margin": "volontaires"}
    if found.parts is None:
        return row | {"margin": "aucune"}
    return row | interval(wave, found.score, found.parts)


def weighting_rows(wave: Wave) -> list[Row]:
    rows = []
    for family in wave.grid.families:
        both = [of_territory(wave, family.code, weighting) for weighting in ("equal", "heads")]
        equal, heads = (None if found is None else found.score for found in both)
        difference = None if equal is None or heads is None else heads - equal
        row = {"family": family.code, "published": equal is not None}
        rows.append(row | {"equal": equal, "heads": heads, "difference": difference})
    return rows
