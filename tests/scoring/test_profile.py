"""Profiles under edition 2: bands, margins, sizes, any scale, any number of families and colleges."""

import random
from dataclasses import replace
from fractions import Fraction
from typing import Any

import orjson
import pandas as pd
import pytest

from scoring import AnswersError, NotPublishedError, Profile, Rules, change, edition_1, profile, profile_from_document
from scoring.coding import code
from scoring.computing import profile_of
from tests.scoring import worked_example as example
from tests.scoring.campaigns import make_grid, people, table

GRID = make_grid({"F": [1, 1, 1]}, colleges=("a", "b", "c"))
SKILLS = ("F-1", "F-2", "F-3")


def college(name: str, n: int, level: int = 2, mode: str = "individuel") -> list[dict[str, Any]]:
    """A college of n people around a level."""
    return people(name, {skill: [level + (place % 2) for place in range(n)] for skill in SKILLS}, mode)


def row(found: Profile, name: str) -> dict[str, Any]:
    (one,) = found.families.query("college == @name").to_dict("records")
    return dict(one)


def test_the_columns_are_those_of_the_method() -> None:
    found = example.after()
    assert " ".join(found.skills) == (
        "skill family college n mean silence sd ad rwg agreement unknown not_applicable unanswered distribution "
        "published"
    )
    assert " ".join(found.families) == "family college n score low high margin spread coverage absent published"
    assert " ".join(found.territory) == "family score low high margin colleges voluntary published"
    assert " ".join(found.weightings) == "family equal heads difference published"
    assert " ".join(found.hindsight) == "family college n delta low high confidence verdict visible published"
    assert " ".join(found.hindsight_skills) == "skill college n delta published"
    assert " ".join(change(example.before(), found)) == (
        "family college before after delta low high confidence verdict visible comparable_skills"
    )


@pytest.mark.parametrize(
    ("rows", "rules", "margin"),
    [
        (college("a", 6), {}, "intervalle"),
        (college("a", 6), {"sizes": {"a": 20}}, "intervalle"),
        (college("a", 6), {"sizes": {"a": 6}}, "recensement"),
        (college("a", 6), {"sizes": {"a": 6}, "voluntary": ("a",)}, "volontaires"),
        (college("a", 4), {"k": 3}, "aucune"),
        (college("a", 4), {"k": 3, "sizes": {"a": 4}}, "aucune"),
        (college("a", 6, mode="atelier"), {"workshop_k": 1}, "aucune"),
    ],
)
def test_what_the_margin_says(rows: list[dict[str, Any]], rules: dict[str, Any], margin: str) -> None:
    found = row(profile(table(rows), GRID, Rules(**rules)), rows[0]["mode"].replace("individuel", "a"))
    assert found["margin"] == margin
    assert pd.notna(found["low"]) == (margin == "intervalle")


def test_nothing_is_said_of_what_is_hidden() -> None:
    found = row(profile(table(college("a", 4)), GRID), "a")
    assert (found["n"], found["margin"], found["published"]) == ("<k", None, False)


def test_a_silent_person_ends_a_census() -> None:
    rows = college("a", 6)
    rows[0]["F-1"] = None
    found = profile(table(rows), GRID, Rules(sizes={"a": 6}))
    assert row(found, "a")["margin"] == "intervalle"


@pytest.mark.parametrize(
    ("rows", "rules", "margin", "voluntary"),
    [
        (college("a", 6) + college("b", 6), {}, "intervalle", []),
        (college("a", 6) + college("b", 6), {"voluntary": ("b",)}, "intervalle", ["b"]),
        (college("a", 6) + college("b", 6), {"voluntary": ("a", "b")}, "volontaires", ["a", "b"]),
        (college("a", 6) + college("b", 4), {"k": 3}, "aucune", []),
        (college("a", 6) + college("b", 6), {"sizes": {"a": 6, "b": 6}}, "recensement", []),
        (college("a", 6) + college("b", 6), {"sizes": {"a": 6}}, "intervalle", []),
    ],
)
def test_what_the_margin_of_a_territory_says(
    rows: list[dict[str, Any]], rules: dict[str, Any], margin: str, voluntary: list[str]
) -> None:
    found = profile(table(rows), GRID, Rules(**rules)).territory.iloc[0]
    assert (found["margin"], found["voluntary"], found["colleges"]) == (margin, voluntary, 2)
    assert pd.notna(found["low"]) == (margin == "intervalle")


def test_a_single_college_is_the_territory() -> None:
    grid = make_grid({"F": [1, 1, 1]}, colleges=("a",))
    found = profile(table(college("a", 7)), grid, Rules(sizes={"a": 9}))
    alone, whole = found.interval("F", "a"), found.interval("F")
    assert (whole.value, whole.low, whole.high) == (alone.value, pytest.approx(alone.low), pytest.approx(alone.high))
    comparison = change(found, profile(table(college("a", 7, 3)), grid))
    first, second = comparison.drop(columns=["college"]).to_dict("records")
    assert first == pytest.approx(second, nan_ok=True)
    assert first["confidence"] == 0.95


def test_a_size_below_the_respondents_is_refused_or_unknown() -> None:
    frame, rules = table(college("a", 6)), Rules(sizes={"a": 5})
    with pytest.raises(AnswersError, match="effectif"):
        profile(frame, GRID, rules)
    found = profile_of(code(frame, GRID, Rules()), rules)
    assert (found.outgrown, found.size("a")) == (("a",), None)
    assert found.interval("F", "a").V == profile(frame, GRID).interval("F", "a").V


@pytest.mark.parametrize(
    ("levels", "size", "absent"),
    [
        ([2, 3] * 3, 40, 0.0),  # displayed half way
        ([2, 3] * 3, None, None),
        ([2, 3] * 3, 6, None),
        ([2] * 6, 7, None),  # the last one alone cannot
        ([2] * 6, 8, -2.0),
        ([0] * 6, 8, 2.0),
        ([4] * 5 + [3], 8, pytest.approx(-4 / 3)),
    ],
)
def test_what_the_absent_should_think(levels: list[int], size: int | None, absent: Any) -> None:
    rules = Rules(voluntary=("a",), sizes={"a": size} if size else None)
    rows = people("a", {skill: list(levels) for skill in SKILLS})
    found = row(profile(table(rows), GRID, rules), "a")["absent"]
    assert found == absent if absent is not None else found != found


def test_zero_weights_count_nowhere_but_in_the_n_of_families() -> None:
    grid = make_grid({"F": [1, 1, 0]}, colleges=("a",))
    rows = people("a", {"F-1": [1] * 12 + [None], "F-2": [2] * 12 + [None], "F-3": [4] * 13})
    found = profile(table(rows), grid, Rules(coverage=1))
    assert found.family("F", "a").n == 13
    assert found.score("F", "a") == Fraction(3, 2)
    assert set(found.family("F", "a").weights) == {"F-1", "F-2"}
    assert found.interval("F", "a").h == Fraction(1, 12)
    assert change(found, found)["comparable_skills"].tolist() == [2, 2]


def test_the_six_rules_of_the_spread() -> None:
    grid = make_grid({"F": [1, 1], "G": [1, 1, 1]}, colleges=("a",))
    levels = [0, 1, 2, 3, 4, 2]

    def spread(family: str, counts: dict[str, int]) -> tuple[int, Fraction]:
        rows = people(
            "a", {skill: [levels[p % 6] if p < n else None for p in range(14)] for skill, n in counts.items()}
        )
        found = profile(table(rows), grid, Rules(coverage=0.3)).base.spreads[family, "a"]
        return found.rule, found.square

    twelve = Fraction(20, 11)  # s² of twelve answers, twice 0 to 4 and twice 2
    assert spread("F", {"F-1": 12, "F-2": 12}) == (1, twelve)
    assert spread("G", {"G-1": 6, "G-2": 6, "G-3": 6}) == (2, Fraction(9, 4))
    assert spread("F", {"F-1": 12, "F-2": 6}) == (3, twelve)
    assert spread("F", {"F-1": 6, "F-2": 6, "G-1": 6}) == (4, Fraction(9, 4))
    assert spread("F", {"F-1": 6, "F-2": 6, "G-1": 12}) == (5, Fraction(9, 4))
    assert spread("F", {"F-1": 6, "F-2": 6}) == (6, Fraction(9, 4))


def random_campaign(levels: int, families: int, colleges: int, seed: int) -> Profile:
    chance = random.Random(seed)
    scale = range(chance.choice([0, 1]), levels + chance.choice([0, 1]))
    names = tuple(f"c{place}" for place in range(colleges))
    weights = {f"F{place}": [chance.choice([0, 0.5, 1, 2]), 1, 1][: chance.randint(1, 3)] for place in range(families)}
    weights = {name: row if any(row) else [1] for name, row in weights.items()}
    grid = make_grid(weights, range(scale.start, scale.start + levels), names)
    values = [*(level.value for level in grid.levels), "NSP", None]
    rows = [
        {"college": name} | {skill.code: chance.choice(values) for skill in grid.skills}
        for name in names
        for _ in range(chance.randint(0, 25))
    ]
    return profile(table(rows or [{"college": names[0]}]), grid, Rules(k=chance.choice([3, 5, 11])))


@pytest.mark.parametrize("levels", range(2, 12))
@pytest.mark.parametrize(("families", "colleges"), [(1, 1), (4, 3), (15, 15)])
def test_any_scale_any_number_of_families_and_colleges(levels: int, families: int, colleges: int) -> None:
    found = random_campaign(levels, families, colleges, levels * families)
    assert len(found.families) == families * colleges
    shown = found.families[found.families["margin"] == "intervalle"]
    assert (shown["low"] < shown["score"]).all() or levels == 2
    assert (shown["low"] >= found.grid.lowest).all()
    assert (shown["high"] <= found.grid.highest).all()
    assert len(change(found, found)) == families * (colleges + 1)
    document = orjson.loads(orjson.dumps(found.to_dict()))
    assert profile_from_document(document, found.grid).to_dict() == found.to_dict()


def test_a_document_is_enough_to_compare() -> None:
    before, after = example.before(), example.after()
    documents = [orjson.loads(orjson.dumps(campaign.to_dict())) for campaign in (before, after)]
    assert next(iter(documents[1])) == "edition"
    assert documents[1]["edition"] == 2
    read = [profile_from_document(document, example.grid()) for document in documents]
    pd.testing.assert_frame_equal(change(*read), change(before, after))
    assert read[1].to_dict() == after.to_dict()


def test_a_campaign_of_the_first_edition_is_compared_in_the_second() -> None:
    grid, sizes = example.grid(), {"elus": 8}
    first = edition_1.profile(example.answers(example.BEFORE), grid, edition_1.Rules(sizes=sizes))
    expected = change(example.before(), example.after())
    pd.testing.assert_frame_equal(change(first, example.after()), expected)
    document = orjson.loads(orjson.dumps(first.to_dict()))
    assert "edition" not in document
    pd.testing.assert_frame_equal(change(profile_from_document(document, grid), example.after()), expected)
    stricter = replace(example.RULES, k_detail=12)
    later = profile(example.answers(example.AFTER), grid, stricter)
    same = change(profile(example.answers(example.BEFORE), grid, stricter), later)
    pd.testing.assert_frame_equal(change(profile_from_document(document, grid), later), same)


def test_hindsight_goes_row_by_row() -> None:
    now, then = table(college("a", 6)), table(college("a", 5))
    with pytest.raises(AnswersError, match="une ligne par réponse"):
        profile(now, GRID, hindsight=then)
    with pytest.raises(AnswersError, match="réponse n° 1"):
        profile(now, GRID, hindsight=table(college("b", 6)))
    assert not profile(now, GRID).has_hindsight
    assert "hindsight" not in profile(now, GRID).to_dict()


def test_hindsight_without_present_is_not_shown() -> None:
    rows = college("a", 6)
    for one in rows[:2]:
        one |= dict.fromkeys(SKILLS)
    found = profile(table(rows), GRID, hindsight=table(college("a", 6)))
    assert found.has_hindsight
    assert not found.hindsight["published"].any()
    assert not found.hindsight_skills["published"].any()
    assert found.hindsight["n"].isna().all()


def test_workshops_have_no_hindsight() -> None:
    rows = college("a", 6) + college("a", 6, mode="atelier")
    found = profile(table(rows), GRID, Rules(workshop_k=1), hindsight=table(rows))
    assert set(found.hindsight["college"]) == {"a", "b", "c", "territoire"}
    assert set(found.hindsight_skills["college"]) == {"a", "b", "c"}


def test_what_does_not_exist_is_not_published() -> None:
    found = profile(table(college("a", 6)), GRID)
    for family, name in (("Z", "a"), ("F", "z"), ("F", "b"), ("F", None)):
        with pytest.raises(NotPublishedError):
            found.interval(family, name)
