"""``python -m benchmarks.method [--quick] [--detail]`` prints the tables of docs/method.md in a minute or two."""

import argparse
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from benchmarks.method import agreement, changes, coverage, hindsight, progress, scales, silences, village
from benchmarks.method.people import SEED

# What is simulated, how many draws, and how many for a quick look.
CHAPTERS: Final[dict[str, tuple[Callable[[int], Iterator[str]], int, int]]] = {
    "Intervalles": (coverage.report, 5000, 100),
    "Évolutions": (changes.report, 1000, 20),
    "Un village": (village.report, 2000, 40),
    "Accord": (agreement.report, 20_000, 1000),
    "Avec le recul": (hindsight.report, 1000, 20),
    "Savoir-faire travaillés": (progress.report, 20_000, 500),
    "Autres échelles": (scales.report, 4000, 200),
    "Silences": (silences.report, 2000, 40),
}


def chapters(quick: bool = False, detail: bool = False) -> Iterator[str]:
    """Yield everything that is printed, line by line."""
    yield f"Graine {SEED}. Chaque chiffre est celui d’un tirage au sort : le même à chaque fois."
    for title, (report, full, few) in CHAPTERS.items():
        draws = few if quick else full
        yield f"\n## {title} ({draws} tirages)"
        full_report = partial(coverage.report, detail=True) if detail and report is coverage.report else report
        yield from full_report(draws)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="few draws: to see that it works, in seconds")
    options.add_argument("--detail", action="store_true", help="coverage of every setting in every shape")
    chosen = options.parse_args()
    for line in chapters(chosen.quick, chosen.detail):
        print(line, flush=True)
