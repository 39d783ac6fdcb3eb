"""What can be inferred from small published cells, and that the attacker who finds it misses nothing."""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

import scoring
from benchmarks import published_cells as simulated
from tests.scoring import published_cells
from tests.scoring.campaigns import make_grid, people, table
from tests.scoring.published_cells import Cell, Group

COLLEGES = 160
AT_ONCE = 36
# By enumeration, in percent: (n, shape) -> outsider, one member, two members, from all that is published. Two camps are
# what § 12 of the method calls « two ends » in its first rows.
GIVEN_AWAY = {
    ("5", "au milieu"): (0, 1, 4),
    ("5", "en bas"): (9, 16, 32),
    ("5", "en U"): (15, 22, 36),
    ("5", "plancher 80 %"): (63, 72, 81),
    ("7", "en bas"): (2, 5, 8),
    ("7", "en U"): (7, 9, 12),
    ("9", "en bas"): (1, 2, 2),
    ("9", "en U"): (3, 5, 6),
    ("5 à côté de 12 et 12", "en bas"): (8, 15, 27),
    ("5 à côté de 12 et 12", "aux deux bouts"): (4, 7, 19),
}


def document(levels: dict[str, list[Any]], scale: int = 5, colleges: tuple[str, ...] = ("a",)) -> dict[str, Any]:
    rows = [row for college in colleges for row in people(college, levels)]
    return scoring.profile(table(rows), make_grid({"F": [1] * len(levels)}, range(scale), colleges)).to_dict()


def test_the_attacker_reads_the_step_of_a_family() -> None:
    answers = {"F-1": [0] * 5, "F-2": [0] * 5, "F-3": [0, 0, 0, 4, 4]}
    (groups,) = published_cells.groups(document(answers), tuple(range(5)))
    assert [(cell.n, cell.total) for cell in groups.cells] == [(5, 0), (5, 0), (5, 8)]
    assert (groups.low, groups.high, groups.known) == (3 * Fraction(5, 4) ** 2, 3 * Fraction(7, 4) ** 2, {})
    assert groups.certain() == (True, True, True)  # only three at 0 and two at 4 spread as widely as that
    assert Group(groups.cells).certain() == (True, True, False)


def test_nothing_is_said_of_a_small_cell_beside_large_ones() -> None:
    large = [0, 1, 2, 3, 4] * 2
    found = published_cells.groups(document({"F-1": [0] * 5 + [None] * 5, "F-2": large, "F-3": large}), tuple(range(5)))
    assert [(len(groups.cells), groups.low, groups.high) for groups in found] == [(1, None, None)]


@pytest.mark.parametrize("scale", [2, pytest.param(3, marks=[pytest.mark.long, pytest.mark.timeout(3600)])])
def test_the_attacker_finds_all_that_can_be_found(scale: int) -> None:
    """Every content of three cells of five is published; nobody can tell apart those that publish the same."""
    contents = list(itertools.combinations_with_replacement(range(scale), 5))
    triples = list(itertools.product(contents, repeat=3))
    alike: dict[str, list[Any]] = defaultdict(list)
    guessed: dict[Any, tuple[bool, ...]] = {}
    for start in range(0, len(triples), AT_ONCE):
        some = triples[start : start + AT_ONCE]
        for triple, (found, certain) in zip(some, published_and_guessed(some, scale), strict=True):
            alike[found].append(triple)
            guessed[triple] = certain
    for group in alike.values():
        certain = tuple(len({triple[cell] for triple in group}) == 1 for cell in range(3))
        assert {guessed[triple] for triple in group} == {certain}


def published_and_guessed(triples: list[Any], scale: int) -> Iterator[tuple[str, tuple[bool, ...]]]:
    """A college for each: all that is published of it, and of which of its three cells the attacker is certain."""
    names = [f"c{place}" for place in range(len(triples))]
    rows = [
        row
        for name, triple in zip(names, triples, strict=True)
        for row in people(name, {f"F-{place}": list(levels) for place, levels in enumerate(triple, 1)})
    ]
    found = scoring.profile(table(rows), make_grid({"F": [1, 1, 1]}, range(scale), tuple(names))).to_dict()
    for name, groups in zip(names, published_cells.groups(found, tuple(range(scale))), strict=True):
        own = [
            row | {"college": None} for part in ("skills", "families") for row in found[part] if row["college"] == name
        ]
        yield repr(own), groups.certain()


@pytest.mark.parametrize(("band", "shape"), [("5", "en bas"), ("5", "en U"), ("5", "plancher 80 %"), ("9", "en U")])
def test_a_sample_gives_away_what_the_method_says(band: str, shape: str) -> None:
    assert_near(band, shape, COLLEGES, within=8)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(("band", "shape"), GIVEN_AWAY)
def test_small_colleges_give_away_what_the_method_says(band: str, shape: str) -> None:
    assert_near(band, shape, 2000, within=3.5 if shape == "en U" else 2)


def assert_near(band: str, shape: str, colleges: int, within: float) -> None:
    found = simulated.shares(shape, simulated.BANDS[band], colleges).values()
    assert [100 * one.published for one in found] == pytest.approx(GIVEN_AWAY[band, shape], abs=within)
    assert all(one.alone <= one.published for one in found)


def test_a_small_cell_beside_large_ones_gives_away_its_mean_alone() -> None:
    found = simulated.shares("aux deux bouts", simulated.BANDS["5 à côté de 12 et 12"], 80).values()
    assert all(one.alone == one.published for one in found)


def test_the_attacker_finds_what_a_broken_rule_gives_away() -> None:
    """A step told beside two large cells, with equal weights or not; a cell that passes from its mean to its detail."""
    steps = [100 * simulated.step_beside("aux deux bouts", weights, 300) for weights in ((1, 1, 1), (10, 1, 1))]
    assert steps == pytest.approx([21, 25], abs=6)
    assert 100 * simulated.earlier_version("aux deux bouts", 300) == pytest.approx(54, abs=6)


def test_no_cell_is_published_again_with_its_detail() -> None:
    """Whoever kept the first version would find most of it: the second is refused."""
    grid = make_grid({"F": [1, 1, 1]}, range(5), ("a",))
    first = {f"F-{place}": [0, 1, 2, 3, 4] for place in (1, 2, 3)}
    later = {skill: levels * 2 for skill, levels in first.items()}
    earlier, now = (scoring.publication_of(scoring.profile(table(people("a", one)), grid)) for one in (first, later))
    assert scoring.republication_problems(earlier, now)
    assert scoring.republication_problems(now, earlier)
    assert not scoring.republication_problems(earlier, earlier)


def test_whoever_answers_all_but_once_knows_the_other() -> None:
    """k counts answers, not people: the method says it, and nothing in the figures can prevent it."""
    assert [simulated.repeated("au milieu", 4, 50), simulated.repeated("au milieu", 1, 50)] == [1, 0]


def test_unanimity_is_known_only_at_the_ends_of_the_scale() -> None:
    assert [simulated.unanimous(level, 5) for level in range(5)] == [True, False, False, False, True]


def test_a_cell_that_a_later_distribution_tells() -> None:
    cell = Cell("F-1", 5, 8, tuple(range(5)))
    assert published_cells.first_contents(cell, [3, 0, 0, 0, 7]) == [(0, 0, 0, 4, 4)]
