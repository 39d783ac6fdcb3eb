"""``flask --app app jobs``: waiting jobs are done, listed, retried, deleted."""

from importlib import import_module

import pytest
from flask import Flask

from storage.core.engine import Database
from storage.operations import jobs as queue
from storage.operations.jobs import Demand, Job
from web.http.pages.jobs import Tell


def run(app: Flask, *arguments: str) -> str:
    result = app.test_cli_runner().invoke(args=["jobs", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(autouse=True)
def unbounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process of the tests stays as it is."""
    monkeypatch.setattr(import_module("commands.jobs"), "bound_process", lambda: None)


def test_what_waits_is_made_and_listed(app: Flask, database: Database) -> None:
    def make(job: Job, tell: Tell) -> bytes:
        tell(1, 2, "half")
        if job.key == "bad":
            raise ValueError
        return job.key.encode()

    app.extensions["jobs"]["test"] = make
    assert "Aucun travail" in run(app, "list")
    for key in ("good", "bad"):
        queue.ask(database, Demand("test", key))
    assert run(app, "list").count("en attente") == 2
    assert "2 travaux traités." in run(app, "work", "--once")
    listed = run(app, "list").splitlines()
    assert "échoué" in listed[0]
    assert "fait" in listed[1]
    assert "1 travail remis en attente." in run(app, "retry")
    assert "1 travail traité." in run(app, "work", "--once")
    assert "0 travail effacé." in run(app, "clear", "--older-than", "1")
    assert "2 travaux effacés." in run(app, "clear")
    assert queue.jobs_of(database) == []


def test_a_kind_that_nobody_makes_any_more_fails(app: Flask, database: Database) -> None:
    queue.ask(database, Demand("of another version", "a"))
    run(app, "work", "--once")
    assert [job.state for job in queue.jobs_of(database)] == ["failed"]
