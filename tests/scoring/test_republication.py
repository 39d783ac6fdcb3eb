"""A campaign published twice is refused if both versions together would disclose somebody."""

from dataclasses import replace
from typing import Any

import orjson
import pandas as pd
import pytest

from scoring import (
    Publication,
    Rules,
    edition_1,
    profile,
    profile_from_document,
    publication_from_document,
    publication_of,
    republication_problems,
)
from scoring.cells import SkillTally
from tests.scoring.campaigns import make_grid

GRID = make_grid({"F": [1, 1, 1]}, colleges=("elus",))


def answers(*levels: int) -> pd.DataFrame:
    return pd.DataFrame({"college": "elus"} | {f"F-{place}": list(levels) for place in (1, 2, 3)})


def published(*levels: int, rules: Rules | None = None, then: pd.DataFrame | None = None) -> Publication:
    return publication_of(profile(answers(*levels), GRID, rules, hindsight=then))


def first_edition(*levels: int, then: pd.DataFrame | None = None) -> Publication:
    found = edition_1.publication_of(edition_1.profile(answers(*levels), GRID, retrospective=then))
    return Publication(found.cells, found.needed)


FIVE, TEN = (0, 1, 2, 3, 4), (0, 1, 2, 3, 4, 4, 3, 2, 1, 0)


@pytest.mark.parametrize(
    ("before", "after", "safe"),
    [
        (FIVE, FIVE, True),
        (FIVE, (0, 1, 2, 3, 3), False),  # one person changed
        (FIVE, (*FIVE, 4), False),  # one newcomer
        ((0, 1, 2), FIVE, True),  # hidden before
        ((*FIVE[:4],), (*FIVE[:4], *FIVE), True),
        (FIVE, TEN, False),  # from small to detailed
        (TEN, FIVE, False),
        (TEN, (*TEN, *FIVE), False),  # five newcomers, though their detail would follow
        (TEN, (*TEN, *TEN), True),
    ],
)
def test_two_versions_differ_by_nobody_or_by_enough_people(
    before: tuple[int, ...], after: tuple[int, ...], safe: bool
) -> None:
    assert (republication_problems(published(*before), published(*after)) == ()) is safe


def test_the_first_edition_showed_every_cell_in_detail() -> None:
    assert republication_problems(first_edition(*FIVE), published(*FIVE)) == ()
    assert republication_problems(first_edition(*FIVE), published(*FIVE, *FIVE[:3]))
    assert republication_problems(first_edition(*FIVE), published(*FIVE, *FIVE))
    assert republication_problems(first_edition(*FIVE), published(*FIVE, *TEN)) == ()


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"k": 4}, "un chiffre est montré"),
        ({"k_detail": 12}, "tout le détail est montré"),
        ({"interval_n": 6}, "une marge est donnée"),
        ({"coverage": 0.4}, "la part d’une famille"),
        ({"spread_skills": 2}, "un étalement est dit par pas"),
        ({"spread_default": 0.5}, "l’étalement supposé"),
    ],
    ids=str,
)
def test_small_cells_are_not_said_again_in_other_steps(other: dict[str, Any], said: str) -> None:
    rules = Rules(**other)
    (problem,) = republication_problems(published(*FIVE), published(*FIVE, rules=rules))
    assert said in problem
    assert next(iter(other)) not in problem.replace("«", " ").split()
    assert republication_problems(published(*TEN, *TEN), published(*TEN, *TEN, rules=rules)) == ()


def test_a_skill_does_not_gain_or_lose_all_weight() -> None:
    lighter = replace(published(*FIVE), weightless=("F-3",))
    assert "poids nul" in republication_problems(published(*FIVE), lighter)[0]


def test_what_would_come_out_is_named_in_the_words_of_people() -> None:
    skills = {f"F-{place}": f"Savoir {place}" for place in (1, 2, 3)}
    before = published(*FIVE, then=then(3, 3, 3, 3, 3))
    (problem,) = republication_problems(before, published(4, 4, 4, 4, 0, then=then(3, 3, 3, 3, 2)), {}, skills)
    assert "« Savoir 1 », « Savoir 2 »" in problem.replace("\u00a0", " ")
    assert "« Savoir 3 » avec le recul" in problem.replace("\u00a0", " ")
    assert "F-" not in problem


def test_workshops_are_no_college_of_that_name() -> None:
    cell = SkillTally((0, 0, 0, 0, 5), 0, 0, 0, 0)
    one, other = (
        Publication({("F-1", "atelier"): replace(cell, unanswered=left)}, {"atelier": 1}, 2, 10) for left in (0, 1)
    )
    (problem,) = republication_problems(one, replace(other, needed={"atelier": 3}))
    assert problem.startswith("Ateliers\u00a0:")


def then(*levels: int | None) -> pd.DataFrame:
    return pd.DataFrame({f"F-{place}": list(levels) for place in (1, 2, 3)}, dtype=object)


def test_pairs_are_cells_too() -> None:
    before = published(4, 4, 4, 4, 4, then=then(3, 3, 3, 3, 3))
    assert republication_problems(before, published(4, 4, 4, 4, 4, then=then(3, 3, 3, 3, 2)))
    assert republication_problems(before, before) == ()


def test_pairs_follow_published_means_only_where_everybody_gave_both() -> None:
    earlier = first_edition(*FIVE, 4, then=then(0, 0, 0, 0, 0, 0).assign(college="elus"))
    assert republication_problems(earlier, published(*FIVE, 4, then=then(0, 0, 0, 0, 0, 0))) == ()
    missing = first_edition(*FIVE, 4, then=then(0, 0, 0, 0, 0, None).assign(college="elus"))
    assert republication_problems(missing, published(*FIVE, 4, then=then(0, 0, 0, 0, 0, None)))
    whole = profile(answers(*FIVE, 4), GRID, hindsight=then(0, 0, 0, 0, 0, None), hindsight_only_where_complete=True)
    assert republication_problems(missing, publication_of(whole)) == ()
    assert not whole.hindsight["published"].any()
    assert whole.has_hindsight


def test_a_publication_is_stored_and_read_back() -> None:
    made = published(*FIVE, then=then(0, 0, 0, 0, 0))
    again = publication_from_document(orjson.loads(orjson.dumps(made.to_dict())))
    assert again == made
    old = publication_from_document({"needed": {"elus": 5}, "cells": [["F-1", "elus", [1, 1, 1, 1, 1], 0, 0, 0, 0]]})
    assert (old.edition, old.cells["F-1", "elus"]) == (1, SkillTally((1, 1, 1, 1, 1), 0, 0, 0, 0))
    assert not old.has_small_cells


def test_a_profile_read_from_a_document_has_no_answers() -> None:
    found = profile(answers(*FIVE), GRID)
    with pytest.raises(ValueError, match="document"):
        publication_of(profile_from_document(found.to_dict(), GRID))
