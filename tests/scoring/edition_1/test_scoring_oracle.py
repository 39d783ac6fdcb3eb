"""The engine and the naive oracle give the same figures, on campaigns of any shape."""

import math
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from grille.grid import Grid
from scoring.edition_1 import change, profile
from tests.scoring.campaigns import COLLEGES, Campaign, campaigns, make_grid
from tests.scoring.edition_1 import oracle


def same(found: Any, expected: Any) -> bool:
    """Equal values; numbers to the last few bits; every kind of null alike."""
    if expected is None or found is None or (isinstance(found, float) and math.isnan(found)):
        return expected is None and (found is None or math.isnan(found))
    if isinstance(expected, str | list | bool):
        return bool(found == expected)
    return math.isclose(found, expected, rel_tol=1e-12, abs_tol=1e-12)


def assert_same_rows(found: list[dict[str, Any]], expected: list[dict[str, Any]]) -> None:
    assert len(found) == len(expected)
    for row, model in zip(found, expected, strict=True):
        wrong = {name: (value, model.get(name)) for name, value in row.items() if not same(value, model.get(name))}
        assert not wrong, (model, wrong)


def naive(campaign: Campaign) -> oracle.Campaign:
    return oracle.Campaign(campaign.rows, campaign.grid, **campaign.rules)


@given(campaigns())
@settings(max_examples=120, deadline=None)
def test_a_profile_is_what_the_oracle_finds(campaign: Campaign) -> None:
    found = profile(campaign.frame, campaign.grid, campaign.as_rules_of_edition_1).to_dict()
    expected = naive(campaign).profile()
    assert found["respondents"] == expected["respondents"]
    for name in ("skills", "families", "territory"):
        assert_same_rows(found[name], expected[name])


@st.composite
def two_grids(draw: st.DrawFn) -> tuple[Grid, Grid]:
    """Two versions of a grid: a split, a merge, a renamed skill, a retired one, a new one, one that changes family."""
    weight = st.sampled_from([0, 0.5, 1, 1, 2])
    levels = range(draw(st.integers(0, 1)), draw(st.integers(3, 6)))
    old = {"A": ["A-1", "A-2", "A-3", "A-4"], "B": ["B-1", "B-2", "B-3"], "C": ["C-1", "C-2"]}
    new = {"A": ["A-1", "A-21", "A-22", "A-34"], "B": ["B-1", "B-9", "C-2"], "C": ["C-1", "C-3"], "D": ["D-1"]}
    mapping = {"A-2": ("A-21", "A-22"), "A-3": ("A-34",), "A-4": ("A-34",), "B-2": ("B-9",), "B-3": ()}
    colleges = COLLEGES[: draw(st.integers(1, 5))]
    drawn = [
        {
            family: draw(st.lists(weight, min_size=len(codes), max_size=len(codes)).filter(any))
            for family, codes in grid.items()
        }
        for grid in (old, new)
    ]
    return (
        make_grid(drawn[0], levels, colleges, version="1", codes=old),
        make_grid(drawn[1], levels, colleges, version="2", codes=new, correspondence=mapping),
    )


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_change_is_what_the_oracle_finds(data: st.DataObject) -> None:
    grids = data.draw(two_grids())
    before, after = (data.draw(campaigns(grid)) for grid in grids)
    weighting = data.draw(st.sampled_from(["equal", "heads"]))
    found = change(
        profile(before.frame, before.grid, before.as_rules_of_edition_1),
        profile(after.frame, after.grid, after.as_rules_of_edition_1),
        weighting=weighting,
    )
    rows = found.drop(columns="p_holm").astype(object).to_dict("records")
    assert_same_rows(rows, oracle.change(naive(before), naive(after), weighting))


@given(campaigns())
@settings(max_examples=40, deadline=None)
def test_a_campaign_compared_with_itself_repeats_the_published_scores(campaign: Campaign) -> None:
    scored = profile(campaign.frame, campaign.grid, campaign.as_rules_of_edition_1)
    found = change(scored, scored).set_index(["family", "college"])
    published = scored.families[scored.families["published"]].set_index(["family", "college"])
    pd.testing.assert_series_equal(
        found.loc[published.index, "after"], published["score"], check_names=False, rtol=0, atol=0
    )
    assert (found["delta"].dropna() == 0).all()
