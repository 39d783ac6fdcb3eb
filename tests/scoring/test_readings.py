"""What a figure is based on: terms that add up, what would change it, skills worked on, detectable changes."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest

from scoring import (
    NotPublishedError,
    Profile,
    Rules,
    change_sensitivities,
    compare,
    explain,
    explain_change,
    profile,
    progress,
    robustness,
    sensitivities,
    smallest_visible,
    smallest_visible_by_college,
)
from scoring.display import score_shown
from tests.scoring import worked_example as example
from tests.scoring.campaigns import make_grid, people, table


@pytest.mark.parametrize("college", ["elus", "agents", None])
@pytest.mark.parametrize("scored", [example.before, example.after])
def test_terms_add_up_exactly_and_as_printed(scored: Any, college: str | None) -> None:
    found = scored()
    terms = explain(found, "E", college)
    assert sum(term.weight for term in terms) == 1
    assert sum(term.contribution for term in terms) == found.score("E", college)
    assert sum(term.shown for term in terms) == score_shown(found.score("E", college), found.grid, compared=True)


def test_the_terms_of_the_worked_example() -> None:
    assert [str(term.shown) for term in explain(example.after(), "E", "elus")] == ["0.59", "0.75", "0.83"]


@pytest.mark.parametrize("place", ["elus", "agents", "territoire"])
def test_the_terms_of_a_change_add_up_campaign_by_campaign(place: str) -> None:
    terms = explain_change(example.before(), example.after(), "E", place)
    row = compare(example.before(), example.after()).row("E", place)
    assert sum(term.contribution for term in terms) == row.delta
    assert row.shown is not None
    assert sum(term.shown for term in terms) == row.shown.delta
    assert sum(term.shown for term in terms if term.campaign == "after") == row.shown.after


def test_a_hidden_score_is_not_explained() -> None:
    with pytest.raises(NotPublishedError):
        explain(example.before(), "E", "habitants")
    with pytest.raises(NotPublishedError):
        explain_change(example.before(), example.after(), "E", "habitants")


def campaign(scores: dict[str, dict[str, int]], n: int = 6, **rules: Any) -> Profile:
    """Every person of a college at the same level, family by family."""
    families = list(next(iter(scores.values())))
    grid = make_grid({family: [1, 1, 1] for family in families}, colleges=tuple(scores))
    rows = [
        row
        for college, levels in scores.items()
        for row in people(
            college, {f"{family}-{place}": [levels[family]] * n for family in families for place in (1, 2, 3)}
        )
    ]
    return profile(table(rows), grid, Rules(**rules))


def test_levels_are_read_from_what_is_displayed() -> None:
    found = robustness(campaign({"a": {"F": 3}, "b": {"F": 1}, "c": {"F": 2}}))
    level = dict(zip(found["alternative"], found["level"], strict=True))
    assert level["heads"] == "niveau 2"
    assert level["sans:a"] == "entre «\u00a0niveau 1\u00a0» et «\u00a0niveau 2\u00a0»"


def test_every_published_family_is_computed_again_without_a_college() -> None:
    found = sensitivities(
        campaign({"a": {"F": 0, "G": 4}, "b": {"F": 3, "G": 2}, "c": {"F": 3, "G": 2}, "d": {"F": 2, "G": 2}})
    )
    extremes = [one for one in found if one.about == "territoire" and one.alternative.without == "a"]
    assert {(one.said, one.otherwise) for one in extremes} == {("F", "G"), ("G", "F")}


def test_no_sentence_on_extremes_where_a_family_would_keep_one_college_only() -> None:
    found = campaign({"a": {"F": 0, "G": 4}, "b": {"F": 3, "G": 2}})
    assert all(one.alternative.without is None for one in sensitivities(found))


def test_the_word_of_an_alternative_keeps_the_confidence_of_its_row() -> None:
    before, after = (campaign({"a": {"F": 1 + 3 * late}, "b": {"F": 1}, "c": {"F": 1}}, n=30) for late in (0, 1))
    comparison = compare(before, after)
    row = comparison.row("F")
    (found,) = [one for one in change_sensitivities(comparison) if one.alternative.without == "a"]
    assert (found.said, found.otherwise) == (row.verdict, "stable")


def starts(levels: dict[str, int], n: int = 5) -> pd.DataFrame:
    return pd.DataFrame({"college": ["elus"] * n} | {skill: [level] * n for skill, level in levels.items()})


GRID = make_grid({"F": [1] * 8}, colleges=("elus",))


def test_skills_worked_on_are_beside_those_that_started_as_low() -> None:
    was = dict(zip((f"F-{place}" for place in range(1, 9)), (0, 1, 0, 1, 2, 3, 2, 4), strict=True))
    now = was | {"F-1": 2, "F-2": 2, "F-3": 1, "F-4": 1}
    found = progress(profile(starts(was), GRID), profile(starts(now), GRID), ["F-1", "F-2"])
    assert found is not None
    x, y = [0, 1, 2, 3, 2, 4], [1, 1, 2, 3, 2, 4]
    slope = Fraction(sum((a - 2) * (b - Fraction(13, 6)) for a, b in zip(x, y, strict=True)), 10)
    assert (found.worked, found.others, found.slope) == (Fraction(3, 2), Fraction(1, 6), slope)
    assert found.expected == Fraction(1, 6) + (slope - 1) * (Fraction(1, 2) - 2)
    assert found.beyond == found.worked - found.expected
    rss = float(sum((b - Fraction(13, 6) - slope * (a - 2)) ** 2 for a, b in zip(x, y, strict=True)))
    assert found.margin == pytest.approx(2.776445 * (rss / 4 * (1 / 2 + 1 / 6 + 1.5**2 / 10)) ** 0.5, rel=1e-6)
    assert found.beyond_chance
    assert (found.worked_skills, len(found.other_skills)) == (("F-1", "F-2"), 6)


def test_too_few_others_or_all_alike_give_two_means() -> None:
    flat = {f"F-{place}": 1 for place in range(1, 9)}
    before, after = profile(starts(flat), GRID), profile(starts(flat | {"F-1": 2}), GRID)
    alike = progress(before, after, ["F-1"])
    assert alike is not None
    assert (alike.worked, alike.others, alike.slope, alike.margin) == (1, 0, None, None)
    few = progress(before, after, [f"F-{place}" for place in range(1, 5)])
    assert few is not None
    assert (few.expected, few.beyond_chance) == (None, False)
    assert progress(before, after, ["Z-1"]) is None
    alone = progress(before, after, list(flat))
    assert alone is not None
    assert alone.others is None


def test_what_could_be_shown_before_collecting() -> None:
    assert [str(Decimal(smallest_visible(n)).quantize(Decimal("0.1"))) for n in (5, 8, 12, 20, 200)] == [
        "1.0",
        "0.8",
        "0.6",
        "0.5",
        "0.5",
    ]


def test_a_whole_campaign_before_collecting() -> None:
    grid = make_grid({"F": [1, 1, 1], "G": [1, 1]}, colleges=("a", "b", "c"))
    found = smallest_visible_by_college({"a": 8, "b": 8, "c": 4}, grid)
    assert found.territory is not None
    assert found.opened["a"] is not None
    assert found.alone["a"] is not None
    assert found.alone["a"] > found.opened["a"] > 0.5
    assert found.alone["c"] is None
    without = smallest_visible_by_college({"a": 8, "b": 4, "c": 4}, grid)
    assert (without.territory, without.opened["a"], without.published) == (None, None, ("a",))
    assert without.alone["a"] is not None  # no territory can open its family
    voluntary = smallest_visible_by_college({"a": 8, "b": 8, "c": 8}, grid, replace(Rules(), voluntary=("a",)))
    assert voluntary.opened["a"] is None
    assert voluntary.opened["b"] is not None
