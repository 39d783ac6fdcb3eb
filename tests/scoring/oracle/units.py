"""What two versions of a grid can compare: the groups of skills that « continues as » ties together."""

import itertools
from fractions import Fraction

from grille.grid import Grid
from tests.scoring.oracle.campaign import Campaign, Shares

Unit = tuple[tuple[str, ...], tuple[str, ...]]  # the earlier skills, the later ones
Node = tuple[str, str]


def units(before: Grid, after: Grid) -> list[Unit]:
    """Connected groups, by merging sets until nothing moves; those of one family only. Other grids share nothing."""
    if before.id != after.id:
        return []
    old, new = [s.code for s in before.skills], [s.code for s in after.skills]
    known = after.correspondence
    named = known.skills if known and known.from_version == before.version else {}
    links: list[set[Node]] = [{("o", a), ("n", b)} for a in old for b in named.get(a, (a,)) if b in new]
    while pair := next(((a, b) for a, b in itertools.combinations(links, 2) if a & b), None):
        links = [group for group in links if group not in pair] + [pair[0] | pair[1]]
    homes = {("o", s): before.family_of(s).code for s in old} | {("n", s): after.family_of(s).code for s in new}
    found = [group for group in links if len({homes[node] for node in group}) == 1]
    pairs = [(tuple(s for s in old if ("o", s) in g), tuple(s for s in new if ("n", s) in g)) for g in found]
    return sorted(pairs, key=lambda unit: new.index(unit[1][0]))


def usable(before: Campaign, after: Campaign, family: str, college: str) -> list[Unit]:
    """The units of a family whose cells are all published in both campaigns."""
    return [
        (old, new)
        for old, new in units(before.grid, after.grid)
        if after.grid.family_of(new[0]).code == family
        and all(before.is_published(skill, college) for skill in old)
        and all(after.is_published(skill, college) for skill in new)
    ]


def weight_of(after: Campaign, unit: Unit) -> Fraction:
    return sum((after.weight(skill) for skill in unit[1]), Fraction(0))


def weights_before(before: Campaign, after: Campaign, kept: list[Unit]) -> Shares:
    """A unit weighs what it weighs later, shared among its earlier parts as their own weights say."""
    weights: Shares = {}
    for unit in kept:
        parts = sum((before.weight(skill) for skill in unit[0]), Fraction(0))
        for skill in unit[0]:
            share = before.weight(skill) / parts if parts else Fraction(1, len(unit[0]))
            weights[skill] = weight_of(after, unit) * share
    return weights


def weights_after(after: Campaign, kept: list[Unit]) -> Shares:
    return {skill: after.weight(skill) for unit in kept for skill in unit[1]}
