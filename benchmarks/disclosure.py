"""The attack on what is published, at length: ``python -m benchmarks.disclosure [--campaigns 3000]``.

The attackers of tests/scoring/edition_1/attacker.py, on thousands of campaigns from a seed: everything hidden is
changed at will and nothing published may move; hidden sums and counts are looked for as linear functions of published
figures; every possible small campaign is gone through. Prints what was tried; ends with 1 when something leaks.
"""

import argparse
import random
import sys
from typing import Any

from grille.grid import Grid
from scoring import edition_1 as scoring
from scoring.edition_1 import Profile
from tests.scoring.campaigns import Campaign, make_grid
from tests.scoring.edition_1 import attacker
from tests.scoring.edition_1.test_disclosure import AT_ONCE, possible_groups, same_mask

SHAPES = [([1, 1], 2, 5), ([1, 1], 3, 4), ([1, 2], 4, 3), ([1, 1, 1], 2, 3)]


def made_up_grids(chance: random.Random) -> tuple[Grid, Grid]:
    """Two versions of a grid of any shape, the later one splitting a skill of the earlier."""
    levels = range(lowest := chance.randint(0, 1), lowest + chance.randint(2, 7))
    colleges = tuple("abcdef"[: chance.randint(1, 6)])
    families = "FGHIJK"[: chance.randint(1, 6)]
    codes = {family: [f"{family}-{place}" for place in range(1, chance.randint(2, 5))] for family in families}
    split = {family: [*own[:-1], f"{own[-1]}a", f"{own[-1]}b"] for family, own in codes.items()}
    mapping = {own[-1]: (f"{own[-1]}a", f"{own[-1]}b") for own in codes.values()}
    before, after = (
        {family: [chance.choice([0.5, 1, 1, 2]) for _ in own] for family, own in version.items()}
        for version in (codes, split)
    )
    return (
        make_grid(before, levels, colleges, version="1", codes=codes),
        make_grid(after, levels, colleges, version="2", codes=split, correspondence=mapping),
    )


def made_up(chance: random.Random, grid: Grid) -> Campaign:
    """A campaign of colleges of 0 to 12 people who stay silent more or less."""
    values, silence = [level.value for level in grid.levels], chance.choice([0.0, 0.1, 0.3, 0.6])

    def answer() -> Any:
        return chance.choice(["NSP", "SO", None]) if chance.random() < silence else chance.choice(values)

    rows = [
        {"college": college.code, "mode": chance.choice(["individuel", "papier", "individuel", "atelier"])}
        | {skill.code: answer() for skill in grid.skills}
        for college in grid.colleges
        for _ in range(chance.randint(0, 12))
    ]
    return Campaign(rows, grid, {"k": chance.choice([3, 5, 7]), "weighting": chance.choice(["equal", "heads"])})


def scored(campaign: Campaign) -> Profile:
    return scoring.profile(campaign.frame, campaign.grid, campaign.as_rules_of_edition_1)


def change_what_is_hidden(campaigns: int, chance: random.Random) -> tuple[int, int]:
    """(campaigns whose publication moved, hidden cells tried); each pair of waves is also compared."""
    moved = hidden = 0
    for _ in range(campaigns // 2):
        waves = [made_up(chance, grid) for grid in made_up_grids(chance)]
        truth = [scored(wave) for wave in waves]
        lies = [scored(attacker.scrambled(wave, own, chance)) for wave, own in zip(waves, truth, strict=True)]
        moved += sum(
            attacker.published(own) != attacker.published(other) for own, other in zip(truth, lies, strict=True)
        )
        moved += attacker.published_changes(truth) != attacker.published_changes(lies)
        hidden += sum(len(attacker.hidden_cells(own)) for own in truth)
    return moved, hidden


def learn_linear_relations(masks: int) -> tuple[int, int]:
    """(hidden sums and counts found, looked for)."""
    found = looked = 0
    for seed in range(100, 100 + masks):
        campaigns, hidden = same_mask(seed)
        if hidden:
            found += len(attacker.linear_leaks(campaigns, attacker.published, hidden))
            looked += 2 * len(hidden)
    return found, looked


def try_every_campaign() -> tuple[int, int]:
    """(hidden cells whose possible contents are fewer than all, hidden cells met)."""
    fewer = met = 0
    for weights, levels, people in SHAPES:
        grid = make_grid({"F": weights}, range(levels), ("a",))
        found = attacker.candidates(attacker.small_campaigns(grid, "a", people, {"k": 3}), attacker.published)
        contents = [possible for cells in found.values() for possible in cells.values()]
        fewer += sum(len(possible) < possible_groups(3, levels) for possible in contents)
        met += len(contents)
    return fewer, met


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    options.add_argument("--campaigns", type=int, default=3000)
    options.add_argument("--masks", type=int, default=12, help="sets of hidden cells, 200 campaigns each")
    chosen = options.parse_args()
    moved, hidden = change_what_is_hidden(chosen.campaigns, random.Random(2026))
    print(
        f"{chosen.campaigns} campaigns, {hidden} hidden cells changed at will: {moved} publications moved", flush=True
    )
    found, looked = learn_linear_relations(chosen.masks)
    print(
        f"{chosen.masks * AT_ONCE} campaigns, {looked} hidden sums and counts: {found} linear in what is published",
        flush=True,
    )
    fewer, met = try_every_campaign()
    print(f"every campaign of {len(SHAPES)} small shapes, {met} hidden cells: {fewer} whose content is not free")
    return int(moved + found + fewer > 0)


if __name__ == "__main__":
    sys.exit(main())
