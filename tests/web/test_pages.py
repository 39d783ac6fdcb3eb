"""Every page with a strict parser: markup, outline, identifiers, typography, number of queries."""

import re
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from commands.demo_credentials import DEMO_EMAIL, DEMO_PASSWORD, TRIAL_SLUG
from storage.campaigns.campaigns import campaign_by_slug
from storage.core.database import open_database
from storage.responses.responses import start_response, submit_response
from tests.journeys.pages import PAGES, REFUSALS, Sample
from tests.rooms import room_with_a_phone
from tests.web.forms import post_form
from tests.web.listening import listening_address
from tests.web.markup import problems_in
from tests.web.queries import MOST_QUERIES, queries


@pytest.fixture
def keys(demo_database: Path) -> dict[str, str]:
    """The keys of someone who is answering, and of someone who has finished."""
    with closing(open_database(demo_database)) as db:
        campaign = campaign_by_slug(db, TRIAL_SLUG)
        assert campaign
        begun, submitted = (start_response(db, campaign, "habitants") for _ in range(2))
        submit_response(db, submitted)
        return {"begun": begun, "submitted": submitted, **room_with_a_phone(db), "webhook": listening_address(db)}


# Other readers and secrets are made by the fixtures of the browser, which opens every page
# (tests/journeys/test_every_page.py).
SECRETS_ELSEWHERE = ("{invitation}", "{reset}")
MADE_ELSEWHERE = "{recomputed}"  # a campaign as a migration leaves it
READ_HERE = [
    sample
    for sample in PAGES + REFUSALS
    if sample.reader in ("anyone", "signed in")
    and not sample.address.endswith(SECRETS_ELSEWHERE)
    and MADE_ELSEWHERE not in sample.address
]


# The answers of a campaign, read to compute its profile: once for each process, then once for each change. One query
# for each campaign of the territory, however many pages show them; of a damaged one, what edition published it too.
# A visit of the desk is noted when it begins.
# Where no process makes jobs, a row of ``/territoires`` also asks whether edition 1 published it, and keeps its copy.
READ_ONCE = re.compile(
    r"FROM responses\s+WHERE campaign_id = \d+ AND answered > 0 ORDER BY|SELECT EXISTS \(SELECT 1 FROM recomputed_publ"
    r"|INSERT INTO review_visits"
)
READ_FOR_A_ROW = re.compile(
    r"FROM recomputed_publications\s+WHERE campaign_id IN|SELECT revision FROM results_revisions WHERE territory_id ="
)


@pytest.mark.parametrize("sample", READ_HERE, ids=lambda sample: sample.name)
def test_a_page_is_well_made_and_asks_little(
    sample: Sample, demo_app: Flask, demo_client: FlaskClient, keys: dict[str, str]
) -> None:
    """A page asks the database ten times at most, the first time too, but for what is read once and then kept."""
    if sample.reader == "signed in":
        post_form(demo_client, "/connexion", email=DEMO_EMAIL, password=DEMO_PASSWORD)
    address = sample.address.format(**keys)
    with queries(demo_app) as asked:
        response = demo_client.get(address)
    assert response.status_code == sample.status
    assert problems_in(response.text) == []
    first = [sql for sql in asked if not READ_ONCE.search(sql)]
    if sample.name == "territoires":
        first = [sql for sql in first if not READ_FOR_A_ROW.search(sql)]
    assert len(first) <= MOST_QUERIES, first
    with queries(demo_app) as asked:
        assert demo_client.get(address).status_code == sample.status
    assert len(asked) <= MOST_QUERIES, asked


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        ("<p>Bonjour</p>", "expected-doctype"),
        ("<!doctype html><html lang='fr'><title>t</title><h1>a</h1><h3>b</h3>", "h3 right after h1"),
        ("<!doctype html><html lang='fr'><title>t</title><h1 id=a>a</h1><p id=a>b", "id a stands 2 times"),
        ("<!doctype html><html lang='fr'><title>t</title><h1>Où ?</h1>", "narrow no-break"),
        ("<!doctype html><html lang='fr'><title>t</title><h1>l'an</h1>", "straight apostrophe"),
        ("<!doctype html><html lang='fr'><title>t</title><h1>« là »</h1>", "guillemet"),
        ("<!doctype html><html lang='en'><h1>a</h1>", "no title"),
    ],
)
def test_the_reader_itself_sees_mistakes(html: str, problem: str) -> None:
    assert any(problem in one for one in problems_in(html))
