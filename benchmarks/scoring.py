"""How fast a profile is computed: ``python -m benchmarks.scoring``.

Prints medians of CPU time and ratios, each beside its limit, and exits with 1 when one is beyond it:

- 200,000 respondents × 28 skills × 5 colleges against ``answers.groupby("college").mean()`` on the same frame, and the
  memory of a process that does it;
- the same with hindsight: one pass over the pairs;
- 500 respondents;
- the slope of log time on log respondents, from 300,000 to 1,400,000.
"""

import argparse
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time

import numpy as np
import pandas as pd

import grille
import scoring

# From this size on, the few milliseconds that every profile costs are negligible.
SLOPE_SIZES = (300_000, 500_000, 700_000, 1_000_000, 1_400_000)
MOST_TIMES, MOST_MEMORY, MOST_MS, SLOPES = 3, 1024, 30, (0.9, 1.1)


def answers(respondents: int) -> pd.DataFrame:
    """Return random levels, 10 % missing, five colleges: plain numbers, as ``groupby`` needs them."""
    grid, chance = grille.current(), np.random.default_rng(1)
    levels = chance.integers(grid.lowest, grid.highest + 1, (respondents, len(grid.skills))).astype(float)
    levels[chance.random(levels.shape) < 0.1] = np.nan
    frame = pd.DataFrame(levels, columns=[skill.code for skill in grid.skills])
    frame.insert(0, "college", chance.choice([college.code for college in grid.colleges], respondents))
    return frame


def as_stored(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the same answers as categories, some of them « don't know », as the database gives them."""
    kind = pd.CategoricalDtype(["0", "1", "2", "3", "4", "NSP", "SO"])
    columns = {
        name: pd.Categorical.from_codes(frame[name].fillna(5).astype(int), dtype=kind) for name in frame.columns[1:]
    }
    return pd.DataFrame({"college": pd.Categorical(frame["college"]), **columns})


def profile(frame: pd.DataFrame, hindsight: pd.DataFrame | None = None) -> scoring.Profile:
    """Compute a profile with every published table."""
    found = scoring.profile(frame, grille.current(), hindsight=hindsight)
    assert len(found.hindsight) > 0 or hindsight is None
    assert min(map(len, (found.skills, found.families, found.territory))) > 0
    return found


def medians(works: Sequence[Callable[[], object]], times: int) -> list[float]:
    """Return the median CPU time of each work in seconds; they take turns, so that load affects all alike."""
    for work in works:
        work()
    rounds = [[_seconds(work) for work in works] for _ in range(times)]
    return [median(column) for column in zip(*rounds, strict=True)]


def _seconds(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


def slope(sizes: Sequence[int], times: Sequence[float]) -> float:
    """Return the slope of the regression line through the points (log size, log time)."""
    return float(np.polyfit(np.log(sizes), np.log(times), 1)[0])


def peak(respondents: int) -> float:
    """Return the highest memory, in MB, of a new process that makes the answers and scores them."""
    script = f"from benchmarks import scoring as s; s.profile(s.answers({respondents})); print(s.used())"
    return float(subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout)


def used() -> float:
    """Return the highest memory of this process so far, in MB, without its parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1)) / 1024  # type: ignore[union-attr]


def main() -> int:
    """Measure, print; return 0 if every figure is within its limit, else 1."""
    options = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    options.add_argument("--respondents", type=int, default=200_000)
    options.add_argument("--times", type=int, default=9)
    chosen = options.parse_args()
    times = against_one_mean(chosen.respondents, chosen.times)
    memory = peak(chosen.respondents)
    print(f"  peak memory          {memory:8.0f} MB (limit {MOST_MEMORY})")
    (small,) = medians([partial(profile, answers(500))], chosen.times)
    print(f"500 respondents        {small * 1000:8.1f} ms (limit {MOST_MS})")
    steep = slope_printed()
    within = times <= MOST_TIMES and memory <= MOST_MEMORY and small * 1000 <= MOST_MS
    return 0 if within and SLOPES[0] <= steep <= SLOPES[1] else 1


def against_one_mean(respondents: int, times: int) -> float:
    """Print what a profile costs beside one mean by college; return how many times that of plain numbers is."""
    many = answers(respondents)
    works = [lambda: many.groupby("college").mean(), partial(profile, many), partial(profile, as_stored(many))]
    mean, numbers, categories, twice = medians([*works, partial(profile, many, many)], times)
    print(f"{respondents} respondents: groupby mean {mean * 1000:.1f} ms")
    print(f"  profile, numbers     {numbers * 1000:8.1f} ms   {numbers / mean:.2f} × (limit {MOST_TIMES})")
    print(f"  profile, categories  {categories * 1000:8.1f} ms   {categories / mean:.2f} ×")
    print(f"  with hindsight       {twice * 1000:8.1f} ms   {twice / mean:.2f} ×")
    return numbers / mean


def slope_printed() -> float:
    """Print how the time grows with the number of respondents; return its slope."""
    times = medians([partial(profile, answers(size)) for size in SLOPE_SIZES], 5)
    steep = slope(SLOPE_SIZES, times)
    print(f"slope of log time on log respondents  {steep:.3f} (limits {SLOPES[0]} and {SLOPES[1]})")
    for size, seconds in zip(SLOPE_SIZES, times, strict=True):
        print(f"{size:9d} respondents {seconds * 1000:8.1f} ms")
    return steep


if __name__ == "__main__":
    sys.exit(main())
