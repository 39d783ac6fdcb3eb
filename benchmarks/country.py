"""The figures of a whole country: what it costs to compute every profile, and to sum what they publish.

    python -m benchmarks.country [--territories 35000] [--respondents 40] [--profiles 400 | --whole]

Fills a database with so many territories, each with a published campaign of so many respondents. Profiles are computed
from the stored answers by one process: a sample spread over the country, from which the time of all is estimated, or
(``--whole``) all of them. National sums are read from a table of the cells that these profiles publish, one row each:
by skill and college, the number of answers and their mean. Prints the CPU time. Exits with 1 when a figure exceeds its
limit.
"""

import argparse
import random
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

import grille
from benchmarks.storage_read import ANSWERS
from questionnaires.answers import Answer
from storage.campaigns.campaigns import Campaign, campaign_by_slug
from storage.core.database import migrate, open_database
from storage.core.engine import Database
from storage.responses.computed.profiles import computed_profile, rules_of
from tests.country import fill_country

MOST_SUM, MOST_PROFILES = 2.0, 15 * 60.0  # seconds of CPU, for 35,000 territories
COUNTRY = 35_000
POOL = 5000
YEAR = 2025  # all campaigns of that year are closed


_CELLS = """CREATE TABLE cells (campaign INTEGER, skill TEXT, college TEXT, respondents INTEGER, mean REAL)"""
_SUMS = "SELECT skill, college, sum(respondents), sum(respondents * mean) / sum(respondents) FROM cells GROUP BY 1, 2"


def documents() -> list[tuple[str, str, int]]:
    """Return a pool of answers: the college, the document, the number of skills answered."""
    draw, grid = random.Random(1).choice, grille.current()
    skills, colleges = [skill.code for skill in grid.skills if skill.core], [one.code for one in grid.colleges][:4]
    found = []
    for _one in range(POOL):
        answers = {code: answer.value for code in skills if isinstance(answer := draw(ANSWERS), Answer)}
        found.append((draw(colleges), orjson.dumps({"answers": answers}).decode(), len(answers)))
    return found


def fill(db: Database, territories: int, respondents: int) -> None:
    """Insert the territories, and the answers to the campaign of that year in each."""
    fill_country(db, territories)
    pool, rows = documents(), db.execute("SELECT id FROM campaigns WHERE year = ?", [YEAR]).fetchall()
    db.conn.execute("BEGIN")
    db.conn.executemany(
        """INSERT INTO responses (campaign_id, college, mode, document, answered, key_sha256, submitted_on)
            VALUES (?, ?, 'individuel', ?, ?, ?, '2025-05-01')""",
        _responses(rows, pool, respondents),
    )
    db.conn.execute("COMMIT")


def _responses(
    campaigns: list[tuple[int]], pool: list[tuple[str, str, int]], respondents: int
) -> Iterator[tuple[object, ...]]:
    number = 0
    for (campaign,) in campaigns:
        for _one in range(respondents):
            college, document, answered = pool[(number * 7919) % len(pool)]
            yield campaign, college, document, answered, f"{number:064x}"
            number += 1


def some(db: Database, territories: int, count: int) -> Iterator[Campaign]:
    """Yield ``count`` campaigns of that year, spread over the country."""
    for number in range(count):
        found = campaign_by_slug(db, f"lieu-{1 + number * territories // count}-{YEAR}")
        assert found
        yield found


def profiles(db: Database, territories: int, count: int) -> tuple[float, list[tuple[object, ...]]]:
    """Return the CPU time of computing ``count`` profiles, in seconds, and the cells that they publish."""
    cells: list[tuple[object, ...]] = []
    spent = 0.0
    for campaign in some(db, territories, count):
        before = time.process_time()
        rows = computed_profile(db, campaign, rules_of(campaign)).skills
        spent += time.process_time() - before
        shown = rows[rows["published"]]
        cells += zip(
            [campaign.id] * len(shown), shown["skill"], shown["college"], shown["n"], shown["mean"], strict=True
        )
    return spent, cells


def sums(folder: Path, cells: list[tuple[object, ...]], times: float) -> tuple[float, int]:
    """Return the CPU time of the national sums over all territories, in seconds, and the number of cells."""
    whole = int(len(cells) * times)
    with closing(sqlite3.connect(folder / "cells.db")) as db:
        db.execute(_CELLS)
        db.executemany("INSERT INTO cells VALUES (?, ?, ?, ?, ?)", (cells[n % len(cells)] for n in range(whole)))
        db.commit()
        before = time.process_time()
        assert db.execute(_SUMS).fetchall()
        return time.process_time() - before, whole


def main() -> int:
    """Fill, measure, print; return 0 if both figures are within their limits, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--territories", type=int, default=COUNTRY)
    parser.add_argument("--respondents", type=int, default=40)
    parser.add_argument("--profiles", type=int, default=400, help="how many are computed")
    parser.add_argument("--whole", action="store_true", help="compute them all")
    options = parser.parse_args()
    count = options.territories if options.whole else min(options.profiles, options.territories)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "grille.db"
        migrate(path)
        with closing(open_database(path)) as db:
            fill(db, options.territories, options.respondents)
            spent, cells = profiles(db, options.territories, count)
        return report(Path(folder), options, count, spent, cells)


def report(folder: Path, options: argparse.Namespace, count: int, spent: float, cells: list[tuple[object, ...]]) -> int:
    """Print both figures beside their limits, which are those of 35,000 territories in proportion."""
    times, share = options.territories / count, options.territories / COUNTRY
    whole, (summed, rows) = spent * times, sums(folder, cells, times)
    print(f"{options.territories:,} territories, {options.respondents} respondents each, {rows:,} cells published")
    how = "all computed" if options.whole else f"from {count:,} of them, {spent / count * 1000:.1f} ms each"
    print(f"Exact profiles: {whole / 60:.1f} min of CPU ({how}; limit {MOST_PROFILES * share / 60:.1f})")
    print(f"National sums over what they publish: {summed:.2f} s of CPU (limit {MOST_SUM * share:.2f})")
    return 0 if whole <= MOST_PROFILES * share and summed <= MOST_SUM * share else 1


if __name__ == "__main__":
    sys.exit(main())
