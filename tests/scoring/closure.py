"""Everything that is published, and three ways to change what is not without changing any of it (§ 2).

- ``scrambled``: other answers in every hidden cell, any number of them below k; other people in every hidden college;
- ``exchanged``: inside each published cell, the levels change hands among those who gave one;
- ``replaced``: in small published cells, other levels with the same n, the same mean and the same steps of spread.
"""

import itertools
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import scoring
from scoring import Profile, tables
from tests.scoring.oracle import Campaign
from tests.scoring.oracle.campaign import WORKSHOP
from tests.scoring.oracle.hindsight import is_paired
from tests.scoring.oracle.spread import spread
from tests.scoring.shapes import SILENCES, Row, Shape

Cell = tuple[str, str]
TRIES = 4


def scored(shape: Shape) -> Profile:
    """The campaign as the software publishes it; its sizes must be those of ``with_known_sizes``."""
    return scoring.profile(shape.frame, shape.grid, scoring.Rules(**shape.rules), hindsight=shape.hindsight)


def published(profile: Profile) -> str:
    """All that one campaign publishes, as text."""
    return json.dumps(everything(profile), default=str, sort_keys=True)


def everything(profile: Profile) -> dict[str, Any]:
    """All that one campaign publishes: its document, what conclusions depend on, every explanation."""
    document = profile.to_dict()
    document["robustness"] = tables.records(scoring.robustness(profile))
    document["dependences"] = [found.sentence for found in scoring.sensitivities(profile)]
    document["explained"] = [explained(profile, *place) for place in places(profile)]
    return document


def places(profile: Profile) -> Iterator[tuple[str, str, Any]]:
    families = [family.code for family in profile.grid.families]
    return itertools.product(families, (*profile.all_colleges, scoring.TERRITORY), ("equal", "heads"))


def explained(profile: Profile, family: str, college: str, weighting: Any) -> list[str]:
    try:
        return [repr(term) for term in scoring.explain(profile, family, college, weighting)]
    except scoring.NotPublishedError as refusal:
        return [str(refusal)]


def published_changes(campaigns: list[Profile], worked: tuple[str, ...] = ()) -> str:
    """All that comparing each pair of campaigns publishes, as text."""
    document: dict[str, Any] = {}
    for before, after in itertools.combinations(campaigns, 2):
        for weighting in ("equal", "heads"):
            comparison = scoring.compare(before, after, weighting=weighting)
            name = f"{campaigns.index(before)}-{campaigns.index(after)}-{weighting}"
            document[name] = tables.records(scoring.change_frame(comparison))
            document[f"{name}-depends"] = [found.sentence for found in scoring.change_sensitivities(comparison)]
            document[f"{name}-progress"] = repr(scoring.progress(before, after, worked))
    return json.dumps(document, default=str, sort_keys=True)


# (i) What is hidden


def scrambled(shape: Shape, chance: random.Random) -> Shape:
    """Everything hidden changed at will: cells, pairs of hindsight, and how many people a hidden college has."""
    shape = repeopled(shape, chance)
    naive, rows, then = shape.naive, copies(shape.rows), None if shape.then is None else copies(shape.then)
    for skill, college in naive.cells:
        if not naive.is_published(skill, college):
            hide(rows, skill, naive.groups[college], naive.k(college) - 1, naive.levels, chance)
        if then is not None and college != WORKSHOP:
            unpaired(naive, skill, college, then, chance)
    return replace(shape, rows=rows, then=then)


def copies(rows: list[Row]) -> list[Row]:
    return [dict(row) for row in rows]


def hide(rows: list[Row], skill: str, places: list[int], most: int, levels: list[int], chance: random.Random) -> None:
    """Give that skill a level for some of those people, never more than ``most``, and a silence for the others."""
    answering = chance.sample(places, chance.randint(0, min(most, len(places))))
    for place in places:
        rows[place][skill] = chance.choice(levels) if place in answering else chance.choice(SILENCES)


def unpaired(naive: Campaign, skill: str, college: str, then: list[Row], chance: random.Random) -> None:
    """Change what is said of last year where no pair is published, or by people who say nothing of today."""
    silent = [p for p in naive.groups[college] if not isinstance(naive.rows[p].get(skill), int)]
    if is_paired(naive, skill, college) or not naive.is_published(skill, college):
        everyone = silent if naive.is_published(skill, college) else naive.groups[college]
        hide(then, skill, everyone, len(everyone), naive.levels, chance)
        return
    answering = [place for place in naive.groups[college] if place not in silent]
    hide(then, skill, answering, naive.k(college) - 1, naive.levels, chance)
    hide(then, skill, silent, len(silent), naive.levels, chance)


def repeopled(shape: Shape, chance: random.Random) -> Shape:
    """Another number of people, below k, in each college that has fewer than k, as far as its size allows."""
    naive, kept = shape.naive, set(range(len(shape.rows)))
    rows, then = copies(shape.rows), None if shape.then is None else copies(shape.then)
    for college in naive.colleges:
        group, size = naive.groups[college], (naive.rules["sizes"] or {}).get(college)
        if 0 < len(group) < naive.k(college):
            most = naive.k(college) - 1 if size is None else min(naive.k(college) - 1, size)
            wanted = chance.randint(0, most)
            kept -= set(group[wanted:])
            for _ in range(max(0, wanted - len(group))):
                kept.add(len(rows))
                rows.append(dict(rows[group[0]]))
                if then is not None:
                    then.append(dict(then[group[0]]))
    order = sorted(kept)
    return replace(shape, rows=[rows[p] for p in order], then=None if then is None else [then[p] for p in order])


# (ii) Who said what


def exchanged(shape: Shape, chance: random.Random) -> Shape:
    """The levels of each published cell handed around among those who gave one; without hindsight."""
    naive, rows = shape.naive, copies(shape.rows)
    for skill, college in naive.cells:
        if naive.is_published(skill, college):
            givers = [place for place in naive.groups[college] if isinstance(rows[place].get(skill), int)]
            levels = chance.sample(naive.given(skill, college), len(givers))
            for place, level in zip(givers, levels, strict=True):
                rows[place][skill] = level
    return replace(shape, rows=rows, then=None)


# (iii) What small cells hold


def replaced(shape: Shape, chance: random.Random) -> tuple[Shape, int]:
    """Other levels in the small published cells, as far as no step of spread moves; and how many cells changed."""
    naive, rows, changed = shape.naive, copies(shape.rows), 0
    for college in naive.groups:
        published = [s.code for s in shape.grid.skills if naive.is_published(s.code, college)]
        small = [skill for skill in published if naive.is_small(skill, college)]
        for _ in range(TRIES):
            tried = [skill for skill in small if chance.random() < 0.6]
            trial = same_sums(naive, rows, college, tried, chance)
            if spreads(shape, trial, college) == spreads(shape, rows, college):
                changed += sum(contents(trial, rows, naive, skill, college) for skill in tried)
                rows = trial
    return replace(shape, rows=rows, then=None), changed


def contents(one: list[Row], other: list[Row], naive: Campaign, skill: str, college: str) -> bool:
    """Whether a cell holds other levels."""
    places = [p for p in naive.groups[college] if isinstance(one[p].get(skill), int)]
    return sorted(one[p][skill] for p in places) != sorted(other[p][skill] for p in places)


def same_sums(naive: Campaign, rows: list[Row], college: str, skills: list[str], chance: random.Random) -> list[Row]:
    """In those cells, levels moved from one person to another a few times, so that n and the sum stay."""
    found = copies(rows)
    for skill in skills:
        givers = [place for place in naive.groups[college] if isinstance(rows[place].get(skill), int)]
        for _ in range(chance.randint(1, 2 * len(givers))):
            up, down = chance.choice(givers), chance.choice(givers)
            if up != down and found[up][skill] < naive.highest and found[down][skill] > naive.lowest:
                found[up][skill] += 1
                found[down][skill] -= 1
    return found


def spreads(shape: Shape, rows: list[Row], college: str) -> list[Fraction | None]:
    """e² of each family of a college, from those rows."""
    campaign = Campaign(rows, shape.grid, **shape.rules)
    return [spread(campaign, family.code, college) for family in shape.grid.families]
