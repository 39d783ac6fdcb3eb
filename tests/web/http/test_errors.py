"""Error pages: a sentence, a way out, the right status, no internal detail."""

import sqlite3
from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from accounts.passwords import TooManyAtOnce
from storage.core.database_errors import DatabaseUnavailable
from tests.web.markup import problems_in


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (400, "n’a pas été comprise"),
        (403, "ne vous est pas ouverte"),
        (404, "n’existe pas"),
        (405, "ne s’utilise pas ainsi"),
        (413, "trop lourd"),
        (418, "n’a pas été comprise"),
        (429, "Trop d’essais"),
        (500, "attendre n’y changera rien"),
        (503, "indisponible pour le moment"),
    ],
)
def test_each_error_has_its_words(code: int, words: str, app: Flask) -> None:
    app.add_url_rule("/broken", "broken", lambda: abort(code))
    answer = app.test_client().get("/broken")
    assert answer.status_code == code
    assert words in answer.text
    assert problems_in(answer.text) == []


@pytest.mark.parametrize(("address", "methods"), [("/deconnexion", {"POST"}), ("/grilles", {"GET", "HEAD"})])
def test_a_refused_method_says_which_there_are(address: str, methods: set[str], client: FlaskClient) -> None:
    answer = client.delete(address)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) - {"OPTIONS"} == methods


def test_an_error_keeps_its_own_headers(app: Flask) -> None:
    app.add_url_rule("/broken", "broken", lambda: abort(503, retry_after=7))
    answer = app.test_client().get("/broken")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "7")
    assert answer.headers.get_all("Content-Type") == ["text/html; charset=utf-8"]


def test_what_nobody_foresaw_shows_nothing_of_the_inside(app: Flask) -> None:
    def broken() -> str:
        raise RuntimeError("a secret of ours")

    app.add_url_rule("/broken", "broken", broken)
    answer = app.test_client().get("/broken")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "error",
    [DatabaseUnavailable("La base de données est occupée."), sqlite3.OperationalError("no such table: campaigns")],
)
def test_a_database_in_trouble_is_said_as_it_is(error: Exception, app: Flask) -> None:
    def broken() -> str:
        raise error

    app.add_url_rule("/broken", "broken", broken)
    answer = app.test_client().get("/broken")
    # A statement that is wrong is an error of ours; a busy database is not.
    assert answer.status_code == (503 if isinstance(error, DatabaseUnavailable) else 500)
    assert "campaigns" not in answer.text


def test_a_missing_database_is_503_everywhere_and_at_healthz(app: Flask, database_path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{database_path}{suffix}").unlink(missing_ok=True)
    client = app.test_client()
    for address in ("/healthz", "/", "/resultats"):
        answer = client.get(address)
        assert answer.status_code == 503, address
        assert "indisponible" in answer.text
    assert client.get("/confidentialite").status_code == 200


def test_a_wrong_method_and_a_huge_form_have_their_page(client: FlaskClient) -> None:
    assert "ne s’utilise pas ainsi" in client.delete("/").text
    answer = client.post("/connexion", data={"email": "x" * (3 * 1024 * 1024)})
    assert answer.status_code == 413
    assert "trop lourd" in answer.text


@pytest.mark.parametrize("path", ["/%00", "/%FF", "/grille/%2e%2e", "/static/../app.py", "//", "/grille/" + "x" * 3000])
def test_strange_addresses_are_only_missing(path: str, client: FlaskClient) -> None:
    assert client.get(path).status_code in {404, 308}


def test_a_crowd_that_signs_in_is_asked_to_wait_a_few_seconds(app: Flask) -> None:
    def crowded() -> str:
        raise TooManyAtOnce

    app.add_url_rule("/broken", "broken", crowded)
    answer = app.test_client().get("/broken")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "3")
    assert "quelques secondes" in answer.text
    assert problems_in(answer.text) == []
