"""What conclusions depend on, and what two publications of one campaign would disclose together."""

from typing import Any

import pytest
from hypothesis import given, settings

from scoring import edition_1 as scoring
from scoring.edition_1 import (
    Profile,
    Publication,
    Rules,
    change_sensitivities,
    compare,
    profile,
    publication_of,
    republication_problems,
    robustness,
    sensitivities,
)
from tests.scoring.campaigns import Campaign, campaigns, make_grid, people, table

GRID = make_grid({"F": [1], "G": [1]}, colleges=("elus", "agents", "habitants"))
Rows = list[dict[str, Any]]


def campaign(elus: int, agents: int, habitants: int, other: int = 2, crowd: int = 5, **rules: Any) -> Profile:
    """Each college answers one level in F, everybody ``other`` in G; the inhabitants may be many."""
    rows: Rows = []
    for college, level, size in (("elus", elus, 5), ("agents", agents, 5), ("habitants", habitants, crowd)):
        rows += people(college, {"F-1": [level] * size, "G-1": [other] * size})
    return profile(table(rows), GRID, Rules(**rules))


def test_each_alternative_is_the_mean_without_it() -> None:
    found = robustness(campaign(4, 2, 0, crowd=10)).query("family == 'F'").set_index("alternative")
    assert found["score"].to_dict() == {"heads": 1.5, "sans:elus": 1, "sans:agents": 2, "sans:habitants": 3}
    assert found["difference"].to_dict() == {"heads": -0.5, "sans:elus": -1, "sans:agents": 0, "sans:habitants": 1}
    assert found.loc["heads", ["level", "same_level"]].tolist() == ["niveau 2", True]
    assert found.loc["sans:elus", ["level", "same_level"]].tolist() == ["niveau 1", False]


def test_the_other_weighting_is_the_one_that_is_not_published() -> None:
    assert "equal" in set(robustness(campaign(4, 2, 0, weighting="heads"))["alternative"])


def test_two_colleges_are_never_left_one() -> None:
    rows = people("elus", {"F-1": [1] * 5}) + people("agents", {"F-1": [3] * 5})
    found = profile(table(rows), GRID, Rules(colleges=("elus", "agents")))
    assert set(robustness(found)["alternative"]) == {"heads"}


def test_a_hidden_family_has_no_alternative() -> None:
    found = profile(table(people("elus", {"F-1": [1] * 5})), GRID)
    assert robustness(found).empty
    assert sensitivities(found) == []


def sentences(found: list[scoring.Sensitivity]) -> list[str]:
    return [one.sentence.replace("\u00a0", " ").replace("\u202f", " ") for one in found]


def test_a_level_that_depends_on_a_college_is_said() -> None:
    assert sentences(sensitivities(campaign(4, 2, 1, other=0)))[:2] == [
        "F est au niveau « niveau 2 » ; sans le collège « agents », ce serait « niveau 3 ».",
        "F est au niveau « niveau 2 » ; sans le collège « habitants », ce serait « niveau 3 ».",
    ]


def test_a_weakest_family_that_depends_on_a_college_is_said() -> None:
    found = sentences(sensitivities(campaign(0, 3, 2, other=2)))
    assert "La famille la plus faible est F ; sans le collège « elus », ce serait G." in found
    assert "La famille la plus avancée est G ; sans le collège « elus », ce serait F." in found


def test_families_that_are_level_are_named_together() -> None:
    assert any("ce serait F et G" in sentence for sentence in sentences(sensitivities(campaign(0, 2, 2, other=2))))


def test_nothing_is_said_when_nothing_depends() -> None:
    assert sensitivities(campaign(1, 1, 1, other=3)) == []


def test_a_verdict_that_depends_on_a_college_or_a_weighting_is_said() -> None:
    found = sentences(change_sensitivities(compare(campaign(1, 1, 1, crowd=50), campaign(4, 1, 1, crowd=50))))
    assert found == [
        "F : « hausse nette » ; si chaque répondant comptait autant, ce serait « stable ou incertain ».",
        "F : « hausse nette » ; sans le collège « elus », ce serait « stable ou incertain ».",
    ]


@given(campaigns())
@settings(max_examples=30, deadline=None)
def test_an_alternative_is_a_mean_of_published_scores(campaign: Campaign) -> None:
    found = profile(campaign.frame, campaign.grid, campaign.as_rules_of_edition_1)
    for row in robustness(found).itertuples():
        apart = ("atelier", row.alternative.removeprefix("sans:"))
        rows = found.families[(found.families["family"] == row.family) & found.families["published"]]
        shown = rows[~rows["college"].isin(apart)]
        heads = row.alternative == "heads" or (row.alternative != "equal" and found.rules.weighting == "heads")
        weights = shown["n"].astype(int) if heads else shown["n"].astype(bool)
        assert row.score == pytest.approx((shown["score"] * weights).sum() / weights.sum())


# Two publications


def college(levels: list[int | str | None]) -> Publication:
    return publication_of(profile(table(people("elus", {"F-1": levels, "G-1": [1] * len(levels)})), GRID))


@pytest.mark.parametrize(
    ("before", "after", "refused"),
    [
        ([1, 2, 3, 4, 0], [1, 2, 3, 4, 0], False),
        ([1, 2, 3, 4, 0], [1, 2, 3, 4, 0, 4], True),
        ([1, 2, 3, 4, 0], [1, 2, 3, 4, 1], True),
        ([1, 2, 3, 4, 0], [1, 2, 3, 4, 0, "NSP"], True),
        ([1, 2, 3, 4, 0, None], [1, 2, 3, 4, 0, 4], True),
        ([1, 2, 3, 4, 0], [1, 2, 3, 4, 0, 1, 1, 1, 1], True),
        ([1, 2, 3, 4, 0], [1, 2, 3, 4, 0, 1, 1, 1, 1, 1], False),
        ([1, 2, 3, 4], [1, 2, 3, 4, 0], False),
    ],
)
def test_publishing_again_must_not_single_anyone_out(before: Any, after: Any, refused: bool) -> None:
    found = [problem for problem in republication_problems(college(before), college(after)) if "F-1" in problem]
    assert bool(found) is refused
    assert all("elus" in problem for problem in found)
