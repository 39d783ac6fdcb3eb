"""What is tested between two campaigns, at what confidence, and the words (method § 6)."""

from fractions import Fraction
from typing import Any

import pytest

from grille import IncomparableGridsError
from grille.grid import Grid
from scoring import (
    FALL,
    NO_FALL,
    RISE,
    STEADY,
    UNKNOWN,
    Comparison,
    Profile,
    Rules,
    compare,
    profile,
)
from scoring.formulas.judgement import Measure, Page
from tests.scoring.campaigns import make_grid, people, table

Levels = dict[str, list[int]]


def campaign(answers: dict[str, Levels], grid: Grid | None = None, mode: str = "individuel", **rules: Any) -> Profile:
    """Families of three skills; each college gives the same levels to every skill of a family."""
    families = list(next(iter(answers.values())))
    grid = grid or make_grid({family: [1, 1, 1] for family in families}, colleges=tuple(answers))
    skills = [(skill.code, grid.family_of(skill.code).code) for skill in grid.skills]
    rows = [
        row
        for college, levels in answers.items()
        for row in people(college, {skill: list(levels[family]) for skill, family in skills}, mode)
    ]
    return profile(table(rows), grid, Rules(**rules))


def around(level: int, n: int = 8) -> list[int]:
    """n answers, half of them a level higher."""
    return [level + place % 2 for place in range(n)]


def moved(**shifts: int) -> Comparison:
    """Colleges of eight, each moved by so many levels in the family F; nothing moves in G."""
    before, after = (
        campaign({college: {"F": around(1 + late * shift), "G": around(1)} for college, shift in shifts.items()})
        for late in (0, 1)
    )
    return compare(before, after)


def test_a_closed_family_splits_alpha_among_every_college_row() -> None:
    found = moved(a=0, b=0, c=0)
    assert (found.tested_territories, found.tested_colleges) == (2, 6)
    assert found.row("F").confidence == 1 - Fraction(1, 40) / 2
    assert found.row("F", "a").confidence == 1 - Fraction(1, 40) / 6
    assert found.row("F").verdict == STEADY


def test_a_territory_that_moves_opens_the_colleges_that_move_with_it() -> None:
    found = moved(a=2, b=2, c=-1)
    assert found.row("F").verdict == RISE
    assert [found.row("F", college).opened for college in "abc"] == [True, True, False]
    assert [found.row("F", college).confidence for college in "ac"] == [Fraction(9, 10), 1 - Fraction(1, 40) / 6]
    assert not found.row("G", "a").opened
    assert moved(a=-1, b=-1, c=-1).row("F").verdict == FALL


def test_without_territory_the_colleges_have_the_whole_of_alpha() -> None:
    levels = {"a": {"F": around(1)}, "b": {"F": [1, 1]}, "c": {"F": [2, 2]}}
    found = compare(campaign(levels), campaign(levels))
    assert found.row("F").reason == "incomparable"
    assert (found.tested_territories, found.tested_colleges) == (0, 1)
    assert found.row("F", "a").confidence == Fraction(19, 20)


def test_with_one_college_only_the_territory_is_tested() -> None:
    found = compare(campaign({"a": {"F": around(1)}}), campaign({"a": {"F": around(3)}}))
    assert (found.tested_territories, found.tested_colleges) == (1, 0)
    row, whole = found.row("F", "a"), found.row("F")
    assert row.copied
    assert (row.confidence, row.verdict, row.low) == (whole.confidence, whole.verdict, pytest.approx(whole.low))
    assert row.confidence == Fraction(19, 20)


def test_one_college_left_of_three_is_tested_alone() -> None:
    grid = make_grid({"F": [1, 1, 1]}, colleges=("a", "b", "c"))
    before = campaign({"a": {"F": around(1)}, "b": {"F": around(1)}, "c": {"F": around(1)}}, grid)
    after = campaign({"a": {"F": around(3)}}, grid, colleges=("a",))
    found = compare(before, after)
    assert found.row("F").measure is None
    assert (found.row("F", "a").confidence, found.row("F", "a").copied) == (Fraction(19, 20), False)


def test_volunteers_and_workshops_are_shown_and_not_tested() -> None:
    levels = {college: {"F": around(1)} for college in "ab"}
    later = {college: {"F": around(3)} for college in "ab"}
    found = compare(campaign(levels), campaign(later, voluntary=("b",)))
    row = found.row("F", "b")
    assert (row.reason, row.verdict, row.confidence, row.visible, row.low) == ("volontaires", None, None, None, None)
    assert row.delta == 2
    assert found.row("F").voluntary == ("b",)
    assert found.row("F").verdict == RISE
    assert compare(campaign(levels, voluntary=("a", "b")), campaign(later)).row("F").reason == "volontaires"
    grid = make_grid({"F": [1, 1, 1]}, colleges=("a",))
    one, other = (campaign({"a": {"F": around(level)}}, grid, "atelier", workshop_k=1) for level in (1, 2))
    assert compare(one, other).row("F", "atelier").reason == "atelier"
    assert compare(one, other).row("F", "atelier").delta == 1


def test_the_word_without_volunteers_is_said_when_it_differs() -> None:
    levels = {college: {"F": around(1, 30)} for college in "ab"}
    found = compare(campaign(levels), campaign(levels | {"b": {"F": around(3, 30)}}, voluntary=("b",)))
    assert (found.row("F").verdict, found.row("F").without_volunteers) == (RISE, STEADY)


def test_too_few_answers_for_an_interval() -> None:
    levels = {"a": {"F": around(1, 4)}, "b": {"F": around(1)}}
    found = compare(campaign(levels, k=3), campaign(levels, k=3))
    assert found.row("F", "a").reason == "peu"
    assert found.row("F").reason == "peu"
    assert found.row("F", "b").verdict is not None


def test_under_heads_each_campaign_weighs_by_its_own_published_n() -> None:
    before = campaign({"a": {"F": around(1, 6)}, "b": {"F": around(2, 12)}})
    after = campaign({"a": {"F": around(1, 12)}, "b": {"F": around(2, 6)}})
    row = compare(before, after, weighting="heads").row("F")
    assert row.before == Fraction(3, 2) * Fraction(1, 3) + Fraction(5, 2) * Fraction(2, 3)
    assert row.after == Fraction(3, 2) * Fraction(2, 3) + Fraction(5, 2) * Fraction(1, 3)


def test_other_levels_compare_nothing() -> None:
    one, other = (make_grid({"F": [1, 1, 1]}, range(levels), ("a",)) for levels in (4, 5))
    with pytest.raises(IncomparableGridsError):
        _ = compare(campaign({"a": {"F": around(1)}}, one), campaign({"a": {"F": around(1)}}, other)).rows


def test_an_earlier_weight_is_shared_among_the_parts_of_what_was_merged() -> None:
    old = make_grid({"F": [1, 3, 1]}, colleges=("a",), version="1", codes={"F": ["X", "Y", "Z"]})
    new = make_grid({"F": [2, 1]}, colleges=("a",), codes={"F": ["M", "Z"]}, correspondence={"X": ("M",), "Y": ("M",)})
    before = profile(table(people("a", {"X": [0] * 6, "Y": [4] * 6, "Z": [1] * 6})), old)
    after = profile(table(people("a", {"M": [3] * 6, "Z": [1] * 6})), new)
    row = compare(before, after).row("F", "a")
    assert row.before == Fraction(2, 3) * 3 + Fraction(1, 3)
    assert row.after == Fraction(7, 3)
    assert row.comparable_skills == 2


def test_the_silence_of_what_is_compared() -> None:
    grid = make_grid({"F": [1, 3]}, colleges=("a",))
    quiet = {"F-1": [1] * 6 + [None] * 4, "F-2": [1] * 8 + [None] * 2}
    before = profile(table(people("a", quiet)), grid)
    after = profile(table(people("a", {"F-1": [1] * 10, "F-2": [1] * 10})), grid)
    assert compare(before, after).silence("F", "a") == (Fraction(4, 10) / 4 + Fraction(2, 10) * 3 / 4, 0)
    assert compare(before, after).silence("F") == compare(before, after).silence("F", "a")


PAGE = Page.of(Rules(), levels=5)


def word(before: Fraction, after: Fraction, variance: str, nu: int = 20) -> str:
    return PAGE.word(Measure(after - before, ((Fraction(variance), nu),), before, after), Fraction(19, 20))


def test_the_threshold_is_that_of_what_is_shown() -> None:
    shown_short = Fraction("1.004"), Fraction("1.503")  # 0.499, shown 1.00 to 1.50
    assert word(*shown_short, "1/10000") == RISE
    shown_long = Fraction("1.005"), Fraction("1.5049")  # shown 1.01 to 1.50
    assert word(*shown_long, "1/10000") in (STEADY, NO_FALL)
    assert word(Fraction(1), Fraction(3), "100") == UNKNOWN


@pytest.mark.parametrize(("variance", "low", "word"), [("0.225", "0.01", RISE), ("0.2275", "0.00", NO_FALL)])
def test_an_interval_that_touches_zero_as_shown_is_not_clear(variance: str, low: str, word: str) -> None:
    measure = Measure(Fraction(1), ((Fraction(variance), 20),), Fraction(1), Fraction(2))
    half_width = measure.half_width(Fraction(19, 20))
    assert half_width < 1
    assert str(PAGE.shown(measure, half_width).low) == low
    assert PAGE.word(measure, Fraction(19, 20)) == word
