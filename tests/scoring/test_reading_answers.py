"""Tables of answers: equivalent inputs are read alike; all errors are reported at once."""

from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from scoring import AnswersError, Rules, RulesError, profile
from tests.scoring.campaigns import make_grid, people, table

GRID = make_grid({"F": [1, 1]})
DETAILED = Rules(k_detail=5)
LEVELS = [0, 1, 2, 3, 4, 4]


def answers(column: Any, **others: Any) -> pd.DataFrame:
    return pd.DataFrame({"college": ["elus"] * 6, "F-1": column, **others})


def first_cell(frame: pd.DataFrame, grid: Any = GRID) -> dict[str, Any]:
    found = profile(frame, grid, DETAILED).skills.query("skill == 'F-1' and college == 'elus'")
    return dict(found.iloc[0])


@pytest.mark.parametrize(
    "column",
    [
        LEVELS,
        np.array(LEVELS, dtype=np.int8),
        np.array(LEVELS, dtype=np.uint8),
        np.array(LEVELS, dtype=np.float32),
        pd.array(LEVELS, dtype="Int64"),
        pd.array(LEVELS, dtype="Float32"),
        pd.array([str(level) for level in LEVELS], dtype="str"),
        pd.array([str(level) for level in LEVELS], dtype="string"),
        pd.Categorical([str(level) for level in LEVELS]),
        pd.Categorical(LEVELS),
        ["0", "1.0", " 2 ", "3,0", "+4", "\u00a04\u202f"],
        [0, "1", 2.0, np.int64(3), Decimal(4), np.float32(4)],
        pd.Series(LEVELS, dtype=object),
        pd.arrays.SparseArray(LEVELS),
    ],
    ids=lambda column: str(getattr(column, "dtype", type(column).__name__)),
)
def test_levels_are_read_whatever_holds_them(column: Any) -> None:
    assert first_cell(answers(column))["distribution"] == [1, 1, 1, 1, 2]


@pytest.mark.parametrize(
    ("column", "silent"),
    [
        ([3, 3, 3, 3, 3, None], "unanswered"),
        ([3, 3, 3, 3, 3, np.nan], "unanswered"),
        (pd.array([3, 3, 3, 3, 3, None], dtype="Int8"), "unanswered"),
        ([3, 3, 3, 3, 3, pd.NA], "unanswered"),
        (["3", "3", "3", "3", "3", " "], "unanswered"),
        (["3", "3", "3", "3", "3", "NSP"], "unknown"),
        (["3", "3", "3", "3", "3", " nsp "], "unknown"),
        ([3, 3, 3, 3, 3, "so"], "not_applicable"),
        (pd.Categorical.from_codes([0, 0, 0, 0, 0, -1], ["3", "NSP"]), "unanswered"),
        (pd.Categorical.from_codes([0, 0, 0, 0, 0, 1], [3, "NSP"]), "unknown"),
    ],
)
def test_silence_is_distinguished_and_is_never_a_zero(column: Any, silent: str) -> None:
    cell = first_cell(answers(column))
    rates = {name: cell[name] for name in ("unknown", "not_applicable", "unanswered")}
    assert (cell["n"], cell["mean"]) == (5, 3)
    assert rates == {"unknown": 0, "not_applicable": 0, "unanswered": 0} | {silent: pytest.approx(1 / 6)}


@pytest.mark.parametrize(
    "wrong",
    [5, -1, 1.5, 259, 1e300, np.inf, -np.inf, True, np.True_, "1.5", "douze", "1 000", "3;4", "nan", "0x1", [3], "٣"],
)
def test_what_is_no_level_is_named_with_its_row_and_column(wrong: Any) -> None:
    column = pd.Series([*LEVELS[:4], wrong, 4], dtype=object)
    with pytest.raises(AnswersError) as refused:
        profile(answers(column), GRID)
    (problem,) = refused.value.problems
    assert (problem.row, problem.column) == (5, "F-1")
    assert "0 à 4" in str(problem)


@pytest.mark.parametrize(
    "column",
    [
        np.array([0, 1, 2, 3, 4, 7]),
        np.array([0, 1, 2, 3, 4, 260], dtype=np.int64),
        np.array([0, 1, np.nan, 3, 4, -3.0]),
        np.array([0, 1, np.nan, 3, 4, -1.0]),
        np.array([0, 1, np.nan, 3, 4, 2.5]),
        np.array([0, 1, np.nan, 3, 4, np.inf]),
        pd.array([0, 1, 2, 3, 4, 9], dtype="Int64"),
        pd.Categorical([0, 1, 2, 3, 4, 9]),
    ],
    ids=str,
)
def test_columns_of_numbers_are_checked_too(column: Any) -> None:
    with pytest.raises(AnswersError) as refused:
        profile(answers(column), GRID)
    assert [problem.row for problem in refused.value.problems] == [6]


@pytest.mark.parametrize(
    "column", [np.array([True] * 6), pd.array([True] * 6, dtype="boolean")], ids=["bool", "boolean"]
)
def test_booleans_are_not_levels(column: Any) -> None:
    with pytest.raises(AnswersError) as refused:
        profile(answers(column), GRID)
    assert len(refused.value.problems) == 6


def test_a_scale_that_starts_at_one_has_no_zero() -> None:
    grid = make_grid({"F": [1, 1]}, range(1, 6))
    assert first_cell(answers([1, 2, 3, 4, 5, 5]), grid)["distribution"] == [1, 1, 1, 1, 2]
    assert first_cell(answers(np.array([1, 2, 3, 4, 5, 5.0])), grid)["mean"] == pytest.approx(20 / 6)
    for column in ([0, 1, 2, 3, 4, 5], np.array([0, 1, 2, 3, 4, np.nan])):
        with pytest.raises(AnswersError, match="réponse n° 1, colonne F-1"):
            profile(answers(column), grid)


def test_a_scale_may_be_as_long_as_a_thermometer() -> None:
    grid = make_grid({"F": [1, 1]}, range(201))
    frame = table(people("elus", {"F-1": [0, 50, 100, 150, 200, None], "F-2": [0, 50, 100, 150, 100, 110]}))
    found = profile(frame, grid).families.iloc[0]
    assert found["score"] == pytest.approx((100 + 85) / 2)


def test_everything_wrong_is_said_at_once() -> None:
    frame = pd.DataFrame(
        {"college": ["elus", "maire", None], "mode": ["papier", "fax", ""], "F-1": [3, 9, "x"], "F-2": [1, 2, 2.5]}
    )
    with pytest.raises(AnswersError) as refused:
        profile(frame, GRID)
    found = {(problem.row, problem.column) for problem in refused.value.problems}
    assert found == {(2, "college"), (3, "college"), (2, "mode"), (2, "F-1"), (3, "F-1"), (3, "F-2")}


def test_columns_are_checked_before_what_they_hold() -> None:
    frame = pd.DataFrame([[1, 2, 3, 4, 5]], columns=["F-1", "F-1", "F-9", 7, "respondent"])
    with pytest.raises(AnswersError) as refused:
        profile(frame, GRID)
    text = str(refused.value)
    assert "« F-1 » présente 2 fois" in text.replace("\u00a0", " ")
    for word in ("F-9", "« 7 »", "« college » manque"):
        assert word in text.replace("\u00a0", " ")


def test_an_unknown_column_hides_nothing_of_what_the_others_hold() -> None:
    frame = pd.DataFrame({"college": ["elus", "maire"], "F-9": [1, 1], "F-1": [9, 1]})
    with pytest.raises(AnswersError) as refused:
        profile(frame, GRID)
    assert [(problem.row, problem.column) for problem in refused.value.problems] == [
        (None, None),
        (2, "college"),
        (1, "F-1"),
    ]


def test_ten_thousand_unknown_columns_are_all_counted() -> None:
    frame = pd.DataFrame(np.zeros((3, 10_000)), columns=[f"Q{place}" for place in range(10_000)])
    with pytest.raises(AnswersError) as refused:
        profile(frame, GRID)
    assert len(refused.value.problems) == 10_001
    assert "et 9\u202f981 autres problèmes" in str(refused.value)
    assert len(str(refused.value).splitlines()) == 21


def test_a_column_wrong_throughout_is_cut_short_but_counted() -> None:
    frame = pd.DataFrame({"college": ["elus"] * 5000, "F-1": [9] * 5000})
    with pytest.raises(AnswersError) as refused:
        profile(frame, GRID)
    assert len(refused.value.problems) == 1001
    assert "4\u202f000 autres" in str(refused.value.problems[-1])


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"college": []}),
        pd.DataFrame({"college": [], "F-1": [], "F-2": []}),
        pd.DataFrame({"college": ["elus"]}),
        pd.DataFrame({"college": ["elus"] * 9, "F-1": ["NSP"] * 9, "F-2": [None] * 9}),
    ],
    ids=["no row", "no answer", "one respondent", "all silent"],
)
def test_too_little_to_say_is_not_an_error(frame: pd.DataFrame) -> None:
    found = profile(frame, GRID)
    assert not found.skills["published"].any()
    assert not found.families["published"].any()
    assert not found.territory["published"].any()
    assert set(found.skills["n"]) == {"<k"}


def test_a_table_without_a_college_column_is_refused() -> None:
    with pytest.raises(AnswersError, match="college"):
        profile(pd.DataFrame(), GRID)


def test_two_campaigns_are_never_averaged() -> None:
    frame = pd.DataFrame({"college": ["elus"] * 2, "campaign": ["2025", "2026"], "F-1": [1, 2]})
    with pytest.raises(AnswersError, match="2 campagnes"):
        profile(frame, GRID)


def test_a_size_smaller_than_its_college_names_the_college() -> None:
    with pytest.raises(AnswersError, match=r"elus.*6 réponses.*5"):
        profile(answers(LEVELS), GRID, Rules(sizes={"elus": 5}))


def test_colleges_that_the_grid_has_not_are_refused_in_the_rules() -> None:
    with pytest.raises(RulesError) as refused:
        profile(answers(LEVELS), GRID, Rules(colleges=("elus", "maires"), sizes={"sages": 3}, voluntary=("tous",)))
    assert len(refused.value.problems) == 3


def test_a_college_outside_the_campaign_is_refused_and_the_order_is_that_of_the_grid() -> None:
    rules = Rules(colleges=("habitants", "elus"))
    assert list(profile(answers(LEVELS), GRID, rules).respondents) == ["elus", "habitants"]
    with pytest.raises(AnswersError, match="agents"):
        profile(pd.DataFrame({"college": ["agents"]}), GRID, rules)


def test_workshops_are_a_series_of_their_own() -> None:
    rows = people("elus", {"F-1": [0] * 5, "F-2": [0] * 5}) + people(
        "elus", {"F-1": [4] * 5, "F-2": [4] * 5}, "atelier"
    )
    rows += people("agents", {"F-1": [2] * 5, "F-2": [2] * 5}) + people("habitants", {"F-1": [1] * 5, "F-2": [1] * 5})
    rows += [{"college": None, "mode": "atelier", "F-1": 4, "F-2": 4}, {"college": "atelier", "mode": "ATELIER "}]
    found = profile(table(rows), GRID)
    assert found.respondents == {"elus": 5, "agents": 5, "habitants": 5, "atelier": 7}
    assert found.families.set_index("college")["score"].to_dict() == {
        "elus": 0,
        "agents": 2,
        "habitants": 1,
        "atelier": 4,
    }
    assert found.territory.iloc[0][["score", "colleges"]].tolist() == [1, 3]


def test_a_few_workshops_may_be_shown_by_their_own_threshold() -> None:
    frame = table(people("elus", {"F-1": [4], "F-2": [3]}, "atelier"))
    assert not profile(frame, GRID).skills["published"].any()
    cell = profile(frame, GRID, Rules(workshop_k=1)).skills.query("college == 'atelier'").iloc[0]
    assert (cell["n"], cell["mean"], cell["agreement"]) == (1, 4, None)
    assert np.isnan(cell["sd"])


def test_the_word_atelier_is_a_mode_and_not_a_college() -> None:
    with pytest.raises(AnswersError, match="atelier"):
        profile(table([{"college": "atelier", "mode": "papier", "F-1": 1}]), GRID)
