"""What the lists cost as the country grows: CPU time and bytes of each page at 12, 1,250 and 35,000 territories.

    python -m benchmarks.national [--territories 12 1250 35000] [--views 5]

Fills a database by SQL with so many territories of four campaigns each (closed and published, but for an open one), an
account that pilots one of them and another of the programme; then asks each list of the application, in this process,
as each of these and as a passer-by: the first page, a page of the middle, a search. Prints milliseconds of CPU (the
least of several views) and bytes before compression, beside those of an empty page of the same application, and how
many times what the smallest country costs. Exits with 1 when a page is beyond its limits at the largest.
"""

import argparse
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from flask.testing import FlaskClient

from accounts.passwords import hashed
from benchmarks.demonstration import application
from storage.accounts.accounts import create_account, grant
from storage.campaigns.territories import territory_by_slug
from storage.core.database import open_database
from storage.core.engine import Database
from tests.country import fill_country
from tests.web.forms import post_form

MOST_MS, MOST_BYTES = 30.0, 60_000
PASSWORD = "a password for benchmarks"
LISTS = {
    "anyone": ("/resultats", "/seances"),
    "pilot": ("/campagnes/", "/territoires", "/compte", "/campagnes/nouvelle", "/seances"),
    "programme": (
        *("/campagnes/", "/territoires", "/compte", "/campagnes/nouvelle", "/comptes", "/comptes/nouveau", "/journal"),
        *("/seances", "/campagnes/lieux?q=saint"),
    ),
}
SEARCHED = ("/resultats", "/seances", "/campagnes/", "/territoires", "/compte", "/comptes", "/campagnes/nouvelle")
FILTERED = ("/journal?lieu=saint", "/journal?sujet=comptes", "/journal?au=2020-01-01", "/journal?sujet=campagnes")


@dataclass(frozen=True)
class Cost:
    """The cost of a page: milliseconds of CPU, bytes."""

    ms: float
    size: int


def clients(app: Flask, db: Database) -> dict[str, FlaskClient]:
    """Return a client for each kind of reader."""
    found = {"anyone": app.test_client()}
    for role, slug in (("pilot", "lieu-7"), ("programme", "")):
        account = create_account(db, f"{role}@exemple.fr", role.title(), hashed(PASSWORD))
        grant(db, account, role, territory_by_slug(db, slug) if slug else None)
        found[role] = app.test_client()
        assert post_form(found[role], "/connexion", email=account.email, password=PASSWORD).status_code == 303
    return found


def cost(client: FlaskClient, address: str, views: int) -> Cost:
    """Return the lowest cost of the page over ``views`` requests, after a first one."""
    times = []
    for _view in range(views + 1):
        before = time.process_time()
        answer = client.get(address)
        times.append((time.process_time() - before) * 1000)
        assert answer.status_code == 200, (address, answer.status_code)
    return Cost(min(times[1:]), len(answer.data))


def addresses(territories: int) -> Iterator[tuple[str, str]]:
    """Yield each reader and an address that they request."""
    for reader, lists in LISTS.items():
        for address in lists:
            yield reader, address
            if address in SEARCHED and reader != "pilot":
                yield reader, f"{address}?apres={territories // 2}"
                yield reader, f"{address}?q=saint"
                yield reader, f"{address}?q=introuvable"
    yield from (("programme", address) for address in FILTERED)


def measured(territories: int, views: int) -> dict[tuple[str, str], Cost]:
    """Return the cost of each list in a country of so many territories."""
    with TemporaryDirectory() as folder:
        app = application(Path(folder))
        app.logger.setLevel(logging.CRITICAL)
        app.test_cli_runner().invoke(args=["database", "migrate"])
        with closing(open_database(app.config["DATABASE"])) as db:
            fill_country(db, territories)
            readers = clients(app, db)
            found = {("anyone", "an empty page"): cost(readers["anyone"], "/accessibilite", views)}
            for reader, address in addresses(territories):
                shown = address.replace(f"apres={territories // 2}", "apres=…")
                found[reader, shown] = cost(readers[reader], address, views)
        app.extensions["database"].close()
        return found


def main() -> int:
    """Print a line per list; return 0 if the largest country is within the limits, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--territories", type=int, nargs="+", default=[12, 1250, 35_000])
    parser.add_argument("--views", type=int, default=5)
    options = parser.parse_args()
    costs = [measured(count, options.views) for count in options.territories]
    print(f"{'CPU ms and bytes, at':44}" + "".join(f"{count:>20,}" for count in options.territories) + "   most ×")
    over = 0
    for page in costs[-1]:
        each = [one[page] for one in costs]
        times = max(one.ms for one in each) / each[0].ms
        line = "".join(f"{one.ms:10.1f} {one.size:9,}" for one in each)
        over += each[-1].ms > MOST_MS or each[-1].size > MOST_BYTES
        print(f"{page[0]:10} {page[1]:33}{line}   {times:6.1f}")
    print(f"limits: {MOST_MS:g} ms of CPU, {MOST_BYTES:,} bytes; {over} beyond")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
