"""A closed campaign with answers, comments and a college too small to be shown, and the people around it."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from questionnaires import Answer
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign
from storage.core.engine import Database
from storage.responses.recorded_responses import Recorded, record_responses
from tests.web.conftest import Open, SignIn
from tests.web.forms import token_in

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj"


@pytest.fixture
def closed(database: Database, campaign: Open) -> Campaign:
    """Four colleges that agree on a level, « entreprises » of two people; two comments."""
    opened = campaign("open")
    core = [skill.code for skill in opened.grid.skills if skill.core]
    levels = {"elus": 3, "agents": 2, "associations": 2, "habitants": 1}

    def one(college: str, level: int, n: int) -> list[Recorded]:
        return [Recorded(college, {code: Answer(level) for code in core})] * n

    people = [person for college, level in levels.items() for person in one(college, level, 6)]
    talks = Recorded("elus", {"COO-1": Answer(3, comment="Une vraie réunion de lancement.", quotable=True)})
    names = Recorded("habitants", {"COO-1": Answer(1, comment="Demandez à Monsieur Untel.")})
    record_responses(database, opened, [*people, *one("entreprises", 4, 2), talks, names])
    return close_campaign(database, opened)


@pytest.fixture
def reviewer(sign_in: SignIn, closed: Campaign) -> FlaskClient:
    """A reviewer of the territory."""
    return sign_in("reviewer")


def address(campaign: Campaign, page: str = "") -> str:
    """A page of the review of that campaign."""
    return f"/campagnes/{campaign.slug}/revue{page and '/' + page}"


def send(client: FlaskClient, where: str, *, seen_at: str | None = None, **typed: Any) -> TestResponse:
    """Send a form as a browser does, files too."""
    token = token_in(client.get(seen_at or where).text)
    return client.post(where, data={"csrf_token": token, **typed})


def upload(client: FlaskClient, campaign: Campaign, name: str, content: bytes) -> TestResponse:
    """Put a file down as evidence of the first fact of a skill; the body is written by hand, whole in memory."""
    page = address(campaign, "savoir-faire/COO-2")
    fields = {"csrf_token": token_in(client.get(page).text), "fact": "0", "address": ""}
    parts = [f'Content-Disposition: form-data; name="{key}"\r\n\r\n{value}'.encode() for key, value in fields.items()]
    head = f'Content-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/html\r\n\r\n'
    parts.append(head.encode() + content)
    body = b"".join(b"--frontier\r\n" + part + b"\r\n" for part in parts) + b"--frontier--\r\n"
    return client.post(f"{page}/preuves", data=body, content_type="multipart/form-data; boundary=frontier")
