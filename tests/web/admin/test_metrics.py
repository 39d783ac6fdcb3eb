"""What a balancer and a monitoring tool ask."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from settings import VERSION
from storage.core.engine import Database
from storage.operations.backups import back_up
from storage.operations.jobs import Demand, ask
from storage.responses.responses import start_response
from tests.web.conftest import Open

TOKEN = "Zk3vQ9-x7Lm2Rt8_Yb5Nw1Hc6Pd4Sf0Gj"  # of these tests


@pytest.fixture
def watched(app: Flask) -> Flask:
    app.config["METRICS_TOKEN"] = TOKEN
    return app


def read(client: FlaskClient) -> dict[str, float | str]:
    """The measures by name, those of jobs by state too."""
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert answer.content_type.startswith("application/openmetrics-text")
    samples = [one for family in text_string_to_metric_families(answer.text) for one in family.samples]
    return {one.labels.get("state", one.name): one.labels.get("version", one.value) for one in samples}


def test_the_measures_are_those_of_the_installation(
    watched: Flask, client: FlaskClient, campaign: Open, database: Database, tmp_path: Path
) -> None:
    before = read(client)
    assert "grille_last_backup_seconds" not in before
    campaign("open")
    ask(database, Demand("documents", "one", {}))
    back_up(database, tmp_path / "backups", version=VERSION, secret="secret")  # of this test
    after = read(client)
    assert (before["grille_open_campaigns"], after["grille_open_campaigns"]) == (0, 1)
    assert (before["queued"], after["queued"]) == (0, 1)
    assert after["grille_info"] == VERSION
    assert after["grille_last_backup_seconds"] > after["grille_oldest_queued_job_seconds"] - 5  # type: ignore[operator]
    assert after["grille_disk_size_bytes"] > after["grille_disk_free_bytes"] > 0  # type: ignore[operator]


def test_an_answer_changes_no_measure(watched: Flask, client: FlaskClient, campaign: Open, database: Database) -> None:
    opened, others = campaign("open"), {"grille_disk_free_bytes"}
    before = read(client)
    for _person in range(20):
        start_response(database, opened, "habitants")
    after = read(client)
    assert {name: after[name] for name in after.keys() - others} == {
        name: before[name] for name in before.keys() - others
    }


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer faux", f"Basic {TOKEN}", TOKEN, "Bearer é"])
def test_nobody_reads_them_without_the_token(watched: Flask, client: FlaskClient, sent: str) -> None:
    answer = client.get("/metrics", headers={"Authorization": sent})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_where_no_token_is_set_nothing_is_there(client: FlaskClient) -> None:
    assert client.get("/metrics", headers={"Authorization": "Bearer None"}).status_code == 404


def test_a_process_is_ready_once_the_database_is_up_to_date(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [client.get(address).status_code for address in ("/livez", "/readyz")] == [200, 200]
    monkeypatch.setattr("web.admin.views.pending", lambda _db: ["a step"])
    assert [client.get(address).status_code for address in ("/livez", "/readyz")] == [200, 503]


def test_a_process_lives_without_a_database(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.core.database.ROOM", 1 << 60)
    client = app.test_client()
    assert [client.get(address).status_code for address in ("/livez", "/readyz")] == [200, 503]
