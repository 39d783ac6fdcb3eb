"""What a programme learns: counted again by hand, nothing under eight territories, chance told as it is."""

import random
from fractions import Fraction
from math import comb
from statistics import NormalDist

import pytest

import grille
from restitution.charts.spread_chart import MOST_DOTS, PHONE, WIDE, spread_drawing
from restitution.findings.programme import (
    FEWEST,
    PublishedFigures,
    most_by_chance,
    often,
    share_interval,
    spreads,
    word_counts,
)

GRID = grille.current()
FAMILY = GRID.families[0].code
SKILL, OTHER = (skill.code for skill in GRID.families[0].skills[:2])


def territories(count: int, seed: int = 1) -> list[PublishedFigures]:
    drawn = random.Random(seed)
    return [
        PublishedFigures(
            {family.code: Fraction(drawn.randrange(401), 100) for family in GRID.families},
            {family.code: Fraction(drawn.randrange(401), 100) for family in GRID.families},
            {FAMILY: drawn.choice(["hausse nette", "stable", "baisse nette"])},
            {"weak": frozenset([SKILL] if drawn.random() < 0.5 else [])},
            frozenset({SKILL, OTHER}),
        )
        for _one in range(count)
    ]


def naive_quartile(values: list[Fraction], part: Fraction) -> Fraction:
    """The value at that part of the way from the lowest to the highest, between its two neighbours."""
    place = part * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (place - low) * (values[high] - values[low])


@pytest.mark.parametrize("count", [8, 9, 10, 11, 19, 61])
def test_the_middle_half_is_counted_again(count: int) -> None:
    found = territories(count)
    one = spreads(GRID, found)[0]
    values = sorted(each.scores[FAMILY] for each in found)
    then = sorted(each.before[FAMILY] for each in found)
    assert one.values == tuple(values)
    assert one.half == (naive_quartile(values, Fraction(1, 4)), naive_quartile(values, Fraction(3, 4)))
    assert one.middle == naive_quartile(values, Fraction(1, 2))
    assert one.before == naive_quartile(then, Fraction(1, 2))


def test_nothing_is_said_of_fewer_than_eight_territories() -> None:
    few = territories(FEWEST - 1)
    assert spreads(GRID, few) == word_counts(GRID, few) == often(GRID, few, "weak") == []
    partly = [*few, PublishedFigures({code: score for code, score in few[0].scores.items() if code != FAMILY})]
    assert FAMILY not in {one.axis.code for one in spreads(GRID, partly)}
    assert len(spreads(GRID, partly)) == len(GRID.families) - 1
    assert spreads(GRID, partly)[0].before is None


def test_words_and_skills_are_counted_again() -> None:
    found = territories(19)
    counts = {one.word: one for one in word_counts(GRID, found)}
    for word in ("hausse nette", "baisse nette"):
        assert counts[word].count == sum(each.words[FAMILY] == word for each in found)
        assert counts[word].of == 19
        assert counts[word].by_chance is (counts[word].count <= most_by_chance(19, 2 * len(GRID.families)))
    [weak] = often(GRID, found, "weak")
    assert (weak.skill.code, weak.count) == (SKILL, sum(SKILL in each.skills["weak"] for each in found))


@pytest.mark.parametrize("count", [8, 19, 60])
@pytest.mark.parametrize("questions", [2, 10, 30])
def test_chance_is_what_a_naive_sum_says(count: int, questions: int) -> None:
    def more_than(least: int) -> float:
        return sum(comb(count, k) * 0.05**k * 0.95 ** (count - k) for k in range(least + 1, count + 1))

    most = most_by_chance(count, questions)
    assert more_than(most) <= 0.05 / questions < more_than(most - 1)


@pytest.mark.parametrize(("count", "of"), [(0, 8), (3, 8), (8, 8), (40, 100)])
def test_the_interval_of_a_share_solves_its_equation(count: int, of: int) -> None:
    low, high = share_interval(count, of)
    z = NormalDist().inv_cdf(0.975)
    for end in {low, high} - {0.0, 1.0}:
        assert (count / of - end) ** 2 == pytest.approx(z * z * end * (1 - end) / of, abs=1e-9)
    assert low <= count / of <= high


@pytest.mark.parametrize("count", [8, 19, MOST_DOTS, MOST_DOTS + 1])
@pytest.mark.parametrize("frame", [WIDE, PHONE])
def test_each_territory_is_a_dot_and_many_are_columns(count: int, frame: object) -> None:
    found = spreads(GRID, territories(count))
    drawn = str(spread_drawing(found, GRID.levels, frame))  # type: ignore[arg-type]
    assert drawn.count("<circle") == (count * len(found) if count <= MOST_DOTS else 0)
    assert "<title" in drawn
