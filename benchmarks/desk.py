"""What the desk costs for a campaign of 5,000 responses: at most 5 empty views once computed, recomputed under 1 s.

    python -m benchmarks.desk [RESPONDENTS]

A reviewer who is signed in asks the real server for the whole page, compressed; the yardstick is an empty view of an
empty Flask application under the same server, as in ``benchmarks.respond``. Both are CPU per request, the median of
rounds that take turns. The recomputation forgets profiles and page, as a new process would; pandas is loaded.
Exits with 1 when a figure is beyond its limit.
"""

import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median
from time import perf_counter

from flask import Flask
from flask.testing import FlaskClient

import grille
from accounts.passwords import hashed
from app import create_app
from benchmarks.reference import EMPTY
from benchmarks.respond import OURS, Server, per_request, running
from benchmarks.storage_read import made_up
from settings import Settings
from storage.accounts.accounts import create_account, grant
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign, open_campaign
from storage.campaigns.territories import create_territory
from storage.core.database import migrate, open_database
from storage.core.engine import Database
from storage.responses.computed import profiles as results
from storage.responses.recorded_responses import record_responses
from tests.web.forms import post_form
from web.review.pages import desk

MOST_TIMES, MOST_SECONDS = 5.0, 1.0
ROUNDS = 15
EMAIL, PASSWORD = "mesure@exemple.fr", "une phrase pour mesurer"


def fill(db: Database, respondents: int) -> Campaign:
    """Create two closed campaigns of one territory, the last one with that many responses, and a reviewer."""
    territory = create_territory(db, "Val-Mesure", "autre", fictional=True)
    for year in (2025, 2026):
        campaign = open_campaign(db, territory, grille.current(), name=f"Mesure {year}", year=year, form="full")
        record_responses(db, campaign, made_up(respondents, campaign))
        closed = close_campaign(db, campaign)
    grant(db, create_account(db, EMAIL, "Mesure", hashed(PASSWORD)), "reviewer", territory)
    return closed


def signed_in(app: Flask) -> FlaskClient:
    """Return a client signed in as the reviewer."""
    client = app.test_client()
    assert post_form(client, "/connexion", email=EMAIL, password=PASSWORD).status_code == 303
    return client


def recomputed(ask: Callable[[], object]) -> float:
    """Return the time to show the desk with empty caches, in seconds: the best of three."""

    def once() -> float:
        results._profiles.clear()
        desk.cached_desk.cache_clear()
        start = perf_counter()
        ask()
        return perf_counter() - start

    return min(once() for _ in range(3))


def main(respondents: int) -> int:
    """Print the figures; return 1 if one exceeds its limit, else 0."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder))
        migrate(settings.database)
        with closing(open_database(settings.database)) as db:
            address = f"/campagnes/{fill(db, respondents).slug}/revue"
        client = signed_in(create_app(settings))
        cookie = client.get_cookie("grille")
        assert cookie
        again = recomputed(lambda: client.get(address))
        with (
            running(EMPTY.format(database=str(settings.database)), "/") as empty,
            running(OURS.format(data=folder), "/healthz") as ours,
        ):
            return report(empty, ours, address, f"grille={cookie.value}", again)


def report(empty: Server, ours: Server, address: str, cookie: str, again: float) -> int:
    """Print every figure beside its limit; return 1 if one exceeds it, else 0."""

    def ask() -> None:
        status, page, _to = ours.ask("GET", address, Cookie=cookie)
        assert status == 200
        assert page

    rounds = [(per_request(empty, lambda: empty.ask("GET", "/")), per_request(ours, ask)) for _ in range(ROUNDS + 1)][
        1:
    ]
    ratio = median(desk / nothing for nothing, desk in rounds)
    print(f"CPU of one request, ms (median of {ROUNDS} rounds)")
    print(f"  empty view           {median(one[0] for one in rounds):6.3f}")
    print(f"  desk, once computed  {median(one[1] for one in rounds):6.3f}   × {ratio:.2f}   (limit × {MOST_TIMES:g})")
    print(f"Recomputed, two campaigns read and scored: {again:.2f} s (limit {MOST_SECONDS:g})")
    return int(ratio > MOST_TIMES or again > MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000))
