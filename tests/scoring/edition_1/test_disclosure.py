"""Nothing hidden can be inferred from what is published; the attackers succeed when a rule is removed."""

import itertools
import random
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import edition_1 as scoring
from scoring.edition_1 import Profile, profile
from tests.scoring import attacker as tools
from tests.scoring.attacker import Cell, Figures, System, possible_groups, same_mask
from tests.scoring.campaigns import Campaign, campaigns, make_grid, people, table
from tests.scoring.edition_1 import attacker, oracle
from tests.scoring.edition_1.test_scoring_oracle import two_grids


def scored(campaign: Campaign) -> Profile:
    return profile(campaign.frame, campaign.grid, campaign.as_rules_of_edition_1)


def published(campaign: Campaign) -> Figures:
    return attacker.published(scored(campaign))


def hidden_cells(campaign: Campaign) -> list[Cell]:
    return attacker.hidden_cells(scored(campaign))


# Whatever the hidden cells hold, the same is published


@given(campaigns(), st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_what_is_published_does_not_depend_on_what_is_hidden(campaign: Campaign, chance: random.Random) -> None:
    truth = scored(campaign)
    lie = scored(attacker.scrambled(campaign, truth, chance))
    assert attacker.published(truth) == attacker.published(lie)


@given(st.data(), st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_nor_do_the_changes_between_campaigns(data: st.DataObject, chance: random.Random) -> None:
    first, last = data.draw(two_grids())
    drawn = [data.draw(campaigns(grid)) for grid in (first, first, last)]
    truth = [scored(campaign) for campaign in drawn]
    lies = [scored(attacker.scrambled(campaign, found, chance)) for campaign, found in zip(drawn, truth, strict=True)]
    assert attacker.published_changes(truth) == attacker.published_changes(lies)


@given(st.data(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_a_retrospective_series_hides_what_the_first_hides(data: st.DataObject, chance: random.Random) -> None:
    now = data.draw(campaigns())
    then = attacker.scrambled(now, scored(now), chance)
    both = profile(now.frame, now.grid, now.as_rules_of_edition_1, retrospective=then.frame)
    assert both.retrospective is not None
    assert not (both.retrospective.skills["published"] & ~both.skills["published"]).any()
    assert (
        attacker.published(profile(now.frame, now.grid, now.as_rules_of_edition_1)).items()
        <= attacker.published(both).items()
    )


def test_a_retrospective_cell_stays_hidden_beside_a_hidden_one() -> None:
    now = table(people("elus", {"F-1": [1, 2, 3, None, None, None], "F-2": [1] * 6}))
    then = table(people("elus", {"F-1": [0] * 6, "F-2": [0, 1, 0, 0, 0, 0]}))
    series = profile(now, make_grid({"F": [1, 1]}), retrospective=then).to_dict()["retrospective"]
    rows = {row["skill"]: row for row in series["skills"] if row["college"] == "elus"}
    assert (rows["F-1"]["published"], rows["F-1"]["mean"]) == (False, None)
    assert (rows["F-2"]["published"], rows["F-2"]["mean"]) == (True, pytest.approx(1 / 6))
    assert series["families"][0]["score"] == pytest.approx(1 / 6)
    assert series["respondents"] == {"elus": 6, "agents": "<k", "habitants": "<k"}


# Linear algebra


@pytest.mark.parametrize("seed", range(2))
def test_no_hidden_sum_or_count_is_linear_in_what_is_published(seed: int) -> None:
    found, hidden = same_mask(seed)
    assert hidden
    assert tools.linear_leaks(found, published, hidden) == []


def everyone_together(campaign_profile: Profile, campaign: Campaign) -> Figures:
    """A careless publisher: it adds a row « tous collèges » for each skill."""
    figures = attacker.published(campaign_profile)
    for skill in campaign.grid.skills:
        levels = [row[skill.code] for row in campaign.rows if row[skill.code] is not None]
        figures["total", skill.code] = sum(levels)
        figures["count", skill.code] = len(levels)
    return figures


def test_the_linear_attacker_finds_what_a_total_gives_away() -> None:
    found, hidden = same_mask(seed=2)
    alone = [cell for cell in hidden if [skill for skill, _ in hidden].count(cell[0]) == 1]
    together = iter([everyone_together(scored(campaign), campaign) for campaign in found])
    leaks = tools.linear_leaks(found, lambda _: next(together), hidden)
    assert alone
    assert {(cell, name) for cell in alone for name in ("count",)} <= set(leaks)


# Equations in fractions


def equations(drawn: list[Profile]) -> System:
    """Every published score as an equation on cells, checked against the published number itself."""
    system = System()
    for place, campaign in enumerate(drawn):
        for row in campaign.skills[campaign.skills["published"]].itertuples():
            system.add({(place, row.skill, row.college): Fraction(1)}, campaign.cells[row.skill, row.college].mean)
        for family, college, weighting in places(campaign):
            if published_estimate(campaign, family, college, weighting):
                terms = scoring.explain(campaign, family, college, weighting)
                weights = {(place, term.skill, term.college): term.weight for term in terms}
                system.add(weights, campaign.score(family, college, weighting))
    for (first, before), (second, after) in itertools.combinations(enumerate(drawn), 2):
        for family, college, weighting in places(after):
            if scoring.compare(before, after, weighting=weighting).estimates(family, college):
                changed = scoring.explain_change(before, after, family, college, weighting)
                origin = {"before": first, "after": second}
                cells = {(origin[term.campaign], term.skill, term.college): term.weight for term in changed}
                system.add(cells, sum((term.contribution for term in changed), Fraction(0)))
    return system


def places(campaign: Profile) -> list[tuple[str, str, Any]]:
    families = [family.code for family in campaign.grid.families]
    return list(itertools.product(families, (*campaign.answers.colleges, scoring.TERRITORY), ("equal", "heads")))


def published_estimate(campaign: Profile, family: str, college: str, weighting: Any) -> bool:
    try:
        return campaign.estimate(family, college, weighting) is not None
    except scoring.NotPublishedError:
        return False


@given(st.data())
@settings(max_examples=20, deadline=None)
def test_equations_determine_published_cells_only(data: st.DataObject) -> None:
    drawn = [data.draw(campaigns(grid, largest=9)) for grid in data.draw(two_grids())]
    determined = equations([scored(campaign) for campaign in drawn]).determined()
    models = [oracle.Campaign(campaign.rows, campaign.grid, **campaign.rules) for campaign in drawn]
    for place, skill, college in determined:
        assert models[place].is_published(skill, college)
        assert determined[place, skill, college] == models[place].mean(skill, college)


def test_the_solver_finds_what_a_score_over_every_skill_gives_away() -> None:
    system = System()
    third = Fraction(1, 3)
    system.add({("F-1", "a"): Fraction(1)}, Fraction(2))
    system.add({("F-2", "a"): Fraction(1)}, Fraction(5, 2))
    system.add({("F-1", "a"): third, ("F-2", "a"): third, ("F-3", "a"): third}, Fraction(2))
    assert system.determined()["F-3", "a"] == Fraction(3, 2)


# Every small campaign


@pytest.mark.parametrize(("weights", "levels", "people"), [([1, 1], 2, 4), ([1, 2], 3, 3)])
def test_every_content_of_a_hidden_cell_fits_what_is_published(weights: list[float], levels: int, people: int) -> None:
    grid = make_grid({"F": weights}, range(levels), ("a",))
    found = tools.candidates(tools.small_campaigns(grid, "a", people, {"k": 3}), published, hidden_cells)
    assert found
    for cells in found.values():
        for contents in cells.values():
            assert len(contents) == possible_groups(3, levels)


def test_the_search_finds_what_a_count_over_every_skill_gives_away() -> None:
    grid = make_grid({"F": [1, 1]}, range(2), ("a",))
    groups = list(tools.small_campaigns(grid, "a", 4, {"k": 3}))
    answering = iter([sum(any(row[s.code] is not None for s in grid.skills) for row in g.rows) for g in groups])
    found = tools.candidates(groups, lambda campaign: published(campaign) | {("any",): next(answering)}, hidden_cells)
    assert min(len(contents) for cells in found.values() for contents in cells.values()) < possible_groups(3, 2)
