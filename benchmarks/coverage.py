"""How often the intervals of a family score hold the true one: ``python -m benchmarks.coverage``.

Every cell of the table draws many small colleges, scores them with the engine itself, and counts. The table that it
prints is the one in docs/method-1.md. A college of N people is drawn from a larger population; n of them answer, each
question being left unanswered with some probability; the true score is that of the N people, or of the whole population
when no size is declared (N = ∞).
"""

import argparse
from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from grille.grid import College, Family, Grid, Level, Skill
from scoring.coding import UNANSWERED
from scoring.edition_1 import CodedAnswers, Rules, profile_of

LEVELS: Final = 5
SKILLS: Final = 3
SIZES: Final = (7, 15, 30, None)
RESPONDENTS: Final = (5, 6, 7, 10, 15, 20, 25, 30)
SHAPES: Final = {
    "au milieu": (0.08, 0.22, 0.40, 0.22, 0.08),
    "en bas": (0.45, 0.30, 0.15, 0.07, 0.03),
    "aux deux bouts": (0.35, 0.13, 0.04, 0.13, 0.35),
}
SILENCE: Final = 0.1
ALIKE: Final = 0.5


def college(size: int, shape: tuple[float, ...], chance: np.random.Generator) -> Any:
    """Return the levels of ``size`` people on each skill (skills × people); one person's answers are correlated."""
    usual = chance.choice(LEVELS, size=size, p=shape)
    others = chance.choice(LEVELS, size=(SKILLS, size), p=shape)
    return np.where(chance.random((SKILLS, size)) < ALIKE, usual, others).astype(np.int8)


def holds(
    n: int, size: int | None, shape: tuple[float, ...], silence: float, chance: np.random.Generator
) -> bool | None:
    """Return whether one interval contains the true score; ``None`` when too few answered for an interval."""
    people = college(size or n, shape, chance)
    truth = people.mean() if size else float(np.dot(range(LEVELS), shape))
    codes = people[:, chance.permutation(people.shape[1])[:n]]
    codes = np.where(chance.random(codes.shape) < silence, np.int8(UNANSWERED), codes)
    rules = Rules(k=3, sizes={"c": size} if size else None)
    found = profile_of(CodedAnswers(GRID, ("c",), codes, (0, n)), rules).scores["F", "c"].estimate
    interval = found.interval(0.95) if found else None
    return None if interval is None else interval[0] - 1e-9 <= truth <= interval[1] + 1e-9


def coverage(n: int, size: int | None, shape: tuple[float, ...], silence: float, draws: int) -> float:
    """Return the share of intervals that contain the true score (0 to 1)."""
    chance = np.random.default_rng([n, size or 0, round(silence * 100)])
    found = [held for _ in range(draws) if (held := holds(n, size, shape, silence, chance)) is not None]
    return sum(found) / len(found)


def table(draws: int) -> Iterator[str]:
    """Yield the lines of the table of docs/method-1.md."""
    yield "| N | n | silences | " + " | ".join(SHAPES) + " |"
    yield "|---|---|---|" + "---|" * len(SHAPES)
    for size in SIZES:
        for n in (n for n in RESPONDENTS if size is None or n <= size):
            for silence in (0.0, SILENCE):
                shares = [coverage(n, size, shape, silence, draws) for shape in SHAPES.values()]
                figures = " | ".join(f"{share:.1%}".replace(".", ",").replace("%", "\u00a0%") for share in shares)
                yield f"| {size or '∞'} | {n} | {silence:.0%} | ".replace("%", "\u00a0%") + f"{figures} |"


GRID: Final = Grid(
    id="simulation",
    version="1",
    title="Simulation",
    status="proposition",
    levels=tuple(Level(value=value, label=str(value)) for value in range(LEVELS)),
    families=(
        Family(
            code="F",
            title="F",
            skills=tuple(
                Skill(
                    code=f"F-{place}",
                    title=f"F-{place}",
                    definition="…",
                    core=True,
                    levels={value: str(value) for value in range(LEVELS)},
                )
                for place in range(SKILLS)
            ),
        ),
    ),
    colleges=(College(code="c", label="c"),),
)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    options.add_argument("--draws", type=int, default=2000, help="colleges drawn for each figure (2000)")
    for line in table(options.parse_args().draws):
        print(line, flush=True)
