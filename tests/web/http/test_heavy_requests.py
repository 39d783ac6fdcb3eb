"""Which requests are handed over to the process that computes, and what is said when it stays silent."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from web.http.heavy_requests import RELAY

DESK, RESULTS = "/campagnes/villeroche-2026/revue", "/restitution/villeroche-2026"


class Elsewhere:
    """A process that computes, as the application sees it: what it was asked, and whether it answers."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers = True

    def ask(self, environ: dict[str, Any]) -> tuple[str, list[tuple[str, str]], Iterator[bytes]] | None:
        self.asked.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
        return ("200 OK", [("X-From", "elsewhere")], iter([b"computed"])) if self.answers else None


@pytest.fixture
def elsewhere(demo_app: Flask) -> Elsewhere:
    demo_app.extensions[RELAY] = other = Elsewhere()
    return other


def test_what_no_copy_shows_is_computed_elsewhere(demo_client: FlaskClient, elsewhere: Elsewhere) -> None:
    answer = demo_client.get(RESULTS)
    assert (answer.text, dict(answer.headers)["X-From"]) == ("computed", "elsewhere")
    assert "Content-Security-Policy" not in answer.headers, "what this process would have said is not sent"
    assert elsewhere.asked == [f"GET {RESULTS}"]


def test_what_has_a_copy_and_what_is_light_is_answered_here(
    demo_app: Flask, demo_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = demo_client.get(RESULTS).text
    demo_app.extensions[RELAY] = other = Elsewhere()
    demo_app.extensions["known_answers"].clear()
    assert demo_client.get(RESULTS).text == page
    for path in ("/", "/resultats", "/repondre/essai"):
        assert demo_client.get(path).status_code == 200
    assert other.asked == []


def test_a_room_of_the_team_is_computed_elsewhere_forms_too_but_not_for_visitors(
    demo_app: Flask, leader: FlaskClient, elsewhere: Elsewhere
) -> None:
    visitor = demo_app.test_client()
    assert visitor.get(DESK).status_code == 303
    assert visitor.post(f"{DESK}/note").status_code == 400
    assert elsewhere.asked == []
    assert leader.get(DESK).text == "computed"
    assert leader.post(f"{DESK}/note", data={"text": "Une note."}).text == "computed"
    assert elsewhere.asked == [f"GET {DESK}", f"POST {DESK}/note"]


def test_its_silence_is_said_and_a_form_is_never_sent_by_itself(leader: FlaskClient, elsewhere: Elsewhere) -> None:
    elsewhere.answers = False
    read = leader.get(RESULTS)
    assert (read.status_code, read.headers["Refresh"]) == (503, "3")
    assert "Ces résultats se préparent" in read.text
    sent = leader.post(f"{DESK}/note", data={"text": "Une note."})
    assert (sent.status_code, "Refresh" in sent.headers) == (503, False)
    assert "La réponse tarde trop" in sent.text
