"""Documents made by jobs: a waiting page for browsers, the same file for every client."""

import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient

from commands.serving.job_maker import make_waiting
from storage.accounts.accounts import account_by_email
from storage.campaigns.campaigns import Campaign, campaign_by_slug
from storage.campaigns.lifecycle import unpublish_campaign
from storage.core.engine import Database
from storage.operations import jobs as queue
from storage.operations.published_copies import copies_of
from storage.review.sheets import YearlyNote, save_sheet
from tests.web.conftest import Open, SignIn
from tests.web.markup import problems_in
from web.http.database import connection
from web.http.pages import jobs

SLUG = "villeroche-2026"
ADDRESS = f"/restitution/{SLUG}/documents"
BROWSER = {"Accept": "text/html,*/*;q=0.8"}


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits in a request: no process makes jobs here."""
    monkeypatch.setattr(jobs, "A_MOMENT", 0.0)
    monkeypatch.setattr(jobs, "A_WHILE", 0.0)


@pytest.fixture
def apart(demo_app: Flask) -> FlaskClient:
    """A visitor of a server that has its jobs made by a process of its own."""
    demo_app.config["JOBS_APART"] = True
    return demo_app.test_client()


def made(app: Flask) -> int:
    """Make what waits, as that process does."""
    return make_waiting(app, "test:1")


@pytest.mark.parametrize("suffix", ["pdf", "pptx", "xlsx", "zip", "json"])
def test_a_document_made_outside_is_the_document_made_in_the_request(
    suffix: str, demo_app: Flask, apart: FlaskClient
) -> None:
    answer = apart.get(f"{ADDRESS}/{suffix}", headers=BROWSER)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{ADDRESS}/{suffix}/preparation")
    waiting = apart.get(answer.headers["Location"])
    assert "Préparation en cours" in waiting.text
    assert "La préparation commence." in waiting.text
    assert waiting.headers["Cache-Control"] == "private, no-store"
    assert problems_in(waiting.text) == []
    assert made(demo_app) == 1
    ready = apart.get(answer.headers["Location"])
    assert f'data-take="{ADDRESS}/{suffix}"' in ready.text
    assert problems_in(ready.text) == []
    outside = apart.get(f"{ADDRESS}/{suffix}", headers=BROWSER)
    assert outside.status_code == 200
    with demo_app.app_context():
        copies_of(connection()).clear()
    demo_app.config["JOBS_APART"] = False
    inside = demo_app.test_client().get(f"{ADDRESS}/{suffix}")
    assert (inside.data, inside.headers["ETag"]) == (outside.data, outside.headers["ETag"])


def test_what_is_kept_is_given_at_once_and_asked_for_once(demo_app: Flask, apart: FlaskClient) -> None:
    for _ in range(3):
        assert apart.get(f"{ADDRESS}/json", headers=BROWSER).status_code == 303
    assert made(demo_app) == 1
    assert apart.get(f"{ADDRESS}/json", headers=BROWSER).is_json
    assert made(demo_app) == 0


def test_a_program_is_given_the_file_or_asked_to_come_back(demo_app: Flask, apart: FlaskClient) -> None:
    answer = apart.get(f"{ADDRESS}/json")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "3")
    made(demo_app)
    assert apart.get(f"{ADDRESS}/json").is_json


def test_who_waits_reads_how_many_come_before_and_how_far_it_is(demo_app: Flask, apart: FlaskClient) -> None:
    for suffix in ("pdf", "json"):
        apart.get(f"{ADDRESS}/{suffix}", headers=BROWSER)
    assert "1 autre demande passe avant celle-ci." in apart.get(f"{ADDRESS}/json/preparation").text
    with demo_app.app_context():
        job = queue.claim(connection(), "test:1")
        assert job is not None
        queue.tell(connection(), job, 1, 2, "Le document s’écrit.")
    page = apart.get(f"{ADDRESS}/pdf/preparation").text
    assert "Le document s’écrit." in page
    assert 'max="2" value="1"' in page


def test_what_fails_is_said_with_what_to_do(demo_app: Flask, apart: FlaskClient) -> None:
    def refuse(*_arguments: object) -> bytes:
        raise MemoryError

    apart.get(f"{ADDRESS}/pdf", headers=BROWSER)
    demo_app.extensions["jobs"]["document"] = refuse
    made(demo_app)
    page = apart.get(f"{ADDRESS}/pdf", headers=BROWSER, follow_redirects=True)
    assert "La préparation n’a pas abouti" in page.text
    assert "plus de mémoire" in page.text
    assert problems_in(page.text) == []
    assert made(demo_app) == 0


def test_an_error_is_in_the_log_and_not_on_the_page(
    demo_app: Flask, apart: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_arguments: object) -> bytes:
        raise ValueError("a secret")

    apart.get(f"{ADDRESS}/pdf", headers=BROWSER)
    demo_app.extensions["jobs"]["document"] = breaks
    made(demo_app)
    page = apart.get(f"{ADDRESS}/pdf/preparation")
    assert "Quelque chose n’a pas marché de notre côté" in page.text
    assert "a secret" not in page.text
    assert "ValueError" in caplog.text


def test_what_was_withdrawn_meanwhile_is_not_made(demo_app: Flask, apart: FlaskClient) -> None:
    apart.get(f"{ADDRESS}/json", headers=BROWSER)
    with demo_app.app_context():
        db = connection()
        campaign = campaign_by_slug(db, SLUG)
        assert campaign is not None
        unpublish_campaign(db, campaign)
        made(demo_app)
        assert [job.state for job in queue.jobs_of(db)] == ["done"]
        assert not list(copies_of(db).folder.glob(f"{campaign.territory.id}/*/*"))
    for address in (f"{ADDRESS}/json", f"{ADDRESS}/json/preparation"):
        assert apart.get(address, headers=BROWSER).status_code == 404


def test_readers_of_drafts_and_others_wait_for_different_documents(
    app: Flask, campaign: Open, sign_in: SignIn, client: FlaskClient, database: Database
) -> None:
    one: Campaign = campaign("published")
    reviewer = sign_in("reviewer")
    author = account_by_email(database, "reviewer@ici.example")
    assert author is not None
    save_sheet(database, one, YearlyNote(progress="UN PROGRES"), author, expected=0)
    app.config["JOBS_APART"] = True
    address = f"/restitution/{one.slug}/documents/json"
    for who in (reviewer, client):
        assert who.get(address, headers=BROWSER).status_code == 303
    assert made(app) == 2
    assert "UN PROGRES" in reviewer.get(address).text
    assert "UN PROGRES" not in client.get(address).text
    assert orjson.loads(client.get(address).data)


def test_an_incomplete_document_is_given_and_not_kept(
    demo_app: Flask, apart: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart.get(f"{ADDRESS}/json", headers=BROWSER)
    monkeypatch.setattr("web.results.document_jobs.complete", lambda: False)
    made(demo_app)
    assert 'data-state="ready"' in apart.get(f"{ADDRESS}/json/preparation").text
    assert apart.get(f"{ADDRESS}/json", headers=BROWSER).is_json
    with demo_app.app_context():
        assert not list(copies_of(connection()).folder.glob("[0-9]*/*/*"))
