"""The coefficients of a grid's questions, computed naively from raw answers."""

import math
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from random import Random
from statistics import correlation, covariance, variance
from typing import Any

from scipy import stats

from tests.scoring.oracle.display import half_up
from tests.web.programme.test_read_instrument import GRID, PLACES, Row, cell, is_shown, may_be_said

CONFIDENCE, ENOUGH, DRAWS = 0.95, 30, 400
LABELS = {college.label: college.code for college in GRID.colleges}


def complete(rows: list[Row], skills: list[str]) -> list[tuple[tuple[str, str], list[int]]]:
    """The whole answers to these skills, each with its place and college, once hidden cells are left out."""
    groups = [(place, college) for place in PLACES for college in LABELS.values()]
    told_of = [one for one in groups if all(is_shown(cell(rows, *one, skill)) for skill in skills)]
    return [
        ((row["territory"], row["college"]), [row[skill] for skill in skills])
        for row in rows
        if (row["territory"], row["college"]) in told_of and all(isinstance(row[skill], int) for skill in skills)
    ]


def counted(rows: list[Row], skills: list[str]) -> list[list[int]]:
    """The whole answers that a coefficient rests on; none where it may not be told."""
    whole = complete(rows, skills)
    enough = len(whole) >= ENOUGH and may_be_said(Counter(place for (place, _college), _answers in whole))
    return [answers for _group, answers in whole] if enough else []


def alpha(answers: list[list[int]]) -> float | None:
    """Cronbach's."""
    if not answers:
        return None
    items, total = [variance(one) for one in zip(*answers, strict=True)], variance([sum(one) for one in answers])
    return float(len(items) / (len(items) - 1) * (1 - sum(items) / total))


def alpha_within(rows: list[Row], skills: list[str]) -> float:
    """Alpha of what is left of each answer once the mean of its college and campaign is taken away."""
    whole = complete(rows, skills)
    groups = sorted({group for group, _answers in whole})
    left = []
    for group in groups:
        some = [answers for one, answers in whole if one == group]
        means = [sum(column) / len(some) for column in zip(*some, strict=True)]
        left += [[one - mean for one, mean in zip(answers, means, strict=True)] for answers in some]
    items, total = sum(sum(one**2 for one in answers) for answers in left), sum(sum(answers) ** 2 for answers in left)
    return len(skills) / (len(skills) - 1) * (1 - items / total)


def alpha_ends(found: float, people: int, items: int) -> list[float]:
    """Feldt's interval."""
    quantiles = [float(stats.f.ppf(p, people - 1, (people - 1) * (items - 1))) for p in _tails()[::-1]]
    return [1 - (1 - found) * quantile for quantile in quantiles]


def _tails() -> tuple[float, float]:
    return (1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2


def omega(answers: list[list[int]]) -> float:
    """Of three questions: each loading is known from the three covariances, and the total is that of the sum."""
    a, b, c = zip(*answers, strict=True)
    ab, ac, bc = covariance(a, b), covariance(a, c), covariance(b, c)
    loadings = [math.sqrt(ab * ac / bc), math.sqrt(ab * bc / ac), math.sqrt(ac * bc / ab)]
    return float(sum(loadings) ** 2 / variance([sum(one) for one in answers]))


def is_one_factor(answers: list[list[int]]) -> bool:
    """Whether three questions have one factor, far enough from the ends of what it may be for every draw."""
    r = [correlation(*pair) for pair in _pairs(answers)]
    return min(r) > 0.3 and max(r[0] * r[1] / r[2], r[0] * r[2] / r[1], r[1] * r[2] / r[0]) < 0.85


def _pairs(answers: list[list[int]]) -> Iterator[tuple[Any, Any]]:
    a, b, c = zip(*answers, strict=True)
    yield from ((a, b), (a, c), (b, c))


def omega_ends(answers: list[list[int]]) -> list[float]:
    """Drawn again from the same people."""
    chance = Random(1)
    drawn = sorted(omega(chance.choices(answers, k=len(answers))) for _draw in range(DRAWS))
    return [drawn[round(tail * (DRAWS - 1))] for tail in _tails()]


def link(rows: list[Row], skill: str) -> Fraction | None:
    """The correlation of a question with the sum of the others, as it is printed."""
    family = next(family for family in GRID.families if skill in [one.code for one in family.skills])
    codes = [one.code for one in family.skills]
    if not (answers := counted(rows, codes)):
        return None
    place = codes.index(skill)
    own = [one[place] for one in answers]
    return half_up(correlation(own, [sum(one) - one[place] for one in answers]), 2)
