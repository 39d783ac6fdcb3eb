"""The table of ``/territoires``, made by a job: what is shown meanwhile, what is kept, what it costs."""

from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from commands.serving.job_maker import make_waiting
from storage.campaigns.campaigns import campaign_by_slug
from storage.core.database import open_database, writing
from storage.core.engine import Database
from storage.operations import jobs as queue
from storage.operations.published_copies import copies_of
from tests.web.markup import problems_in
from tests.web.queries import MOST_QUERIES, queries
from web.http.database import connection
from web.http.pages import jobs

HERE = "/territoires"
WAITING = "De nouveaux chiffres se préparent"
AWAITED = "en préparation"


@pytest.fixture
def apart(leader: FlaskClient, demo_app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """Whoever follows three territories, on a server that has its jobs made by a process of its own."""
    demo_app.config["JOBS_APART"] = True
    monkeypatch.setattr(jobs, "A_MOMENT", 0.0)
    return leader


def changed(database: Path, slug: str) -> None:
    """Change something that the results of a campaign depend on."""
    with closing(open_database(database)) as db:
        campaign = campaign_by_slug(db, slug)
        assert campaign
        with writing(db) as conn:
            conn.execute("UPDATE campaigns SET name = name || ' bis' WHERE id = ?", (campaign.id,))


def test_nothing_is_computed_in_a_request_and_the_page_says_how_far_it_is(apart: FlaskClient, demo_app: Flask) -> None:
    with queries(demo_app) as asked:
        page = apart.get(HERE)
    assert len(asked) <= MOST_QUERIES, asked
    assert not any("FROM responses" in sql for sql in asked)
    assert WAITING in page.text
    assert page.text.count(AWAITED) == 3
    assert 'http-equiv="refresh"' in page.text
    assert "Derniers résultats" in page.text, "what is known is there at once"
    assert problems_in(page.text) == []
    assert make_waiting(demo_app, "test:1") == 1
    for _time in range(2):
        with queries(demo_app) as asked:
            page = apart.get(HERE)
        assert len(asked) <= MOST_QUERIES, asked
        assert WAITING not in page.text
        assert AWAITED not in page.text
        assert problems_in(page.text) == []
    assert make_waiting(demo_app, "test:1") == 0


def test_the_page_of_a_job_is_the_page_made_in_a_request(apart: FlaskClient, demo_app: Flask) -> None:
    apart.get(HERE)
    make_waiting(demo_app, "test:1")
    outside = apart.get(HERE).text
    demo_app.config["JOBS_APART"] = False
    with demo_app.app_context():
        copies_of(connection()).clear()
    assert apart.get(HERE).text == outside


def test_former_figures_are_shown_with_their_day_while_others_are_computed(
    apart: FlaskClient, demo_app: Flask, demo_database: Path
) -> None:
    apart.get(HERE)
    make_waiting(demo_app, "test:1")
    known = apart.get(HERE).text
    changed(demo_database, "villeroche-2026")
    page = apart.get(HERE)
    assert WAITING in page.text
    assert page.text.count("chiffres du ") == 1
    assert AWAITED not in page.text
    assert problems_in(page.text) == []
    assert make_waiting(demo_app, "test:1") == 1
    assert apart.get(HERE).text == known


def test_a_campaign_that_cannot_be_read_is_left_out_and_not_asked_for_again(
    apart: FlaskClient, demo_app: Flask, demo_database: Path
) -> None:
    with closing(open_database(demo_database)) as db:
        campaign = campaign_by_slug(db, "villeroche-2026")
        assert campaign
        with writing(db) as conn:
            conn.execute("UPDATE responses SET document = '{' WHERE campaign_id = ?", (campaign.id,))
    apart.get(HERE)
    make_waiting(demo_app, "test:1")
    page = apart.get(HERE)
    assert "ne peut pas être montrée" in page.text
    assert WAITING not in page.text
    assert page.text.count('<tr><th scope="row">') == 2
    assert make_waiting(demo_app, "test:1") == 0


def test_what_fails_is_said_and_the_rest_of_the_page_is_there(apart: FlaskClient, demo_app: Flask) -> None:
    def breaks(*_arguments: object) -> bytes:
        raise MemoryError

    apart.get(HERE)
    demo_app.extensions["jobs"]["territories"] = breaks
    make_waiting(demo_app, "test:1")
    page = apart.get(HERE)
    assert "plus de mémoire" in page.text
    assert "dans cinq minutes" in page.text
    assert "preparing." not in page.text, "no script comes back for it"
    assert problems_in(page.text) == []


def test_the_last_result_about_a_subject_is_found(demo_app: Flask) -> None:
    def demand(depends: str) -> queue.Demand:
        return queue.Demand("kind", jobs.key_about("a page", depends))

    with demo_app.test_request_context():
        assert jobs.former(demand("then")) is None
        db: Database = connection()
        job = queue.ask(db, demand("then"))
        assert jobs.former(demand("now")) is None
        claimed = queue.claim(db, "test:1")
        assert claimed == queue.find_job(db, job.kind, job.key)
        assert claimed
        queue.finish(db, claimed, b"what was known")
        found = jobs.former(demand("now"))
    assert found
    assert found.content == b"what was known"
    assert demand("then").key != demand("now").key
