"""The simulations compute what the program computes, on the same campaigns, each with its own code."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from benchmarks.method import hindsight
from benchmarks.method.agreement import largest_by_chance
from benchmarks.method.edition_2 import Array, Scale, cells_of, estimates_of
from benchmarks.method.people import SHAPES, Opinion, generator, happens
from benchmarks.method.progress import progress
from benchmarks.method.student import quantile
from benchmarks.method.village import WORDS
from benchmarks.method.words import compared, page
from scoring import TERRITORY, Profile, Rules, compare, profile
from scoring import progress as progress_of
from scoring.formulas.agreement import chance_limit
from tests.scoring.campaigns import make_grid

SIZES = {"a": 7, "b": 20, "c": 8, "d": 40, "e": 5}
FAMILIES = "FGHIJ"
NAMES = {number: word for word, number in WORDS.items()}


def drawn(silence: float) -> list[Array]:
    """Answers of five colleges of several sizes, (families, skills, people); −1 where no level is given."""
    chance = generator(1, round(100 * silence))
    found = [Opinion(SHAPES["en pente"]).answers(chance, (5, 3, n)) for n in SIZES.values()]
    return [np.where(happens(chance, silence, levels.shape), -1, levels) for levels in found]


def scored(colleges: list[Array], then: list[Array] | None = None) -> Profile:
    grid = make_grid({family: [1.0, 1.0, 1.0] for family in FAMILIES}, colleges=tuple(SIZES))
    rules = Rules(sizes={"a": 8, "b": 25})
    return profile(table(colleges), grid, rules, hindsight=None if then is None else table(then))


def table(colleges: list[Array]) -> pd.DataFrame:
    people = [
        {"college": college}
        | {
            f"{family}-{skill + 1}": "NSP" if person[rank, skill] < 0 else int(person[rank, skill])
            for rank, family in enumerate(FAMILIES)
            for skill in range(3)
        }
        for college, levels in zip(SIZES, colleges, strict=True)
        for person in np.moveaxis(levels, -1, 0)
    ]
    return pd.DataFrame(people)


def test_the_simulated_intervals_are_those_of_the_program() -> None:
    colleges = drawn(silence=0.1)
    found = scored(colleges)
    for college, levels in zip(SIZES, colleges, strict=True):
        naive = estimates_of(cells_of(levels, levels >= 0), Scale())
        half = quantile(0.975, naive.degrees) * np.sqrt(naive.variance(found.size(college)))
        for rank, family in enumerate(FAMILIES):
            known = found.published(family, college) and found.interval(family, college).V is not None
            assert known == naive.known[rank]
            if known:
                interval = found.interval(family, college)
                assert float(interval.value) == pytest.approx(naive.value[rank])
                assert interval.half_width == pytest.approx(half[rank], abs=1e-4)


def test_the_simulated_words_are_those_of_the_program() -> None:
    before = drawn(silence=0)
    after = [
        np.minimum(levels + happens(generator(2, place), 0.8, levels.shape), 4) for place, levels in enumerate(before)
    ]
    naive = compared(
        *([estimates_of(cells_of(levels), Scale()) for levels in campaign] for campaign in (before, after)), Scale()
    )
    found = compare(scored(before), scored(after))
    for rank, family in enumerate(FAMILIES):
        assert found.row(family, TERRITORY).verdict == NAMES[int(naive.territory[rank])]
        words = [found.row(family, college).verdict for college in SIZES]
        assert words == [NAMES[int(number)] for number in naive.colleges[:, rank]]
    assert len(set(naive.colleges.flat)) > 2


def test_the_simulated_hindsight_is_that_of_the_program() -> None:
    now = drawn(silence=0)
    then = [np.clip(levels - happens(generator(3, place), 0.6, levels.shape), 0, 4) for place, levels in enumerate(now)]
    rows = [hindsight.row(one, two) for one, two in zip(now, then, strict=True)]
    shown = np.mean([row.delta for row in rows], axis=0)
    naive = page(rows, shown, [(row.variance, row.degrees) for row in rows], Scale())
    found = scored(now, then)
    for rank, family in enumerate(FAMILIES):
        assert found.hindsight_row(family, TERRITORY).verdict == NAMES[int(naive.territory[rank])]
        for place, college in enumerate(SIZES):
            row = found.hindsight_row(family, college)
            assert (float(row.delta), float(row.V)) == pytest.approx(
                (rows[place].delta[rank], rows[place].variance[rank])
            )
            assert row.verdict == NAMES[int(naive.colleges[place, rank])]


def test_the_simulated_progress_is_that_of_the_program() -> None:
    before, after = drawn(silence=0), drawn(silence=0.01)
    after = [np.maximum(levels, 0) for levels in after]
    worked = [f"{family}-1" for family in FAMILIES]
    found = progress_of(scored(before), scored(after), worked)
    x, y = (np.mean([levels.mean(-1) for levels in campaign], axis=0).reshape(1, -1) for campaign in (before, after))
    naive = progress(x, y, np.tile([True, False, False], 5)[None])
    assert found is not None
    assert float(found.beyond) == pytest.approx(naive.beyond.item())
    assert found.margin == pytest.approx(naive.margin.item(), abs=1e-4)


@pytest.mark.parametrize("levels", [2, 3, 5, 8])
def test_the_simulated_limits_of_agreement_are_those_of_the_program(levels: int) -> None:
    found = [chance_limit(levels, n, Fraction(1, 20)) for n in (10, 15, 20)]
    assert found == [largest_by_chance(Scale(levels), n) for n in (10, 15, 20)]
