"""Properties of every profile: bounds, order, weights, missing answers, names, copies; exact sums and verdicts."""

import random
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grille.grid import Grid
from scoring import edition_1 as scoring
from scoring.edition_1 import Profile, Rules, change, profile
from tests.scoring.campaigns import Campaign, campaigns, make_grid, people, table
from tests.scoring.edition_1.test_scoring_oracle import two_grids


def scored(campaign: Campaign, **rules: Any) -> Profile:
    return profile(campaign.frame, campaign.grid, Rules(**campaign.rules | rules))


@given(campaigns())
@settings(max_examples=60, deadline=None)
def test_every_figure_stays_within_its_bounds(campaign: Campaign) -> None:
    found, (lowest, highest) = scored(campaign), (campaign.grid.lowest, campaign.grid.highest)
    skills, families = (frame[frame["published"]] for frame in (found.skills, found.families))
    assert skills["mean"].between(lowest, highest).all()
    assert skills["ad"].between(0, (highest - lowest) / 2).all()
    assert skills["rwg"].dropna().between(0, 1).all()
    shares = skills[["unknown", "not_applicable", "unanswered"]]
    assert shares.ge(0).all().all()
    assert shares.sum(axis=1).le(1).all()
    assert [sum(counts) for counts in skills["distribution"]] == skills["n"].tolist()
    for frame in (families, found.territory[found.territory["published"]]):
        assert frame["score"].between(lowest, highest).all()
        known = frame.dropna(subset="low")
        assert (known["low"].ge(lowest) & known["low"].le(known["score"])).all()
        assert (known["high"].le(highest) & known["high"].ge(known["score"])).all()
    assert families["coverage"].between(0, 1).all()


@given(campaigns())
@settings(max_examples=60, deadline=None)
def test_an_unpublished_row_shows_nothing_but_n(campaign: Campaign) -> None:
    found = scored(campaign)
    for frame, names in ((found.skills, ["skill", "family", "college"]), (found.families, ["family", "college"])):
        hidden = frame[~frame["published"]]
        assert hidden.drop(columns=[*names, "n", "published"]).isna().all().all()
    territory = found.territory[~found.territory["published"]]
    assert territory.drop(columns=["family", "published"]).isna().all().all()
    counts = [*found.skills["n"], *found.families["n"], *found.respondents.values()]
    assert all(n == "<k" or n >= 1 for n in counts)


@given(campaigns(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_respondents_changes_nothing_to_the_last_bit(campaign: Campaign, chance: random.Random) -> None:
    rows = chance.sample(campaign.rows, len(campaign.rows))
    assert scored(replace(campaign, rows=rows)).to_dict() == scored(campaign).to_dict()


@given(campaigns(), st.sampled_from([0.5, 3, 10]))
@settings(max_examples=40, deadline=None)
def test_only_the_proportions_of_weights_count(campaign: Campaign, factor: float) -> None:
    heavier = replace(campaign, grid=weighted(campaign.grid, factor))
    assert scored(heavier).to_dict() == scored(campaign).to_dict()


def weighted(grid: Grid, factor: float) -> Grid:
    families = tuple(
        family.model_copy(
            update={
                "skills": tuple(
                    s.model_copy(update={"weight": float(Fraction(str(s.weight)) * Fraction(factor))})
                    for s in family.skills
                )
            }
        )
        for family in grid.families
    )
    return Grid(**grid.model_dump(exclude={"families", "correspondence"}), families=families)


@given(campaigns())
@settings(max_examples=40, deadline=None)
def test_one_more_silent_question_moves_no_score(campaign: Campaign) -> None:
    """A question added with no weight of its own, that nobody answers: every figure stays."""
    first = campaign.grid.families[0]
    extra = first.skills[0].model_copy(update={"code": "EXTRA", "weight": 0.0})
    families = (first.model_copy(update={"skills": (*first.skills, extra)}), *campaign.grid.families[1:])
    grid = Grid(**campaign.grid.model_dump(exclude={"families", "correspondence"}), families=families)
    rows = [{**row, "EXTRA": silence} for row, silence in zip(campaign.rows, cycle_of_silences(), strict=False)]
    before, after = scored(campaign), scored(Campaign(rows, grid, campaign.rules))
    assert after.to_dict()["families"] == before.to_dict()["families"]
    assert after.to_dict()["territory"] == before.to_dict()["territory"]


def cycle_of_silences() -> list[Any]:
    return [None, "NSP", "SO"] * 200


@pytest.mark.parametrize("silence", [None, "NSP", "SO"])
def test_someone_who_stays_silent_moves_no_score(silence: Any) -> None:
    rows = people("elus", {"F-1": [0, 1, 2, 3, 4], "F-2": [2, 2, 3, 3, 1], "F-3": [1, 1, 1, 2, 2]})
    quiet = {"college": "elus", "mode": "individuel", "F-1": silence, "F-2": silence, "F-3": silence}
    before, after = (profile(table(some), make_grid()) for some in (rows, [*rows, quiet]))
    pd.testing.assert_frame_equal(before.families, after.families)
    assert after.respondents["elus"] == 6


@given(campaigns())
@settings(max_examples=40, deadline=None)
def test_colleges_are_only_names(campaign: Campaign) -> None:
    names = {college.code: f"autre-{college.code}" for college in campaign.grid.colleges}
    colleges = [{"code": names[college.code], "label": college.label} for college in campaign.grid.colleges]
    grid = Grid.model_validate(campaign.grid.model_dump(exclude={"correspondence"}) | {"colleges": colleges})
    rules = campaign.rules | {"sizes": {names[c]: n for c, n in (campaign.rules["sizes"] or {}).items()} or None}
    renamed = Campaign([{**row, "college": names[row["college"]]} for row in campaign.rows], grid, rules)
    assert scored(renamed).territory.equals(scored(campaign).territory)
    assert scored(renamed).families.drop(columns="college").equals(scored(campaign).families.drop(columns="college"))


@given(campaigns())
@settings(max_examples=40, deadline=None)
def test_everyone_twice_keeps_the_scores_and_tightens_the_intervals(campaign: Campaign) -> None:
    once = scored(campaign, sizes=None, k=3)
    twice = scored(replace(campaign, rows=campaign.rows * 2), sizes=None, k=3)
    both = once.families["published"] & (
        once.skills.groupby(["family", "college"], sort=False)["published"].all().to_numpy()
    )
    shown = twice.families[both]
    assert shown["published"].all()
    assert shown["score"].tolist() == once.families[both]["score"].tolist()
    widths = [(frame["high"] - frame["low"])[both].dropna() for frame in (once.families, twice.families)]
    common = widths[0].index.intersection(widths[1].index)
    assert (widths[1][common] <= widths[0][common] + 1e-12).all()


@given(campaigns())
@settings(max_examples=60, deadline=None)
def test_the_terms_of_every_score_sum_to_it_exactly(campaign: Campaign) -> None:
    found = scored(campaign)
    for family in campaign.grid.families:
        for college in (None, *found.answers.colleges):
            for weighting in ("equal", "heads"):
                assert_explained(found, family.code, college, weighting)


def assert_explained(found: Profile, family: str, college: str | None, weighting: Any) -> None:
    try:
        exact = found.score(family, college, weighting)
    except scoring.NotPublishedError:
        with pytest.raises(scoring.NotPublishedError):
            scoring.explain(found, family, college, weighting)
        return
    terms = scoring.explain(found, family, college, weighting)
    assert sum((term.contribution for term in terms), Fraction(0)) == exact
    assert sum((term.weight for term in terms), Fraction(0)) == 1
    for term in terms:
        row = found.skills[(found.skills["skill"] == term.skill) & (found.skills["college"] == term.college)].iloc[0]
        assert row["published"]
        assert float(term.value) == row["mean"]
    frame = found.territory if college is None else found.families[found.families["college"] == college]
    if college is not None or weighting == found.rules.weighting:
        assert frame[frame["family"] == family].iloc[0]["score"] == float(exact)


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_the_terms_of_every_change_sum_to_it_exactly(data: st.DataObject) -> None:
    before, after = (scored(data.draw(campaigns(grid))) for grid in data.draw(two_grids()))
    for row in change(before, after).itertuples():
        if np.isnan(row.delta):
            with pytest.raises(scoring.NotPublishedError):
                scoring.explain_change(before, after, row.family, row.college)
        else:
            terms = scoring.explain_change(before, after, row.family, row.college)
            assert float(sum(term.contribution for term in terms)) == row.delta
            later = [term.contribution for term in terms if term.campaign == "after"]
            assert float(sum(later, Fraction(0))) == row.after


def test_asking_why_for_what_does_not_exist_is_refused() -> None:
    found = profile(table(people("elus", {"F-1": [1] * 5})), make_grid())
    for family, college in (("Z", None), ("F", "maires"), ("F", "agents"), ("F", None)):
        with pytest.raises(scoring.NotPublishedError):
            scoring.explain(found, family, college)


def test_weights_are_what_is_written() -> None:
    """0.1 + 0.2 is exactly half of 0.6: binary rounding must not hide the family."""
    grid = make_grid({"F": [0.1, 0.2, 0.3]})
    frame = table(people("elus", {"F-1": [1, 2, 3, 4, 0], "F-2": [0] * 5, "F-3": ["NSP"] * 5}))
    row = profile(frame, grid).families.iloc[0]
    assert (row["published"], row["coverage"], row["score"]) == (True, 0.5, pytest.approx(2 / 3))


def test_a_skill_without_weight_is_shown_and_weighs_nothing() -> None:
    grid = make_grid({"F": [0, 1]})
    frame = table(people("elus", {"F-1": [4] * 6, "F-2": [1, 1, 1, 1, 1, None]}))
    found = profile(frame, grid)
    assert found.skills.iloc[0]["mean"] == 4
    assert found.families.iloc[0][["n", "score"]].tolist() == [6, 1]
    only = profile(frame.drop(columns="F-2"), grid).families.iloc[0]
    assert (only["n"], only["published"]) == (6, False)
