"""§§ 3 and 5: the rows of families and of the territory, volunteers and census included."""

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from tests.scoring.oracle.campaign import WORKSHOP, Campaign, Row
from tests.scoring.oracle.display import decimals, half_up
from tests.scoring.oracle.intervals import Component, clipped, family_pooled
from tests.scoring.oracle.spread import spread


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


def family_rows(campaign: Campaign) -> list[Row]:
    return [
        family_row(campaign, family.code, college) for family in campaign.grid.families for college in campaign.groups
    ]


def family_row(campaign: Campaign, family: str, college: str) -> Row:
    n, shares = campaign.family_n(family, college), campaign.shares(family, college)
    row: Row = {"family": family, "college": college, "n": campaign.shown(n, college), "published": False}
    if shares is None:
        return row
    score, square = campaign.score(shares, college), spread(campaign, family, college)
    row |= {
        "published": True,
        "score": score,
        "coverage": campaign.coverage(family, campaign.shown_skills(family, college)),
    }
    row["spread"] = None if square is None else math.sqrt(square)
    row["absent"] = absent(campaign, score, n, college) if college in campaign.rules["voluntary"] else None
    return row | margin(campaign, family, college, score)


def margin(campaign: Campaign, family: str, college: str, score: Fraction) -> Row:
    found = family_pooled(campaign, family, college)
    if college in campaign.rules["voluntary"]:
        return {"margin": "volontaires"}
    if college == WORKSHOP or found is None:
        return {"margin": "aucune"}
    return interval(campaign, score, [(found.variance(campaign.size(college)), found.degrees)])


def interval(campaign: Campaign, score: Fraction, parts: list[Component]) -> Row:
    if not any(variance for variance, _ in parts):
        return {"margin": "recensement"}
    low, high = clipped(campaign, score, parts)
    return {"margin": "intervalle", "low": low, "high": high}


def absent(campaign: Campaign, score: Fraction, n: int, college: str) -> Fraction | None:
    """By how much the absent should differ for the level to be read otherwise; the fall when both are as near."""
    size = campaign.size(college)
    if size is None or size <= n:
        return None
    if (half_up(score, decimals(len(campaign.levels))) - Fraction(1, 2)).denominator == 1:
        return Fraction(0)
    level = math.floor(score + Fraction(1, 2))
    limits = [limit for limit in (level - Fraction(1, 2), level + Fraction(1, 2)) if within(campaign, limit)]
    gaps = [(limit - score) * size / (size - n) for limit in limits]
    return min((gap for gap in gaps if within(campaign, score + gap)), key=abs, default=None)


def within(campaign: Campaign, value: Fraction) -> bool:
    return campaign.lowest <= value <= campaign.highest


def needed(campaign: Campaign) -> int:
    return min(int(campaign.rules["territory_colleges"]), 1 + len(campaign.colleges) // 2)


def seen(campaign: Campaign, family: str, college: str) -> Seen | None:
    shares, found = campaign.shares(family, college), family_pooled(campaign, family, college)
    if shares is None:
        return None
    size = None if college in campaign.rules["voluntary"] else campaign.size(college)
    part = None if found is None else (found.variance(size), found.degrees)
    return Seen(campaign.score(shares, college), part, campaign.family_n(family, college))


def whole(campaign: Campaign, known: Mapping[str, Seen], weighting: str) -> Whole | None:
    """The territory of those colleges, or None when they are too few."""
    return mean_of(known, weighting) if len(known) >= needed(campaign) else None


def mean_of(known: Mapping[str, Seen], weighting: str) -> Whole:
    heads = {college: found.n if weighting == "heads" else 1 for college, found in known.items()}
    share = {college: Fraction(count, sum(heads.values())) for college, count in heads.items()}
    score = sum((share[college] * found.score for college, found in known.items()), Fraction(0))
    parts = [(share[c] ** 2 * found.part[0], found.part[1]) for c, found in known.items() if found.part is not None]
    return Whole(score, list(known), parts if len(parts) == len(known) else None)


def of_territory(campaign: Campaign, family: str, weighting: str | None = None) -> Whole | None:
    known = {college: found for college in campaign.colleges if (found := seen(campaign, family, college)) is not None}
    return whole(campaign, known, weighting or campaign.rules["weighting"])


def territory_rows(campaign: Campaign) -> list[Row]:
    return [territory_row(campaign, family.code) for family in campaign.grid.families]


def territory_row(campaign: Campaign, family: str) -> Row:
    found = of_territory(campaign, family)
    if found is None:
        return {"family": family, "published": False}
    voluntary = [college for college in found.colleges if college in campaign.rules["voluntary"]]
    row = {"family": family, "published": True, "score": found.score, "colleges": len(found.colleges)}
    row["voluntary"] = voluntary
    if voluntary == found.colleges:
        return row | {"margin": "volontaires"}
    if found.parts is None:
        return row | {"margin": "aucune"}
    return row | interval(campaign, found.score, found.parts)


def weighting_rows(campaign: Campaign) -> list[Row]:
    rows = []
    for family in campaign.grid.families:
        both = [of_territory(campaign, family.code, weighting) for weighting in ("equal", "heads")]
        equal, heads = (None if found is None else found.score for found in both)
        difference = None if equal is None or heads is None else heads - equal
        row = {"family": family.code, "published": equal is not None}
        rows.append(row | {"equal": equal, "heads": heads, "difference": difference})
    return rows
