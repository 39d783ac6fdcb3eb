"""Conventions: each has a meaning, a validation, and is printed."""

from dataclasses import fields
from fractions import Fraction

import pytest

from scoring.edition_1 import Rules, RulesError


def test_every_convention_has_a_meaning_and_says_what_it_may_be() -> None:
    for convention in fields(Rules):
        assert convention.metadata["meaning"], convention.name
        assert convention.metadata["allowed"], convention.name
    assert set(Rules().meanings()) == set(Rules().to_dict())


@pytest.mark.parametrize(
    "wrong",
    [
        {"k": 2},
        {"k": 12},
        {"k": 5.0},
        {"k": True},
        {"k": "5"},
        {"workshop_k": 0},
        {"weighting": "per head"},
        {"weighting": ["equal"]},
        {"colleges": ()},
        {"colleges": ("elus", "elus")},
        {"colleges": "elus"},
        {"sizes": {"elus": 0}},
        {"sizes": {"elus": 1.5}},
        {"sizes": [("elus", 3)]},
        {"voluntary": ("a", "a")},
        {"coverage": 0},
        {"coverage": 1.01},
        {"coverage": float("nan")},
        {"coverage": True},
        {"territory_colleges": 1},
        {"small_campaign": 0},
        {"small_campaign_colleges": 1},
        {"confidence": 1},
        {"confidence": 0.2},
        {"interval_n": 1},
        {"agreement_divisor": 0},
        {"agreement_n": 1},
        {"opposed_share": 0.6},
        {"opposed_levels": 0},
        {"clear_change": -1},
        {"clear_change": float("inf")},
        {"holm": "none"},
    ],
    ids=str,
)
def test_a_convention_that_cannot_be_applied_is_named(wrong: dict[str, object]) -> None:
    (name,) = wrong
    with pytest.raises(RulesError, match=f"^{name} "):
        Rules(**wrong)  # type: ignore[arg-type]


def test_every_convention_that_cannot_be_applied_is_named_at_once() -> None:
    with pytest.raises(RulesError) as refused:
        Rules(k=0, weighting="x", coverage=2, confidence=0)  # type: ignore[arg-type]
    assert len(refused.value.problems) == 4


def test_rules_survive_json_and_can_be_keys() -> None:
    rules = Rules(k=7, sizes={"elus": 9}, colleges=("elus",), coverage=Fraction(1, 3), voluntary=("elus",))
    again = Rules(**rules.to_dict())
    assert again.sizes == rules.sizes
    assert again.colleges == rules.colleges
    assert len({Rules(), Rules(k=5), Rules(k=6)}) == 2


def test_rules_do_not_follow_what_the_caller_changes_later() -> None:
    sizes = {"elus": 9}
    rules = Rules(sizes=sizes)
    sizes["elus"] = 1
    assert rules.sizes == {"elus": 9}
