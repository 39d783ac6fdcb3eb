"""What the program says can be inferred from small published cells is what an exhaustive attacker finds."""

import itertools
import math
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

import scoring
from benchmarks import published_cells as simulated
from scoring.reading.certainty import SameAnswer, same_answers, small_cells
from tests.scoring import published_cells
from tests.scoring.campaigns import make_grid, people, table
from tests.scoring.published_cells import Content, Group

FIVE, LARGE = [0, 1, 2, 3, 4], [0, 1, 2, 3, 4] * 2
SILENT: list[Any] = [None] * 5


def scored(answers: dict[str, list[Any]], weights: dict[str, list[float]] | None = None) -> scoring.Profile:
    weights = weights or {"F": [1.0] * len(answers)}
    return scoring.profile(table(people("a", answers)), make_grid(weights, colleges=("a",)))


@pytest.mark.parametrize(("band", "shape"), [("5", "en U"), ("5", "en bas"), ("5 à côté de 12 et 12", "en U")])
def test_the_program_finds_what_an_attacker_finds(band: str, shape: str) -> None:
    codes = tuple(f"c{place}" for place in range(15))
    ((rows, document),) = simulated.publications(shape, simulated.BANDS[band], 15)
    found = small_cells(scoring.profile(table(rows), make_grid({"F": [1, 1, 1]}, colleges=codes)))
    groups = list(published_cells.groups(document, simulated.LEVELS))
    left = [cell for one in groups for cell in contents_left(one)]
    assert [(cell.n, sorted(map(levels_of, cell.contents))) for cell in found] == [(len(one[0]), one) for one in left]
    assert [cell.certain for cell in found] == [certain for one in groups for certain in one.certain()]
    assert [cell.members for cell in found] == [most_members(one) for one in left]


def levels_of(counts: Sequence[int]) -> Content:
    return tuple(level for level, count in enumerate(counts) for _ in range(count))


def contents_left(group: Group) -> list[list[Content]]:
    """The contents of each cell, among all the contents of all cells together that the spread allows."""
    cells = [[one for found in cell.contents().values() for one in found] for cell in group.cells]
    low, high = group.low or Fraction(0), math.inf if group.high is None else group.high
    kept = [some for some in itertools.product(*cells) if low <= group.beside + sum(map(variance, some)) < high]
    return [sorted({some[place] for some in kept}) for place in range(len(cells))]


@cache
def variance(levels: Content) -> Fraction:
    mean = Fraction(sum(levels), len(levels))
    return sum(((level - mean) ** 2 for level in levels), Fraction(0)) / (len(levels) - 1)


def most_members(left: list[Content]) -> int:
    """Of the content with most of them, how many people gave a level that no other content has."""
    return max(sum(sum(level in other for other in left) == 1 for level in content) for content in left)


def test_what_is_found_depends_on_published_figures_alone() -> None:
    """Two campaigns that publish the same give the same away."""
    one = scored({"F-1": [0, 1, 1, 2, 4], "F-2": FIVE, "F-3": [2, 2, 2, 2, 3]})
    other = scored({"F-1": [0, 0, 2, 2, 4], "F-2": FIVE, "F-3": [1, 2, 2, 3, 3]})
    assert one.to_dict() == other.to_dict()
    assert small_cells(one) == small_cells(other)


def test_a_step_of_the_whole_college_bounds_every_small_cell() -> None:
    """Rule 4: two families of two small skills share a step, here at least the default, whose detail is not known."""
    levels = {f"{family}-{place}": [0, 0, 0, 0, 1] for family in "FG" for place in (1, 2)}
    profile = scored(levels, {"F": [1, 1], "G": [1, 1]})
    assert {profile.spread(family, "a").rule for family in "FG"} == {4}  # type: ignore[union-attr]
    assert [(cell.certain, cell.members) for cell in small_cells(profile)] == [(True, 5)] * 4
    wide = {f"{family}-{place}": [0, 0, 2, 4, 4] for family in "FG" for place in (1, 2)}
    together, alone = scored(wide, {"F": [1, 1], "G": [1, 1]}), scored({"F-1": [0, 0, 2, 4, 4]})
    assert (2,) * 5 not in map(levels_of, small_cells(together)[0].contents)  # the step of 2 levels excludes it
    assert (2,) * 5 in map(levels_of, small_cells(alone)[0].contents)


def test_a_cell_beside_large_ones_gives_away_its_mean_alone() -> None:
    (cell,) = small_cells(scored({"F-1": [0, 0, 0, 1, 1, *SILENT], "F-2": LARGE, "F-3": LARGE}))
    assert (cell.skill, cell.n, cell.certain, cell.members) == ("F-1", 5, False, 2)
    assert [levels_of(content) for content in cell.contents] == [(0, 0, 0, 1, 1), (0, 0, 0, 0, 2)]


def test_everybody_alike_is_said_at_an_end_or_by_a_distribution() -> None:
    small = scored({"F-1": [4] * 5, "F-2": [2] * 5, "F-3": FIVE})
    assert same_answers(small) == [SameAnswer("F-1", "a", 4)]
    large = scored({"F-1": [2] * 10, "F-2": LARGE, "F-3": [0, *SILENT, *SILENT[1:]]})
    assert same_answers(large) == [SameAnswer("F-1", "a", 2)]


def test_nothing_is_found_where_nothing_small_is_published() -> None:
    assert small_cells(scored({"F-1": LARGE, "F-2": [1, 2, 3, 4, *SILENT, None], "F-3": LARGE})) == []


def test_a_workshop_says_aloud_what_it_retains() -> None:
    rows = [*people("a", {"F-1": LARGE}), *people("a", {"F-1": [0] * 5}, mode="atelier")]
    profile = scoring.profile(table(rows), make_grid({"F": [1]}, colleges=("a",)))
    assert ("F-1", "atelier") in profile.cells
    assert (small_cells(profile), same_answers(profile)) == ([], [])


def test_no_member_of_a_simulated_college_knows_more_than_is_said() -> None:
    """The share told is a limit for whoever puts their answer to a question beside what is published of it."""
    codes = tuple(f"c{place}" for place in range(30))
    ((rows, document),) = simulated.publications("aux deux bouts", (5, 5, 5), 30)
    found = small_cells(scoring.profile(table(rows), make_grid({"F": [1, 1, 1]}, colleges=codes)))
    known = dict.fromkeys(((cell.skill, cell.college) for cell in found), 0)
    for row, skill in itertools.product(rows, simulated.SKILLS):
        for group in published_cells.groups(document, simulated.LEVELS, {row["college"]: {skill: [row[skill]]}}):
            if group.known:
                certain = dict(zip((cell.skill for cell in group.cells), group.certain(), strict=True))
                known[skill, row["college"]] += certain[skill]
    assert all(known[cell.skill, cell.college] <= cell.members for cell in found)
    assert 0 < sum(known.values()) < sum(cell.n for cell in found)
