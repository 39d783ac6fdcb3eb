"""Nothing hidden can be inferred from what edition 2 publishes; attackers succeed when a rule is removed."""

import pytest

import scoring
from tests.scoring import attacker, closure
from tests.scoring.attacker import Cell, Figures, possible_groups, same_mask
from tests.scoring.campaigns import Campaign, make_grid


def scored(campaign: Campaign) -> scoring.Profile:
    return scoring.profile(campaign.frame, campaign.grid, scoring.Rules(**campaign.rules))


def published(campaign: Campaign) -> Figures:
    return dict(attacker.flattened(closure.everything(scored(campaign))))


def hidden_cells(campaign: Campaign) -> list[Cell]:
    rows = scored(campaign).skills
    hidden = rows[~rows["published"]]
    return list(zip(hidden["skill"], hidden["college"], strict=True))


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.long)])
def test_no_hidden_sum_or_count_is_linear_in_what_is_published(seed: int) -> None:
    found, hidden = same_mask(seed)
    assert hidden
    assert attacker.linear_leaks(found, published, hidden) == []


def test_the_linear_attacker_finds_what_a_count_gives_away() -> None:
    """A careless publisher, which tells how many people answered each skill in all."""
    found, hidden = same_mask(seed=2)

    def careless(campaign: Campaign) -> Figures:
        answers = [(skill.code, row[skill.code]) for skill in campaign.grid.skills for row in campaign.rows]
        counts = {("count", skill): sum(code == skill and x is not None for code, x in answers) for skill, _ in answers}
        return published(campaign) | counts

    alone = {cell for cell in hidden if [skill for skill, _ in hidden].count(cell[0]) == 1}
    assert alone
    assert {(cell, "count") for cell in alone} <= set(attacker.linear_leaks(found, careless, hidden))


@pytest.mark.parametrize(
    ("weights", "levels", "people"), [([1, 1], 2, 4), pytest.param([1, 2], 3, 3, marks=pytest.mark.long)]
)
def test_every_content_of_a_hidden_cell_fits_what_is_published(weights: list[float], levels: int, people: int) -> None:
    grid = make_grid({"F": weights}, range(levels), ("a",))
    every = attacker.small_campaigns(grid, "a", people, {"k": 3})
    found = attacker.candidates(every, published, hidden_cells)
    assert found
    assert {len(contents) for cells in found.values() for contents in cells.values()} == {possible_groups(3, levels)}
