"""The grid judged on a whole programme: coefficients against other software, published cells only."""

import random

import numpy as np
import pandas as pd
import pingouin
import pytest
from scipy import stats
from statsmodels.multivariate.factor import Factor

from grille import Grid
from scoring import AnswersError, Rules, instrument, profile
from scoring import tables as frames
from scoring.statistics import reliability
from tests.scoring.campaigns import Campaign, make_grid
from tests.scoring.edition_1 import attacker

GRID = make_grid({"F": [1, 1, 1, 1], "G": [1, 2, 1]})
CODES = [skill.code for skill in GRID.skills]


def programme(people: int = 400, territories: int = 4, silence: float = 0.05, seed: int = 1) -> pd.DataFrame:
    """Answers with one common factor per family, some silence, and territories that differ."""
    chance = np.random.default_rng(seed)
    territory = chance.integers(0, territories, people)
    factors = chance.normal(size=(people, 2)) + 0.5 * territory[:, None]
    frame = pd.DataFrame(
        {
            code: np.clip(np.round(1.5 + factors[:, code.startswith("G") * 1] + chance.normal(size=people)), 0, 4)
            for code in CODES
        }
    ).astype(object)
    frame = frame.mask(chance.random(frame.shape) < silence, "NSP")
    frame.insert(0, "college", chance.choice(["elus", "agents", "habitants"], people))
    frame.insert(1, "territory", [f"t{place}" for place in territory])
    return frame


def complete(frame: pd.DataFrame, codes: list[str]) -> pd.DataFrame:
    return frame[codes].apply(pd.to_numeric, errors="coerce").dropna()


def test_alpha_and_its_interval_are_those_of_pingouin() -> None:
    frame = programme()
    found = instrument(frame, GRID).families.set_index(["family", "form"])
    for family in GRID.families:
        items = complete(frame, [skill.code for skill in family.skills])
        value, (low, high) = pingouin.cronbach_alpha(items)
        row = found.loc[(family.code, "full")]
        assert row["n"] == len(items)
        assert row["alpha"] == pytest.approx(value, abs=1e-12)
        assert [round(row["alpha_low"], 3), round(row["alpha_high"], 3)] == [low, high]


def test_item_rest_correlations_are_those_of_scipy() -> None:
    frame = programme()
    items = complete(frame, CODES[:4])
    found = instrument(frame, GRID).skills.set_index("skill")["item_rest_full"]
    for code in items:
        rest = items.drop(columns=code).sum(axis=1)
        assert found[code] == pytest.approx(stats.pearsonr(items[code], rest).statistic, abs=1e-12)


def test_loadings_are_those_of_a_principal_axis_analysis() -> None:
    items = complete(programme(), CODES[:4]).to_numpy()
    other = Factor(items, n_factor=1, method="pa", smc=True).fit(maxiter=1000, tol=1e-12)
    spread = items.std(axis=0, ddof=1)
    found = reliability.loadings(reliability.covariance(items)) / spread
    assert np.abs(other.loadings[:, 0]) == pytest.approx(found, abs=1e-5)


def test_omega_of_an_exact_factor_is_the_one_that_made_it() -> None:
    loadings, unique = np.array([0.9, 0.7, 0.5, 0.8]), np.array([0.3, 0.5, 0.8, 0.2])
    moments = np.outer(loadings, loadings) + np.diag(unique)
    expected = loadings.sum() ** 2 / (loadings.sum() ** 2 + unique.sum())
    assert float(reliability.omega(moments)) == pytest.approx(expected, abs=1e-5)
    assert reliability.alpha(moments) < expected


def test_equal_loadings_make_alpha_and_omega_equal() -> None:
    moments = np.full((5, 5), 0.4) + np.diag(np.full(5, 0.6))
    assert float(reliability.omega(moments)) == pytest.approx(reliability.alpha(moments), abs=1e-6)


def test_alpha_within_takes_away_what_territories_add() -> None:
    found = instrument(programme(people=2000), GRID).families
    assert (found["alpha_within"] < found["alpha"]).all()
    assert (found["omega_low"] < found["omega"]).all()
    assert (found["omega"] < found["omega_high"]).all()


def test_the_same_answers_give_the_same_interval() -> None:
    frame = programme(people=200)
    first, second = (instrument(part, GRID).to_dict() for part in (frame, frame.sample(frac=1, random_state=3)))
    assert first["families"][0]["omega_low"] == pytest.approx(second["families"][0]["omega_low"], abs=1e-9)


def test_floor_ceiling_and_silences_are_counted() -> None:
    rows = pd.DataFrame({"college": ["elus"] * 10, "F-1": [0, 0, 0, 4, 2, 2, 2, 2, "NSP", "SO"]})
    frame = pd.concat([rows.assign(territory=name) for name in ("a", "b", "c")])
    found = instrument(frame, GRID)
    assert found.skills.iloc[0][["n", "floor", "ceiling"]].tolist() == [24, 3 / 8, 1 / 8]
    row = found.silence.query("skill == 'F-1' and college == 'elus'").iloc[0]
    assert row[["respondents", "unknown", "not_applicable", "unanswered"]].tolist() == [30, 0.1, 0.1, 0]
    assert row[["cells", "hidden"]].tolist() == [3, 0]
    assert found.respondents == 30
    other = found.silence.query("skill == 'F-2' and college == 'elus'").iloc[0]
    assert other[["respondents", "cells", "hidden"]].tolist() == [0, 0, 3]
    assert np.isnan(other["unknown"])


def test_too_few_complete_answers_give_no_coefficient() -> None:
    found = instrument(programme(people=60, territories=3, silence=0.4), GRID, Rules(k=3)).families
    assert found[["alpha", "omega", "alpha_within"]].isna().all().all()


def with_core(*core: str) -> Grid:
    """The grid of these tests, only those skills in its short form."""
    content = GRID.model_dump()
    for family in content["families"]:
        for skill in family["skills"]:
            skill["core"] = skill["code"] in core
    return Grid(**content)


def shared(sizes: dict[str, int]) -> pd.DataFrame:
    """So many answers per territory to every skill, all of one college."""
    rows = pd.concat(
        [programme(people=n, territories=1, silence=0, seed=n).assign(territory=name) for name, n in sizes.items()]
    )
    return rows.assign(college="elus")


def test_a_figure_that_one_territory_makes_is_not_given() -> None:
    balanced = instrument(shared({"a": 40, "b": 20, "c": 20}), GRID)
    assert balanced.skills[["floor", "item_rest_full"]].notna().all().all()
    assert balanced.families["alpha"].notna().all()
    dominated = instrument(shared({"a": 70, "b": 10, "c": 10}), GRID)
    assert dominated.skills[["floor", "ceiling", "item_rest_full", "item_rest_short"]].isna().all().all()
    assert dominated.families[["alpha", "omega", "alpha_within"]].isna().all().all()
    assert dominated.silence["unknown"].isna().all()
    assert dominated.skills["n"].tolist() == [90] * 7, "how many there are is no figure on one of them"


def test_each_figure_stands_on_three_territories_not_only_the_programme() -> None:
    frame = shared({"a": 30, "b": 30, "c": 30}).reset_index(drop=True)
    frame.loc[frame["territory"] == "c", "F-2"] = "NSP"
    found = instrument(frame, GRID)
    known = found.skills.set_index("skill")["floor"].notna()
    assert known.to_dict() == {code: code != "F-2" for code in CODES}
    assert found.families.set_index(["family", "form"])["alpha"].notna().to_dict() == {
        ("F", "short"): False,
        ("F", "full"): False,
        ("G", "short"): True,
        ("G", "full"): True,
    }


def test_who_was_not_asked_hides_nothing() -> None:
    frame = shared({"a": 30, "b": 30, "c": 30}).assign(form="short", campaign=lambda rows: rows["territory"])
    grid = with_core("F-1", "F-2", "G-1", "G-2")
    found = instrument(frame, grid, colleges={name: ["elus"] for name in "abc"}).silence
    asked = found[(found["college"] == "elus") & found["skill"].isin(["F-1", "F-2", "G-1", "G-2"])]
    assert asked["cells"].tolist() == [3] * 4
    assert found["hidden"].sum() == 0
    assert found["cells"].sum() == 12


@pytest.mark.parametrize("frame", [programme(territories=2), programme().drop(columns="territory")])
def test_one_or_two_territories_are_refused(frame: pd.DataFrame) -> None:
    with pytest.raises(AnswersError, match="territoire"):
        instrument(frame, GRID)


def test_everything_unreadable_is_said_with_its_row_in_the_whole_table() -> None:
    frame = programme(people=100)
    frame.loc[77, "F-2"] = 9
    with pytest.raises(AnswersError, match="réponse n° 78, colonne F-2"):
        instrument(frame, GRID)


def test_a_programme_says_nothing_of_hidden_cells() -> None:
    frame, chance = programme(people=120, territories=5, silence=0.3), random.Random(4)
    parts = []
    for _, part in frame.groupby("territory"):
        rows = part.assign(mode="individuel").to_dict("records")
        truth = profile(part, GRID)
        lie = attacker.scrambled(Campaign(rows, GRID, {}), truth, chance)
        parts.append(pd.DataFrame(lie.rows).astype(object))
        assert not truth.skills["published"].all()
    assert frames_equal(instrument(frame, GRID).to_dict(), instrument(pd.concat(parts), GRID).to_dict())


def frames_equal(one: object, other: object) -> bool:
    return dict(attacker.flattened(one)) == dict(attacker.flattened(other))


def test_every_column_is_documented() -> None:
    doc = str(instrument.__globals__["Instrument"].__doc__)
    for columns in (frames.ITEMS, frames.RELIABILITY, frames.SILENCE):
        assert all(name in doc for name in columns)
