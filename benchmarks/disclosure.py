"""The attack on what is published, at length: ``python -m benchmarks.disclosure``.

What is hidden: the attackers of tests/scoring/closure.py and attacker.py, on campaigns from a seed. Unpublished answers
are changed in three ways, and nothing published may change; hidden sums and counts are searched for as linear functions
of published figures; every possible small campaign is tried. Exits with 1 when something is disclosed.

What is published: small cells whose content becomes certain, by enumeration (benchmarks/published_cells.py). Prints the
tables of docs/method.md.
"""

import argparse
import random
import sys
from collections.abc import Callable

from benchmarks import published_cells
from tests.scoring import attacker, closure
from tests.scoring.attacker import AT_ONCE, possible_groups, same_mask
from tests.scoring.campaigns import make_grid
from tests.scoring.shapes import Shape, made_up_grids, made_up_shape
from tests.scoring.test_disclosure import hidden_cells, published

SMALL = [([1, 1], 2, 5), ([1, 1], 3, 4), ([1, 2], 4, 3), ([1, 1, 1], 2, 3)]
Change = Callable[[Shape, random.Random], Shape]
CHANGES: dict[str, Change] = {
    "other answers in hidden cells": closure.scrambled,
    "levels that change hands": closure.exchanged,
    "other levels in small cells": lambda shape, chance: closure.replaced(shape, chance)[0],
}


def change_what_is_not_published(campaigns: int, change: Change, chance: random.Random) -> tuple[int, int]:
    """Return (publications that moved, publications compared).

    Campaigns go in pairs, and each pair is compared as well.
    """
    moved = compared = 0
    for _ in range(campaigns // 2):
        pair = [made_up_shape(grid, chance).with_known_sizes() for grid in made_up_grids(chance)]
        truth, lies = (
            [closure.scored(campaign) for campaign in some] for some in (pair, [change(w, chance) for w in pair])
        )
        moved += sum(closure.published(a) != closure.published(b) for a, b in zip(truth, lies, strict=True))
        moved += closure.published_changes(truth) != closure.published_changes(lies)
        compared += 3
    return moved, compared


def learn_linear_relations(masks: int) -> tuple[int, int]:
    """Return (hidden sums and counts found, those searched for)."""
    found = looked = 0
    for seed in range(100, 100 + masks):
        campaigns, hidden = same_mask(seed)
        if hidden:
            found += len(attacker.linear_leaks(campaigns, published, hidden))
            looked += 2 * len(hidden)
    return found, looked


def try_every_campaign() -> tuple[int, int]:
    """Return (hidden cells whose content could be narrowed down, hidden cells seen)."""
    fewer = met = 0
    for weights, levels, people in SMALL:
        grid = make_grid({"F": weights}, range(levels), ("a",))
        every = attacker.small_campaigns(grid, "a", people, {"k": 3})
        found = attacker.candidates(every, published, hidden_cells)
        contents = [possible for cells in found.values() for possible in cells.values()]
        fewer += sum(len(possible) < possible_groups(3, levels) for possible in contents)
        met += len(contents)
    return fewer, met


def attack_what_is_hidden(campaigns: int, masks: int) -> int:
    """Return the number of disclosures found."""
    leaks = 0
    for name, change in CHANGES.items():
        moved, compared = change_what_is_not_published(campaigns, change, random.Random(2026))
        print(f"{name}: {campaigns} campaigns, {compared} publications, {moved} moved", flush=True)
        leaks += moved
    found, looked = learn_linear_relations(masks)
    print(
        f"{masks * AT_ONCE} campaigns, {looked} hidden sums and counts: {found} linear in what is published", flush=True
    )
    fewer, met = try_every_campaign()
    print(
        f"every campaign of {len(SMALL)} small shapes, {met} hidden cells: {fewer} whose content is not free",
        flush=True,
    )
    return leaks + found + fewer


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    options.add_argument("--campaigns", type=int, default=300, help="campaigns changed in each way")
    options.add_argument("--masks", type=int, default=12, help=f"sets of hidden cells, {AT_ONCE} campaigns each")
    options.add_argument("--colleges", type=int, default=1000, help="small colleges attacked for each line")
    options.add_argument("--published", action="store_true", help="attack published cells only")
    chosen = options.parse_args()
    leaks = 0 if chosen.published else attack_what_is_hidden(chosen.campaigns, chosen.masks)
    for line in published_cells.report(chosen.colleges, 2 * chosen.colleges):
        print(line, flush=True)
    return int(leaks > 0)


if __name__ == "__main__":
    sys.exit(main())
