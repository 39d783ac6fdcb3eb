"""Question pages answered before Flask: the same answers, for the same person, and nothing out of the ordinary."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from flask_babel import get_babel
from werkzeug.test import Client, TestResponse

from questionnaires import Answer
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign
from storage.core.database import writing
from storage.core.engine import Database
from tests.saving import save_by_key
from tests.web.respond.respondent import Respondent, words
from web.respond.direct import DirectAnswers

SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def direct(app: Flask, respondent: Respondent) -> DirectAnswers:
    """What stands before the application, which has made one page and answered once in each way."""
    for encoding in ("gzip", "identity"):
        respondent.client.get(respondent.address(2), headers={"Accept-Encoding": encoding})
    fields = respondent.form(2)
    respondent.post(respondent.address(2), fields)
    respondent.post(respondent.address(2), fields, 200, headers=SCRIPT)
    assert isinstance(app.wsgi_app, DirectAnswers)
    return app.wsgi_app


@contextmanager
def alone(direct: DirectAnswers) -> Iterator[Client]:
    """A browser that the application does not answer."""

    def refuse(environ: dict[str, Any], _start: object) -> Iterator[bytes]:
        raise AssertionError(f"the application was asked {environ['PATH_INFO']}")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(direct, "_next", refuse)
        yield Client(direct)


def sent(response: TestResponse) -> tuple[str, list[tuple[str, str]], bytes]:
    return response.status, sorted(response.headers), response.data


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
@pytest.mark.parametrize("page", ["1", "3", "5", "2?lecture=facile"])
def test_a_page_is_the_one_of_the_application(
    direct: DirectAnswers, respondent: Respondent, database: Database, page: str, encoding: str
) -> None:
    said = {"COO-1": Answer(3, comment="Un <mot>"), "CON-1": Answer.not_applicable("Pas ici"), "OUV-1": Answer(0)}
    save_by_key(database, respondent.key, said)
    asked = {"path": respondent.address(page), "headers": {"Accept-Encoding": encoding}}
    expected = sent(Client(direct._next).get(**asked))
    with alone(direct) as browser:
        assert sent(browser.get(**asked)) == expected


@pytest.mark.parametrize("accept", [{}, SCRIPT])
@pytest.mark.parametrize(
    "button",
    [{"vers": to} for to in ("suite", "3", "relecture", "plus-tard", "rendre", "lecture")] + [{"effacer": "CON-1"}],
)
def test_a_page_that_is_sent_leads_where_the_application_leads(
    direct: DirectAnswers, respondent: Respondent, button: dict[str, str], accept: dict[str, str]
) -> None:
    for page in ("2", "5", "2?lecture=facile"):
        data = {**respondent.form(page), **button}
        asked = {"path": respondent.address(page), "data": data, "headers": accept}
        expected = sent(Client(direct._next).post(**asked))
        with alone(direct) as browser:
            assert sent(browser.post(**asked)) == expected


def test_neither_a_page_nor_its_saving_asks_the_application(direct: DirectAnswers, respondent: Respondent) -> None:
    here, answered = respondent.address(2), {**respondent.form(2), "q_CON-1": "3", "q_CON-1:comment": "Vu\u200b 🌱"}
    with alone(direct) as browser:
        assert browser.get(here).status_code == 200
        assert browser.post(here, data=answered).location == respondent.address(3)
        assert respondent.chosen(2) == {"q_CON-1": "3", "q_CON-1:comment": "Vu 🌱"}
        saved = browser.post(here, data={**respondent.form(2), "q_CON-1": "4"}, headers=SCRIPT)
    assert saved.get_json()["answered"] == 1
    assert respondent.chosen(2) == {"q_CON-1": "4", "q_CON-1:comment": "Vu 🌱"}


@pytest.mark.parametrize("page", ["1", "relecture"])
def test_nothing_of_a_person_is_in_the_page_of_another(app: Flask, respondent: Respondent, page: str) -> None:
    other = Respondent(app, respondent.token)
    other.begin("habitants")
    respondent.answer(1, COO_1="3", COO_1_comment="À moi seul")
    assert "À moi seul" in respondent.get(respondent.address(page)).text
    shown = other.get(other.address(page)).text
    assert "À moi seul" not in shown
    assert respondent.key not in shown
    assert not other.chosen(1)


@pytest.mark.parametrize(
    "change", ["UPDATE campaigns SET name = 'Le nouveau nom'", "UPDATE territories SET name = 'Le nouveau nom'"]
)
def test_a_page_shows_its_campaign_as_it_is_now(
    direct: DirectAnswers, respondent: Respondent, database: Database, change: str
) -> None:
    with writing(database) as conn:
        conn.execute(change)
    assert "Le nouveau nom" in words(Client(direct).get(respondent.address(2)))


@pytest.mark.parametrize(
    ("page", "data", "status"),
    [
        ("9", None, 303),
        ("2?lecture=autre", None, 200),
        ("2", {"csrf_token": "0" * 32, "whole": "1"}, 400),
        ("2", {"q_CON-1:comment": "a" * 2001}, 422),
        ("2", {"q_CON-1": "12"}, 422),
        ("2", {"q_XXX-1": "1"}, 422),
        ("2", {"whole": ""}, 400),
    ],
)
def test_whatever_is_unusual_is_for_the_application(
    direct: DirectAnswers, respondent: Respondent, page: str, data: dict[str, str] | None, status: int
) -> None:
    if data is None:
        respondent.get(respondent.address(page), status)
    else:
        respondent.post(respondent.address(page), {**respondent.form("2"), **data}, status)


def test_a_closed_campaign_and_a_deleted_response_are_for_the_application(
    direct: DirectAnswers, respondent: Respondent, database: Database, opened: Campaign
) -> None:
    fields = respondent.form(2)
    close_campaign(database, opened)
    respondent.get(respondent.address(2), 303)
    respondent.post(respondent.address(2), {**fields, "q_CON-1": "2"}, 409)
    respondent.get(f"/repondre/{'x' * 22}/2", 404)


def test_a_site_of_several_languages_is_answered_by_the_application(app: Flask, respondent: Respondent) -> None:
    get_babel(app).locale_selector = lambda: "fr"
    for _time in range(2):
        respondent.get(respondent.address(1))
    assert isinstance(app.wsgi_app, DirectAnswers)
    assert app.wsgi_app._headers == {}


def test_the_log_names_the_route_and_no_key(
    app: Flask, direct: DirectAnswers, respondent: Respondent, caplog: pytest.LogCaptureFixture
) -> None:
    app.config["LOG_REQUESTS"] = True
    with caplog.at_level(logging.INFO, "grille.requests"), alone(direct) as browser:
        browser.get(respondent.address(2))
    (line,) = caplog.records
    fields = line.__dict__["fields"]
    assert (fields["method"], fields["route"], fields["status"]) == ("GET", "/repondre/<key>/<rank:number>", 200)
    assert respondent.key not in repr(line.__dict__)
