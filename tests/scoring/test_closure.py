"""No hidden answer changes anything that is published, to the last byte (§ 2 of the method, closure)."""

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.scoring import closure
from tests.scoring.campaigns import make_grid, people
from tests.scoring.oracle import DEFAULTS
from tests.scoring.shapes import Shape, shapes, two_grids

CHANCE = st.randoms(use_true_random=False)


def many(examples: int) -> Any:
    return settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))


def assert_hides_what_is_hidden(shape: Shape, chance: random.Random) -> None:
    shape = shape.with_known_sizes()
    truth = closure.scored(shape)
    lie = closure.scored(closure.scrambled(shape, chance))
    assert closure.published(lie) == closure.published(truth)


def assert_hides_who_said_what(shape: Shape, chance: random.Random) -> None:
    shape = shape.with_known_sizes()
    truth = closure.published(closure.scored(shape))
    for other in (closure.exchanged(shape, chance), closure.replaced(shape, chance)[0]):
        assert closure.published(closure.scored(other)) == truth


@given(shapes(), CHANCE)
@many(40)
def test_what_hidden_cells_hold_moves_nothing(shape: Shape, chance: random.Random) -> None:
    assert_hides_what_is_hidden(shape, chance)


@given(shapes(hindsight=False), CHANCE)
@many(25)
def test_who_said_what_and_what_small_cells_hold_move_nothing(shape: Shape, chance: random.Random) -> None:
    assert_hides_who_said_what(shape, chance)


@given(st.data(), CHANCE)
@many(12)
def test_nor_do_they_move_a_change(data: st.DataObject, chance: random.Random) -> None:
    first, last = data.draw(two_grids(6))
    campaigns = [data.draw(shapes(grid, hindsight=False)).with_known_sizes() for grid in (first, first, last)]
    worked = tuple(skill.code for skill in last.skills[:2])
    truth = closure.published_changes([closure.scored(campaign) for campaign in campaigns], worked)
    for change in (closure.scrambled, closure.exchanged, lambda *given: closure.replaced(*given)[0]):
        lies = [closure.scored(change(campaign, chance)) for campaign in campaigns]
        assert closure.published_changes(lies, worked) == truth


@pytest.mark.long
@pytest.mark.timeout(3600)
@given(shapes(), CHANCE)
@many(2000)
def test_what_hidden_cells_hold_moves_nothing_in_many(shape: Shape, chance: random.Random) -> None:
    assert_hides_what_is_hidden(shape, chance)


@pytest.mark.long
@pytest.mark.timeout(3600)
@given(shapes(hindsight=False), CHANCE)
@many(1000)
def test_who_said_what_moves_nothing_in_many(shape: Shape, chance: random.Random) -> None:
    assert_hides_who_said_what(shape, chance)


def small(levels: dict[str, list[Any]], **rules: Any) -> Shape:
    """One college of elected people on five levels, whose cells are small."""
    weights = {"F": [1] * len(levels)}
    return Shape(people("elus", levels), make_grid(weights, range(5), ("elus",)), DEFAULTS | rules)


def test_the_third_replacement_does_change_what_cells_hold() -> None:
    """The tests above would say nothing if no cell ever held something else."""
    shape = small({f"F-{place}": [0, 1, 2, 2, 4] for place in (1, 2, 3)})
    other, changed = closure.replaced(shape, random.Random(1))
    assert changed >= 2
    assert sorted(row["F-1"] for row in other.rows) != [0, 1, 2, 2, 4]


def test_a_step_that_would_move_is_seen() -> None:
    """The same means with everybody at the ends: the spread told is another, and so is what is published."""
    quiet, loud = (small({f"F-{place}": levels for place in (1, 2, 3)}) for levels in ([2] * 6, [0, 0, 0, 4, 4, 4]))
    assert closure.published(closure.scored(quiet)) != closure.published(closure.scored(loud))
