"""Conventions of edition 2: each has a meaning, a range, and is printed."""

from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

import pytest

from scoring import Rules, RulesError, edition_1, profile, rules_from_document
from scoring.editions import rules_in_edition_2
from storage.campaigns.validation import DEFAULT_K, LARGEST_K, SMALLEST_K
from tests.scoring import worked_example as example


def test_every_convention_has_a_meaning_and_says_what_it_may_be() -> None:
    for convention in fields(Rules):
        assert convention.metadata["meaning"], convention.name
        assert convention.metadata["allowed"], convention.name
    assert set(Rules().meanings()) == set(Rules().to_dict())


def test_campaigns_are_opened_with_the_k_of_the_method() -> None:
    assert Rules().k == DEFAULT_K
    assert [Rules(k=k).k for k in (SMALLEST_K, LARGEST_K)] == [SMALLEST_K, LARGEST_K]
    for k in (SMALLEST_K - 1, LARGEST_K + 1):
        with pytest.raises(RulesError):
            Rules(k=k)


WRONG: list[dict[str, Any]] = [
    {"edition": 3},
    {"edition": True},
    {"k": 2},
    {"k": 12},
    {"k": 5.0},
    {"k_detail": 4},
    {"k_detail": 31},
    {"k": 11, "k_detail": 10},
    {"workshop_k": 0},
    {"weighting": "per head"},
    {"colleges": ()},
    {"colleges": ("elus", "elus")},
    {"sizes": {"elus": 0}},
    {"voluntary": ("a", "a")},
    {"coverage": 0},
    {"coverage": float("nan")},
    {"territory_colleges": 0},
    {"territory_colleges": 11},
    {"confidence": 1},
    {"interval_n": 4},
    {"prior_n": 0.09},
    {"prior_n": 5.1},
    {"halo": -0.1},
    {"halo": 1.1},
    {"spread_skills": 1},
    {"spread_skills": 16},
    {"spread_default": 0.124},
    {"spread_default": 0.51},
    {"agreement_divisor": 1},
    {"agreement_chance": 0},
    {"agreement_chance": 0.6},
    {"opposed_share": 0.29},
    {"opposed_share": 1.01},
    {"clear_change": 0},
    {"clear_change": 1.01},
    {"progress_others": 2},
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_a_convention_that_cannot_be_applied_is_named(wrong: dict[str, Any]) -> None:
    with pytest.raises(RulesError, match=f"^{[*wrong][-1]} "):
        Rules(**wrong)


@pytest.mark.parametrize(
    "right",
    [{"prior_n": 0.1}, {"opposed_share": 0.3}, {"agreement_chance": 0.001}, {"halo": 0}, {"spread_default": 0.125}],
    ids=str,
)
def test_the_ends_of_a_range_are_in_it(right: dict[str, Any]) -> None:
    assert Rules(**right).to_dict() | right == Rules(**right).to_dict()


def test_every_convention_that_cannot_be_applied_is_named_at_once() -> None:
    with pytest.raises(RulesError) as refused:
        Rules(k=0, weighting="x", coverage=2, confidence=0)  # type: ignore[arg-type]
    assert len(refused.value.problems) == 4


def test_detail_is_shown_from_ten_or_from_k_when_it_is_larger() -> None:
    assert [Rules(k=k).k_detail for k in (3, 5, 10, 11)] == [10, 10, 10, 11]
    assert replace(Rules(), k=11).k_detail == 11
    assert Rules(k=5, k_detail=5).k_detail == 5


def test_the_first_edition_has_its_own_fields() -> None:
    first = Rules(edition=1, holm="all", agreement_n=4)
    assert isinstance(first, edition_1.Rules)
    assert (first.edition, first.holm) == (1, "all")  # type: ignore[attr-defined]
    assert Rules().edition == 2
    with pytest.raises(TypeError):
        Rules(holm="all")  # type: ignore[call-arg]


def test_a_profile_is_of_the_edition_of_its_rules() -> None:
    answers = example.answers(example.BEFORE)
    found = profile(answers, example.grid(), Rules(edition=1, sizes={"elus": 8}))
    frozen = edition_1.profile(answers, example.grid(), edition_1.Rules(sizes={"elus": 8}))
    assert found.to_dict() == frozen.to_dict()
    assert "edition" not in found.to_dict()


def test_a_stored_document_is_read_by_its_edition() -> None:
    assert rules_from_document(edition_1.Rules(k=7).to_dict()) == edition_1.Rules(k=7, instrument_share=2 / 3)
    again = rules_from_document(Rules(k=7, sizes={"elus": 9}, coverage=Fraction(1, 3)).to_dict())
    assert (again.edition, again.k, again.sizes) == (2, 7, {"elus": 9})
    with pytest.raises(RulesError, match="holm"):
        rules_from_document({"edition": 2, "holm": "all"})


def test_what_the_first_edition_lacks_comes_from_the_later_campaign() -> None:
    first = edition_1.Rules(k=4, interval_n=2, territory_colleges=12, opposed_share=0.3, clear_change=1)
    found = rules_in_edition_2(first, Rules(k_detail=12, clear_change=0.2, prior_n=2))
    assert (found.k, found.k_detail, found.interval_n, found.territory_colleges) == (4, 12, 5, 10)
    assert (found.clear_change, found.prior_n, found.opposed_share) == (0.2, 2, Fraction(5, 8))


def test_rules_do_not_follow_what_the_caller_changes_later() -> None:
    sizes = {"elus": 9}
    rules = Rules(sizes=sizes)
    sizes["elus"] = 1
    assert rules.sizes == {"elus": 9}


def test_the_colleges_that_a_territory_needs() -> None:
    assert [Rules().colleges_needed(campaign) for campaign in range(1, 7)] == [1, 2, 2, 3, 3, 3]
