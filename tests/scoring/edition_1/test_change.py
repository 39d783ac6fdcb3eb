"""Comparing two campaigns: what is refused, what is adjusted together, what has no counterpart."""

import random

import pandas as pd
import pytest
from statsmodels.stats.multitest import multipletests

from grille import IncomparableGridsError
from scoring import edition_1 as scoring
from scoring.edition_1 import Profile, Rules, change, compare, profile
from tests.scoring.campaigns import make_grid, people, table

COLLEGES = ("elus", "agents", "habitants")
GRID = make_grid({"F": [1, 1], "G": [1]}, colleges=COLLEGES)


def answers(seed: int, highest: int = 4, colleges: tuple[str, ...] = (*COLLEGES, "atelier")) -> pd.DataFrame:
    chance = random.Random(seed)
    rows = []
    for college in colleges:
        mode = "atelier" if college == "atelier" else "individuel"
        columns = {skill.code: [chance.randint(0, highest) for _ in range(8)] for skill in GRID.skills}
        rows += people(college, dict(columns), mode)  # type: ignore[arg-type]
    return table(rows)


def campaign(seed: int, highest: int = 4, **rules: object) -> Profile:
    return profile(answers(seed, highest), GRID, Rules(**rules))  # type: ignore[arg-type]


def test_p_values_are_adjusted_among_what_is_read_together() -> None:
    found = change(campaign(1, 2), campaign(2))
    territory, workshop = found["college"] == "territoire", found["college"] == "atelier"
    for series in (territory, workshop, ~territory & ~workshop):
        rows = found[series]
        assert rows["p_holm"].tolist() == pytest.approx(multipletests(rows["p"], method="holm")[1].tolist())


def test_or_all_together_when_the_rules_say_so() -> None:
    found = change(campaign(1, 2), campaign(2, holm="all"))
    assert found["p_holm"].tolist() == pytest.approx(multipletests(found["p"], method="holm")[1].tolist())


def test_tables_are_compared_like_their_profiles() -> None:
    tables = change(answers(1), answers(2), GRID, GRID, rules=Rules(weighting="heads"))
    pd.testing.assert_frame_equal(tables, change(campaign(1), campaign(2, weighting="heads")))


def test_a_table_without_its_grid_is_refused() -> None:
    with pytest.raises(scoring.ScoringError, match="grille"):
        change(answers(1), campaign(2))


def test_scales_that_differ_are_not_compared() -> None:
    other = make_grid({"F": [1, 1], "G": [1]}, range(6), COLLEGES, version="1")
    with pytest.raises(IncomparableGridsError):
        change(profile(answers(1), other), campaign(2))


def test_a_college_that_only_one_year_knows_is_there_without_figures() -> None:
    before = profile(answers(1, colleges=("elus", "agents")), GRID, Rules(colleges=("elus", "agents")))
    found = change(before, campaign(2)).set_index(["family", "college"])
    assert found.loc[("F", "habitants")].isna()[["before", "after", "delta", "low", "verdict", "p", "p_holm"]].all()
    assert found.loc[("F", "habitants"), "comparable_skills"] == 0
    assert found.loc[("F", "atelier")].isna()["delta"]


def test_the_territory_compares_the_same_colleges_both_years() -> None:
    """The inhabitants are hidden the second year: the first year's mean leaves them out too."""
    rows = [
        people(college, {"F-1": [level] * 5, "F-2": [level] * 5})
        for college, level in zip(COLLEGES, (0, 2, 4), strict=True)
    ]
    full, partial = table([*rows[0], *rows[1], *rows[2]]), table([*rows[0], *rows[1]])
    found = change(full, partial, GRID, GRID).set_index(["family", "college"]).loc[("F", "territoire")]
    assert found[["before", "after", "delta", "comparable_skills"]].tolist() == [1, 1, 0, 2]


def test_the_rules_of_each_campaign_hide_in_that_campaign() -> None:
    assert change(campaign(1, k=11), campaign(2))["delta"].isna().all()
    assert change(campaign(1), campaign(2, k=11))["delta"].isna().all()


def test_the_two_weightings_of_a_change() -> None:
    before, after = campaign(1), campaign(2)
    assert compare(before, after).weighting == "equal"
    heads = change(before, after, weighting="heads")
    assert heads["delta"].tolist() == pytest.approx(change(before, after)["delta"].tolist())  # as many in each college
