"""Faults seeded in the engine are all detected by comparison with the oracle."""

import random
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

import scoring
from scoring import Profile
from scoring.formulas import judgement
from scoring.words import CLEAR
from tests.scoring import oracle
from tests.scoring.shapes import made_up_pair
from tests.scoring.test_engine_and_oracle import assert_same_change, profile

Patch = pytest.MonkeyPatch
CHANGE: Any = sys.modules["scoring.change"]  # the package gives the function of that name
MUTANTS: list[Callable[[Patch], None]] = []
MOST_TRIED = 60


def mutant(change: Callable[[Patch], None]) -> Callable[[Patch], None]:
    """Register a fault."""
    MUTANTS.append(change)
    return change


@mutant
def a_college_moving_against_an_open_family_is_read_as_those_that_follow(patch: Patch) -> None:
    patch.setattr(judgement, "_opens", lambda territory, one: territory.verdict in CLEAR and one.measure is not None)


@mutant
def one_college_left_of_several_copies_the_territory(patch: Patch) -> None:
    whole = judgement.judge

    def judge(candidates: Any, page: Any, campaign: int) -> Any:
        compared = {one.place for one in candidates if one.measure} - {judgement.TERRITORY, "atelier"}
        return whole(candidates, page, 1 if len(compared) == 1 else campaign)

    patch.setattr(CHANGE, "judge", judge)


@mutant
def no_family_is_ever_open(patch: Patch) -> None:
    patch.setattr(judgement, "_opens", lambda _territory, _one: False)


@mutant
def a_campaign_of_one_college_is_tested_as_the_others(patch: Patch) -> None:
    patch.setattr(judgement, "_all_have_territory", lambda _candidates: False)


@mutant
def a_copied_college_is_read_at_its_own_confidence(patch: Patch) -> None:
    patch.setattr(judgement, "_copied", lambda one, page, _territory: judgement._tested(one, page, 1 - page.alpha / 9))


@cache
def compared(seed: int) -> tuple[Profile, Profile, oracle.Comparison]:
    """Two campaigns in the engine, and their comparison by the oracle, which no fault touches."""
    before, after = made_up_pair(random.Random(seed), most=4)
    naive = oracle.Comparison(before.naive, after.naive, None)
    naive.rows()
    return profile(before), profile(after), naive


def differs(seed: int) -> bool:
    """Whether the engine says something else than the oracle of these two campaigns."""
    before, after, naive = compared(seed)
    try:
        assert_same_change(scoring.compare(before, after), naive)
    except AssertionError:
        return True
    return False


@pytest.mark.parametrize("fault", MUTANTS, ids=lambda fault: fault.__name__)
def test_the_oracle_catches_it(fault: Callable[[Patch], None], monkeypatch: Patch) -> None:
    fault(monkeypatch)
    assert any(differs(seed) for seed in range(MOST_TRIED)), "no shape of campaign shows this fault"


def test_the_engine_without_a_fault_says_what_the_oracle_says() -> None:
    assert not any(differs(seed) for seed in range(MOST_TRIED))
