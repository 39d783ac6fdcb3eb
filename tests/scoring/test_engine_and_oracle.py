"""The engine and the naive oracle give the same figures, on campaigns of every shape."""

import json
import math
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import scoring
from grille import IncomparableGridsError
from scoring import AnswersError, Comparison, Profile, edition_1
from scoring.coding import code
from tests.scoring import oracle
from tests.scoring.oracle import progress as oracle_progress
from tests.scoring.oracle.campaign import OF_EDITION_1
from tests.scoring.shapes import Row, Shape, campaigns, grids, shapes

CLOSE = {"rel_tol": 1e-9, "abs_tol": 1e-9}
TABLES: dict[str, Callable[[oracle.Campaign], list[Row]]] = {
    "skills": oracle.skill_rows,
    "families": oracle.family_rows,
    "territory": oracle.territory_rows,
    "weightings": oracle.weighting_rows,
    "hindsight": oracle.hindsight_rows,
    "hindsight_skills": oracle.hindsight_skills,
}


def many(examples: int) -> Any:
    return settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))


def profile(shape: Shape) -> Profile:
    """The campaign in the engine; a size that the answers contradict is unknown, as in a campaign."""
    plain = scoring.Rules(**shape.rules | {"sizes": None})
    if not shape.outgrown:
        return scoring.profile(shape.frame, shape.grid, scoring.Rules(**shape.rules), hindsight=shape.hindsight)
    coded = code(shape.frame, shape.grid, plain)
    assert shape.then is None
    return scoring.profile_of(coded, scoring.Rules(**shape.rules))


def same(found: Any, expected: Any) -> bool:
    """Equal values; numbers to the last few bits; every kind of null alike."""
    if expected is None or found is None or (isinstance(found, float) and math.isnan(found)):
        return expected is None and (found is None or math.isnan(found))
    if isinstance(expected, str | list | bool):
        return bool(found == expected)
    return math.isclose(found, expected, **CLOSE)


def records(frame: pd.DataFrame) -> list[Row]:
    return frame.astype(object).to_dict("records")


def assert_same_rows(found: list[Row], expected: list[Row], keys: tuple[str, ...]) -> None:
    """The same rows whatever their order, each with the same figures; what the oracle does not name is null."""
    models = {tuple(row.get(key) for key in keys): row for row in expected}
    assert len(found) == len(expected)
    for row in found:
        model = models[tuple(row.get(key) for key in keys)]
        wrong = {name: (value, model.get(name)) for name, value in row.items() if not same(value, model.get(name))}
        assert not wrong, (model, wrong)
        assert not {name for name, value in model.items() if value is not None} - row.keys()


def assert_same_tables(found: Profile, naive: oracle.Campaign) -> None:
    for name, expected in TABLES.items():
        rows = [] if name.startswith("hindsight") and naive.then is None else expected(naive)
        table = records(getattr(found, name))
        keys = [key for key in ("skill", "family", "college") if table and key in table[0]]
        assert_same_rows(table, rows, tuple(keys))


@given(shapes())
@many(60)
def test_every_table_of_a_profile_is_the_oracles(shape: Shape) -> None:
    shape = shape.with_known_sizes() if shape.then is not None else shape
    assert_same_tables(profile(shape), shape.naive)


@pytest.mark.long
@pytest.mark.timeout(3600)
@given(shapes())
@many(3000)
def test_every_table_of_many_profiles_is_the_oracles(shape: Shape) -> None:
    shape = shape.with_known_sizes() if shape.then is not None else shape
    assert_same_tables(profile(shape), shape.naive)


def assert_same_change(found: Comparison, naive: oracle.Comparison) -> None:
    rows = records(scoring.change_frame(found))
    assert_same_rows(rows, naive.rows(), ("family", "college"))
    for family in naive.families:
        said, again = naive.verdicts.get((family, "territoire")), oracle.without_volunteers(naive, family)
        differs = again is not None and said is not None and again != said.verdict
        assert found.row(family, "territoire").without_volunteers == (again if differs else None)


def compared(data: st.DataObject) -> tuple[Shape, Shape]:
    return data.draw(campaigns())


@given(st.data(), st.sampled_from(["equal", "heads", None]))
@many(60)
def test_every_change_is_the_oracles(data: st.DataObject, weighting: Any) -> None:
    before, after = compared(data)
    found = scoring.compare(profile(before), profile(after), weighting=weighting)
    assert_same_change(found, oracle.Comparison(before.naive, after.naive, weighting))


@pytest.mark.long
@pytest.mark.timeout(3600)
@given(st.data(), st.sampled_from(["equal", "heads", None]))
@many(3000)
def test_every_change_of_many_is_the_oracles(data: st.DataObject, weighting: Any) -> None:
    before, after = compared(data)
    found = scoring.compare(profile(before), profile(after), weighting=weighting)
    assert_same_change(found, oracle.Comparison(before.naive, after.naive, weighting))


def published_in_edition_1(shape: Shape) -> edition_1.Profile:
    own = {name: value for name, value in shape.rules.items() if name in OF_EDITION_1}
    return edition_1.profile(shape.frame, shape.grid, edition_1.Rules(**own))


@given(st.data())
@many(30)
def test_an_edition_1_campaign_is_compared_as_the_oracle_reads_it(data: st.DataObject) -> None:
    before, after = compared(data)
    if before.rules["territory_colleges"] < 2:  # edition 1 needs two
        before.rules["territory_colleges"] = 2
    found = scoring.compare(published_in_edition_1(before), profile(after))
    assert_same_change(found, oracle.Comparison(before.naive.read_with(after.naive), after.naive))


@given(st.data())
@many(20)
def test_two_documents_suffice_to_compare(data: st.DataObject) -> None:
    """Read back from JSON, two profiles publish the same tables and the same change, to the last byte."""
    profiles = [profile(shape) for shape in compared(data)]
    again = [scoring.profile_from_document(json.loads(json.dumps(one.to_dict())), one.grid) for one in profiles]
    assert [one.to_dict() for one in again] == [one.to_dict() for one in profiles]
    tables = [records(scoring.change(*pair)) for pair in (profiles, again)]
    assert repr(tables[0]) == repr(tables[1])


@given(st.data())
@many(40)
def test_the_skills_worked_on_are_the_oracles(data: st.DataObject) -> None:
    before, after = compared(data)
    codes = [skill.code for skill in after.grid.skills]
    worked = set(data.draw(st.lists(st.sampled_from(codes), min_size=1, max_size=4)))
    found = scoring.progress(profile(before), profile(after), sorted(worked))
    expected = oracle_progress.progress(before.naive, after.naive, worked)
    if expected is None:
        assert found is None or found.beyond is None
        return
    assert found is not None
    assert (len(found.worked_skills), len(found.other_skills)) == (expected["p"], expected["o"])
    wrong = [n for n in ("worked", "slope", "expected", "beyond", "margin") if not same(getattr(found, n), expected[n])]
    assert not wrong, (found, expected)


@given(shapes(hindsight=False).filter(lambda shape: shape.outgrown))
@many(10)
def test_a_table_with_more_people_than_a_size_is_refused(shape: Shape) -> None:
    with pytest.raises(AnswersError):
        scoring.profile(shape.frame, shape.grid, scoring.Rules(**shape.rules))
    shown = [college for college in shape.outgrown if len(shape.naive.groups[college]) >= shape.rules["k"]]
    assert set(profile(shape).outgrown) == set(shown)  # of a hidden college, nobody is told how many answered


@given(grids(3), grids(3), st.data())
@many(10)
def test_nothing_compares_across_scales(one: Any, other: Any, data: st.DataObject) -> None:
    if len(one.levels) == len(other.levels):
        return
    profiles = [profile(data.draw(shapes(grid, hindsight=False)).with_known_sizes()) for grid in (one, other)]
    with pytest.raises(IncomparableGridsError):
        scoring.change(*profiles)
