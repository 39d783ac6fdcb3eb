"""An unavailable database: a page that says so, no input lost, and recovery."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from storage.core.database_errors import DatabaseUnavailable
from tests.web.conftest import Open, SignIn
from tests.web.faults import HERE, TEXT, asserts_nothing_lost, each_fault, locked, served
from tests.web.forms import token_in
from tests.web.respond.respondent import form_of


@each_fault
def test_a_reviewer_s_note_that_cannot_be_saved_is_given_back_and_then_saved(
    fault: Callable[..., Any], app: Flask, campaign: Open, sign_in: SignIn
) -> None:
    slug = campaign("closed").slug
    client = sign_in("reviewer")
    address = f"/campagnes/{slug}/revue/notes-privees"
    sent = {**form_of(client.get(address).text), "text": TEXT * 3}
    with fault(served(app)):
        page = client.post(address, data=sent, headers=HERE)
    asserts_nothing_lost(page, TEXT * 3)
    assert "Ce que vous aviez écrit" in page.text
    assert client.post(address, data=form_of(page.text), headers=HERE).status_code == 303
    assert "Le marché du samedi" in client.get(address).text


def test_who_is_signed_in_is_informed_too_when_the_database_cannot_be_opened(
    app: Flask, sign_in: SignIn, database_path: Path
) -> None:
    client = sign_in("pilot")
    served(app)
    app.extensions["database"].close()
    moved = database_path.rename(database_path.with_suffix(".elsewhere"))
    answer = client.get("/compte")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "indisponible" in answer.text
    moved.rename(database_path)
    assert client.get("/compte").status_code == 200


def test_a_form_from_elsewhere_is_not_given_back(app: Flask) -> None:
    def broken() -> str:
        raise DatabaseUnavailable("occupée")

    app.config["WTF_CSRF_ENABLED"] = False
    app.add_url_rule("/broken", "broken", broken, methods=["POST"])
    answer = app.test_client().post("/broken", data={"text": TEXT}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 503
    assert "marché" not in answer.text


@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}])
def test_the_token_proves_that_a_form_is_from_here_when_the_browser_says_nothing(
    headers: dict[str, str], app: Flask
) -> None:
    def broken() -> str:
        raise DatabaseUnavailable("occupée")

    app.add_url_rule("/broken", "broken", broken, methods=["POST"])
    client = app.test_client()
    typed = {"csrf_token": token_in(client.get("/connexion").text), "text": TEXT}
    asserts_nothing_lost(client.post("/broken", data=typed, headers=headers), TEXT)


@pytest.mark.parametrize("fault", [locked])
def test_health_says_that_an_answer_would_not_be_kept(fault: Callable[..., Any], app: Flask) -> None:
    client = app.test_client()
    assert client.get("/healthz").text == "ok\n"
    with fault(served(app)):
        assert client.get("/healthz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_health_wants_room_on_the_disk_and_a_folder_to_write_in(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = app.test_client()
    monkeypatch.setattr("storage.core.database.ROOM", 1 << 60)
    assert client.get("/healthz").status_code == 503
    monkeypatch.undo()
    monkeypatch.setattr("storage.core.database.os.access", lambda *_: False)
    assert client.get("/healthz").status_code == 503
