"""How many small published cells can be inferred: colleges drawn from shapes of opinion, published, then attacked.

Part of ``python -m benchmarks.disclosure``; its tables are those of docs/method.md. Each college answers one family of
three questions of five levels; half of a person's answers go together. Attacked by tests/scoring/published_cells.py.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import scoring
from benchmarks.method.people import SHAPES
from benchmarks.method.tables import percent, table
from tests.scoring import published_cells
from tests.scoring.campaigns import make_grid
from tests.scoring.campaigns import table as answers_table
from tests.scoring.published_cells import Cell, Group

SEED: Final = 2026
TRIED: Final = ("au milieu", "en bas", "aux deux bouts", "en U", "plancher 80 %")
ROLES: Final = ("quelqu’un d’extérieur", "un membre", "deux membres ensemble")
SKILLS: Final = ("F-1", "F-2", "F-3")
LEVELS: Final = tuple(range(5))
ALIKE: Final = 0.5
AT_ONCE: Final = 40  # colleges in one published document
BANDS: Final = {str(n): (n, n, n) for n in (3, 4, 5, 7, 9)} | {"5 à côté de 12 et 12": (5, 12, 12)}

Band = tuple[int, int, int]  # how many people give a level to each question


@dataclass(frozen=True)
class Share:
    """The share of cells that become certain: from the means alone, then from all that is published."""

    alone: float
    published: float


def college(code: str, shape: str, band: Band, chance: random.Random) -> list[dict[str, Any]]:
    """Return the rows of one college; the first people answer every question."""
    rows = []
    for person in range(max(band)):
        usual = drawn(shape, chance)
        levels = [usual if chance.random() < ALIKE else drawn(shape, chance) for _ in SKILLS]
        given = [level if person < n else None for level, n in zip(levels, band, strict=True)]
        rows.append({"college": code, "mode": "individuel"} | dict(zip(SKILLS, given, strict=True)))
    return rows


def drawn(shape: str, chance: random.Random) -> int:
    return chance.choices(LEVELS, SHAPES[shape])[0]


def publications(shape: str, band: Band, colleges: int) -> Iterator[tuple[list[dict[str, Any]], dict[str, Any]]]:
    """Yield rows and what Grille publishes of them, a few colleges at once."""
    chance = random.Random(f"{SEED} {shape} {band}")
    for start in range(0, colleges, AT_ONCE):
        codes = tuple(f"c{place}" for place in range(min(AT_ONCE, colleges - start)))
        rows = [row for code in codes for row in college(code, shape, band, chance)]
        grid, rules = make_grid({"F": [1, 1, 1]}, range(5), codes), scoring.Rules(k=min(*band, 5))
        yield rows, scoring.profile(answers_table(rows), grid, rules).to_dict()


def shares(shape: str, band: Band, colleges: int) -> dict[str, Share]:
    """Return what an outsider, one member and two members together can infer with certainty."""
    found: dict[str, list[tuple[bool, bool]]] = {role: [] for role in ROLES}
    for rows, document in publications(shape, band, colleges):
        for members, role in enumerate(ROLES):
            known = published_cells.of_members(rows, SKILLS, members)
            for groups in published_cells.groups(document, LEVELS, known):
                found[role] += zip(Group(groups.cells, known=groups.known).certain(), groups.certain(), strict=True)
    return {role: Share(share(one[0] for one in both), share(one[1] for one in both)) for role, both in found.items()}


def share(certain: Iterable[bool]) -> float:
    each = list(certain)
    return sum(each) / len(each)


# What the rules prevent: the same attacker, with figures that edition 2 does not publish


def earlier_version(shape: str, draws: int) -> float:
    """Return the share of cells of 5 inferred if the cell is published again with 10: Grille refuses that."""
    chance = random.Random(f"{SEED} {shape} earlier")
    found = []
    for _ in range(draws):
        levels = [drawn(shape, chance) for _ in range(10)]
        later = [levels.count(level) for level in LEVELS]
        cell = Cell("F-1", 5, sum(levels[:5]), LEVELS)
        found.append(len(published_cells.first_contents(cell, later)) == 1)
    return share(found)


def step_beside(shape: str, weights: Band, draws: int) -> float:
    """Return the share of cells of 5 inferred if spreads were rounded in steps: rule 3 of § 4 gives none."""
    chance = random.Random(f"{SEED} {shape} beside")
    found = []
    for _ in range(draws):
        small, *large = ([drawn(shape, chance) for _ in range(n)] for n in (5, 12, 12))
        beside = sum(w * squares(levels) for w, levels in zip(weights[1:], large, strict=True))
        low, high = published_cells.edges((weights[0] * squares(small) + beside) / sum(weights), LEVELS)
        own = [None if edge is None else (edge * sum(weights) - beside) / weights[0] for edge in (low, high)]
        found += Group((Cell("F-1", 5, sum(small), LEVELS),), low=own[0], high=own[1]).certain()
    return share(found)


def squares(levels: Sequence[int]) -> Fraction:
    n = len(levels)
    return Fraction(n * sum(x * x for x in levels) - sum(levels) ** 2, n * (n - 1))


# What no rule prevents


def repeated(shape: str, answers: int, draws: int) -> float:
    """Return the share of cells of 5 inferred by one person who gave ``answers`` of them, all equal."""
    chance = random.Random(f"{SEED} {shape} repeated")
    found = []
    for _ in range(draws):
        own, others = drawn(shape, chance), sum(drawn(shape, chance) for _ in range(5 - answers))
        cell = Cell("F-1", 5, own * answers + others, LEVELS)
        found += Group((cell,), known={"F-1": [own] * answers}).certain()
    return share(found)


def unanimous(level: int, n: int) -> bool:
    """Return whether an outsider can infer all answers of n people who agree on three questions."""
    rows = [{"college": "c0", "mode": "individuel"} | dict.fromkeys(SKILLS, level) for _ in range(n)]
    document = scoring.profile(answers_table(rows), make_grid({"F": [1, 1, 1]}, range(5), ("c0",))).to_dict()
    return all(certain for groups in published_cells.groups(document, LEVELS) for certain in groups.certain())


# The tables


def report(colleges: int, draws: int) -> Iterator[str]:
    """Yield everything that is printed, line by line."""
    yield from table("cases publiées", ("n", "forme des opinions", *ROLES), given_away(colleges))
    avoided = ("forme des opinions", "un pas à côté de 12 et 12", "le même, poids 10, 1, 1", "5 puis 10 réponses")
    yield from table("ce que les règles évitent", avoided, what_rules_avoid(draws))
    repeats = [f"{answers} réponse{'s' * (answers > 1)} sur 5" for answers in (1, 2, 3, 4)]
    yield from table("une personne répond plusieurs fois", ("forme des opinions", *repeats), what_repeats_tell(draws))
    yield from table("tous disent pareil", ("n", *(f"niveau {level}" for level in LEVELS)), what_unanimity_tells())


def given_away(colleges: int) -> Iterator[list[str]]:
    for name, band in BANDS.items():
        for shape in TRIED:
            found = shares(shape, band, colleges)
            yield [name, shape, *(f"{percent(one.alone)} → {percent(one.published)}" for one in found.values())]


def what_rules_avoid(draws: int) -> Iterator[list[str]]:
    for shape in TRIED:
        steps = [step_beside(shape, weights, draws) for weights in ((1, 1, 1), (10, 1, 1))]
        yield [shape, *map(percent, steps), percent(earlier_version(shape, draws))]


def what_repeats_tell(draws: int) -> Iterator[list[str]]:
    for shape in TRIED:
        yield [shape, *(percent(repeated(shape, answers, draws)) for answers in (1, 2, 3, 4))]


def what_unanimity_tells() -> Iterator[list[str]]:
    for n in (5, 7, 9):
        yield [str(n), *("certain" if unanimous(level, n) else "non" for level in LEVELS)]
