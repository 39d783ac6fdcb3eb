"""The engine goes through people in NumPy, never one by one: no more calls for a hundred times more of them."""

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from benchmarks.scoring import answers, as_stored, profile


def calls(work: Callable[[], object]) -> int:
    """How many functions are called meanwhile."""
    count = 0

    def one_more(_frame: FrameType, event: str, _what: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    was = sys.getprofile()
    sys.setprofile(one_more)
    try:
        work()
    finally:
        sys.setprofile(was)
    return count


@pytest.mark.parametrize("hindsight", [False, True], ids=["one table", "with hindsight"])
def test_a_hundred_times_more_people_take_no_more_calls(hindsight: bool) -> None:
    few, many = answers(500), answers(50_000)
    profile(few, few if hindsight else None)  # what is loaded or computed once for all
    small, large = (calls(lambda table=table: profile(table, table if hindsight else None)) for table in (few, many))
    assert large < small * 1.1


def test_answers_as_stored_take_no_more_calls_either() -> None:
    few, many = as_stored(answers(500)), as_stored(answers(50_000))
    profile(few)
    assert calls(lambda: profile(many)) < calls(lambda: profile(few)) * 1.1
